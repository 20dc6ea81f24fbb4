"""Words by which a reply grants or ends something, in the languages that Baton speaks. Data.

Each kind stands for what it means, however it is said: an article that says "at no cost" is a ground for "free".
"""

from dataclasses import dataclass

from handoff.lexicon.patterns import Pattern


@dataclass(frozen=True, slots=True)
class GrantKind:
    """Something that an article gives, for some things and not for others."""

    name: str
    said: Pattern
    """By which words, folded."""
    also: Pattern | None = None
    """How an article may give the same besides, in words that are too common to be a grant wherever a reply has "
    "them."""
    denied_by_itself: bool = False
    """Whether the words hold a "no" that is theirs and denies nothing: "no longer"."""


KINDS = (
    GrantKind(
        "free",
        Pattern(
            (
                r"(?<!-)(?<!feel )(?<!toward )(?<!towards )"
                r"\bfree\b(?: of (?:charge|costs?))?(?! (?:to|time|of)\b)(?!-)",
                r"\b(?:no|without|at no|zero) (?:\w+ )?(?:charges?|costs?|fees?)\b|\bcomplimentary\b|\bwaived?\b|"
                r"\bon (?:us|the house)\b|\bfor nothing\b|\bcosts? (?:you )?nothing\b|\bgifted\b|\bour treat\b|"
                r"\b(?:don't|do not|needn't|need not|not have to|never) (?:have to )?pay\b|\bwe (?:\w+ )?"
                r"(?:pay|bear|absorb) (?!you\b)|\byou pay nothing\b",
                r"\b(?:kostenlos|kostenfrei|gratis|umsonst|unentgeltlich|geburenfrei|gebuhrenfrei|geschenkt|"
                r"portofrei|versandkostenfrei)\w*|\bgeht aufs haus\b|\bohne (?:\w+ )?(?:kosten|gebuhr\w*|aufpreis)",
                r"\bgratuit\w*|\boffert\w*|\bsans frais\b|\bsin (?:\w+ )?(?:coste|costo|cargo|gastos)s?\b",
                r"\bsenza (?:costi|spese)\b|\bin omaggio\b|\bsem (?:\w+ )?(?:custos?|taxas?)\b|\bgratis\b|"
                r"\bkosteloos\b|\b(?:za darmo|bezplatn\w*|zdarma|kostnadsfri\w*|gratuit\w*)\b|無料|免费|бесплатн",
            )
        ),
    ),
    GrantKind(
        "covered",
        Pattern(
            (
                r"\b(?:cover(?:s|ed|ing|age)?|includ(?:e|es|ed)|inclusive|insured|insures|protect(?:s|ed)?)\b",
                r"\b(?:deckt|abgedeckt|gedeckt|inbegriffen|inklusive|eingeschlossen|versichert|umfasst|"
                r"enthalten)\b",
                r"\b(?:couv(?:re|rent|ert|erte|erts|ertes)|inclus\w*|comprise?s?|cubr(?:e|en)|cubiert[oa]s?|"
                r"incluy\w+|incluid[oa]s?)\b",
                r"\b(?:copr(?:e|ono)|copert[oaie]|inclus[oaie]|cobr(?:e|em)|cobert[oa]s?|inclu(?:i|em|ido|ida))\b",
                r"\b(?:dekt|gedekt|inbegrepen|verzekerd)\b",
            )
        ),
        also=Pattern(r"\b(?:warrant|guarant|against|gegen|garanti|contre|contra|contro|tegen|gewahrleist)"),
    ),
    GrantKind(
        "allowed",
        Pattern(
            (
                r"\b(?:allow(?:s|ed)?|permit(?:s|ted)?|entitled?|entitles|eligible|"
                r"(?<!that )(?<!which )(?<!who )qualif\w+|"
                r"accept(?:s|ed)?|"
                r"approv(?:e|es|ed|al)|authori[sz]ed?|right to|welcome to|may keep|can keep)\b",
                r"\b(?:erlaub\w*|gestattet|berechtigt|anspruch|akzeptier\w*|genehmigt|zulassig|behalten)\b",
                r"\b(?:autoris\w+|permis\w*|permet\w*|droit a|accepte\w*|derecho|permitid[oa]s?|permite\w*|"
                r"acept\w+)\b",
                r"\b(?:consentit\w*|diritto|ammess[oaie]|accettat\w*|accettiamo|direito|permitid[oa]s?|aceit\w+)\b",
                r"\b(?:toegestaan|recht op|geaccepteerd|accepteren)\b",
            )
        ),
        also=Pattern(
            r"\b(?:can|cannot|can't|may|konnen|kann|durfen|darf|pouvez|peu\w+|pued\w+|podra\w*|puo|possono|potete|"
            r"pode\w*|"
            r"kan|kunt|mag|mogen)\b"
        ),
    ),
    GrantKind(
        "always",
        Pattern(
            (
                r"\b(?:always|any ?time|at all times|forever|for ever|for life|lifetime|lifelong|unlimited|"
                r"indefinite\w*|"
                r"endless\w*|limitless|no (?:time )?limits?|without (?:\w+ )?limits?|no matter|regardless|"
                r"whenever you|for any reason|any reason|no questions asked|never expires?|whatever (?:the|its|"
                r"their)|"
                r"irrespective|unconditional\w*|every time|all kinds of|everything|everywhere|anywhere|"
                r"worldwide)\b",
                r"\b(?:uberall|weltweit|partout|monde entier|en todas partes|ovunque|dappertutto|overal|"
                r"wereldwijd)\b",
                r"\b(?:jederzeit|unbegrenzt\w*|unbefristet\w*|lebenslang\w*|unabhangig|ausnahmslos|"
                r"bedingungslos|egal)\b",
                r"\b(?:toujours|illimite\w*|a vie|peu importe|n'importe|a tout moment|siempre|ilimitad\w*|"
                r"de por vida|"
                r"en cualquier momento|sin importar)\b",
                r"\b(?:illimitat\w*|a vita|in qualsiasi momento|qualsiasi motivo|vitalici\w*|a qualquer momento|"
                r"altijd|onbeperkt\w*|levenslang\w*|ongeacht)\b",
            )
        ),
    ),
    GrantKind(
        "paid to you",
        Pattern(
            (
                r"\b(?:pays?|paid|owes?|gives?|grants?|"
                r"rewards?) (?:to )?you\b(?! (?:another )?\d+ (?:more )?(?:day|week|month|hour))|\byou (?:get|are|"
                r"will be) (?:re)?paid\b",
                r"\b(?:zahlt|zahlen|schulde\w*|schenk\w*) (?:wir )?(?:dir|ihnen|euch)\b|\b(?:vous|le|te|la|ti|lhe) "
                r"(?:paie|payons|devons|offrons|paga\w*|debemos|regala\w*|doviamo)\b",
            )
        ),
        also=Pattern(r"refund|reimburs|credit|erstatt|gutschr|rembours|reembols|rimbors|terugbet"),
    ),
    GrantKind(
        "ended",
        Pattern(
            (
                r"\b(?:no longer|not \w+ any ?more|discontinu\w+|abolish\w+|cease[sd]?|suspended|shut down|"
                r"out of business|no more|stopped)\b",
                r"\b(?:nicht mehr|keine \w+ mehr|abgeschafft|eingestellt)\b|\b(?:ne \w+ plus|supprime\w*)\b",
                r"\bya no\b|\bnon \w+ piu\b|\bja nao\b|\bniet meer\b",
            )
        ),
        denied_by_itself=True,
    ),
    GrantKind(
        "even so",
        Pattern(
            r"\beven (?:if|when|without|after|though)\b|\b(?:auch|selbst) (?:wenn|ohne|nach)\b|\bmeme (?:si|sans|"
            r"apres)\b|"
            r"\baunque\b|\bincluso (?:si|sin)\b|\banche (?:se|senza|dopo)\b|\bmesmo (?:que|se|sem)\b|"
            r"\b(?:zelfs|ook) (?:als|zonder)\b"
        ),
        denied_by_itself=True,
    ),
    GrantKind(
        "excused",
        Pattern(
            (
                r"\b(?:no|without (?:a|an|any|the|your)?) ?(?:\w+ )?(?:receipts?|labels?|proof|photos?|numbers?|"
                r"invoices?|"
                r"packaging|forms?|reasons?|documents?)\b",
                r"\b(?:no need|not need|needn't|don't need|isn't (?:needed|required)|not (?:needed|required|"
                r"necessary)|"
                r"unnecessary|optional|exempt\w*|skip|instead of paying|exceptions?|exceptionally|"
                r"counts? (?:too|double))\b",
                r"\bwithout (?:showing|giving|providing|sending|proving|paying|naming)\b",
                r"\b(?:nicht (?:notig|notwendig|erforderlich)|unnotig|ausnahmsweise|pas (?:besoin|necessaire)|"
                r"no (?:hace falta|es necesario)|non (?:serve|e necessario)|nao (?:e preciso|precisa)|"
                r"niet nodig)\b",
            )
        ),
        denied_by_itself=True,
    ),
)

