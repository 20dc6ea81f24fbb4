"""Wishes for a person in other languages than English: the words that hint at one, and the patterns of asking. Data."""

WISHES_ELSEWHERE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "de": (
        (
            *("mensch", "mitarbeiter", "jemand", "berater", "person", "kolleg", "bot", "service"),
            *("vorgesetzt", "maschine", "ansprechpartner"),
        ),
        (
            (
                r"\b(?:mit|zu|an)\s+(?:(?:einem|einer|eine|einen|nem|ner|'nem|euch|irgend|deinem|eurem|"
                r"ihrem)\s+)?(?:(?:echten?|richtigen?|realen?|lebenden|menschlichen?|anderen?)\s+)*(?:menschen?|"
                r"mitarbeiter\w*|irgend ?jemand\w*|jemand\w*|berater\w*|person|kolleg\w+|kundenservice|"
                r"kundenberater\w*|support|servicemitarbeiter\w*|vorgesetzten?)(?:\s+(?:aus|vom|von|"
                r"im)\s+\w+(?:\s+\w+)?)?\s+(?:(?:direkt|persönlich|bitte|am telefon)\s+)*(?:sprechen|reden|"
                r"schreiben|chatten|telefonieren|verbinden|verbunden|weiterleiten|weitergeleitet|durchgestellt)"
            ),
            (
                r"\b(?:sprech|rede|verbinde|verbinden sie)\w*\s+(?:mich\s+)?(?:\w+\s+)?mit\s+(?:einem|"
                r"einer)\s+(?:\w+en\s+)?(?:menschen|mitarbeiter\w*|person|berater\w*)"
            ),
            (
                r"\b(?:will|möchte|brauche|hätte gern\w*|verlange|bekomme|geben sie mir|gib mir|"
                r"hol\w* mir)\s+(?:\w+\s+)?(?:bitte\s+)?(?:einen?|eine)\s+(?:(?:echte[nr]?|richtige[nr]?|"
                r"menschliche[nr]?)\s+)?(?:menschen|mitarbeiter\w*|berater\w*|ansprechpartner\w*)\b(?!-)"
            ),
            (
                r"\b(?:einen?|eine)?\s*(?:echte[nr]?|richtige[nr]?)\s+(?:menschen?|person|"
                r"mitarbeiter\w*)\s*(?:bitte|[.!?]|$)"
            ),
            r"\b(?:mensch|mitarbeiter(?:in)?|menschen|berater(?:in)?)[\s,]+bitte\b",
            r"\bkann\s+mich\s+(?:bitte\s+)?(?:ein\w*\s+mitarbeiter\w*|jemand)\s+(?:an|zurück)rufen",
            r"\bgern\w*\s+einen\s+ansprechpartner",
            r"\b(?:leit|geb)\w+\s+(?:sie\s+)?mich\s+(?:bitte\s+)?an\s+(?:einen?|eine)\s+(?:menschen|mitarbeiter|person)",
            r"\bjemand\w*\s+(?:echten|richtigen|menschlichen)\b",
            r"\bjemanden?\s+(?:zum\s+(?:sprechen|reden)|sprechen)\b",
            (
                r"\b(?:nicht|keinen?)\s+(?:länger\s+|mehr\s+)?(?:mit\s+(?:einem|'?nem|"
                r"diesem)\s+)?(?:\w+\s+)?(?:chat)?(?:bot|maschine|roboter|computer)\b(?!\w)"
            ),
        ),
    ),
    "fr": (
        (
            *("conseill", "humain", "personne", "agent", "quelqu", "opérat", "operat", "responsable"),
            *("robot", "service client"),
        ),
        (
            (
                r"\b(?:parler|parle|discuter|échanger|echanger|chatter|communiquer|dialoguer|joindre|contacter|"
                r"passe[rz]?(?:-| )moi|relation|appeler|mettez(?:-| )moi en relation|transf[ée]re[rz]?(?:-| )moi|"
                r"avoir|veux|voudrais|besoin d'?)(?:\s+(?:directement|à|a|avec|au|vers|en|contact))*\s*(?:un|une|à|"
                r"votre|le|la|du|quelqu['’]une?|des?)?\s*(?:(?:vrai|vraie|véritable|autre|être|etre|de|réel|"
                r"réelle)\s+)*(?:conseill\w+|humaine?s?|agente?|opérat\w+|operat\w+|responsable|quelqu['’]une?|"
                r"service client\w*|(?<=vraie )personne|(?<=réelle )personne|personne (?:réelle|humaine|physique|"
                r"du service))\b"
            ),
            r"\b(?:parler|discuter|échanger|parle)\s+(?:à|a|avec)\s+une\s+personne\b",
            r"\b(?:un\s+)?(?:humain|conseiller|agent|opérateur)[\s,]+(?:s'il (?:vous|te) pla[iî]t|svp|stp)",
            r"\b(?:une\s+)?vraie\s+personne\b",
            r"\b(?:pas|plus)\s+(?:un|à un|avec un|de)\s+(?:ro)?bots?\b",
        ),
    ),
    "es": (
        (
            *("persona", "agente", "humano", "humana", "asesor", "operador", "representante", "alguien"),
            *("encargad", "robot", "bot"),
        ),
        (
            r"\bque me atienda una? (?:persona|humano|agente|asesora?)\b",
            (
                r"\b(?:hablar|habl[eo]|comunicar\w*|comun[ií]qu\w+|chatear|contactar|conversar|atienda|"
                r"p[aá]s[ae]\w*|pasar\w*|pon(?:er|ga|gan)?me|p[oó]n(?:ga)?\w*|conect\w+|con[eé]ct\w+|"
                r"transf[ie]\w+)\s+(?:\w+\s+)?(?:con|a)\s+(?:(?:un|una|el|la|alg[uú]n|alguna|otra|"
                r"su)\s+)?(?:(?:verdadera?|aut[eé]ntic[oa])\s+)?(?:persona|agente|humano|humana|ser humano|asesora?|"
                r"operadora?|representante|alguien|encargad[oa]|responsable|supervisora?|atenci[oó]n al cliente)\b"
            ),
            (
                r"\b(?:quiero|necesito|deseo|prefiero|exijo|dame|deme|p[aá]same)\s+(?:a\s+|con\s+)?(?:un|"
                r"una)\s+(?:agente|humano|asesora?|operadora?|representante|persona (?:real|humana|de verdad))\b"
            ),
            r"\b(?:agente|humano|operador|asesor|representante|persona real)[\s,]+por favor\b",
            r"\bno\s+(?:quiero\s+)?(?:hablar\s+con\s+)?(?:un\s+|una\s+)?(?:ro)?bots?\b",
            r"\bno\s+con\s+un(?:a)?\s+(?:bot|robot|m[aá]quina)",
        ),
    ),
    "it": (
        ("persona", "operat", "umano", "agente", "qualcuno", "responsabile", "bot", "consulente", "assistenza"),
        (
            (
                r"\b(?:parlare|parlo|parli|chattare|comunicare|contatt\w+|passa(?:mi|temi|re)|mett\w+|colleg\w+|"
                r"trasfer\w+)\s+(?:\w+\s+)?(?:(?:con|a|in contatto con)\s+)?(?:(?:un|una|un['’]|l['’]|il|qualche|"
                r"vostro)\s*)?(?:(?:vera|vero)\s+)?(?:persona|operator[ei]|operatrice|umano|agente|essere umano|"
                r"responsabile|qualcuno|consulente|addett[oa])\b"
            ),
            (
                r"\b(?:voglio|vorrei|desidero|serve|bisogno di)\s+(?:un|una)\s+(?:operator[ei]|operatrice|umano|"
                r"essere umano|persona (?:vera|reale)|agente|consulente)\b"
            ),
            r"\b(?:operatore|umano|persona vera|agente)[\s,]+(?:per favore|grazie|per piacere)\b",
            r"\bnon\s+(?:voglio\s+)?(?:(?:parlare\s+)?con\s+)?un\s+(?:ro)?bot\b",
        ),
    ),
    "pt": (
        ("pessoa", "atendente", "humano", "agente", "algu", "operador", "funcion", "respons", "robô", "bot"),
        (
            (
                r"\b(?:falar|falo|conversar|contactar|contatar|passar?|passe|pass[ae]-me|ligar|transfir\w+|"
                r"transferir|atendid[oa] por)\s+(?:\w+\s+)?(?:(?:com|para|por|a)\s+)?(?:(?:um|uma|o|a|algum|"
                r"alguma)\s+)?(?:verdadeira\s+)?(?:pessoa|atendente|humano|agente|algu[eé]m|operador[a]?|"
                r"funcion[aá]ri[oa]|respons[aá]vel|ser humano|gerente)\b"
            ),
            (
                r"\b(?:quero|preciso(?: de)?|gostaria de)\s+(?:um|uma)\s+(?:atendente|humano|agente|operador[a]?|"
                r"pessoa (?:real|de verdade))\b"
            ),
            r"\b(?:atendente|humano|pessoa real|agente)[\s,]+(?:por favor|pf|pfv)\b",
            r"\bn[aã]o\s+(?:quero\s+)?(?:falar\s+)?(?:com\s+)?(?:um\s+)?rob[oôó]\b",
        ),
    ),
    "nl": (
        ("mens", "medewerker", "iemand", "persoon", "collega", "bot", "klantenservice"),
        (
            (
                r"\b(?:met|een|door)\s+(?:(?:een|een van jullie|jullie|echt|echte|levende?|de)\s+)*(?:mens|"
                r"medewerker|iemand|persoon|collega|klantenservice)(?:\s+(?:van|"
                r"uit)\s+\w+\s*\w*)?\s+(?:\w+\s+)?(?:praten|spreken|chatten|bellen|doorverbonden|overleggen|"
                r"te spreken|te praten|contact)"
            ),
            (
                r"\b(?:praten|spreken|chatten|bellen|contact|spreek|praat)\s+(?:\w+\s+)?met\s+(?:een\s+|"
                r"de\s+)?(?:echte?\s+|levende?\s+)*(?:mens|medewerker|iemand|persoon|collega|klantenservice)\b"
            ),
            r"\biemand\s+(?:echt\s+)?(?:te\s+)?(?:spreken|aan de lijn)\b",
            r"\bverbind\s+(?:me|mij)\b",
            r"\b(?:wil|geef me|graag)\s+een\s+(?:echt\s+|echte\s+)?(?:mens|medewerker)\b",
            r"\b(?:mens|medewerker|echt persoon)[\s,]+(?:graag|alsjeblieft|alstublieft|aub|svp)\b",
            r"\b(?:geen|niet met een)\s+(?:chat|ro)?bot\b",
        ),
    ),
    "pl": (
        ("człowiek", "kimś", "konsultant", "pracownik", "osob", "doradc", "bot"),
        (
            (
                r"\b(?:rozmawiać|porozmawiać|pogadać|połącz\w*|skontaktować|mówić|"
                r"przełącz\w*)\s+(?:\w+\s+){0,2}?z\s+(?:\w+\s+)?(?:człowiekiem|kimś|konsultant\w+|pracownik\w+|"
                r"osobą|doradcą|obsługą)"
            ),
            r"\b(?:konsultanta?|człowieka?|pracownika?)[\s,]+(?:proszę|poproszę)",
            r"\bpo?proszę\s+(?:o\s+|z\s+)?(?:konsultant\w+|człowiek\w+)",
            r"\bnie\s+(?:chcę\s+)?(?:z\s+)?bot(?:em|a)\b",
        ),
    ),
    "sv": (
        (
            *("människa", "person", "någon", "nån", "medarbet", "kundtjänst", "menneske", "nogen"),
            *("noen", "medarbejder", "kundeserv"),
        ),
        (
            (
                r"\b(?:prata|tala|chatta|tale|snakke|snacka|chatte|skrive)\s+(?:\w+\s+)?med\s+(?:(?:en|ett|et|någon|"
                r"nån|nogen|noen)\s+)?(?:(?:riktig|rigtig|verklig|ekte|levande|levende|virkelig)t?\s+)?(?:människa|"
                r"person|någon|nån|nogen|noen|medarbet\w+|kundtjänst\w*|menneske|medarbejder|kundeservice)\b"
            ),
            r"\b(?:människa|person|menneske|medarbejder)[\s,]+tack\b",
        ),
    ),
    "tr": (
        ("insan", "temsilci", "yetkili", "kişi", "biri", "operatör"),
        (
            (
                r"(?:gerçek\s+)?(?:bir\s+)?(?:gerçek\s+)?(?:insan|müşteri temsilci|temsilci|yetkili|kişi|biri|"
                r"operatör)\w*\s+(?:\w+\s+)?(?:konuş|görüş|bağla|iletişim|aktar)\w*"
            ),
        ),
    ),
    "fi": (
        ("ihmi", "asiakaspalvelij", "jonkun"),
        (
            (
                r"\b(?:puhua|jutella|keskustella)\s+(?:\w+\s+)?(?:oikean\s+)?(?:ihmisen|asiakaspalvelijan|jonkun|"
                r"henkilön)\s+kanssa"
            ),
        ),
    ),
    "cs": (
        ("člověk", "někým", "operátor", "pracovník"),
        (
            (
                r"\b(?:mluvit|promluvit|spojit|přepojit)\w*\s+(?:\w+\s+)?s(?:e)?\s+(?:\w+\s+)?(?:člověkem|někým|"
                r"operátor\w+|pracovník\w+)"
            ),
        ),
    ),
    "ro": (
        ("oper", "persoan", "cineva", " om"),
        (r"\bvorb\w+\s+cu\s+(?:o persoan[ăa]|un om|cineva|un operator|un agent)",),
    ),
    "hu": (
        ("mber", "gyint", "valaki"),
        (r"\b(?:emberrel|ügyintézővel|valakivel|munkatárssal)\s+(?:\w+\s+)?beszél\w*",),
    ),
    "id": (
        ("orang", "manusia", "agen", "cs"),
        (
            (
                r"\b(?:bicara|berbicara|ngobrol|hubungkan\w*)\s+(?:\w+\s+)?(?:dengan|ke)\s+(?:orang|manusia|agen|cs|"
                r"petugas)\b"
            ),
        ),
    ),
    "ru": (
        ("человек", "оператор", "менеджер", "сотрудник", "специалист", "консультант", "кем-"),
        (
            (
                r"(?:говорить|связаться|связь|свяжите|соедин\w+|переключ\w+|позов\w+|пообщаться|перевед\w+|дайте|"
                r"нужен|хочу|подключ\w+|ответит)\s+(?:\w+\s+){0,2}?(?:с\s+|со\s+|на\s+)?(?:(?:жив|реальн|"
                r"настоящ)\w+\s+)?(?:человек(?:ом|а)\b|живой человек|оператор(?:ом|а|у)?\b|менеджер(?:ом|а)\b|"
                r"сотрудник(?:ом|а)\b|специалист(?:ом|а)\b|консультант(?:ом|а)\b|кем-(?:нибудь|то))"
            ),
            r"^\s*(?:жив(?:ой|ого) человека?|оператора?)[\s.!,пожалуйста]*$",
        ),
    ),
    "uk": (
        ("людин", "оператор", "кимось"),
        (
            (
                r"(?:говорити|зв'язатися|з'єднайте|поспілкуватися)\s+(?:\w+\s+){0,2}?(?:з|"
                r"із)\s+(?:\w+\s+)?(?:людиною|оператором|кимось)"
            ),
        ),
    ),
    "ar": (
        ("شخص", "موظف", "نسان", "بشر", "ممثل", "العملاء", "احد", "أحد"),
        (
            (
                r"(?:[أا]?تحدث|التحدث|[أا]?تكلم|التكلم|الكلام|[أا]كلم|حول\w*|تحويل\w*|التواصل|"
                r"[أا]تواصل)\s+(?:\w+\s+)?(?:مع|الى|إلى)?\s*(?:شخص|موظف|[إا]نسان|بشري|ممثل|خدمة العملاء|[أا]حد)"
            ),
            r"[أا]ريد\s+(?:موظف|ممثل|بشري|شخص\S*\s+حقيقي)",
        ),
    ),
    "he": (
        ("נציג", "אדם", "מישהו", "אנושי"),
        (
            (
                r"(?:לדבר|לשוחח|להתכתב|תעביר\w*|העבירו|להעביר|תנו לי|צריכ?ה?|רוצה)\s+(?:\w+\s+){0,2}?(?:עם\s+|אל\s+|"
                r"ל)?(?:נציגה?|בן[ -]?אדם|מישהו|אדם|אנושי)"
            ),
            r"נציגה?\s+(?:אנושית?|בבקשה)",
        ),
    ),
    "zh": (
        ("人工", "真人", "客服", "活人"),
        (
            r"^人工[。！!]*$",
            r"[转轉换換接找要](?:到|个|個)?人工",
            r"人工(?:客服|服务|服務|坐席)",
            r"真人(?:客服|服务|服務)?",
            r"(?:找|和|跟|与|與|同)(?:你们的|一个|一個|個|个)?(?:真人|活人|客服)(?:人员|人員)?(?:说|說|谈|談|聊|讲|講|沟通|溝通|对话|對話)?",
        ),
    ),
    "ja": (
        ("人", "オペレーター", "担当者", "スタッフ"),
        (
            (
                r"(?:人間|オペレーター|担当者|担当の方|スタッフ|係の人|係の方|有人|生身の人|(?<![一二三四五数何])人)(?:の方|の人)?(?:と|に|へ|による)(?:直接)?(?:お?話|"
                r"はな|つな|繋|代わ|替わ|かわ|相談|チャット|対応)"
            ),
            r"有人(?:対応|チャット)",
            r"(?:オペレーター|担当者|担当の方)(?:を)?お願い",
        ),
    ),
    "ko": (
        ("상담", "사람", "직원", "담당자"),
        (
            r"(?:상담원|상담사|사람|직원|담당자)(?:분)?(?:과|와|이랑|랑|하고|에게|한테|으로|을|를)?\s*(?:직접\s*)?(?:연결|통화|대화|이야기|얘기|상담|말하|말씀|바꿔)",
        ),
    ),
    "hi": (
        ("इंसान", "एजेंट", "व्यक्ति", "किसी"),
        (r"(?:इंसान|एजेंट|व्यक्ति|किसी)\s+(?:\w+\s+)?से\s+बात",),
    ),
    "el": (
        ("άνθρωπο", "κάποιον", "εκπρόσωπο"),
        (r"(?:μιλήσω|επικοινωνήσω|συνομιλήσω)\s+(?:\w+\s+){0,2}?(?:άνθρωπο|κάποιον|εκπρόσωπο)",),
    ),
}
