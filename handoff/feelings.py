"""What words and phrases say about a customer's feelings: the lexicon that `handoff.mood` reads with. Data.

Valence is -3 (bad) to 3 (good). Heat, 0 to 1, is how much a word alone says that its writer has had enough; words that
describe the trouble ("broken", "late") have little of it, for most customers with trouble are calm.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple


class Feeling(NamedTuple):
    """What one word says."""

    valence: float
    heat: float


_WORDS: tuple[tuple[float, float, str], ...] = (
    (
        2.0,
        0.0,
        "great perfect excellent awesome amazing wonderful fantastic love brilliant superb delighted super toll "
        "prima perfekt wunderbar parfait génial excellente perfecto genial excelente perfetto ottimo perfeito ótimo "
        "fantastisch geweldig",
    ),
    (
        1.2,
        0.0,
        "thanks thank good nice happy helpful helps helped works worked pleased glad appreciate solved clear "
        "danke gut hilfreich geholfen zufrieden merci bien content gracias bueno bien contento grazie bene contento "
        "obrigado obrigada bom bem feliz bedankt goed fijn tevreden dank cheers",
    ),
    (
        -1.0,
        0.05,
        "broken late delayed missing lost damaged leak leaks leaking torn ripped defective faulty problem issue wrong "
        "fail fails failed failing stuck confusing confused difficult unfortunately sadly cancel cancelled "
        "kaputt verspätet fehlt undicht problem defekt falsch leider cassé retard abîmé problème perdu roto perdido "
        "tarde dañado problema rotto ritardo danneggiato quebrado atrasado estragado kapot laat kwijt",
    ),
    (
        -1.6,
        0.16,
        "bad annoying annoyed unhappy disappointed disappointing poor slow pointless nonsense sucks upset worse "
        "schlecht nervig ärgerlich enttäuscht enttäuschend unzufrieden mauvais décevant déçu déçue énervant "
        "malo mal decepcionado decepcionada molesto molesta insatisfecho deluso delusa pessimo arrabbiato "
        "mau decepcionado chateado chateada slecht teleurgesteld vervelend ontevreden",
    ),
    (
        -2.4,
        0.44,
        "terrible horrible awful worst useless ridiculous unacceptable furious angry outrageous pathetic disgusting "
        "disgraceful appalling frustrated frustrating infuriating incompetent scam fraud liars shameful garbage "
        "rubbish crap livid disgusted atrocious abysmal dreadful laughable insulting hopeless joke furchtbar "
        "schrecklich unverschämt unverschämtheit lächerlich nutzlos wütend sauer inakzeptabel frechheit katastrophe "
        "unmöglich betrug saftladen sauerei zumutung horrible inacceptable nul nulle ridicule inadmissible furieux "
        "furieuse scandaleux honteux lamentable arnaque inutile catastrophe terrible inaceptable ridículo ridicula "
        "ridícula inútil furioso furiosa vergüenza estafa pésimo pésima indignante harto harta terribile orribile "
        "inaccettabile ridicolo furioso furiosa vergogna vergognoso vergognosa truffa schifo péssimo inaceitável "
        "horrível vergonha revoltante golpe furioso verschrikkelijk belachelijk onacceptabel waardeloos woedend "
        "schandalig oplichting nutteloos boos",
    ),
    (
        -1.8,
        0.3,
        "damn bloody stupid dumb idiot idiots moron morons hate blöd blöde dämlich stupide idiote estúpido estúpida "
        "stupido stupida estúpidos burro burra stom stomme",
    ),
    (
        -2.6,
        0.62,
        "fuck fucking fucked wtf shit shitty bullshit arse asshole bastards "
        "ffs bollocks scheiße scheisse scheiß verdammt verdammte verarschen arschloch idioten "
        "merde putain connards foutez foutre mierda joder puta coño gilipollas merda cazzo "
        "vaffanculo stronzi porra caralho kut klote godverdomme verdomme",
    ),
)
SWEARING = frozenset(_WORDS[-1][2].split())
LEXICON = {word: Feeling(valence, heat) for valence, heat, words in _WORDS for word in words.split()}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


INTENSIFIERS = _words(
    "very really so extremely absolutely totally completely utterly beyond incredibly sehr wirklich total absolut "
    "völlig très vraiment tellement complètement muy realmente totalmente molto davvero assolutamente muito heel erg "
    "echt"
)
NEGATIONS = _words(
    "not no never don't doesn't didn't isn't wasn't aren't won't can't cannot couldn't wouldn't hasn't haven't "
    "hardly without nothing dont doesnt didnt isnt wasnt nicht kein keine nie pas jamais aucun nunca ningún non mai "
    "nessun não nao nunca niet geen nooit"
)


@dataclass(frozen=True, slots=True)
class Saying:
    """A turn of phrase, what it says, and how an agent reads it."""

    sign: str
    heat: float
    valence: float
    pattern: re.Pattern[str]


def _saying(sign: str, heat: float, valence: float, *patterns: str) -> Saying:
    return Saying(sign, heat, valence, re.compile("|".join(f"(?:{pattern})" for pattern in patterns)))


WRONG_ANSWER = "says the answer was wrong"
SAYINGS = (
    _saying(
        WRONG_ANSWER,
        0.36,
        -1.8,
        r"\b(?:that|this|it|your (?:answer|reply|info\w*))(?:'s| is| was) (?:still |just |simply |completely |also |"
        r"plain )*(?:wrong|incorrect|not (?:right|true|correct|what i (?:asked|meant|said|wanted|need)|helpful|an "
        r"answer|my question))",
        r"\b(?:that|this|it|you)(?: really| still)? (?:isn't|is not|wasn't|didn't|doesn't|does not|did not|don't|"
        r"aren't|hasn't) (?:\w+ )?(?:right|true|correct|what i (?:asked|meant|said|wanted|need)|helpful|help\w*|"
        r"answer\w*|my question|understand\w*|read\w*|listen\w*|solve\w*)",
        r"\bnot what i (?:asked|meant|said|wanted)|\b(?:wrong|useless|no) (?:answer|reply)\b|\bnot (?:at all "
        r")?helpful\b|\b(?:isn't|is not) working for me\b|\bdid you (?:even )?read\b|\bdoesn't help\b|\bno help\b|"
        r"\bunhelpful\b|\byou(?:'re| are) (?:wrong|not (?:listening|helping|understanding|reading))\b|\bread my "
        r"(?:question|message)\b|\bmissed? (?:the|my) (?:point|question)\b|\banswer (?:my|the) (?:\w+ )?question\b",
        r"\b(?:das|dies)(?: ist| war| stimmt)? (?:doch |so |einfach |leider )*(?:falsch|nicht (?:richtig|meine frage|"
        r"hilfreich|was ich)|nicht)\b(?! (?:in|auf|mit|möglich))|\bhilft (?:mir )?(?:so |auch |leider |überhaupt "
        r")*nicht|\bnicht (?:meine frage|geholfen)|\bfalsche antwort",
        r"\bce n'est pas (?:ça|ma question|correct|la bonne|vrai|ce que)|\bc'est faux\b|\b(?:ça|cela) n(?:e "
        r"m)?'?aide pas|\bne m'aide pas|\bpas (?:du tout )?répondu|\bmauvaise réponse",
        r"\b(?:eso|esto) no (?:es|me|ayuda|responde|sirve)|\bno me (?:ayuda|sirve|ayudas)|\bestá mal\b|\bes incorrecto|"
        r"\bno es lo que (?:pregunt|ped)|\brespuesta (?:equivocada|incorrecta)",
        r"\bnon (?:è quello che|mi aiuta|mi serve|ha risposto|è corrett|è vero)|\bè sbagliat|\brisposta sbagliata",
        r"\bnão (?:foi isso|é isso|me ajuda|ajuda|ajudou|respondeu|está certo)|\bestá errad|\bresposta errada",
        r"\bdat (?:klopt niet|is niet (?:wat|juist|mijn)|helpt (?:me |mij )?niet)|\bdit helpt (?:me )?niet|"
        r"\bklopt (?:gewoon )?niet|\bverkeerde antwoord",
    ),
    _saying(
        "says they have asked before",
        0.34,
        -1.0,
        r"\b(?:i(?:'ve| have)?|we) (?:already |just |literally )+(?:\w+ )?(?:asked|told|said|explained|answered|sent|"
        r"wrote|written|given|tried|done|did)",
        r"\b(?:as|like) i (?:already |just )?(?:said|wrote|told|explained|mentioned)",
        r"\b(?:asked|asking|told|telling|explained|contacted|written|called|messaged|emailed|"
        r"wrote)\b[^.!?]{0,30}\b(?:\d+|two|three|four|five|several|many|multiple|so many|a dozen) times|\b(?:asked|"
        r"told|written|wrote|explained|called)\b[^.!?]{0,12} twice",
        r"\b(?:second|third|fourth|fifth|[2-9](?:nd|rd|th)|umpteenth|hundredth) time\b(?=[^?]*(?:ask|writ|contact|"
        r"tell|happen|i |i'|$|this|it|now))",
        r"\bhow many (?:more )?times\b|\bonce again,? (?:i|my|where|the)|\bkeep(?:s)? (?:asking|telling|repeating|"
        r"saying)|\bsame (?:answer|thing|reply|link|article|text) (?:again|over|as before|every)",
        r"\bhabe (?:ich )?(?:schon|bereits|doch)\b[^.!?]{0,40}(?:gesagt|gefragt|geschrieben|erklärt)|\b(?:zum|schon "
        r"das) (?:zweite|dritte|vierte|xte)n?[ -]*mal",
        r"\bje (?:vous |l')?(?:l')?ai déjà (?:dit|demandé|écrit)|\bdéjà (?:dit|demandé|écrit)|\b(?:deuxième|"
        r"troisième|énième) fois",
        r"\bya (?:lo |se lo |le |te |os )?(?:he )?(?:dij|pregunt|dicho|expli|escri)\w*|\b(?:segunda|tercera|cuarta) "
        r"vez",
        r"\bho già (?:detto|chiesto|scritto)|\bgià (?:detto|chiesto)|\bjá (?:disse|perguntei|falei|escrevi|"
        r"expliquei)|\b(?:seconda|terza) volta|\b(?:segunda|terceira) vez|\bheb (?:ik )?(?:al|dat al) (?:\w+ "
        r")?(?:gezegd|gevraagd|geschreven)|\b(?:tweede|derde) keer",
    ),
    _saying(
        "has had enough",
        0.62,
        -2.5,
        r"\bfed up\b|\b(?:sick|tired) (?:and tired )?of (?:this|waiting|your|it|you|being|the|asking|bots?)|\bhad "
        r"enough\b|\bwaste of (?:my )?(?:time|money)|\bwasting my time|\b(?:what|this is|is this|such) a joke\b|\bis "
        r"this a joke\b|\bare you (?:kidding|serious|joking|for real)|\bthanks for nothing\b|\blosing (?:my "
        r")?patience|\bpatience (?:is )?(?:running|wearing|at an end)|\bseriously\?|\bfor (?:god|heaven|fuck|christ|"
        r"pete)'?s sake|(?<!\bif )\b(?:nobody|no ?one) (?:is )?(?:car|answer|help|repl|bother)(?:es|s|ing|ies|ying)\b|"
        r"\bbeyond (?:a joke|frustrat)|\bgoing (?:round )?in circles|\bdriving me (?:mad|crazy|nuts|insane)|\bnot "
        r"good enough\b|\bi give up\b|\bforget it\b|\bwhat is wrong with you|\bthis is (?:so |just |really "
        r")*(?:stupid|absurd|insane|crazy)|\bshame on you",
        r"\breicht(?:'s| es)? (?:mir )?(?:jetzt|langsam)|\bmir reicht|\bschnauze voll|\bnase voll|\bwollen sie mich|"
        r"\bwillst du mich|\bzeitverschwendung|\bdas kann doch nicht|\bist das (?:euer|ihr) ernst|\bein witz\b",
        r"\bj'en ai (?:marre|assez|ras)|\bras[- ]le[- ]bol|\bvous vous (?:moquez|foutez)|\bperte de temps|\bc'est "
        r"une blague",
        r"\bestoy hart[oa]|\bhart[oa] de|\bya basta|\bpérdida de tiempo|\btomad\w* el pelo|\best[oá] es una (?:broma|"
        r"vergüenza)",
        r"\bsono stuf[oa]|\bne ho abbastanza|\bperdita di tempo|\bmi prendete in giro|\bbasta\b[.!]",
        r"\bestou fart[oa]|\bchega\b[.!]|\bperda de tempo|\b(?:é|isto é|isso é) (?:uma )?(?:piada|vergonha|"
        r"brincadeira)",
        r"\b(?:ben|word) (?:het|dit|jullie) (?:\w+ )?(?:zat|beu)|\btijdverspilling|\bhou(?:d)? me voor de gek|"
        r"\bgenoeg van",
    ),
    _saying(
        "is unhappy with the assistant",
        0.46,
        -2.0,
        r"\b(?:hate|stupid|useless|dumb|rubbish|crap|bloody|damn|fucking|annoying|idiotic|worthless) (?:\w+ "
        r"){0,2}?(?:bot|chatbot|robot|machine|ai)\b(?! wash)|\b(?:bot|chatbot|robot|ai) (?:is|are) (?:so |really |"
        r"completely )*(?:useless|stupid|dumb|rubbish|crap|no help|worthless)",
        r"\b(?:blöde|dumme|nutzlose|scheiß) ?(?:bot|maschine)\w*|\b(?:stupide|fichu) (?:ro)?bot|\b(?:ro)?bot "
        r"(?:estúpido|inútil|stupido|inutile|burro|waardeloos)",
    ),
    _saying(
        "threatens with a lawyer or the authorities",
        0.62,
        -2.5,
        r"\b(?:my|a|our|call(?:ing)?|get(?:ting)?|contact(?:ing)?|hear from) (?:my |a |our |an )?(?:lawyer|solicitor|"
        r"attorney)s?\b(?! (?:and|who|myself|by))",
        r"\b(?:legal|court) (?:action|steps|proceedings|case)|\btak(?:e|ing) (?:you|this) to court|\b(?:i'll|i will|"
        r"going to|gonna) sue\b|\bsuing\b|\bsmall claims|\btrading standards|\bombudsman|\bconsumer (?:protection|"
        r"rights|advice|council)|\b(?:report|reporting) you\b|\bchargeback|\bcharge back|\bdisput(?:e|ing) (?:the|"
        r"this) (?:charge|payment)|\bpolice\b",
        r"\b(?:rechts)?anwalt\b|\bverbraucher(?:schutz|zentrale)|\banzeige erstatten|\brechtliche schritte|\bverklag",
        r"\bavocat\b|\bporter plainte|\bdgccrf|\bau tribunal|\babogad[oa]\b|\bdemandar(?:é|los|les)?\b|\bdenuncia\w*|"
        r"\bavvocato|\bdenunci\w+|\badvogad[oa]|\bprocon\b|\bprocess(?:ar|o) (?:vocês|contra)|\badvocaat\b|"
        r"\bjuridische stappen|\baangifte",
    ),
    _saying(
        "threatens to go public",
        0.5,
        -2.2,
        r"\b(?:leav\w+|writ\w+|post\w*|giv\w+) (?:you )?(?:an? )?(?:very |really |terrible |awful )*(?:bad|negative|"
        r"(?:one|1)[- ]star|honest|terrible|awful|horrible|damning) review",
        r"\b(?:newspaper|journalist|the press|reporter|the media|tv station)s?\b(?! (?:button|stud))|\bgo(?:ing)? "
        r"public|\b(?:trustpilot|social media|twitter|facebook|reddit|instagram|tiktok)\b(?=[^?]*$)(?<=(?:on|to) "
        r"\b\w{0,0})?",
        r"\bschlechte bewertung|\bdie presse\b|\bzeitung\b|\bmauvais avis|\bmala reseña|\brecensione negativa|"
        r"\bavaliação negativa|\bslechte (?:review|recensie|beoordeling)",
    ),
    _saying(
        "threatens to leave",
        0.45,
        -2.2,
        r"\bnever (?:again|(?:buy|order|shop|buying|ordering|shopping|coming|use|using)\b[^.!?]{0,40}\b(?:again|from|"
        r"with|here|you))",
        r"\b(?:take|taking) (?:my|our) (?:business|money|custom) (?:elsewhere|somewhere)|\b(?:shop|buy|go|order|"
        r"going|buying)\w* (?:elsewhere|somewhere else|to (?:a|your|the) competit\w+)|\blast (?:time|order) (?:i|"
        r"from|with|you)|\b(?:lost|losing) (?:a|me as a) (?:\w+ )?customer|\bclose my account|\bcancel (?:everything|"
        r"all my orders|my (?:account|membership))|\b(?:i'm|i am) done\b(?! (?:with (?:my|the) order|shopping|"
        r"packing))",
        r"\bnie wieder\b|\bletzte (?:bestellung|mal)|\bkonkurrenz\b|\bplus jamais\b|\bdernière (?:fois|commande)|"
        r"\bnunca más\b|\búltima vez|\bmai più\b|\bultima volta|\bnunca mais\b|\bnooit meer\b|\blaatste keer",
    ),
    _saying(
        "demands an answer at once",
        0.3,
        -1.0,
        r"\b(?:right now|immediately|at once|this instant|asap)\s*[!]|\b(?:give me|i want|i demand|demand) (?:\w+ "
        r")?(?:my )?(?:money|refund|answer|full refund|explanation)\b[^?]*(?:!|\bnow\b|\bback\b)|\bi demand\b|\bwhat "
        r"the (?:hell|heck|fuck)|\bsofort\s*!|\bgeld zurück\s*!|\bich (?:fordere|verlange)\b|\bimmédiatement|"
        r"\bj'exige|\bexijo\b|\binmediatamente|\bpretendo\b|\bsubito\s*!|\bexijo\b|\bonmiddellijk|\bik eis\b",
    ),
    _saying(
        "has waited long without an answer",
        0.3,
        -1.4,
        r"\b(?:still|yet) (?:\w+ )?(?:waiting|no (?:reply|answer|response|refund|parcel|order|word|news)|not "
        r"(?:arrived|received|fixed|here|refunded|heard))|\bstill (?:hasn't|haven't|nothing|isn't)|\bwaiting (?:for "
        r")?(?:\w+ )?(?:weeks|months|ages|forever|\d+ (?:weeks|days|months)|(?:two|three|four|five|six) (?:weeks|"
        r"months))|\bno (?:one|body) (?:has )?(?:replied|answered|responded)|\bignor(?:ed|ing) me|\b(?:been|being) "
        r"ignored",
        r"\bimmer noch (?:nicht|keine?n?)|\bwarte (?:ich )?(?:schon |nun |jetzt )*(?:seit )?(?:\d+ )?(?:wochen|ewig|"
        r"monate)|\btoujours (?:pas|rien|aucun)|\bj'attends (?:depuis|toujours)|\btodavía no|\bsigo esperando|"
        r"\bllevo (?:\w+ )?(?:semanas|días|meses) esperando|\bancora (?:niente|nessun)|\bsto (?:ancora )?aspettando|"
        r"\bainda não|\bcontinuo à espera|\bnog steeds (?:niet|geen|niks)|\bwacht (?:ik )?al",
    ),
    _saying(
        "is sarcastic",
        0.4,
        -2.0,
        r"\b(?:great|nice|good|brilliant|amazing|fantastic|wonderful|awesome|excellent|stellar) (?:job|work|service|"
        r"support)\b[^.!?]{0,10}(?:\.\.\.|…|🙄|👏)|\b(?:oh|wow|well),? (?:great|wonderful|brilliant|fantastic|perfect|"
        r"amazing|lovely)\b|\b(?:great|thanks|brilliant|wonderful|perfect|fantastic),? (?:another|yet another|so|"
        r"now)\b[^?]{0,60}\b(?:bot|again|week|still|nothing|useless|no )|\bhow (?:helpful|useful|"
        r"wonderful)\b\s*[.!…]|\bslow clap\b|\bthanks a lot for\b.*\b(?:no|nothing|wrong|late|broken)",
        r"🙄|👏👏|:face_with_rolling_eyes:|:clap::clap:",
    ),
    _saying(
        "sends an angry emoji",
        0.4,
        -2.0,
        r"😡|🤬|😠|:rage:|:angry:|:face_with_symbols_on_mouth:|🖕|:middle_finger:|👎|:-1:",
    ),
    _saying("is upset", 0.2, -1.5, r"😢|😭|😞|😩|😤|:sob:|:cry:|:disappointed:|:triumph:|:weary:|:\(|:-\("),
)
GLAD = _saying(
    "is glad",
    0.0,
    1.6,
    r"\b(?:that|this|it) (?:works|worked|helps|helped|solves|solved|answers|did it|was it)\b|\bno (?:problem|"
    r"worries)\b|\bgot it\b|🙏|😊|👍|🎉|❤|:pray:|:\+1:|:thumbsup:|:tada:|:heart:",
)
