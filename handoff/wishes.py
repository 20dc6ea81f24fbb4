"""Recognises an explicit wish for a person, in any wording and some twenty languages. Pure.

A wish always hands off, so a false one costs an agent's time and a missed one costs a customer's trust: the patterns
want the act of talking beside the person, never a word for a person alone ("a tent for one person").
"""

import re

READ_AT_MOST = 1_500
"""Characters looked at from each end of a message."""

_NOT_SAID = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|<[^<>\s]*>|https?://\S+", re.DOTALL)

_ADJECTIVE = (
    r"(?:real|live|actual|living|human|proper|flesh[- ]and[- ]blood|different|competent|customer (?:service|support|"
    r"care)|support|service|sales|help ?desk|call cent(?:er|re))"
)
_SOMEONE = (
    r"(?:human(?: being)?s?|persons?|people|someone|somebody|anyone|anybody|agents?|represent[ai]tives?|reps?|"
    r"advis[eo]rs?|operators?|staff(?: member)?|employees?|colleagues?|managers?|supervisors?|specialists?|(?:some|"
    r"any)one (?:real|human|else)|customer (?:service|support|care)|support team|service team|member of (?:your |the "
    r")?(?:staff|team))"
)
_PERSON = rf"(?:(?:an?|the|your|some|any|one of your|another|with)\s+)*(?:{_ADJECTIVE}\s+)*{_SOMEONE}"
_REAL_PERSON = (
    rf"(?:an?\s+|some\s+|any\s+|another\s+|the\s+|your\s+)?(?:(?:{_ADJECTIVE}\s+)+"
    r"(?:persons?|someone|agents?|human(?: being)?s?|represent[ai]tives?|reps?|advis[eo]rs?|operators?|beings?|"
    r"people|staff)|human(?: being)?s?|represent[ai]tives?|agents?|operators?|supervisors?)"
)
_NO_MORE = (
    r"\b(?!['’-]|\s+(?:of|at|in|from)\s+(?:the|your|a|one|my)\s+(?:\w+\s+)?"
    r"(?:store|shop|branch|outlet)|-?\s*(?:size|tent|made))"
)
_TALK = r"(?:talk|speak|chat|spk|converse|write|tlk)(?:ing)?"
_NOT_ASKED = (
    r"\b(?:don'?t|do not|doesn'?t|didn'?t|no|not|without|never|before|instead of|rather than|avoid|who|do i|did i|"
    r"should i|have to|had to|must i|already|when i|after)\s+(?:\w+\s+){0,2}?"
)

