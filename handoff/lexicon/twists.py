"""Words by which a reply says more or other than its source, in the languages that Baton speaks. Data."""

from handoff.lexicon.patterns import Pattern

NEGATION = Pattern(
    (
        r"\b(?:not|no|never|cannot|can't|cant|\w+n't|without|neither|nor|unable|impossible|nobody|none|"
        r"nothing|nowhere|"
        r"refus(?:e|ed|es) to|too late)\b",
        r"\b(?:nicht|kein\w*|nie|niemals|niemand\w*|nichts|ohne|weder|unmoglich)\b",
        r"\b(?:n'\w+|ne (?:\w+ ){1,4}?(?:pas|plus|jamais|rien|personne|aucun\w*)|pas|aucun\w*|sans|impossible)\b",
        r"\b(?:no|nunca|jamas|tampoco|ningun\w*|nadie|nada|sin|imposible)\b",
        r"\b(?:non|mai|nessun\w*|niente|senza|impossibile|nao|nenhum\w*|ninguem|sem|niet|geen|nooit|niemand|"
        r"zonder|niets)\b",
    )
)
NO_NEGATION = Pattern(
    (
        r"\bnot only\b|\bno matter\b|\bno\. ?\d|\bno problem\b|\bno worries\b|\bnicht nur\b|\bnon seulement\b|"
        r"\bno solo\b|\bnon solo\b|\bnao so\b|\bniet alleen\b",
        r"\b(?:without|at no|for no) (?:\w+ )?(?:costs?|charges?|fees?)\b|"
        r"\bcosts? (?:you )?nothing(?: extra| more)?\b|"
        r"\bnothing extra\b|\bohne (?:\w+ )?(?:kosten|aufpreis|gebuhr\w*)\b|\bkostet nichts\b|\bsans frais\b|"
        r"\bsin (?:coste|costo|cargo)s?\b|\bsenza costi\b",
    )
)
"""What holds a "no" and denies nothing."""

WITHOUT = Pattern(r"\b(?:without|ohne|sans|sin|senza|sem|zonder)\b")
"""What denies one thing of a sentence, and not the sentence."""
DENIES_BY_ITSELF = Pattern(
    r"\b(?:waiv|remov|avoid|prevent|declin|refus|reject|exempt|exclud|exclu|ausgeschlossen|except|instead|rather|"
    r"entfern|vermeid|verhinder|"
    r"ablehn|nothing|nichts|ausser|statt|suppr|evit|elimin|rifiut|weiger|verwijder)\w*|"
    r"\b(?:out of|free of|rid of)\b"
)
"""Words that say no without a "no": beside one of them a yes and a no may mean the same."""

WHOEVER = Pattern(r"^(?:whatever|whoever|whichever|what|who|wer|was|qui|ce qui|quien|lo que|chi|quem|wie|wat)\b")
"""What begins a sentence whose "no" may belong to whom it speaks of."""
UNLESS = Pattern(r"\b(?:unless|ausser wenn|es sei denn|a moins que|a menos que|a meno che|a menos que|tenzij)\b")

SUBORDINATE = Pattern(
    (
        r"\b(?:even )?(?:if|when|once|unless|until|as (?:long|soon) as|because|although|though|while|whenever|"
        r"whether|"
        r"after|before|since|should (?:you|your|nobody|it|the|there))\b",
        r"^(?:findet|ist|sind|hat|haben|trifft|kommt|sollten?|wird|geht|fehlt|passt|liegt)\b",
        r"\b(?:wenn|sobald|solange|falls|weil|obwohl|wahrend|bevor|nachdem|ob|sofern|bis)\b",
        r"\b(?:si|quand|lorsque|des que|tant que|parce que|bien que|avant|apres|cuando|mientras|porque|aunque|"
        r"antes de|despues de|se|quando|finche|appena|prima|dopo|enquanto|antes|depois|als|zodra|zolang|omdat|"
        r"hoewel|voordat|nadat)\b",
    )
)
"""What begins a part of a sentence on which the rest depends."""

