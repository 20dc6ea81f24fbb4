"""What customers threaten with or demand: the law, the public, to leave. Data, read like `handoff.lexicon.sayings`."""

from handoff.lexicon.sayings import saying

THREATS = (
    saying(
        "threat",
        "threatens with a lawyer or the authorities",
        0.62,
        -2.5,
        (
            r"\b(?:my|a|our|call(?:ing)?|get(?:ting)?|contact(?:ing)?|hear from) (?:my |a |our |an )?(?:lawyer|"
            r"solicitor|attorney)s?\b(?! (?:and|who|myself|by))"
        ),
        r"\b(?:legal|court) (?:action|steps|proceedings|case)",
        r"\btak(?:e|ing) (?:you|this) to court",
        r"\b(?:i'll|i will|going to|gonna) sue\b",
        r"\b(?:reporting|complaining about|taking|referring) (?:this|it|you|the matter) (?:further|to)\b(?!.*\?)",
        r"\bif (?:i|we) (?:don'?t|do not) (?:hear|get|receive|see)\b[^?]{0,60}\b(?:cancel|cancelling|leav|going|take|"
        r"report|bank|elsewhere|other)\w*",
        r"\bsuing\b",
        r"\b(?:to|with|from|by) (?:the|my|our|a) (?:regulator|authorit\w+|watchdog|ombuds\w+|legal team|lawyers?|"
        r"solicitors?|attorney|union|insurer'?s? legal)\b(?!.*\?)|\bfil(?:e|ing) (?:a |an |the )?(?:\w+ )?(?:claim|"
        r"complaint|dispute|report)\b(?!.*\?)|\bor i(?:'ll| will)? (?:file|sue|report|dispute|charge back|call the)\b",
        r"\b(?:lawyer|solicitor|attorney)s? (?:takes?|will|is|steps|can) (?:over|be|going|in|hear|deal|write)",
        r"\b(?:reverse|claw back|stop) (?:the|this|my|every) (?:charge|payment|direct debit)",
        r"\b(?:see you in|taking (?:it|this) to|go(?:ing)? to) (?:\w+ )?court\b",
        r"\b(?:anwältin|rechtsschutz)",
        r"\bsaisi[rs]? (?:la|le|un|une)\b.{0,25}\b(?:dgccrf|justice|médiateur|tribunal|avocat)|"
        r"\bopposition au paiement|\bmise en demeure",
        r"\breclamación en consumo|\boficina (?:de|del) consum|\bhoja de reclamaci|\bvías legales",
        r"\bassociazione (?:dei )?consumatori|\bvie legali|\bcodacons|\badiconsum",
        r"\breclame aqui|\bdeco\b|\blivro de reclamações|\bmedidas legais|\bpequenas causas",
        r"\bconsumentenbond|\bgeschillencommissie|\bacm\b|\brechter\b",
        r"\buokik|\bprawnik\w*|\brzecznik\w*|\bdo sądu|\badwokat\w*|\bpolicj\w*",
        r"\btüketici (?:hakem|mahkeme|hakları)|\bavukat\w*|\bmahkeme\w*|\bdava (?:aç|ed)\w*|\bşikayetvar|\bsavcılı\w*",
        r"消費者(?:センター|庁|生活)|国民生活センター|弁護士|訴え(?:ます|る)|警察|消费者协会|消協|律师|起诉|投诉到|"
        r"소비자원|변호사|고소",
        r"роспотребнадзор|в суд\b|адвокат|юрист|\bkonsumentverket|\breklamationsnämnden|\badvokat\b|\bjurist\b",
        r"\bsmall claims",
        r"\btrading standards",
        r"\bombudsman",
        r"\bconsumer (?:protection|rights|advice|council)",
        r"\b(?:report|reporting) you\b",
        r"\bchargeback",
        r"\bcharge back",
        r"\bdisput(?:e|ing) (?:the|this) (?:charge|payment)",
        r"\b(?:call|going to|go to|report (?:you|this shop) to) the police\b",
        r"\b(?:rechts)?anwalt\b",
        r"\bverbraucher(?:schutz|zentrale)",
        r"\banzeige erstatten",
        r"\brechtliche schritte",
        r"\bverklag",
        r"\bavocat\b",
        r"\bporter plainte",
        r"\bdgccrf",
        r"\bau tribunal",
        r"\babogad[oa]\b",
        r"\bdemandar(?:é|los|les)?\b",
        r"\bdenuncia\w*",
        r"\bavvocato",
        r"\bdenunci\w+",
        r"\badvogad[oa]",
        r"\bprocon\b",
        r"\bprocess(?:ar|o) (?:vocês|contra)",
        r"\badvocaat\b",
        r"\bjuridische stappen",
        r"\baangifte",
    ),
    saying(
        "threat",
        "threatens to go public",
        0.5,
        -2.2,
        (
            r"\b(?:leav\w+|writ\w+|post\w*|giv\w+) (?:you )?(?:an? )?(?:very |really |terrible |awful )*(?:bad|"
            r"negative|(?:one|1)[- ]star|honest|terrible|awful|horrible|damning) review"
        ),
        r"\b(?:newspaper|journalist|the press|reporter|the media|tv station)s?\b(?! (?:button|stud))",
        r"\bgo(?:ing)? public",
        r"\b(?:make sure|see to it) (?:that )?(?:every|all|no ?body|no ?one|my friends|the whole|people)\w*\b|"
        r"\bnewspapers? (?:will|would)\b|\b(?:followers|everyone|everybody|the whole world|the world|"
        r"friends) (?:\w+ ){0,3}(?:going to|will|shall|gonna) (?:hear|know|read|learn|see)",
        r"\b(?:en|por) (?:todas )?(?:las|mis) redes|\bredes sociales|\bsur (?:tous )?les réseaux|\bauf social media|"
        r"\bsui social\b|\bnas redes\b",
        r"\bje vais (?:le )?(?:publier|raconter)|\böffentlich machen|\bsosyal medya\w*|\bna facebooku|snsに|拡散|"
        r"曝光|媒体",
        r"\b(?:post|tell|share|put|write|blast|go|take|see|warn|complain|rant|leave)\w*\b[^?]{0,40}\b(?:on|to|over|"
        r"via) (?:\w+ ){0,2}(?:trustpilot|social media|twitter|facebook|reddit|instagram|tiktok|youtube|"
        r"google)\b(?=[^?]*$)",
        r"\bschlechte bewertung",
        r"\bdie presse\b",
        r"\bzeitung\b",
        r"\bmauvais avis",
        r"\bmala reseña",
        r"\brecensione negativa",
        r"\bavaliação negativa",
        r"\bslechte (?:review|recensie|beoordeling)",
    ),
    saying(
        "threat",
        "threatens to leave",
        0.45,
        -2.2,
        (
            r"\bnever (?:again|(?:buy|order|shop|buying|ordering|shopping|coming|use|using)\b[^.!?]{0,40}\b(?:again|"
            r"from|with|here|you))"
        ),
        r"\b(?:take|taking) (?:my|our) (?:business|money|custom) (?:elsewhere|somewhere)",
        r"\b(?:shop|buy|go|order|going|buying)\w* (?:elsewhere|somewhere else|to (?:a|your|the) competit\w+)",
        r"\blast (?:time|order) (?:i|from|with|you)",
        r"\b(?:lost|losing) (?:a|me as a) (?:\w+ )?customer",
        r"\bclose my account(?= (?:right )?now|[.!]|$| and never| for good)",
        r"\b(?:and then |then )?i'?m (?:gone|out|off)\b\s*[.!]*$|\btaking my (?:business|custom|money)\b",
        r"\bjust buy (?:it |them )?(?:from|at|elsewhere)\b|\byour competitors?\b(?=[^?]*$)|\bgo(?:ing)? to (?:your|"
        r"the|a) competit",
        r"\b(?:moving|switching|taking|transferring) (?:all |everything |my |our )+(?:\w+ ){0,3}to (?:another|"
        r"a different|someone|your|a new)\b|\b(?:another|a different|new) (?:vendor|provider|bank|carrier|airline|"
        r"supplier|company|insurer)\b(?!.*\?)|\bi(?:'m| am) leaving (?:you|this)\b",
        r"\bjamais plus\b|\bchez (?:un|vos|votre) concurrent|\ba la competencia|\balla concorrenza|"
        r"\bnaar de concurrent|\bkonkurencji\b|\bbir daha (?:asla|alışveriş|buradan)|二度と(?:買|利用|使)|"
        r"再也不(?:买|会|来)|다시는 안|больше никогда|\baldrig mer\b|\bnigdy więcej",
        r"\bcancel (?:everything|all my orders|my membership)",
        r"\b(?:i'm|i am) done\b(?! (?:with (?:my|the) order|shopping|packing))",
        r"\bnie wieder\b",
        r"\bletzte (?:bestellung|mal)",
        r"\bkonkurrenz\b",
        r"\bplus jamais\b",
        r"\bdernière (?:fois|commande)",
        r"\bnunca más\b",
        r"\búltima vez",
        r"\bmai più\b",
        r"\bultima volta",
        r"\bnunca mais\b",
        r"\bnooit meer\b",
        r"\blaatste keer",
        r"\bregret (?:buying|ordering|shopping)",
    ),
    saying(
        "demand",
        "demands an answer at once",
        0.3,
        -1.0,
        r"\b(?:right now|immediately|at once|this instant|asap)\s*[!]",
        (
            r"\b(?:give me|i want|i demand|demand) (?:\w+ )?(?:my )?(?:money|refund|answer|full refund|"
            r"explanation)\b[^?]*(?:!|\bnow\b|\bback\b)"
        ),
        r"\bi demand\b",
        r"\byou have until\b|\b(?:until|by|before) (?:tomorrow|monday|tuesday|wednesday|thursday|friday|tonight|"
        r"noon)\b[.,;]? (?:after|or|otherwise|else|if not)",
        r"\b(?:wenn|falls) (?:\w+ )?bis (?:morgen|freitag|montag|heute)\b|\bsans réponse d'ici|\bd'ici demain|"
        r"\bse entro\b|\bals dit (?:morgen|vandaag) niet|\bone more (?:excuse|delay|lie|day)\b",
        r"\bwhat the (?:hell|heck|fuck)",
        r"\bsofort\s*!",
        r"\bgeld zurück\s*!",
        r"\bich (?:fordere|verlange)\b",
        r"\bimmédiatement",
        r"\bj'exige",
        r"\bexijo\b",
        r"\binmediatamente",
        r"\bpretendo\b",
        r"\bsubito\s*!",
        r"\bonmiddellijk",
        r"\bik eis\b",
    ),
)
