"""Wishes for a person in further languages. Data, joined by `handoff.tongues`."""

from handoff.tongues import Tongue

_DUTCH = Tongue(
    hints=(
        *("spreken", "praten", "bellen", "belt"),
        *(
            "wie ",
            "monteur",
            "technic",
            "specialist",
            "expert",
        ),
        *(
            "mens",
            "medewerker",
            "iemand",
            "persoon",
            "collega",
            "bot",
            "klantenservice",
            "manager",
            "verbind",
            "support",
        ),
        *("leidinggevende", "chef", "adviseur", "automat", "computer", "bellen", "bel me", "bel mij"),
    ),
    person=(
        r"monteur|technicus|specialist|expert|deskundige|mens|medewerk(?:er|ster)s?|iemand(?! anders)|persoon|"
        r"collega(?:['’]?s)?|klantenservice|klantendienst|manager|leidinggevende|chef|baas|adviseur|support|"
        r"verantwoordelijke|een van jullie"
    ),
    certain=(
        r"mens(?!en)|medewerk(?:er|ster)|(?:echt|echte|levend|levende|menselijk|menselijke) (?:persoon|mens|"
        r"medewerker|hulp|contact)|iemand (?:van vlees|aan de lijn|echts?|van jullie)|adviseur|leidinggevende"
    ),
    contact=(
        r"mij belt|me belt|belt|contacteert|praten|praat|spreken|spreek|chatten|chat|bellen|doorverbinden|"
        r"doorverbonden|doorgeschakeld|verbinden|verbind|overleggen|te spreken|contact (?:met|opnemen|krijgen|"
        r"hebben)|bespreken|bereiken|bereik|teruggebeld|terugbellen|gebeld|schrijven|doorgeven|doorsturen|overdragen|"
        r"regelen met"
    ),
    want=r"wil|geef me|geef mij|graag|liever|mag ik|wens|heb|nodig|eis|krijg|doe mij|haal|zoek|is er",
    can=r"kan|kunt|kunnen|kan er|zou|mag|laat|wil|dat|als",
    actor=(
        r"(?:een )?(?:echt |echte )?(?:mens|persoon|medewerker|collega)|iemand (?:van|uit)(?: \w+){1,2}|een van jullie"
    ),
    act=(
        r"kijken|kijkt|helpen|helpt|bellen|belt|antwoorden|reageren|overnemen|overneemt|controleren|nakijken|lezen|"
        r"behandelen|meekijken|opnemen|terugbellen|oppakken"
    ),
    alone=(
        r"(?:echte? )?(?:medewerker|mens|persoon|klantenservice|iemand spreken|echt mens|contact met een medewerker|"
        r"manager)"
    ),
    block=r"zei|heeft|had|was|gisteren|geen|tekende|winkel|vertelde|niet",
    unwanted=r"(?:hoef|wil|moet) (?:\w+ ){0,3}(?:niet|geen) (?:\w+ ){0,3}",
    more=(
        r"\b(?:praten|spreken|bespreken|overleggen|regelen)\s+met\s+(?:een|jullie|uw)\s+(?!vriend|bank|robot|bot|"
        r"computer)\w+",
        r"\b(?:kan|kunnen|mag|laat|wil|dat)\s+(?!.{0,12}(?:koerier|bezorger|postbode|"
        r"chauffeur))(?:\w+\s+){1,3}?(?:mij|me|ons)\s+(?:\w+\s+)?(?:op|terug)?(?:bellen|belt)\b",
        r"\b(?:wie|met wie) (?:kan|mag|kunnen) (?:ik|we) (?:\w+ ){0,3}?(?:spreken|bellen|praten|bereiken|contacteren|"
        r"overleggen)",
        r"\biemand\s+(?:echt\s+)?(?:te\s+)?(?:spreken|aan de (?:lijn|telefoon))\b",
        r"\b(?:kunnen jullie|kunt u|kan je|kun je|kan iemand)\s+(?:mij|me)\s+(?:terug)?bellen\b|\bbel\s+(?:mij|me)\b",
        r"\bverbind\s+(?:me|mij)\b",
        r"\biemand\s+met\s+wie\s+(?:\w+\s+){0,3}?(?:kan|zou|mag)\b",
        r"\b(?:geen|niet met een|hou\w* op met|genoeg van|stop met|klaar met)\s+(?:\w+\s+){0,2}?(?:chat|ro)?bots?\b",
        r"\bniet\s+(?:\w+\s+){0,3}?(?:met|tegen)\s+een\s+(?:computer|machine|automaat)\b",
    ),
)
_POLISH = Tongue(
    hints=(
        *("dzwoni",),
        *(
            "z kim",
            "kogo",
            "technik",
            "specjalist",
            "ekspert",
        ),
        *(
            "człowiek",
            "kimś",
            "ktoś",
            "kogoś",
            "konsultant",
            "pracownik",
            "osob",
            "doradc",
            "bot",
            "obsług",
            "kierownik",
        ),
        *("automat", "operator", "przełożon", "ludźmi", "maszyn"),
    ),
    person=(
        r"technik\w*|specjalist\w*|ekspert\w*|człowiek(?:iem|a|owi)?|kimś|ktoś|kogoś|konsultant\w*|pracownik\w*|"
        r"osobą|osoba|osoby|osobę|doradc\w+|obsług[ąiię]\w*(?: klienta)?|kierownik\w*|operator\w*|przełożon\w+|"
        r"biur\w+|dział\w*(?: \w+)?|ludźmi"
    ),
    certain=(
        r"człowiek\w*|konsultant\w*|pracownik\w*|żyw\w+ osob\w+|prawdziw\w+ (?:osob\w+|człowiek\w*)|operator\w*|"
        r"doradc\w+|kierownik\w*|przełożon\w+|kogoś (?:żywego|prawdziwego|kompetentnego)"
    ),
    contact=(
        r"rozmawiać|porozmawiać|pogadać|porozmawiał\w*|połącz\w*|skontaktować|skontaktuj\w*|kontakt\w*|mówić|pomówić|"
        r"przełącz\w*|przekier\w+|załatwić|omówić|zadzwoni\w*|oddzwoni\w*|dodzwoni\w*|przekaż\w*|rozmow\w+|pisać|"
        r"wyjaśnić"
    ),
    want=(
        r"chcę|chciał\w+|poproszę|proszę o|proszę|prosić|wolę|wolał\w+|potrzebuję|dajcie|daj mi|żądam|dawaj\w*|"
        r"gdzie jest|czy jest"
    ),
    can=r"może|mógł\w*|mogł\w*|czy|niech|żeby|aby|mogą",
    actor=r"(?:jakiś |żywy |prawdziwy )?człowiek|ktoś (?:z|od|żywy)(?: \w+)?|konsultant|pracownik|żywa osoba",
    act=(
        r"spojrz\w+|sprawdzi\w*|pomóc|pomoże|odpowie\w*|odpowiedzieć|zadzwoni\w*|zająć|zajmie|zajął|przejrzeć|"
        r"obejrzeć|zobaczy\w*|przeczyta\w*|rzuci\w*"
    ),
    alone=(
        r"(?:rozmowa z )?(?:konsultant(?:em|a|ką)?|człowiek(?:a|iem)?|pracownik(?:a|iem)?|operator|doradca|"
        r"obsługa klienta|kierownik)"
    ),
    block=r"powiedział\w*|mówił\w*|odebrał\w*|był\w*|wczoraj|sklepu|inny|innego",
    unwanted=r"nie (?:muszę|potrzebuję|chcę|trzeba) (?:\w+ ){0,2}",
    more=(
        r"\b(?:ktoś|żeby|aby|niech|czy)\s+(?!kurier|listonosz)(?:\w+\s+){1,4}?(?:do mnie|mi|mnie)\s+(?:zadzwoni|"
        r"oddzwoni)\w*",
        r"\b(?:z kim|do kogo) (?:mogę|mógłbym|mogłabym|można) (?:\w+ )?(?:porozm|rozm|zadzw|skontakt|zwróc)\w*",
        r"\bz\s+kim\s+(?:\w+\s+){0,2}?(?:mog|móg|moż|porozm|rozm)\w*",
        r"\b(?:nie|dość|dosyć|koniec|zamiast)\s+(?:\w+\s+){0,3}?(?:z\s+|tych\s+|tego\s+)?(?:(?:chat|ro)?bot(?:em|a|"
        r"ów)?|automat\w*|maszyn\w*)\b(?!\s+(?:praln|do prania))",
    ),
)
_TURKISH = Tongue(
    hints=(
        *("konuş", "görüş"),
        *(
            "uzman",
            "teknis",
            "kimle",
            "kiminle",
            "kimi ",
        ),
        *("insan", "temsilci", "yetkili", "kişi", "biri", "operatör", "robot", "çalışan", "müdür", "canlı", "destek"),
        *("müşteri hizmet", "beni ", "bot", "görevli", "makine"),
    ),
    person=(
        r"uzman\w*|teknisyen\w*|usta\w*|(?:gerçek |canlı )?(?:bir )?(?:insan|kişi(?!lik)|temsilci|yetkili|operatör|"
        r"çalışan|görevli|müdür|yönetici|destek)(?!lik)\w*|biri(?:yle|si\w*|ne|ni)?|müşteri (?:hizmetleri|"
        r"temsilcisi)\w*|canlı destek\w*|ekib\w+"
    ),
    certain=(
        r"(?:gerçek|canlı) (?:bir )?(?:insan|kişi|destek|temsilci)\w*|insan(?:la|a)?|temsilci\w*|yetkili\w*|"
        r"operatör\w*|müşteri temsilci\w*"
    ),
    contact=(
        r"konuş(?!t[uü])\w+|görüş(?!t[uü])\w+|sohbet\w*|bağla\w*|iletişim\w*|aktar\w+|yönlendir\w+|yazış\w+|ulaş\w+|"
        r"arayabilir\w*|arasın\w*|ara(?:ma|r m)\w*|bağlantı\w*|danış\w+"
    ),
    want=r"istiyorum|lazım|lütfen|karşıma|bana|beni|verin|çıkarın",
    can=r"bir|gerçek bir|canlı bir|bunu|buna|lütfen|bana|beni",
    actor=r"insan|kişi(?!lik)|yetkili(?:niz)?|temsilci(?:niz)?|çalışan(?:ınız)?|görevli(?:niz)?",
    act=r"bak\w+|kontrol\w*|yardım\w*|cevap\w*|yanıt\w*|ara\w+|incele\w+|ilgilen\w+|çıkar\w*",
    alone=r"(?:müşteri )?temsilci(?:si)?|(?:gerçek )?insan|operatör|yetkili|canlı destek|müşteri hizmetleri",
    block=r"söyledi|dedi|aradı|almış|yerime|mağaza\w*|teslim|iki|görevlisi",
    more=(
        r"\b(?:bir\s+)?(?!babam|annem|arkadaş|banka)\w{3,}(?:yla|yle|la|le)\s+(?:\w+\s+)?(?:konuşmam|görüşmem|"
        r"konuşmak|görüşmek|konuşabil\w+|görüşebil\w+)\b",
        r"\bkim(?:le|inle|i) (?:\w+ )?(?:konuş|görüş|ara|iletişim)(?!t[uü])\w*",
        r"\bbeni\s+(?:\w+\s+)?ara(?:yın|r mısınız|yabilir)\w*",
        r"\b(?:ro)?botla?\w*\s+(?:\w+\s+)?(?:konuşmak|görüşmek|yazışmak)\s+istemiyorum",
        r"\b(?:bir\s+)?(?:insan|yetkili|temsilci|müdür)\w*\s+(?:istiyorum|lazım|çıkar\w*|verin|bağla\w*|bakabilir|"
        r"baksın)",
    ),
)
_SCANDINAVIAN = Tongue(
    hints=(
        *(
            "vem ",
            "hvem ",
        ),
        *("människa", "person", "någon", "nån", "medarbe", "kundtjänst", "menneske", "nogen", "noen", "kundeserv"),
        *("kollega", "handläggare", "chef", "support"),
    ),
    person=(
        r"(?:(?:en|ett|et) )?(?:(?:riktig|rigtig|verklig|ekte|levande|levende|virkelig)t? )?(?:människa|person|"
        r"medarbetare|kollega|handläggare|chef|menneske|medarbejder)|någon(?! annan)|nån|nogen|noen|kundtjänst\w*|"
        r"kundeservice|support\w*"
    ),
    certain=(
        r"(?:riktig|rigtig|verklig|ekte|levande|levende|virkelig|mänsklig)t? (?:människa|person|menneske|"
        r"medarbetare)|människa|medarbetare|medarbejder|menneske|handläggare"
    ),
    contact=(
        r"prata|tala|chatta|tale|snakke|snacka|chatte|skrive|kontakta|kontakt|ringa|ringe|diskutera|koppla\w*|få tag|"
        r"nå|nås"
    ),
    want=r"vill|vil|behöver|skulle vilja|ge mig|giv mig|ønsker|önskar|gerne have|finns det|findes der",
    can=r"kan|kunde|skulle|får|låt|kunne",
    actor=(
        r"(?:(?:en|ett|et) )?(?:riktig |rigtig |ekte )?(?:människa|person|menneske|medarbetare|medarbejder|kollega)|"
        r"någon (?:av er|hos er|från \w+)|nogen fra \w+"
    ),
    act=r"titta|kolla|se|hjälpa|hjälper|svara|ringa|granska|kigge|hjælpe|svare|ta över|ringe|läsa|kontakta",
    alone=r"(?:en )?(?:riktig )?(?:människa|medarbetare|kundtjänst|person|medarbejder|menneske|kundeservice)",
    block=r"sa|sade|sagde|igår|skrev|var|annan|anden|inte",
)
_RUSSIAN = Tongue(
    hints=(
        *("с кем",),
        *("человек", "оператор", "менеджер", "сотрудник", "специалист", "консультант", "кем-", "кто-", "поддержк"),
        *("руководител", "начальник", "бот"),
    ),
    person=(
        r"(?:жив\w+ |реальн\w+ )?человек(?:ом|а|у)?|оператор\w*|менеджер\w*|сотрудник\w*|специалист\w*|"
        r"консультант\w*|кем-(?:нибудь|то|либо)|кто-(?:нибудь|то)|руководител\w*|начальник\w*|(?:службой |"
        r"служба )?поддержк\w+|представител\w+"
    ),
    certain=(r"(?:жив|реальн|настоящ)\w+ человек\w*|оператор\w*|менеджер\w*|консультант\w*|специалист\w*|сотрудник\w*"),
    contact=(
        r"говорить|поговорить|связаться|связь|свяжите\w*|соедин\w+|переключ\w+|позов\w+|пообщаться|перевед\w+|"
        r"подключ\w+|позвон\w+|перезвон\w+|обсудить|дозвониться|обратиться|передайте"
    ),
    want=r"хочу|хотел\w*|нужен|нужна|дайте|позовите|требую|пригласите|лучше",
    can=r"пусть|может|могут|мог бы|можно|пускай|чтобы",
    actor=r"(?:живой |реальный )?человек|кто-(?:нибудь|то) из \w+|оператор|сотрудник|специалист",
    act=r"посмотр\w+|провер\w+|помо\w+|ответ\w+|позвон\w+|перезвон\w+|займ\w+|разбер\w+|взглян\w+",
    alone=r"(?:жив(?:ой|ого) )?человека?|оператор\w*|менеджер|поддержка|консультант",
    block=r"сказал\w*|вчера|говорил\w*|был\w*|обещал\w*|не",
    more=(
        r"\bс кем (?:я )?(?:можно|могу|мне) (?:\w+ )?(?:поговорить|связаться|обсудить)",
        r"\b(?:vem|hvem) (?:kan|kunne) (?:jag|jeg) (?:prata|tala|tale|snakke|ringa|ringe|kontakt)\w*",
        r"^\s*(?:жив(?:ой|ого) человека?|оператора?)[\s.!,пожалуйста]*$",
        r"\bне\s+(?:хочу\s+)?(?:\w+\s+)?с\s+(?:ро)?ботом",
        r"ответит\s+(?:\w+\s+)?(?:живой )?человек",
    ),
)