UNIVERSAL = Pattern(
    (
        r"^\W*(?:all|every|each|any|everyone|everybody|anyone|anybody|everything|anything)\b",
        r"^\W*(?:alle[nrms]?|jede[nrms]?|samtliche\w*)\b",
        r"^\W*(?:tous|toutes|chaque|todos|todas|cada|tutti|tutte|ogni|elke?|ieder\w*)\b",
        r"^.*?\b(?:always|without exception|in (?:any|every) case|no limits?|unlimited|immer|stets|uberall|"
        r"beliebig\w*|"
        r"ausnahmslos|jederzeit|toujours|siempre|sempre|altijd)\b",
    )
)
"""What is said of everything there is."""
FULL = Pattern(
    r"\b(?:full|whole|entire|complete|total) (?:price|amount|refund|sum|costs?|money|order|value)\b|"
    r"\b(?:vollen?|ganzen?|gesamten?) (?:preis|betrag|summe|bestellung)\b"
)
FULL_TOO = Pattern(r"\b(?:full\w*|whole|entire|complete|total|all|everything|100|voll\w*|ganz\w*|gesamt\w*|alles)\b")
UNIVERSAL_TOO = Pattern(
    r"\b(?:daily|weekly|monthly|yearly|taglich|monatlich|per|pro|par|por|whoever|whatever|anywhere|everywhere|no|"
    r"none|never|nobody|without|only|both|throughout|"
    r"kein\w*|nie|niemand|nur|beide\w*|ab|je|wer|aucun\w*|seul\w*|ningun\w*|nessun\w*|geen)\b"
)
"""How a source may say the same in other words."""
NO_UNIVERSAL = Pattern(
    (
        r"\b(?:after|at|above|first of|once and for|in) all\b|\ball (?:the best|right|set|good|you (?:have|"
        r"need)|it takes|"
        r"(?:two|three|four|five|six|three))\b|\bany (?:more|longer|other questions?|questions?|further|help|"
        r"trouble)\b|"
        r"\banything else\b|\bif .{0,40}\bany\b|\bnot .{0,30}\b(?:any|all|every|everything|always)\b|"
        r"\balle (?:zwei|drei|vier)\b|\bimmer noch\b|\btoujours (?:pas|en)\b",
    )
)

ONLY = Pattern(
    r"\b(?:only|solely|exclusively|nobody (?:else|but)|none but|nur|ausschliesslich|einzig|seulement|uniquement|"
    r"exclusivement|solo|solamente|unicamente|soltanto|somente|apenas|alleen|uitsluitend)\b"
)
"""What leaves everything else out."""
ONLY_TOO = Pattern(
    (
        r"\b(?:only|just|solely|alone|exclusively|except|exception|exceptions|other than|within|inside|"
        r"limited|single|no|not|"
        r"never|cannot|without|must|unless|outside|other|others|rest|as long as|until|if|what|at least|"
        r"up to)\b|n't\b",
        r"\b(?:nur|ausschliesslich|allein|ausser|ausnahme\w*|innerhalb|einmal|kein\w*|nicht|nie|ohne|"
        r"andere\w*|ubrige\w*|muss|mussen|wenn|solange)\b",
        r"\b(?:seul\w*|uniquement|sauf|ne|solo|unic\w*|salvo|excepto|non|nao|alleen|enkel|niet|geen|behalve)\b",
    )
)
"""How a source may leave the rest out."""

CERTAIN = Pattern(
    r"\b(?:certainly|definitely|surely|for sure|guaranteed|undoubtedly|no doubt|100 ?%|without fail|inevitably|"
    r"bestimmt|garantiert|zweifellos|auf jeden fall|mit sicherheit|certainement|assurement|sans faute|seguro que|"
    r"seguramente|sin duda|sicuramente|di sicuro|com certeza|certamente|zeker|gegarandeerd)\b"
)
"""What leaves no doubt."""