_ENGLISH = (
    # talk to a person
    rf"(?<!\w){_TALK}\s+(?:to|with|2)\s+{_PERSON}{_NO_MORE}",
    rf"\b(?:connect|transfer|forward|pass|put|hand|escalate|switch|redirect|direct|refer|route)(?:ed)?\b[^.!?]{{0,30}}?"
    rf"\s(?:to|through to|onto|over to|with|on to)\s+{_PERSON}{_NO_MORE}",
    rf"\b(?:get|give|send|find|fetch|bring|show|offer)\s+(?:me|us)\s+(?:to\s+)?{_REAL_PERSON}{_NO_MORE}",
    r"\b(?:get|give|send)\s+(?:me|us)\s+(?:your |a |the )?(?:manager|supervisor|someone|"
    r"somebody)\b(?!\s+(?:who\s+)?\w+s\b)",
    rf"\b(?:want|need|prefer|request|demand|like|have|get|see|contact|reach|ask for|asking for|asked for|call)\s+"
    rf"{_REAL_PERSON}(?:\s+(?:please|now|here|on|to|who|instead|for|right)\b|\s*(?:[.,!?;:)]|$))",
    r"\b(?:want|need|prefer|like)\s+(?:an?\s+)?(?:actual |real )?(?:person|someone|somebody)\s*(?:[.,!?;:)]|$|please\b|"
    r"(?:to|who can)\s+(?:talk|speak|chat|call|help me now|take over))",
    # a person shall act
    rf"\b(?:can|could|may|will|would|let|have|get|want)\s+(?:an?|some|your|the)?\s*(?:{_ADJECTIVE}\s+)+"
    r"(?:person|human|agent|someone|rep)\s+(?:please\s+)?(?:to\s+)?(?:help|look|take|handle|answer|call|contact|deal|"
    r"check|read|reply|respond|talk|speak)",
    r"\b(?:can|could|may|will|would|let|have|get|want)\s+(?:an?\s+)?(?:human|agent|human being|colleague of yours)\s+"
    r"(?:please\s+)?(?:to\s+)?(?:help|look|take|handle|answer|call|contact|deal|check|read|reply|respond|talk|speak)",
    r"\b(?:can|could|will|would|have|get|want)\s+(?:someone|somebody|anyone|a person|a manager|one of you)(?: from "
    r"\w+ \w+)?\s+(?:please\s+)?(?:to\s+)?(?:call|phone|ring|talk to|speak (?:to|with)|take over)\b",
    rf"\b(?:is|are)\s+there\s+{_PERSON}\s+(?:here\s+|there\s+|that\s+|who\s+)*(?:i|we)?\s*(?:can|could|to|may)?\s*"
    rf"(?:actually\s+|just\s+)?(?:{_TALK}|take over|on duty|available|reach)\b",
    rf"\b(?:is|are)\s+there\s+(?:an?y?\s+)?(?:{_ADJECTIVE}\s+)*(?:human|person|agent)s?\s+(?:here|there|available)\b",
    rf"\b(?:i'?ll|i will|i'?d|i would)\s+(?:only|rather|prefer to|just)\s+{_TALK}\s+(?:to|with)\s+{_PERSON}{_NO_MORE}",
    rf"\b(?:how|where)\s+(?:do|can|could|would)\s+(?:i|we)\s+(?:get hold of|get to|get|reach|contact|speak to|talk "
    rf"to|find)\s+(?:{_REAL_PERSON}|an?\s+person){_NO_MORE}",
    rf"\b(?:is|are)\s+(?:any|some)(?:one|body)\s+(?:here|there|around|available|in)\s+(?:(?:that|who)\s+)?(?:i|we)?\s*"
    rf"(?:can|could)\s+{_TALK}",
    # no machine
    r"\b(?:no|not an?|stop (?:this|the|with the|with this)|don'?t want (?:an?|this|to (?:talk|speak|chat) (?:to|"
    r"with) an?|your)|instead of an?|rather than an?|not with an?|not to an?|sick of (?:this|the|your)|done with "
    r"this|(?:won'?t|refuse to) (?:talk|speak) (?:to|with) an?)\s+(?:\w+\s+)?(?:bots?|chat ?bots?|robots?|machines?|"
    r"ai)\b(?!\s+(?:washable|wash|made|embroider))",
)
_ENGLISH_ALONE = re.compile(
    rf"(?:(?:ok|hi|hello|no|please|just|pls|hey|yes|i said|again|sorry but|"
    rf"sorry)[\s,.!-]+)*(?:to\s+)?(?:{_REAL_PERSON}|(?:an?\s+)?(?:{_ADJECTIVE}\s+)*(?:person|human|customer service|"
    rf"live chat|human support|live support|(?:talk|speak) to (?:someone|somebody)))"
    r"(?:[\s,.!?]+(?:please|pls|plz|now|here|thanks|thank you|required|needed|asap|plox))*[\s.!?]*"
)
_ENGLISH_PLEASE = re.compile(
    rf"(?:^|[.!?;,:\n]\s*|\b(?:just|only|simply)\s+)(?:an?\s+)?(?:{_ADJECTIVE}\s+)*"
    r"(?:human(?: being)?|person|agent|represent[ai]tive|operator|rep|advis[eo]r|supervisor|manager)\s*,?\s+"
    r"(?:please|pls|plz|now)\b"
)

_OTHERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("mensch", "mitarbeiter", "jemand", "berater", "person", "kolleg", "bot", "service", "vorgesetzt", "maschine"),
        r"\b(?:mit|zu|an)\s+(?:(?:einem|einer|eine|einen|nem|ner|'nem|euch|irgend|deinem|eurem|"
        r"ihrem)\s+)?(?:(?:echten?|richtigen?|realen?|lebenden|menschlichen?|anderen?)\s+)*(?:menschen?|"
        r"mitarbeiter\w*|irgend ?jemand\w*|jemand\w*|berater\w*|person|kolleg\w+|kundenservice|kundenberater\w*|"
        r"support|servicemitarbeiter\w*|vorgesetzten?)(?:\s+(?:aus|vom|von|im)\s+\w+(?:\s+\w+)?)?\s+(?:(?:direkt|"
        r"persönlich|bitte|am telefon)\s+)*(?:sprechen|reden|schreiben|chatten|telefonieren|verbinden|verbunden|"
        r"weiterleiten|weitergeleitet|durchgestellt)|\b(?:sprech|rede|verbinde|verbinden "
        r"sie)\w*\s+(?:mich\s+)?(?:\w+\s+)?mit\s+(?:einem|einer)\s+(?:\w+en\s+)?(?:menschen|mitarbeiter\w*|person|"
        r"berater\w*)|\b(?:will|möchte|brauche|hätte gern\w*|verlange|bekomme|geben sie mir|gib mir|hol\w* "
        r"mir)\s+(?:\w+\s+)?(?:bitte\s+)?(?:einen?|eine)\s+(?:(?:echte[nr]?|richtige[nr]?|"
        r"menschliche[nr]?)\s+)?(?:menschen|mitarbeiter\w*|berater\w*|ansprechpartner\w*)\b(?!-)|\b(?:einen?|"
        r"eine)?\s*(?:echte[nr]?|richtige[nr]?)\s+(?:menschen?|person|mitarbeiter\w*)\s*(?:bitte|[.!?]|$)|"
        r"\b(?:mensch|mitarbeiter(?:in)?|menschen|berater(?:in)?)[\s,]+bitte\b|\bjemand\w*\s+(?:echten|richtigen|"
        r"menschlichen)\b|\bjemanden?\s+(?:zum\s+(?:sprechen|reden)|sprechen)\b|\b(?:nicht|keinen?)\s+(?:länger\s+|"
        r"mehr\s+)?(?:mit\s+(?:einem|'?nem|diesem)\s+)?(?:\w+\s+)?(?:chat)?(?:bot|maschine|roboter|computer)\b(?!\w)",
    ),
    (
        (
            "conseill",
            "humain",
            "personne",
            "agent",
            "quelqu",
            "opérat",
            "operat",
            "responsable",
            "robot",
            "service client",
        ),
        r"\b(?:parler|parle|discuter|échanger|echanger|chatter|communiquer|dialoguer|joindre|contacter|"
        r"passe[rz]?(?:-| )moi|relation|appeler|mettez(?:-| )moi en relation|transf[ée]re[rz]?(?:-| )moi|avoir|veux|"
        r"voudrais|besoin d'?)(?:\s+(?:directement|à|a|avec|au|vers|en|contact))*\s*(?:un|une|à|votre|le|la|du|"
        r"quelqu['’]une?|des?)?\s*(?:(?:vrai|vraie|véritable|autre|être|etre|de|réel|réelle)\s+)*(?:conseill\w+|"
        r"humaine?s?|agente?|opérat\w+|operat\w+|responsable|quelqu['’]une?|service client\w*|(?<=vraie )personne|"
        r"(?<=réelle )personne|personne (?:réelle|humaine|physique|du service))\b|\b(?:parler|discuter|échanger|"
        r"parle)\s+(?:à|a|avec)\s+une\s+personne\b|\b(?:un\s+)?(?:humain|conseiller|agent|opérateur)[\s,]+(?:s'il "
        r"(?:vous|te) pla[iî]t|svp|stp)|\b(?:une\s+)?vraie\s+personne\b|\b(?:pas|plus)\s+(?:un|à un|avec un|"
        r"de)\s+(?:ro)?bots?\b",
    ),
    (
        (
            "persona",
            "agente",
            "humano",
            "humana",
            "asesor",
            "operador",
            "representante",
            "alguien",
            "encargad",
            "robot",
            "bot",
        ),
        r"\b(?:hablar|habl[eo]|comunicar\w*|comun[ií]qu\w+|chatear|contactar|conversar|atienda|p[aá]s[ae]\w*|"
        r"pasar\w*|pon(?:er|ga|gan)?me|p[oó]n(?:ga)?\w*|conect\w+|con[eé]ct\w+|transf[ie]\w+)\s+(?:\w+\s+)?(?:con|"
        r"a)\s+(?:(?:un|una|el|la|alg[uú]n|alguna|otra|su)\s+)?(?:(?:verdadera?|aut[eé]ntic[oa])\s+)?(?:persona|"
        r"agente|humano|humana|ser humano|asesora?|operadora?|representante|alguien|encargad[oa]|responsable|"
        r"supervisora?|atenci[oó]n al cliente)\b|\b(?:quiero|necesito|deseo|prefiero|exijo|dame|deme|"
        r"p[aá]same)\s+(?:a\s+|con\s+)?(?:un|una)\s+(?:agente|humano|asesora?|operadora?|representante|persona "
        r"(?:real|humana|de verdad))\b|\b(?:agente|humano|operador|asesor|representante|persona real)[\s,]+por "
        r"favor\b|\bno\s+(?:quiero\s+)?(?:hablar\s+con\s+)?(?:un\s+|una\s+)?(?:ro)?bots?\b|"
        r"\bno\s+con\s+un(?:a)?\s+(?:bot|robot|m[aá]quina)",
    ),
    (
        ("persona", "operat", "umano", "agente", "qualcuno", "responsabile", "bot", "consulente", "assistenza"),
        r"\b(?:parlare|parlo|parli|chattare|comunicare|contatt\w+|passa(?:mi|temi|re)|mett\w+|colleg\w+|"
        r"trasfer\w+)\s+(?:\w+\s+)?(?:(?:con|a|in contatto con)\s+)?(?:(?:un|una|un['’]|l['’]|il|qualche|"
        r"vostro)\s*)?(?:(?:vera|vero)\s+)?(?:persona|operator[ei]|operatrice|umano|agente|essere umano|responsabile|"
        r"qualcuno|consulente|addett[oa])\b|\b(?:voglio|vorrei|desidero|serve|bisogno di)\s+(?:un|"
        r"una)\s+(?:operator[ei]|operatrice|umano|essere umano|persona (?:vera|reale)|agente|consulente)\b|"
        r"\b(?:operatore|umano|persona vera|agente)[\s,]+(?:per favore|grazie|per piacere)\b|"
        r"\bnon\s+(?:voglio\s+)?(?:(?:parlare\s+)?con\s+)?un\s+(?:ro)?bot\b",
    ),
    (
        ("pessoa", "atendente", "humano", "agente", "algu", "operador", "funcion", "respons", "robô", "bot"),
        r"\b(?:falar|falo|conversar|contactar|contatar|passar?|passe|pass[ae]-me|ligar|transfir\w+|transferir|"
        r"atendid[oa] por)\s+(?:\w+\s+)?(?:(?:com|para|por|a)\s+)?(?:(?:um|uma|o|a|algum|"
        r"alguma)\s+)?(?:verdadeira\s+)?(?:pessoa|atendente|humano|agente|algu[eé]m|operador[a]?|funcion[aá]ri[oa]|"
        r"respons[aá]vel|ser humano|gerente)\b|\b(?:quero|preciso(?: de)?|gostaria de)\s+(?:um|uma)\s+(?:atendente|"
        r"humano|agente|operador[a]?|pessoa (?:real|de verdade))\b|\b(?:atendente|humano|pessoa real|"
        r"agente)[\s,]+(?:por favor|pf|pfv)\b|\bn[aã]o\s+(?:quero\s+)?(?:falar\s+)?(?:com\s+)?(?:um\s+)?rob[oôó]\b",
    ),
    (
        ("mens", "medewerker", "iemand", "persoon", "collega", "bot", "klantenservice"),
        r"\b(?:met|een|door)\s+(?:(?:een|een van jullie|jullie|echt|echte|levende?|de)\s+)*(?:mens|medewerker|iemand|"
        r"persoon|collega|klantenservice)(?:\s+(?:van|uit)\s+\w+\s*\w*)?\s+(?:\w+\s+)?(?:praten|spreken|chatten|"
        r"bellen|doorverbonden|overleggen|te spreken|te praten|contact)|\b(?:praten|spreken|chatten|bellen|contact|"
        r"spreek|praat)\s+(?:\w+\s+)?met\s+(?:een\s+|de\s+)?(?:echte?\s+|levende?\s+)*(?:mens|medewerker|iemand|"
        r"persoon|collega|klantenservice)\b|\biemand\s+(?:echt\s+)?(?:te\s+)?(?:spreken|aan de lijn)\b|"
        r"\bverbind\s+(?:me|mij)\b|\b(?:wil|geef me|graag)\s+een\s+(?:echt\s+|echte\s+)?(?:mens|medewerker)\b|"
        r"\b(?:mens|medewerker|echt persoon)[\s,]+(?:graag|alsjeblieft|alstublieft|aub|svp)\b|\b(?:geen|niet met "
        r"een)\s+(?:chat|ro)?bot\b",
    ),
    (
        ("człowiek", "kimś", "konsultant", "pracownik", "osob", "doradc", "bot"),
        r"\b(?:rozmawiać|porozmawiać|pogadać|połącz\w*|skontaktować|mówić|"
        r"przełącz\w*)\s+(?:\w+\s+){0,2}?z\s+(?:\w+\s+)?(?:człowiekiem|kimś|konsultant\w+|pracownik\w+|osobą|doradcą|"
        r"obsługą)|\b(?:konsultanta?|człowieka?|pracownika?)[\s,]+(?:proszę|poproszę)|"
        r"\bproszę\s+(?:o\s+)?(?:konsultanta|człowieka)|\bnie\s+(?:chcę\s+)?(?:z\s+)?bot(?:em|a)\b",
    ),
    (
        (
            "människa",
            "person",
            "någon",
            "nån",
            "medarbet",
            "kundtjänst",
            "menneske",
            "nogen",
            "noen",
            "medarbejder",
            "kundeserv",
        ),
        r"\b(?:prata|tala|chatta|tale|snakke|snacka|chatte|skrive)\s+(?:\w+\s+)?med\s+(?:(?:en|ett|et|någon|nån|"
        r"nogen|noen)\s+)?(?:(?:riktig|rigtig|verklig|ekte|levande|levende|virkelig)t?\s+)?(?:människa|person|någon|"
        r"nån|nogen|noen|medarbet\w+|kundtjänst\w*|menneske|medarbejder|kundeservice)\b|\b(?:människa|person|"
        r"menneske|medarbejder)[\s,]+tack\b",
    ),
    (
        ("insan", "temsilci", "yetkili", "kişi", "biri", "operatör"),
        r"(?:gerçek\s+)?(?:bir\s+)?(?:gerçek\s+)?(?:insan|müşteri temsilci|temsilci|yetkili|kişi|biri|operatör)\w*\s+"
        r"(?:\w+\s+)?(?:konuş|görüş|bağla|iletişim|aktar)\w*",
    ),
    (
        ("ihmi", "asiakaspalvelij", "jonkun"),
        r"\b(?:puhua|jutella|keskustella)\s+(?:\w+\s+)?(?:oikean\s+)?(?:ihmisen|asiakaspalvelijan|jonkun|"
        r"henkilön)\s+kanssa",
    ),
    (
        ("člověk", "někým", "operátor", "pracovník"),
        r"\b(?:mluvit|promluvit|spojit|přepojit)\w*\s+(?:\w+\s+)?s(?:e)?\s+(?:\w+\s+)?(?:člověkem|někým|operátor\w+|"
        r"pracovník\w+)",
    ),
    (("oper", "persoan", "cineva", " om"), r"\bvorb\w+\s+cu\s+(?:o persoan[ăa]|un om|cineva|un operator|un agent)"),
    (("mber", "gyint", "valaki"), r"\b(?:emberrel|ügyintézővel|valakivel|munkatárssal)\s+(?:\w+\s+)?beszél\w*"),
    (
        ("orang", "manusia", "agen", "cs"),
        r"\b(?:bicara|berbicara|ngobrol|hubungkan\w*)\s+(?:\w+\s+)?(?:dengan|ke)\s+(?:orang|manusia|agen|cs|petugas)\b",
    ),
    (
        ("человек", "оператор", "менеджер", "сотрудник", "специалист", "консультант", "кем-"),
        r"(?:говорить|связаться|связь|свяжите|соедин\w+|переключ\w+|позов\w+|пообщаться|перевед\w+|дайте|нужен|хочу|"
        r"подключ\w+|ответит)\s+(?:\w+\s+){0,2}?(?:с\s+|со\s+|на\s+)?(?:(?:жив|реальн|"
        r"настоящ)\w+\s+)?(?:человек(?:ом|а)\b|живой человек|оператор(?:ом|а|у)?\b|менеджер(?:ом|а)\b|сотрудник(?:ом|"
        r"а)\b|специалист(?:ом|а)\b|консультант(?:ом|а)\b|кем-(?:нибудь|то))|^\s*(?:жив(?:ой|ого) человека?|"
        r"оператора?)[\s.!,пожалуйста]*$",
    ),
    (
        ("людин", "оператор", "кимось"),
        r"(?:говорити|зв'язатися|з'єднайте|поспілкуватися)\s+(?:\w+\s+){0,2}?(?:з|із)\s+(?:\w+\s+)?(?:людиною|"
        r"оператором|кимось)",
    ),
    (
        ("شخص", "موظف", "نسان", "بشر", "ممثل", "العملاء", "احد", "أحد"),
        r"(?:[أا]?تحدث|التحدث|[أا]?تكلم|التكلم|الكلام|[أا]كلم|حول\w*|تحويل\w*|التواصل|[أا]تواصل)\s+(?:\w+\s+)?(?:مع|"
        r"الى|إلى)?\s*(?:شخص|موظف|[إا]نسان|بشري|ممثل|خدمة العملاء|[أا]حد)",
    ),
    (
        ("נציג", "אדם", "מישהו", "אנושי"),
        r"(?:לדבר|לשוחח|להתכתב|תעביר\w*|העבירו|להעביר|תנו לי|צריכ?ה?|רוצה)\s+(?:\w+\s+){0,2}?(?:עם\s+|אל\s+|ל)?"
        r"(?:נציגה?|בן[ -]?אדם|מישהו|אדם|אנושי)",
    ),
    (
        ("人工", "真人", "客服", "活人"),
        r"[转轉换換接找要](?:到|个|個)?人工|人工(?:客服|服务|服務|坐席)|真人(?:客服|服务|服務)?|(?:找|和|跟|与|與|同)(?:你们的|一个|一個|個|个)?"
        r"(?:真人|活人|客服)(?:人员|人員)?(?:说|說|谈|談|聊|讲|講|沟通|溝通|对话|對話)?",
    ),
    (
        ("人", "オペレーター", "担当者", "スタッフ"),
        r"(?:人間|オペレーター|担当者|担当の方|スタッフ|係の人|係の方|有人|生身の人|(?<![一二三四五数何])人)(?:の方|の人)?"
        r"(?:と|に|へ|による)(?:直接)?(?:お?話|はな|つな|繋|代わ|替わ|かわ|相談|チャット|対応)|有人(?:対応|チャット)|オペレーターお願い",
    ),
    (
        ("상담", "사람", "직원", "담당자"),
        r"(?:상담원|상담사|사람|직원|담당자)(?:분)?(?:과|와|이랑|랑|하고|에게|한테|으로|을|를)?\s*(?:직접\s*)?"
        r"(?:연결|통화|대화|이야기|얘기|상담|말하|말씀|바꿔)",
    ),
    (("इंसान", "एजेंट", "व्यक्ति", "किसी"), r"(?:इंसान|एजेंट|व्यक्ति|किसी)\s+(?:\w+\s+)?से\s+बात"),
    (
        ("άνθρωπο", "κάποιον", "εκπρόσωπο"),
        r"(?:μιλήσω|επικοινωνήσω|συνομιλήσω)\s+(?:\w+\s+){0,2}?(?:άνθρωπο|κάποιον|εκπρόσωπο)",
    ),
)