_JA_PERSON = (
    r"(?:人間|生身の人|専門(?:の方|家|スタッフ|の人)|技術者|担当者?|オペレーター?|スタッフ|係|責任者|上司|上の方|"
    r"どなたか?|誰か|社員|サポート(?:センター|担当)?|カスタマー(?:サポート|サービス|センター)|お客様センター|窓口|"
    r"(?:詳しい|わかる|分かる)人|(?<![一二三四五六七八九十数何のたい\d])人)(?:の方|の人|さん)?"
)
_JA_CONTACT = (
    r"(?:お?話|はな[しせす]|つな[いがげ]|繋|代わ|替わ|かわって|相談|チャット|やり取り|やりとり|電話|連絡|対応|"
    r"折り返し|通話|問い合わせ)"
)
_JAPANESE = Tongue(
    hints=(
        *("電話",),
        *(
            "専門",
            "技術者",
            "誰",
            "どちら",
            "どこに",
        ),
        *("人", "オペレータ", "担当", "スタッフ", "係", "責任者", "上司", "どなた", "誰か", "社員", "サポート", "窓口"),
        *("カスタマー", "センター", "ボット", "機械"),
    ),
    more=(
        r"(?<!配達の)(?<!ドライバー)(?:の方|スタッフ|担当者?|どなたか|誰か|人)(?:に|から|"
        r"と)[^。！？]{0,4}電話[^。！？]{0,10}(?:もら|いただ|頂|ほし|欲し|くださ|たい)",
        rf"{_JA_PERSON}(?:と|に|へ|から|による|で|の)[^。！？、]{{0,8}}?{_JA_CONTACT}(?![^。！？]{{0,6}}(?:ました|"
        rf"でした|った|てきた))",
        rf"{_JA_PERSON}(?:を|が)?(?:お願い|呼んで|出して|出せ|希望)",
        r"(?:人間|担当者|スタッフ|社員|どなたか|誰か|(?<![一二三四五六七八九十数何のた\d])人)(?:の方|の人)?(?:に|"
        r"が)[^。！？]{0,6}(?:見て|確認|対応|答え|返事|チェック|調べ)(?:し|して)?(?:て)?(?:もら|いただ|頂|くださ|"
        r"下さ|ほし|欲し)",
        r"(?:話せる|相談できる|対応できる|電話できる)(?:人|方)[はが]?(?:い|お)|人間[はが]?(?:い|お)(?:ます|ませ|られ|"
        r"る|な)",
        r"(?:誰|どこ|どちら)(?:と|に)(?:話|相談|電話|連絡)(?:せ|すれ|でき|したら)",
        r"有人(?:の)?(?:対応|チャット|サポート|窓口|オペ)",
        r"^(?:オペレーター?|担当者?|人間|責任者|有人(?:対応|チャット|サポート)?)(?:を?お願い(?:します|いたします)?|"
        r"希望(?:です)?)?[。！!]*$",
        r"(?:ロボット|ai|ボット|機械|自動(?:応答|返信))(?:じゃ|では)(?:なく|ない|だめ|ダメ)",
    ),
)
_CHINESE = Tongue(
    hints=("人工", "真人", "客服", "活人", "经理", "經理", "主管", "负责人", "工作人员", "专员", "机器人"),
    more=(
        r"^(?:转|轉)?人工[。！!]*$",
        r"[转轉換换接找要叫请](?:到|一?个|一?個|一下)?人工",
        r"人工(?:客服|服务|服務|坐席|处理|處理)",
        r"(?:有没有|有沒有|是不是|要|让|讓|叫|请|請|換|换|找)(?:个|個|一个|一個)?(?:真人|活人)",
        r"真人(?:客服|服务|服務)",
        r"(?:找|和|跟|与|與|同|联系|聯繫|叫|让|讓|换|請|请)(?:一下|下)?(?:你们的|你們的|您的|贵公司的)?(?:一个|一個|"
        r"個|个|位|一位)?(?:真人|活人|客服|经理|經理|主管|负责人|工作人员|专员)(?:人员|人員)?(?!说过|說過|说了|跟我|"
        r"告诉)",
        r"不(?:想|要)(?:和|跟|与)?(?:机器人|機器人|机器)",
    ),
)
_KOREAN = Tongue(
    hints=("상담", "사람", "직원", "담당자", "매니저", "책임자", "고객센터"),
    more=(
        r"(?:상담원|상담사|(?<!두 )(?<!한 )(?<!세 )사람|직원|담당자|매니저|책임자|고객센터)(?:분)?(?:과|와|이랑|랑|"
        r"하고|에게|한테|으로|을|를|이|가|께서|로)?\s*(?:직접\s*)?(?:연결|통화|대화|이야기|얘기|상담|말하|말씀|바꿔|"
        r"확인해|확인 좀|봐 ?주|도와|답변|연락|불러)(?!\S{0,2}(?:했는데|했어요|했습니다))",
        r"^(?:상담원|상담사|직원|사람)(?: ?연결)?(?: ?(?:부탁|요청)\S*)?[.!]*$",
    ),
)