COMPARING = Pattern(
    (
        r"\b(?:more|less|fewer|\w{3,}er) (?:\w+ )?than\b(?! \d| [€$£])",
        r"\b(?:cheaper|faster|quicker|slower|dearer|higher|lower|longer|shorter|better|worse|larger|smaller|"
        r"earlier|later)\b(?= than|\W*$)",
        r"\b\w{3,}er als\b(?! \d)|\b(?:plus|moins) \w+ que\b|\b(?:mas|menos) \w+ que\b|\b(?:piu|"
        r"meno) \w+ (?:di|che|del\w*)\b|"
        r"\b(?:mais|menos) \w+ (?:do )?que\b|\b\w{3,}er dan\b",
    )
)
"""What holds two things beside each other."""
COMPARED = Pattern(
    r"\b(?:than|cheaper|faster|quicker|slower|higher|lower|longer|shorter|better|larger|smaller|teurer|gunstiger|"
    r"schneller|langer|kurzer|\w{4,}er als|(?:plus|moins) \w+ que|(?:mas|menos) \w+ que|(?:piu|meno) \w+ (?:di|che)|"
    r"(?:mais|menos) \w+ (?:do )?que|\w{3,}er dan)\b"
)

OPPOSITES = tuple(
    (Pattern(rf"\b(?:{one})\b"), Pattern(rf"\b(?:{other})\b"))
    for one, other in (
        (r"before(?! \d)|prior to", r"after(?! \d)|once|following|when|as soon as"),
        ("vor|bevor", "nach|nachdem|sobald"),
        ("avant", "apres"),
        ("antes", "despues|depois|tras"),
        ("prima", "dopo"),
        ("voor|voordat", "na|nadat"),
        ("cleaned|clean", "dirty|muddy|unwashed"),
        ("saubere?[nrs]?|sauber", "schmutzige?[nrs]?|dreckige?[nrs]?"),
        ("used|worn", "unused|unworn"),
        ("benutzte?[nrs]?|gebrauchte?[nrs]?|getragene?[nrs]?", "unbenutzte?[nrs]?|ungebrauchte?[nrs]?"),
        ("shorter|sooner|earlier", "longer|later"),
        ("cheaper|less", "dearer|more expensive|more"),
        ("higher|larger|above|over|at least|exceeds?|more than", "lower|smaller|below|under|at most|less than"),
        ("faster|quicker|immediate|immediately|instantly", "slower"),
        ("first", "last|later"),
        ("same", "different|differs?|other|another|same"),
        ("enabled?|activated?|opens?|open", "disabled?|deactivated?|closed?|closes"),
        ("wet", "dry"),
        ("keep|keeps|hold on to", "throw|discard|dispose"),
        ("part|partial|partly", "whole|complete|entire|full"),
        ("optional|voluntary", "required|mandatory|compulsory|must"),
        ("accept|accepts|accepted", "refuse|refuses|refused|decline|declined|reject|rejected"),
        ("sender", "recipient"),
        ("buyer", "seller"),
        ("teurer", "gunstiger|billiger"),
        ("langer", "kurzer"),
    )
    if one != other
)
"""Words that say the opposite of each other."""

ONCE_PER = Pattern(
    r"\b(?:once|twice|einmal|zweimal|une fois|una vez|una volta|uma vez|eenmaal|\d+ times)(?: only)?,? "
    r"(?:per|pro|par|por|a|an|each|every|for each|je|chaque|cada|ogni) ([^\W\d_]{3,})"
    r"(?: (?:and|und|et|y|e|en) ([^\W\d_]{3,}))?"
)
"""Of what it is told that it can be done so often: `once per customer and year`."""

