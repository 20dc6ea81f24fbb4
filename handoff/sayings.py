"""Turns of phrase that tell how a customer feels, each with how an agent would put it. Data.

Heat, 0..1, is how much a phrase alone says that its writer has had enough; from a topic's limit on, usually 0.6, it
brings a person by itself. Patterns are held against the text in lower case, blanks made single.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Saying:
    """A turn of phrase, what it says, and how an agent reads it. Valence is -3 (bad) to 3 (good)."""

    sign: str
    heat: float
    valence: float
    pattern: re.Pattern[str]


def saying(sign: str, heat: float, valence: float, *patterns: str) -> Saying:
    """A saying that any of the patterns tells."""
    return Saying(sign, heat, valence, re.compile("|".join(f"(?:{pattern})" for pattern in patterns)))


WRONG_ANSWER = "says the answer was wrong"
SAYINGS = (
    saying(
        WRONG_ANSWER,
        0.36,
        -1.8,
        (
            r"\b(?:that|this|it|your (?:answer|reply|info\w*))(?:'s| is| was) (?:still |just |simply |completely |"
            r"also |plain )*(?:wrong|incorrect|not (?:right|true|correct|what i (?:asked|meant|said|wanted|need)|"
            r"helpful|an answer|my question))"
        ),
        (
            r"\b(?:that|this|it|you)(?: really| still)? (?:isn't|is not|wasn't|didn't|doesn't|does not|did not|"
            r"don't|aren't|hasn't) (?:\w+ )?(?:right|true|correct|what i (?:asked|meant|said|wanted|need)|helpful|"
            r"help\w*|answer\w*|my question|understand\w*|read\w*|listen\w*|solve\w*)"
        ),
        r"\bnot what i (?:asked|meant|said|wanted)",
        r"\b(?:wrong|useless|no) (?:answer|reply)\b",
        r"\bnot (?:at all )?helpful\b",
        r"\b(?:isn't|is not) working for me\b",
        r"\bdid you (?:even )?read\b",
        r"\bdoesn't help\b",
        r"\bno help\b",
        r"\bunhelpful\b",
        r"\byou(?:'re| are) (?:wrong|not (?:listening|helping|understanding|reading))\b",
        r"\bread my (?:question|message)\b",
        r"\bmissed? (?:the|my) (?:point|question)\b",
        r"\banswer (?:my|the) (?:\w+ )?question\b",
        (
            r"\b(?:das|dies)(?: ist| war| stimmt)? (?:doch |so |einfach |leider )*(?:falsch|nicht (?:richtig|"
            r"meine frage|hilfreich|was ich)|nicht)\b(?! (?:in|auf|mit|möglich))"
        ),
        r"\bhilft (?:mir )?(?:so |auch |leider |überhaupt )*nicht",
        r"\bnicht (?:meine frage|geholfen)",
        r"\bfalsche antwort",
        r"\bce n'est pas (?:ça|ma question|correct|la bonne|vrai|ce que)",
        r"\bc'est faux\b",
        r"\b(?:ça|cela) n(?:e m)?'?aide pas",
        r"\bne m'aide pas",
        r"\bpas (?:du tout )?répondu",
        r"\bmauvaise réponse",
        r"\b(?:eso|esto) no (?:es|me|ayuda|responde|sirve)",
        r"\bno me (?:ayuda|sirve|ayudas)",
        r"\bestá mal\b",
        r"\bes incorrecto",
        r"\bno es lo que (?:pregunt|ped)",
        r"\brespuesta (?:equivocada|incorrecta)",
        r"\bnon (?:è quello che|mi aiuta|mi serve|ha risposto|è corrett|è vero)",
        r"\bè sbagliat",
        r"\brisposta sbagliata",
        r"\bnão (?:foi isso|é isso|me ajuda|ajuda|ajudou|respondeu|está certo)",
        r"\bestá errad",
        r"\bresposta errada",
        r"\bdat (?:klopt niet|is niet (?:wat|juist|mijn)|helpt (?:me |mij )?niet)",
        r"\bdit helpt (?:me )?niet",
        r"\bklopt (?:gewoon )?niet",
        r"\bverkeerde antwoord",
    ),
    saying(
        "says they have asked before",
        0.34,
        -1.0,
        (
            r"\b(?:i(?:'ve| have)?|we) (?:already |just |literally )+(?:\w+ )?(?:asked|told|said|explained|answered|"
            r"sent|wrote|written|given|tried|done|did)"
        ),
        r"\b(?:as|like) i (?:already |just )?(?:said|wrote|told|explained|mentioned)",
        (
            r"\b(?:asked|asking|told|telling|explained|contacted|written|called|messaged|emailed|"
            r"wrote)\b[^.!?]{0,30}\b(?:\d+|two|three|four|five|several|many|multiple|so many|a dozen) times"
        ),
        r"\b(?:asked|told|written|wrote|explained|called)\b[^.!?]{0,12} twice",
        (
            r"\b(?:second|third|fourth|fifth|[2-9](?:nd|rd|th)|umpteenth|hundredth) time\b(?=[^?]*(?:ask|writ|"
            r"contact|tell|happen|i |i'|$|this|it|now))"
        ),
        r"\bhow many (?:more )?times\b",
        r"\bonce again,? (?:i|my|where|the)",
        r"\bkeep(?:s)? (?:asking|telling|repeating|saying)",
        r"\bsame (?:answer|thing|reply|link|article|text) (?:again|over|as before|every)",
        r"\bhabe (?:ich )?(?:schon|bereits|doch)\b[^.!?]{0,40}(?:gesagt|gefragt|geschrieben|erklärt)",
        r"\b(?:zum|schon das) (?:zweite|dritte|vierte|xte)n?[ -]*mal",
        r"\bje (?:vous |l')?(?:l')?ai déjà (?:dit|demandé|écrit)",
        r"\bdéjà (?:dit|demandé|écrit)",
        r"\b(?:deuxième|troisième|énième) fois",
        r"\bya (?:lo |se lo |le |te |os )?(?:he )?(?:dij|pregunt|dicho|expli|escri)\w*",
        r"\b(?:segunda|tercera|cuarta) vez",
        r"\bho già (?:detto|chiesto|scritto)",
        r"\bgià (?:detto|chiesto)",
        r"\bjá (?:disse|perguntei|falei|escrevi|expliquei)",
        r"\b(?:seconda|terza) volta",
        r"\b(?:segunda|terceira) vez",
        r"\bheb (?:ik )?(?:al|dat al) (?:\w+ )?(?:gezegd|gevraagd|geschreven)",
        r"\b(?:tweede|derde) keer",
        r"\bkeeps? (?:sending|giving|getting)\b",
    ),
    saying(
        "has had enough",
        0.62,
        -2.5,
        r"\bfed up\b",
        r"\b(?:just|simply|absolutely|truly) (?:unbelievable|unacceptable|ridiculous|outrageous)\b",
        r"\bhad it with (?:you|this|your)",
        r"\bcan(?:'t|not) believe (?:how|this)",
        r"\bwhat (?:kind|sort) of (?:a )?(?:service|company|shop|support|joke)",
        r"\bdo you even (?:understand|read|listen|care)",
        r"\bwhy do you even",
        r"\bworst (?:\w+ )?(?:experience|service|shop|company|store|support)\b",
        r"\b(?:sick|tired) (?:and tired )?of (?:this|waiting|your|it|you|being|the|asking|bots?)",
        r"\bhad enough\b",
        r"\bwaste of (?:my )?(?:time|money)",
        r"\bwasting my time",
        r"\b(?:what|this is|is this|such) a joke\b",
        r"\bis this a joke\b",
        r"\bare you (?:kidding|serious|joking|for real)",
        r"\bthanks for nothing\b",
        r"\blosing (?:my )?patience",
        r"\bpatience (?:is )?(?:running|wearing|at an end)",
        r"\bseriously\?",
        r"\bfor (?:god|heaven|fuck|christ|pete)'?s sake",
        r"\b(?<!if )(?:nobody|no ?one) (?:is )?(?:car|answer|help|repl|bother)(?:es|s|ing|ies|ying)\b",
        r"\bbeyond (?:a joke|frustrat)",
        r"\bgoing (?:round )?in circles",
        r"\bdriving me (?:mad|crazy|nuts|insane)",
        r"\bnot good enough\b",
        r"\bi give up\b",
        r"\bforget it\b",
        r"\bwhat is wrong with you",
        r"\bthis is (?:so |just |really )*(?:stupid|absurd|insane|crazy)",
        r"\bshame on you",
        r"\breicht(?:'s| es)? (?:mir )?(?:jetzt|langsam)",
        r"\bmir reicht",
        r"\bschnauze voll",
        r"\bnase voll",
        r"\bwollen sie mich",
        r"\bwillst du mich",
        r"\bzeitverschwendung",
        r"\bdas kann doch nicht",
        r"\bist das (?:euer|ihr) ernst",
        r"\bein witz\b",
        r"\bj'en ai (?:marre|assez|ras)",
        r"\bras[- ]le[- ]bol",
        r"\bvous vous (?:moquez|foutez)",
        r"\bperte de temps",
        r"\bc'est une blague",
        r"\bestoy hart[oa]",
        r"\bhart[oa] de",
        r"\bya basta",
        r"\bpérdida de tiempo",
        r"\btomad\w* el pelo",
        r"\best[oá] es una (?:broma|vergüenza)",
        r"\bsono stuf[oa]",
        r"\bne ho abbastanza",
        r"\bperdita di tempo",
        r"\bmi prendete in giro",
        r"\bbasta\b[.!]",
        r"\bestou fart[oa]",
        r"\bchega\b[.!]",
        r"\bperda de tempo",
        r"\b(?:é|isto é|isso é) (?:uma )?(?:piada|vergonha|brincadeira)",
        r"\b(?:ben|word) (?:het|dit|jullie) (?:\w+ )?(?:zat|beu)",
        r"\btijdverspilling",
        r"\bhou(?:d)? me voor de gek",
        r"\bgenoeg van",
        r"\bhow can (?:a|an|any|you|this|your) (?:\w+ )?be (?:so|this)\b",
        (
            r"\byour (?:service|shop|company|support|bot) (?:is|was|are) (?:an? |so |just |really |truly |"
            r"absolutely )*(?:disgrace|disgusting|terrible|awful|horrible|useless|ridiculous|pathetic|joke|rubbish|"
            r"garbage|appalling|shocking|bad)\b"
        ),
    ),
    saying(
        "says how angry or disappointed they are",
        0.62,
        -2.5,
        (
            r"\b(?<!if )(?:i'm|i am|im|i feel|we are|we're|getting) (?:getting |really |very |so |extremely |"
            r"quite |pretty |beyond |truly |just |absolutely |now |more than )+(?:annoyed|disappointed|upset|"
            r"unhappy|frustrated|angry|mad|irritated|pissed|furious|livid|dissatisfied)\b"
        ),
        (
            r"\bich bin (?:\w+ )?(?:sehr|echt|wirklich|total|richtig|so|extrem|stink)[ -]?(?:sauer|wütend|"
            r"enttäuscht|verärgert|genervt|unzufrieden)"
        ),
        r"\bstinksauer\b",
        r"\bist (?:wirklich |ja |doch )*das letzte\b",
        (
            r"\bje suis (?:très|vraiment|tellement|extrêmement|plus que) (?:en colère|déçue?|énervée?|fâchée?|"
            r"mécontente?|furieu\w+)"
        ),
        r"\bn'importe quoi\b",
        (
            r"\best(?:oy|amos) (?:muy|realmente|súper|super|tan) (?:enfadad|enojad|molest|decepcionad|furios|"
            r"indignad|frustrad)[oa]s?\b"
        ),
        r"\bsono (?:molto|davvero|veramente|proprio) (?:arrabbiat|delus|furios|insoddisfatt|stuf)[oaie]\b",
        r"\bestou (?:muito|super|bastante) (?:chatead|irritad|decepcionad|furios|zangad|insatisfeit|frustrad)[oa]\b",
        r"\bik ben (?:heel|erg|echt|zeer|ontzettend) (?:boos|teleurgesteld|ontevreden|kwaad|gefrustreerd)\b",
    ),
    saying(
        "is unhappy with the assistant",
        0.46,
        -2.0,
        (
            r"\b(?:hate|stupid|useless|dumb|rubbish|crap|bloody|damn|fucking|annoying|idiotic|"
            r"worthless) (?:\w+ ){0,2}?(?:bot|chatbot|robot|ai)\b(?! wash)"
        ),
        (
            r"\b(?:bot|chatbot|robot|ai) (?:is|are) (?:so |really |completely )*(?:useless|stupid|dumb|rubbish|crap|"
            r"no help|worthless)"
        ),
        r"\b(?:blöde|dumme|nutzlose|scheiß) ?(?:bot|maschine)\w*",
        r"\b(?:stupide|fichu) (?:ro)?bot",
        r"\b(?:ro)?bot (?:estúpido|inútil|stupido|inutile|burro|waardeloos)",
    ),
    saying(
        "has waited long without an answer",
        0.34,
        -1.4,
        (
            r"\b(?:still|yet) (?:\w+ )?(?:waiting|no (?:reply|answer|response|refund|parcel|order|word|news)|"
            r"not (?:arrived|received|fixed|here|refunded|heard))"
        ),
        r"\bstill (?:hasn't|haven't|nothing|isn't)",
        (
            r"\bwaiting (?:for )?(?:\w+ )?(?:weeks|months|ages|forever|\d+ (?:weeks|days|months)|(?:two|three|four|"
            r"five|six) (?:weeks|months))"
        ),
        r"\bno (?:one|body) (?:has )?(?:replied|answered|responded)",
        r"\bignor(?:ed|ing) me",
        r"\b(?:anyone|anybody)(?: there)?\?{2,}",
        r"\bit(?:'s| has) been (?:\w+ )?(?:weeks|months|a month|ages)\b",
        r"\b(?:been|being) ignored",
        r"\bimmer noch (?:nicht|keine?n?)",
        r"\bwarte (?:ich )?(?:schon |nun |jetzt )*(?:seit )?(?:\d+ )?(?:wochen|ewig|monate)",
        r"\btoujours (?:pas|rien|aucun)",
        r"\bj'attends (?:depuis|toujours)",
        r"\btodavía no",
        r"\bsigo esperando",
        r"\bllevo (?:\w+ )?(?:semanas|días|meses) esperando",
        r"\bancora (?:niente|nessun)",
        r"\bsto (?:ancora )?aspettando",
        r"\bainda não",
        r"\bcontinuo à espera",
        r"\bnog steeds (?:niet|geen|niks)",
        r"\bwacht (?:ik )?al",
    ),
    saying(
        "is sarcastic",
        0.4,
        -2.0,
        (
            r"\b(?:great|nice|good|brilliant|amazing|fantastic|wonderful|awesome|excellent|stellar) (?:job|work|"
            r"service|support)\b[^.!?]{0,10}(?:\.\.\.|…|🙄|👏)"
        ),
        r"\b(?:oh|wow|well),? (?:great|wonderful|brilliant|fantastic|perfect|amazing|lovely)\b",
        (
            r"\b(?:great|thanks|brilliant|wonderful|perfect|fantastic),? (?:another|yet another|so|"
            r"now)\b[^?]{0,60}\b(?:bot|again|week|still|nothing|useless|no )"
        ),
        r"\bhow (?:helpful|useful|wonderful)\b\s*[.!…]",
        r"\bslow clap\b",
        r"\bthanks a lot for\b.*\b(?:no|nothing|wrong|late|broken)",
        r"🙄",
        r"👏👏",
        r":face_with_rolling_eyes:",
        r":clap::clap:",
    ),
    saying(
        "sends an angry emoji",
        0.4,
        -2.0,
        r"😡",
        r"🤬",
        r"😠",
        r":rage:",
        r":angry:",
        r":face_with_symbols_on_mouth:",
        r"🖕",
        r":middle_finger:",
        r"👎",
        r":-1:",
    ),
    saying(
        "is upset",
        0.2,
        -1.5,
        r"😢",
        r"😭",
        r"😞",
        r"😩",
        r"😤",
        r":sob:",
        r":cry:",
        r":disappointed:",
        r":triumph:",
        r":weary:",
        r":\(",
        r":-\(",
    ),
)
GLAD = saying(
    "is glad",
    0.0,
    1.6,
    r"\b(?:that|this|it) (?:works|worked|helps|helped|solves|solved|answers|did it|was it)\b",
    r"\bno (?:problem|worries)\b",
    r"\bgot it\b",
    r"🙏",
    r"😊",
    r"👍",
    r"🎉",
    r"❤",
    r":pray:",
    r":\+1:",
    r":thumbsup:",
    r":tada:",
    r":heart:",
)
