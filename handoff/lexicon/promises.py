"""How a reply binds the company or claims that something was done, in the languages that Baton speaks. Data.

Each kind has the patterns of the commitment, and the words by which an article speaks of the same thing: an article on
refunds is a ground for saying that a refund is paid, none for a voucher.
"""

from dataclasses import dataclass

from handoff.lexicon.patterns import Pattern


@dataclass(frozen=True, slots=True)
class PromiseKind:
    """Something that one can promise."""

    name: str
    means: str
    """Stems by which a reply or an article names it, in any language, folded; alternatives of a pattern."""


_WILL = (
    r"\bwe(?:'ll| will| shall| are going to|'re going to)",
    r"\bwir (?:werden|\w+en (?:dir|ihnen|euch|sie|dich))",
    r"\bnous (?:allons|vous \w+(?:rons|ons)|\w+erons)",
    r"\b(?:le|te|les|os) (?:vamos a \w+|\w+(?:remos|amos))|\bvamos a",
    r"\b(?:le|ti|vi) \w+(?:remo|iamo)\b|\bprovvederemo|\bla \w+eremo",
    r"\b(?:vamos|iremos) \w+|\b\w+(?:aremos|eremos|iremos)\b",
    r"\b(?:we|wij) (?:zullen|gaan)|\bwe \w+en (?:u|je|jou)\b",
    r"\byou(?:'ll| will| are going to|'re going to) (?:get|receive|be (?:refunded|credited|reimbursed|compensated))",
    r"\b(?:du bekommst|sie bekommen|sie erhalten|du erhaltst|vous (?:recevrez|serez)|recibira|ricevera|"
    r"(?:vai|voce vai|ira) receber|recebera|(?:u|je) (?:krijgt|ontvangt))",
    r"\bwill be (?:refunded|credited|reimbursed|waived|replaced|shipped|sent|delivered|cancell?ed)",
)
"""What the company will do, or the customer will get."""
WILL = Pattern(_WILL)

_SELF = (
    r"\bi(?:'ll| will| am going to|'m going to| can assure| assure|"
    r" have (?:now |already |just )?(?:\w+ed|sent|put|made)|"
    r"'ve (?:now |already |just )?(?:\w+ed|sent|put|made))\b",
    r"\bwe(?:'ve| have) (?:now |already |just )?(?:refunded|cancell?ed|deleted|shipped|sent|credited|processed|changed|"
    r"updated|upgraded|applied|waived|arranged|booked|extended|replaced)",
    r"\byour (?:\w+ ){1,3}(?:has been|was|is now) (?:refunded|cancell?ed|credited|processed|changed|updated|upgraded|"
    r"extended|waived|approved|replaced|applied)",
    r"\bich (?:werde|habe \w+|kummere mich|leite|sorge|veranlasse|storniere|schicke|erstatte)\b",
    r"\b(?:wir haben|ihre? \w+ wurde|deine? \w+ wurde) .{0,60}\b(?:erstattet|storniert|geandert|verschickt|"
    r"gutgeschrieben|verlangert|veranlasst)",
    r"\bje (?:vais|m'en occupe|vous (?:rembourse|envoie|promets|garantis))\b|\bj'ai (?:\w+e|fait|mis|envoye)\b|"
    r"\bnous avons (?:rembourse|annule|envoye|modifie|traite|credite)",
    r"\b(?:voy a|he (?:\w+ado|\w+ido|hecho)|hemos (?:reembolsado|cancelado|enviado|cambiado|abonado|tramitado))\b",
    r"\b(?:ho (?:\w+ato|\w+uto|\w+ito|fatto)|abbiamo (?:rimborsato|annullato|inviato|spedito|modificato|accreditato)|"
    r"mi occupo|provvedo)\b",
    r"\b(?:vou \w+ar|ja (?:cancelei|reembolsei|enviei|alterei)|(?:cancelei|reembolsei|enviei|alterei)|"
    r"foi (?:reembolsado|cancelado|alterado|creditado))\b",
    r"\b(?:ik (?:zal|ga|heb)|we hebben .{0,60}(?:terugbetaald|geannuleerd|verzonden|gewijzigd|verwerkt))\b",
)
"""What the speaker itself does, did, or what was done to somebody's order: a reply alone does nothing of the kind."""
SELF = Pattern(_SELF)