NUMBERS = {
    word: value
    for value, words in enumerate(
        "two zwei deux dos due dois twee,three drei trois tres tre drie,four vier quatre cuatro quattro quatro,"
        "five funf cinq cinco cinque vijf,six sechs seis sei zes,seven sieben sept siete sette sete zeven,"
        "eight acht huit ocho otto oito,nine neun neuf nueve nove negen,ten zehn dix diez dieci dez tien".split(","),
        2,
    )
    for word in words.split()
} | dict.fromkeys("one ein eine einen un une una uno um uma een".split(), 1)
COUNT = Pattern(rf"\b(\d{{1,3}}|{'|'.join(NUMBERS)}) ((?:[^\W\d_]+ ){{0,2}}[^\W\d_]+)")
"""How many of what."""
PER_TIME = Pattern(
    r"\b(?:per|a|an|each|every|pro|je|par|por|cada|al|per) (day|week|month|year|tag|woche|monat|jahr|jour|semaine|"
    r"mois|an|"
    r"dia|semana|mes|ano|giorno|settimana|mese|anno)\b|\b(dai)ly\b|\b(week|month|year)ly\b"
)
YES_OR_NO = Pattern(r"^\W*(?:(yes|ja|oui|si|sim)|(no|nein|non|nao|nee))\b[.,!:;]?")
"""What answers a question that stands above it."""

EACH_TIME = Pattern(r"\b(?:whenever|wherever|as (?:often|long|much|many) as you \w+|jederzeit|cada vez que)\b")
"""What is said of every time, though it begins a clause that the rest depends on."""
FIRST = Pattern(r"\b(\w+) (?:first|zuerst|d'abord|primero|prima di tutto)\b")
"""What comes before the rest."""
PRONOUN = Pattern(r"^(?:it|they|this|that|these|both|he|she|er|sie|es|das|dies\w*|beide|il|elle|ils|cela|ello|esto)\b")
"""By which a sentence goes on about what the one before spoke of."""
NAME = Pattern(r"(?<=[a-z,>] )[*_“\"]*([A-Z][a-z]{2,})")
"""A word with a capital inside an English sentence: a button, a status, a product."""

ACTORS = {
    name: actor
    for actor, names in {
        "we": "we us team northpeak wir unser nous nosotros noi nos wij support agents agent shop company",
        "you": "you customers customer sie du ihr kunde kunden vous tu usted ustedes lei voi voce u jij klant",
        "carrier": "carrier courier carriers paketdienst lieferdienst transporteur transportista corriere vervoerder",
        "neighbour": "neighbour neighbor neighbours nachbar nachbarn voisin vecino vicino vizinho buur buren",
        "recipient": "recipient recipients empfanger destinataire destinatario ontvanger beneficiary payee",
        "sender": "sender absender expediteur remitente mittente",
        "provider": "provider anbieter fournisseur proveedor fornitore aanbieder",
        "bank": "bank banque banco banca issuer",
        "giver": "giver schenker",
        "friend": "friend freund ami amigo amico vriend",
        "merchant": "merchant seller vendor handler verkaufer vendeur vendedor",
    }.items()
    for name in names.split()
}
"""Who may do something, by the words for them."""
VERB_BEFORE = Pattern(
    r"^(?:the|your|our|a|an|der|die|das|ihr|unser|le|la|el|il|o|de|het|any|each|every|jeder|please)?\s*(\w+)\s+(\w+)"
)
"""Who does it: the word that opens a sentence, behind its article."""
FINITE = Pattern(
    r"\b(?:we|you|they|it|i|wir|sie|man|nous|vous|delivers?|ships?|checks?|reserves?|keeps?|offers?|mends?|answers?)\b|"
    r"\b(?:is|are|was|were|be|been|can|may|will|must|should|has|have|had|do|does|did|gets?|goes?|go|costs?|takes?|"
    r"leaves?|arrives?|repairs?|includes?|closes?|disables?|covers?|begins?|starts?|brings?|refunds?|checks?|"
    r"counts?|comes?|pays?|accepts?|sends?|need|needs|works?|applies|apply|ist|sind|war|"
    r"kann|konnen|darf|durfen|wird|werden|muss|mussen|hat|haben|gilt|gelten|kostet|dauert|kommt|zahlen|geht|est|sont|"
    r"peut|peuvent|a|ont|es|son|puede|pueden|tiene|e|sono|puo|possono|ha|hanno|sao|pode|podem|tem|zijn|kunnen|heeft)\b"
)
"""By which a sentence is one, and no mere list."""