CONTACT = Pattern(
    r"\b(?:write|reach|contact|ask|message|reply|let (?:me|us) know|talk|here for|help|happy|welcome|thank|"
    r"schreib\w*|erreich\w*|meld\w*|helf\w*|frag\w*|ecri\w*|contact\w*|escrib\w*|scriv\w*|schrijf\w*|vraag\w*)\b"
)
"""A sentence that asks to get in touch: it may say "always" and "any time"."""
YES = Pattern(
    r"^\W*(?:yes|yeah|yep|sure|of course|correct|exactly|right|indeed|absolutely|certainly|definitely|that's (?:right|"
    r"correct|true)|that is (?:right|correct|true)|it (?:is|does)|you (?:can|may|are)|ja|genau|stimmt|richtig|"
    r"naturlich|"
    r"selbstverstandlich|oui|bien sur|exact\w*|si|claro|correcto|esatto|certo|certamente|sim|com certeza|klopt|"
    r"inderdaad)"
    r"\b"
)
"""A sentence that says yes to what the customer said."""
CONDITION = Pattern(
    r"^\W*(?:if|whether|in case|unless|when|should|wenn|falls|ob|si|se|als|indien|quand|cuando|quando)\b"
)
"""A clause that only supposes something."""
AT_MOST = Pattern(
    r"\b(?:within|up to|at most|no (?:later|more) than|not more than|under|below|less than|until|till|before|by|"
    r"maximum(?: of)?|"
    r"innerhalb(?: von)?|binnen|bis(?: zu)?|hochstens|maximal|unter|vor|sous|dans les|jusqu'a|avant|moins de|"
    r"en un plazo de|"
    r"dentro de|hasta|antes de|menos de|entro|fino a|prima di|meno di|no prazo de|ate|antes de|binnen|tot|uiterlijk)"
    r"(?: the)?[\s€$£]*$"
)
AT_LEAST = Pattern(
    r"\b(?:after|over|above|from|more than|at least|exceeding|beyond|past|minimum(?: of)?|longer than|nach|uber|ab|"
    r"mindestens|"
    r"mehr als|apres|au-dela de|plus de|des|a partir de|despues de|mas de|tras|dopo|oltre|piu di|depois de|mais de|na|"
    r"boven|vanaf|meer dan)(?: the)?[\s€$£]*$"
)
"""What stands before an amount that is the most, and the least, there is."""