_VOW = (
    r"\b(?:i|we) (?:\w+ )?(?:guarantee|promise|assure|swear|commit to)",
    r"\b(?:you have (?:my|our) word|rest assured|without fail|100 ?% (?:sure|certain|guaranteed)|guaranteed to|"
    r"is guaranteed)",
    r"^(?!.*\b(?:when|once|soon as|if)\b).*\bon (?:its|their|the) way\b(?! (?:you|that|in which))|\bwe owe you\b",
    r"^(?!.*\b(?:wenn|sobald|falls)\b).*\bunterwegs zu (?:dir|ihnen|euch)\b",
    r"\b(?:ich|wir) (?:garantiere|verspreche|versichere)n?\b|\b(?:versprochen|garantiert|auf jeden fall)\b",
    r"\b(?:je|nous) (?:vous )?(?:garanti|promet|assur)\w+|\bc'est promis|\bsans faute",
    r"\b(?:le |te |les )?(?:garantiz|promet|asegur)(?:o|amos|emos)\b|\bsin falta",
    r"\b(?:le |ti |vi )?(?:garantiamo|garantisco|promettiamo|prometto|assicuro|assicuriamo)\b",
    r"\b(?:garantimos|garanto|prometemos|prometo|asseguro|asseguramos)\b",
    r"\b(?:ik|wij|we) (?:garandeer|beloof|beloven|verzeker)\w*|\bgegarandeerd\b",
)
"""An assurance."""
VOW = Pattern(_VOW)

FOLLOW_UP = Pattern(
    (
        r"\b(?:get|be) back to you|\bcall you back|\b(?:will|'ll) (?:contact|call|email|write to) you|"
        r"\bkeep you (?:posted|updated)",
        r"\bmelde[n]? (?:mich|uns)|\brufen? (?:dich|sie|ich)\b.{0,20}\b(?:an|zuruck)\b|"
        r"\bhalte[n]? .{0,20}auf dem laufenden",
        r"\b(?:recontact|rappel)(?:erai|erons|e|ons)\b|\breviens vers vous|\brevenons vers vous",
        r"\b(?:nos pondremos|me pondre) en contacto|\ble (?:llamar|contactar)(?:emos|e)\b",
        r"\b(?:la|ti) (?:ricontatt|richiam)(?:eremo|ero|iamo|o)\b",
        r"\b(?:entraremos|entrarei) em contato|\b(?:entraremos|entrarei) em contacto|\bretornaremos",
        r"\b(?:nemen|neem) .{0,20}contact (?:met u |met je )?op|\bbellen (?:u|je) terug",
    )
)
"""That somebody will write or call: nobody does, unless an article says so."""

ASKS_FOR_A_SECRET = Pattern(
    r"\b(?:what(?:'s| is| are)|tell|send|give|share|provide|confirm|enter|type|state|write|need|nenn\w*|schick\w*|"
    r"sag\w*|gib|geben|teil\w*|wie (?:ist|lautet)|donne\w*|envoye\w*|indique\w*|quel(?:le)? est|d[ia]\w*me|env\w+|"
    r"cual es|"
    r"indi\w+|mand\w+|invi\w+|qual[e']? e|geef|stuur|wat is) (?:\w+ ){0,4}?"
    r"(?:passwords?|passcode|pin(?: ?code)?|cvv|cvc|(?:credit |debit )?card (?:number|details)|security code|"
    r"login code|passwort|kennwort|kartennummer|geheimzahl|prufziffer|mot de passe|numero de carte|contrasena|"
    r"numero de tarjeta|senha|numero do cartao|password|numero (?:di|della) carta|wachtwoord|pincode|kaartnummer)\b"
)
"""That the reader writes down a secret."""

KINDS = (
    PromiseKind(
        "a refund", r"refund|money back|reimburs|erstatt|ruckzahl|rembours|reembols|rimbors|terugbeta|geld terug"
    ),
    PromiseKind(
        "a replacement",
        r"replace|exchang|ersatz|umtausch|austausch|rempla|echang|reempla|cambi|sostitu|troca|"
        r"substitu|vervang|omruil",
    ),
    PromiseKind(
        "a discount or credit",
        r"discount|voucher|coupon|credit|compensat|rabatt|gutschein|gutschrift|entschadig|remise|"
        r"avoir|bon d'achat|descuento|vale|abono|sconto|buono|desconto|korting|tegoed|goodwill|"
        r"gift card",
    ),
    PromiseKind(
        "something free",
        r"free of charge|for free|no charge|waive|kostenlos|gratis|umsonst|gratuit",
    ),
    PromiseKind(
        "a delivery",
        r"ship|deliver|dispatch|send|versend|verschick|schick|liefer|zustell|expedi|livr|envi|"
        r"entreg|spedi|consegn|verzend|bezorg|lever",
    ),
    PromiseKind(
        "a cancellation",
        r"cancel|stornier|kundig|annul|anul",
    ),
    PromiseKind(
        "a repair",
        r"repair|mend|fix|repar|reparier|ripar|consert|reparatie|herstel",
    ),
    PromiseKind(
        "a change to an account or order",
        r"upgrade|extend|updat|chang|activat|unlock|verlanger|ander|freischalt|prolong|modifi|"
        r"amplia|estend|alter|wijzig",
    ),
    PromiseKind(
        "a guarantee",
        r"guarant|garant|warrant|gewahrleist",
    ),
)