FARTHER: dict[str, Tongue] = {
    "nl": _DUTCH,
    "pl": _POLISH,
    "tr": _TURKISH,
    "ja": _JAPANESE,
    "zh": _CHINESE,
    "ko": _KOREAN,
    "ru": _RUSSIAN,
    "sv": _SCANDINAVIAN,
    "fi": Tongue(
        hints=("ihmi", "asiakaspalvelij", "jonkun"),
        more=(
            (
                r"\b(?:puhua|jutella|keskustella)\s+(?:\w+\s+)?(?:oikean\s+)?(?:ihmisen|asiakaspalvelijan|jonkun|"
                r"henkilön)\s+kanssa"
            ),
        ),
    ),
    "cs": Tongue(
        hints=("člověk", "někým", "operátor", "pracovník"),
        more=(
            (
                r"\b(?:mluvit|promluvit|spojit|přepojit)\w*\s+(?:\w+\s+)?s(?:e)?\s+(?:\w+\s+)?(?:člověkem|někým|"
                r"operátor\w+|pracovník\w+)"
            ),
        ),
    ),
    "ro": Tongue(
        hints=("oper", "persoan", "cineva", " om"),
        more=(r"\bvorb\w+\s+cu\s+(?:o persoan[ăa]|un om|cineva|un operator|un agent)",),
    ),
    "hu": Tongue(
        hints=("mber", "gyint", "valaki"),
        more=(r"\b(?:emberrel|ügyintézővel|valakivel|munkatárssal)\s+(?:\w+\s+)?beszél\w*",),
    ),
    "id": Tongue(
        hints=("orang", "manusia", "agen", "cs"),
        more=(
            (
                r"\b(?:bicara|berbicara|ngobrol|hubungkan\w*)\s+(?:\w+\s+)?(?:dengan|ke)\s+(?:orang|manusia|agen|cs|"
                r"petugas)\b"
            ),
        ),
    ),
    "uk": Tongue(
        hints=("людин", "оператор", "кимось"),
        more=(
            (
                r"(?:говорити|зв'язатися|з'єднайте|поспілкуватися)\s+(?:\w+\s+){0,2}?(?:з|"
                r"із)\s+(?:\w+\s+)?(?:людиною|оператором|кимось)"
            ),
        ),
    ),
    "ar": Tongue(
        hints=("شخص", "موظف", "نسان", "بشر", "ممثل", "العملاء", "احد", "أحد"),
        more=(
            (
                r"(?:[أا]?تحدث|التحدث|[أا]?تكلم|التكلم|الكلام|[أا]كلم|حول\w*|تحويل\w*|التواصل|"
                r"[أا]تواصل)\s+(?:\w+\s+)?(?:مع|الى|إلى)?\s*(?:شخص|موظف|[إا]نسان|بشري|ممثل|خدمة العملاء|[أا]حد)"
            ),
            r"[أا]ريد\s+(?:موظف|ممثل|بشري|شخص\S*\s+حقيقي)",
        ),
    ),
    "he": Tongue(
        hints=("נציג", "אדם", "מישהו", "אנושי"),
        more=(
            (
                r"(?:לדבר|לשוחח|להתכתב|תעביר\w*|העבירו|להעביר|תנו לי|צריכ?ה?|רוצה)\s+(?:\w+\s+){0,2}?(?:עם\s+|אל\s+|"
                r"ל)?(?:נציגה?|בן[ -]?אדם|מישהו|אדם|אנושי)"
            ),
            r"נציגה?\s+(?:אנושית?|בבקשה)",
        ),
    ),
    "hi": Tongue(
        hints=("इंसान", "एजेंट", "व्यक्ति", "किसी"),
        more=(r"(?:इंसान|एजेंट|व्यक्ति|किसी)\s+(?:\w+\s+)?से\s+बात",),
    ),
    "el": Tongue(
        hints=("άνθρωπο", "κάποιον", "εκπρόσωπο"),
        more=(r"(?:μιλήσω|επικοινωνήσω|συνομιλήσω)\s+(?:\w+\s+){0,2}?(?:άνθρωπο|κάποιον|εκπρόσωπο)",),
    ),
}
