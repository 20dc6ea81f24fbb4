"""What customers threaten with or demand: the law, the public, to leave. Data, read like `handoff.sayings`."""

from handoff.sayings import saying

THREATS = (
    saying(
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
        r"\bsuing\b",
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
        "threatens to go public",
        0.5,
        -2.2,
        (
            r"\b(?:leav\w+|writ\w+|post\w*|giv\w+) (?:you )?(?:an? )?(?:very |really |terrible |awful )*(?:bad|"
            r"negative|(?:one|1)[- ]star|honest|terrible|awful|horrible|damning) review"
        ),
        r"\b(?:newspaper|journalist|the press|reporter|the media|tv station)s?\b(?! (?:button|stud))",
        r"\bgo(?:ing)? public",
        (
            r"\b(?:trustpilot|social media|twitter|facebook|reddit|instagram|tiktok)\b(?=[^?]*$)(?<=(?:on|"
            r"to) \b\w{0,0})?"
        ),
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
        r"\bclose my account",
        r"\bcancel (?:everything|all my orders|my (?:account|membership))",
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
        "demands an answer at once",
        0.3,
        -1.0,
        r"\b(?:right now|immediately|at once|this instant|asap)\s*[!]",
        (
            r"\b(?:give me|i want|i demand|demand) (?:\w+ )?(?:my )?(?:money|refund|answer|full refund|"
            r"explanation)\b[^?]*(?:!|\bnow\b|\bback\b)"
        ),
        r"\bi demand\b",
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
