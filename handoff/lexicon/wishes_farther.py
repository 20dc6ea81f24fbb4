"""Wishes for a person in further languages. Data, joined by `handoff.lexicon.tongues`."""

from handoff.lexicon.tongues import Tongue
from handoff.lexicon.wishes_eastern import EASTERN

_PORTUGUESE = Tongue(
    hints=(
        *("falar", "resolver", "conversar"),
        *(
            "quem ",
            "técnic",
            "especialista",
            "gestor",
        ),
        *("pessoa", "atendente", "humano", "humana", "agente", "algu", "operador", "funcion", "respons", "robô", "bot"),
        *(
            "assistente",
            "gerente",
            "suporte",
            "supervisor",
            "apoio",
            "ligar",
            "atendimento",
            "colega",
            "equipa",
            "robo",
            "máquina",
        ),
    ),
    person=(
        r"técnic[oa]|especialista|gestora?|(?:uma |alguma )?pessoa|atendentes?|humano|agente|algu[eé]m(?! mais)|"
        r"operador[a]?|funcion[aá]ri[oa]|respons[aá]vel|ser humano|gerente|supervisor[a]?|assistente|colegas?|"
        r"suporte|apoio ao cliente|atendimento(?: humano| ao cliente)?|sac|setor de \w+"
    ),
    certain=(
        r"atendente|humano|ser humano|agente|operador[a]?|assistente humano|pessoa (?:real|de verdade|humana|"
        r"de carne)|algu[eé]m (?:que resolva|de verdade|real|competente|de carne)|gerente|supervisor[a]?|"
        r"atendimento humano"
    ),
    contact=(
        r"contacte[m]?|contactasse|contatasse|me contact\w+|atender|fal(?:ar|o|e|em)|conversar|contactar|contatar|"
        r"contacto com|contato com|pass(?:ar|ar-me|e|e-me|a-me|em-me)|me pass\w+|ligar|ligue|liguem|ligasse|"
        r"me lig\w+|transfir\w+|transferir|transfere|me transfer\w+|atendid[oa] por|encaminh\w+|telefon\w+|"
        r"tratar disto|tratar disso|tratar|discutir|comunicar|chamar?(?= (?:o|a|um|uma))|chama|chame"
    ),
    want=(
        r"quero|queria|preciso(?: de)?|gostaria(?: de)?|prefiro|exijo|desejo|me d[êe]|d[êe]em-me|d[eê]-me|cadê|"
        r"solicito|por favor"
    ),
    can=r"pode|poderia|podem|podia|consegue|quero que|queria que|gostaria que|que|tem como",
    actor=(
        r"algu[eé]m (?:da|do|de|na|no)s? \w+|(?:uma |alguma )pessoa|(?:um )?(?:ser )?humano|um (?:atendente|colega|"
        r"funcionário|assistente humano)|algu[eé]m (?:da|do|de|dos|das)(?: \w+)?"
    ),
    act=(
        r"explic\w+|esclarec\w+|dar|olhar|ver|verificar|verifique|veja|ajudar|ajude|responder|responda|ligar|ligue|"
        r"ligasse|contactar|atender|analisar|tratar|resolver|ler|assumir|me ligar"
    ),
    alone=(
        r"(?:falar com )?(?:um |uma |o )?(?:atendente|humano|pessoa(?: real)?|agente|operador|atendimento humano|"
        r"assistente humano|suporte humano|gerente)"
    ),
    block=r"disse|assinou|ligou|ontem|era|foi|loja|não|nao",
    unwanted=r"(?:não|nao) (?:quero|preciso(?: de)?|é preciso) (?:\w+ ){0,2}",
    more=(
        r"\bum[a]?\s+(?!estafeta|carteiro|entregador|motorista|amig)\w+\s+(?:pode|poderia)\s+(?:ligar-me|me ligar|"
        r"contactar-me)\b",
        r"\b(?:falar|conversar|resolver(?:\s+\w+)?|tratar(?:\s+\w+)?)\s+com\s+(?:uma?|[oa] seu|[oa] sua|"
        r"[oa] voss[oa])\s+(?!amig|banco|robô|robo|bot)\w+",
        r"\b(?:com|a) quem (?:posso|eu posso|poderia|devo) (?:\w+ )?(?:falar|conversar|contactar|contatar|ligar|"
        r"tratar)",
        r"\balgu[eé]m (?:\w+ ){0,3}?(?:que )?(?:me )?(?:possa|pode|poderia) (?:me )?(?:atender|ligar)\b",
        r"\balgu[eé]m\s+pod(?:e|eria)\s+me\s+(?:atender|ligar)|\bpod(?:e|em|eriam)\s+(?:me\s+ligar|ligar-me)\b",
        r"\balgu[eé]m\s+com\s+quem\s+(?:\w+\s+){0,2}?(?:falar|tratar|conversar)",
        r"\b(?:não|nao|chega|cansad[oa]|fart[oa]|em vez|parem?)\s+(?:\w+\s+){0,4}?(?:de\s+|com\s+)?(?:um\s+|uma\s+|"
        r"este\s+|esse\s+)?(?:rob[oôó]s?|chatbots?|bots?|respostas automáticas)\b",
    ),
)
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
        r"iemand (?:van|bij|uit) (?:de |het |jullie )?\w+|(?:een )?(?:echt |echte )?(?:mens|persoon|medewerker|"
        r"collega)|iemand (?:van|uit)(?: \w+){1,2}|een van jullie"
    ),
    act=(
        r"uitleggen|uitlegt|toelichten|kijken|kijkt|helpen|helpt|bellen|belt|antwoorden|reageren|overnemen|overneemt|"
        r"controleren|nakijken|lezen|behandelen|meekijken|opnemen|terugbellen|oppakken"
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
    actor=r"ktoś z \w+|(?:jakiś |żywy |prawdziwy )?człowiek|ktoś (?:z|od|żywy)(?: \w+)?|konsultant|pracownik|"
    r"żywa osoba",
    act=(
        r"wyjaśni\w*|wytłumacz\w*|spojrz\w+|sprawdzi\w*|pomóc|pomoże|odpowie\w*|odpowiedzieć|zadzwoni\w*|zająć|"
        r"zajmie|zajął|przejrzeć|obejrzeć|zobaczy\w*|przeczyta\w*|rzuci\w*"
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
        r"\b\w{3,}[dt][ae]n biri(?:si)?\s+(?:\w+\s+){0,3}?(?:açıkla|anlat|bak|ara|yardım|ilgilen|cevap)\w*",
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

FARTHER: dict[str, Tongue] = {
    "pt": _PORTUGUESE,
    **EASTERN,
    "nl": _DUTCH,
    "pl": _POLISH,
    "tr": _TURKISH,
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
    "el": Tongue(
        hints=("άνθρωπο", "κάποιον", "εκπρόσωπο"),
        more=(r"(?:μιλήσω|επικοινωνήσω|συνομιλήσω)\s+(?:\w+\s+){0,2}?(?:άνθρωπο|κάποιον|εκπρόσωπο)",),
    ),
}