_ENGLISH_TRIGGERS = (
    *(
        "human",
        "person",
        "people",
        "someone",
        "somebody",
        "anyone",
        "anybody",
        "agent",
        "rep",
        "advis",
        "operator",
        "staff",
    ),
    *("employee", "colleague", "manager", "supervisor", "specialist", "customer", "support", "service", "team", "bot"),
    *("machine", " ai", "live chat", "one of you"),
)
_ENGLISH_WISH = re.compile("|".join(f"(?:{pattern})" for pattern in _ENGLISH))
_NEGATED_BEFORE = re.compile(_NOT_ASKED + r"$")
_OTHER_WISHES = tuple((triggers, re.compile(pattern)) for triggers, pattern in _OTHERS)


def asks_for_person(text: str) -> bool:
    """Whether a message says that its writer wants a person instead of the assistant."""
    said = text if len(text) <= 2 * READ_AT_MOST else text[:READ_AT_MOST] + "\n" + text[-READ_AT_MOST:]
    said = " ".join(_NOT_SAID.sub(" ", said).casefold().replace("’", "'").split())
    return _asked_in_english(said) or any(
        any(word in said for word in triggers) and pattern.search(said) for triggers, pattern in _OTHER_WISHES
    )


def _asked_in_english(said: str) -> bool:
    if not any(word in said for word in _ENGLISH_TRIGGERS):
        return False
    if _ENGLISH_ALONE.fullmatch(said) or _ENGLISH_PLEASE.search(said):
        return True
    return any(not _NEGATED_BEFORE.search(said[: found.start()]) for found in _ENGLISH_WISH.finditer(said))
