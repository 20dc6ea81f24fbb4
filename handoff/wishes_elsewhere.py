"""Wishes for a person in the languages met most after English. Data, joined by `handoff.tongues`."""

from handoff.tongues import Tongue
from handoff.wishes_farther import FARTHER

_BOT = r"(?:chat|ro)?bots?"

_GERMAN = Tongue(
    hints=(
        *("mensch", "mitarbeiter", "jemand", "berater", "person", "kolleg", "bot", "service", "support", "hotline"),
        *(
            "vorgesetzt",
            "maschine",
            "ansprechpartner",
            "kunden",
            "chef",
            "automat",
            "rückruf",
            "rufen",
            "ruf mich",
            "gerufen",
            "zuständig",
            "wer von",
        ),
    ),
    person=(
        r"menschen?|mitarbeiter(?:in|n|innen)?|jemand(?:en|em)?(?! ander)|irgendwe[nr]|irgendjemand\w*|"
        r"(?:kunden)?berater(?:in|n)?|person|kolleg(?:e|en|in)|kundenservice|kundendienst\w*|kundenbetreu\w+|"
        r"support\w*|"
        r"servicemitarbeiter\w*|serviceteam|vorgesetzten?|chef(?:in)?|ansprechpartner\w*|ansprechperson|"
        r"verantwortlichen?|"
        r"zuständigen?|sachbearbeiter\w*|hotline|fachabteilung|einem von euch|einem von ihnen"
    ),
    certain=(
        r"menschen?(?! in)|(?:echte\w*|richtige\w*|lebende\w*|menschliche\w*|reale\w*) (?:person|menschen?|"
        r"mitarbeiter\w*|"
        r"ansprech\w+|berater\w*|hilfe)|mitarbeiter(?:in)?(?! ?rabatt)|berater(?:in)?|ansprechpartner\w*|vorgesetzten?|"
        r"rückruf|jemand\w* (?:aus fleisch|echte\w*|richtige\w*|menschliche\w*|kompetente\w*)"
    ),
    contact=(
        r"sprechen|spreche|sprich|reden|rede|schreiben|chatten|telefonieren|verbinden|verbinde|verbunden|weiterleiten|"
        r"weitergeleitet|weitergeben|durchstellen|durchgestellt|besprechen|klären|bereden|kontaktieren|erreichen|"
        r"erreiche|"
        r"unterhalten|wenden|anrufen|anruft|zurückrufen|zurückruft|kontakt mit|hinzuziehen|austauschen|leiten sie mich|"
        r"leite mich|geben sie mich|gib mich|stellen sie mich|weitergereicht|übergeben|kommunizieren"
    ),
    want=(
        r"will|möchte|brauche|hätte|hätt|verlange|bekomme|geben sie mir|gib mir|hole?n?|rufen sie|bitte um|wünsche|"
        r"her mit|"
        r"lieber|gibt es|bevorzuge|schicken sie mir|wo ist|wollte"
    ),
    can=r"kann|könnte|könnten|würde|soll|sollte|möge|darf|lassen sie|lass|dass|wenn|ob|könnt",
    actor=(
        r"(?:ein|eine|irgendein) (?:echte\w* |richtige\w* |menschliche\w* |ihrer |eurer )?(?:mensch|"
        r"mitarbeiter(?:in)?|person|"
        r"kolleg(?:e|in)|berater(?:in)?)|jemand (?:vom|von|aus|echtes|richtiges)(?: \w+)?|(?:wer|einer|"
        r"eine) von (?:euch|ihnen)|"
        r"(?:ihr|euer) (?:chef|kundendienst|team|support)"
    ),
    act=(
        r"\w*schauen|ansehen|angucken|prüfen|helfen|übernehmen|antworten|kümmern|melden|meldet|anrufen|zurückrufen|"
        r"nachsehen|"
        r"bearbeiten|beantworten|lesen|übernimmt|anschaut|hilft|antwortet|kümmert|sehen|weiterhelfen|unterstützen"
    ),
    alone=(
        r"(?:echte[rn]? |richtige[rn]? )?(?:mitarbeiter(?:in)?|mensch(?:en)?|berater(?:in)?|kundenservice|"
        r"kundendienst|person|"
        r"ansprechpartner|kundenberater|support|rückruf|menschliche hilfe|chef)"
    ),
    block=r"meinte|sagte|gesagt|hat|hatte|war|wurde|gestern|hieß|kein\w*|als|bewertung|rezension",
    unwanted=r"(?:brauche|muss|müssen|möchte|will|wollte) (?:\w+ ){0,3}(?:nicht|kein\w*) (?:\w+ ){0,3}",
    more=(
        r"\bgibt es (?:\w+ ){0,3}(?:echte|richtige|auch) menschen\b",
        r"\b(?:rufen sie|ruft?|rufe) mich\b|\bzurückgerufen werden\b|\bgibt(?:'s| es) (?:\w+ ){0,3}(?:echten|"
        r"richtigen) support\b",
        r"\b(?:hole?n?|rufen?)\s+(?:sie\s+)?(?:mir\s+)?(?:bitte\s+)?(?:mal\s+)?(?:ihren|deinen|euren|den|einen|"
        r"jemand\w*)"
        r"(?:\s+(?:chef|vorgesetzten?|kollegen|leiter)\b|\s+(?:dazu|her|ran)\b)",
        r"\b(?:nicht|nie|statt|anstatt|genug|schluss|kein)\s+(?:\w+\s+){0,4}?(?:mit|von|an|zu)\s+(?:\w+\s+)?"
        rf"(?:{_BOT}|maschine|roboter|automat(?:en)?|computer|ki)\b(?!\s*(?:wasch|trockn|gewasch))",
        rf"\bkeinen?\s+{_BOT}\b",
        rf"\bnicht\s+(?:mehr\s+)?(?:diese[nrm]?|de[nmr]|einem)\s+(?:\w+\s+)?(?:{_BOT}|automat\w*|roboter)\b",
    ),
)
_FRENCH = Tongue(
    hints=(
        *("conseill", "humain", "personne", "agent", "quelqu", "opérat", "operat", "responsable", "bot", "collègue"),
        *(
            "client",
            "assistance",
            "support",
            "sav",
            "technicien",
            "manager",
            "interlocut",
            "appel",
            "automatique",
            "équipe",
        ),
    ),
    person=(
        r"quelqu['’]une?(?! d'autre)|(?:une|la|vraie|seule|des) personnes?|humaine?s?|être humain|conseill(?:er|ère)s?|"
        r"agente?s?(?! (?:nettoy|d['’]|de ))|op[ée]rat(?:eur|rice)s?|responsable|collègues?|employée?s?|collaborat\w+|"
        r"technicien\w*|manager|directeur|supérieure?|service (?:clients?|clientèle|après-vente)|sav|support|"
        r"assistance|interlocut\w+|standard|votre équipe|un de vos \w+"
    ),
    certain=(
        r"(?:vrai|réel|véritable|autre)e? (?:humaine?|personne|conseill\w+|agent\w*|interlocut\w+)|humaine?|"
        r"être humain|"
        r"conseill(?:er|ère)|agent(?! (?:nettoy|d['’]|de ))|op[ée]rat(?:eur|rice)|interlocut\w+|"
        r"quelqu['’]un (?:de compétent|de réel|de vrai|de chez vous|de votre|en chair)|personne (?:réelle|humaine|"
        r"physique)|"
        r"responsable|rappel"
    ),
    contact=(
        r"parler|parle|parlez|discuter|échanger|echanger|chatter|communiquer|dialoguer|joindre|contacter|"
        r"m'appel(?:er|le)|"
        r"me rappel\w+|m'appeliez|rappelée?|mettre en relation|mise? en relation|mettez-moi|passez-moi|passe-moi|"
        r"me passer|transf[ée]r(?:er|ez|e|é)(?:-moi)?|redirige\w*|orient(?:er|ez)\w*|m'entretenir|m'adresser|"
        r"adresser|de vive voix|en contact|"
        r"au téléphone|voir (?:ça|cela) avec|appeler|puisse appeler|traiter avec"
    ),
    want=(
        r"veux|voudrais|aimerais|souhaite\w*|besoin d'?|besoin|exige|demande|donnez-moi|donne-moi|préf[èé]r\w+|"
        r"passez-moi|"
        r"passe-moi|trouvez-moi|appelez-moi|y a-t-il|faut|possible d'avoir|avoir"
    ),
    can=r"pourrait|pourriez|peut|puisse|pourraient|peux|faire|que|si|pourrait-il|pourrait-elle|peut-il|peut-elle|"
    r"est-ce qu'?",
    actor=(
        r"(?:un |une )?(?:vrai |vraie )?(?:être humain|humain)|une (?:vraie )?personne|un (?:vrai )?(?:conseiller|"
        r"agent|collègue|"
        r"technicien|employé)|quelqu['’]un (?:de chez vous|de votre \w+|de l'équipe|de réel|du service)"
    ),
    act=(
        r"regard\w+|vérifi\w+|m'aid\w+|aider|répond\w+|examin\w+|s'occup\w+|occup\w+|trait\w+|rappel\w+|m'appel\w+|"
        r"appeler|"
        r"contacter|me contacter|jet\w+|prendre en charge|intervenir|prendre le relais|se pencher|lire"
    ),
    alone=(
        r"(?:parler à )?(?:un )?(?:vrai )?(?:conseill(?:er|ère)|humaine?|agent|op[ée]rat(?:eur|rice)|service client|"
        r"être humain|quelqu['’]un|personne réelle|responsable)"
    ),
    block=r"m'a|m'ont|a|avait|hier|dit|était|ne|n'est|qui a|commande|avis|habite",
    unwanted=r"(?:pas|plus) (?:besoin|envie|nécessaire) (?:de |d')(?:\w+ ){0,2}",
    more=(
        r"\b(?:une\s+)?vraie\s+personne\b",
        r"\b(?:peut-on|pouvez-vous|pourriez-vous|peux-tu)\s+(?:me |m')(?:rappeler|appeler)\b|\br?appelez-moi\b",
        r"\b(?:aide|assistance)\s+humaine\b",
        rf"\b(?:pas|plus|assez|marre|ras[- ]le[- ]bol)\s+(?:\w+\s+){{0,3}}?(?:à|avec|d[e']|un|des|ce|cette|vos|"
        rf"votre)\s*(?:un\s+|"
        rf"vos\s+)?(?:{_BOT}|réponses? automatiques?)\b",
        rf"\barrête[zr]?\b[^.!?]{{0,25}}\b(?:{_BOT}|automatiques?)\b",
        r"\bquelqu['’]une?\s+à\s+qui\s+(?:je\s+)?(?:\w+\s+)?(?:parler|m'adresser|demander)",
    ),
)
_SPANISH = Tongue(
    hints=(
        *(
            "persona",
            "agente",
            "humano",
            "humana",
            "asesor",
            "operador",
            "representante",
            "alguien",
            "soporte",
            "cliente",
        ),
        *("encargad", "bot", "supervisor", "gerente", "jefe", "compañer", "emplead", "máquina", "responsable", "llama"),
    ),
    person=(
        r"alguien(?! más)|(?:una |la |otra |alguna )?persona|humano|humana|ser humano|agente|asesora?|operadora?|"
        r"representante|encargad[oa]|responsable|supervisora?|gerente|jef[ea]|compañer[oa]s?|emplead[oa]|"
        r"atención al cliente|servicio (?:al|de atención al|de) cliente|soporte|ejecutiv[oa]|departamento de \w+|"
        r"vuestro equipo"
    ),
    certain=(
        r"humano|ser humano|agente(?! de)|asesora?|operadora?|representante|supervisora?|"
        r"persona (?:real|humana|de verdad|física|de carne)|alguien (?:real|de verdad|de carne|competente)|"
        r"encargad[oa]|"
        r"(?:atención|ayuda|asistencia) humana|soporte humano|humano real"
    ),
    contact=(
        r"hablar(?:lo)?|hable|hablo|habl[ae]r? de|comunicar\w*|comun[ií]qu\w+|chatear|contactar\w*|cómo contacto|"
        r"como contacto|"
        r"contacto con|conversar|atienda|atiendan|atender(?:me)?|p[aá]s[ae]n?me|pasar(?:me)?(?= (?:con|a un|a una))|"
        r"pasarme|me pas\w+|me puedes? pasar|pon(?:er|ga|gan)?me|p[oó]n(?:ga|gan)?me|con[eé]ct\w+|conectar\w*|"
        r"transf[ie]\w+|"
        r"tratar(?:lo|la)|comentar(?:lo|la)?|llam(?:ar|arme|e|ara|aran|en|adme)|ll[aá]m[ea]n?me|consultar(?:lo)? con|"
        r"derív\w+|"
        r"derivar\w*|localizar|resolver(?:lo)? con|dirigirme"
    ),
    want=(
        r"quiero|quisiera|necesito|deseo|prefiero|exijo|dame|deme|d[eé]nme|p[aá]s[ae]n?me|me gustaría|p[oó]ng?a?n?me|"
        r"solicito|"
        r"hay|mándame|busco"
    ),
    can=r"puede|podr[íi]a|podr[íi]an|pueden|puedes|quiero|quisiera|necesito|prefiero|que",
    actor=(
        r"(?:una |alguna )persona|(?:un )?humano|un ser humano|alguien (?:del|de vuestro|de su|de tu|de la|"
        r"real)(?: \w+)?|"
        r"un (?:compañero|agente|asesor|empleado|responsable)"
    ),
    act=(
        r"revis\w+|mir\w+|ayud\w+|atienda|atender\w*|llam\w+|contest\w+|respond\w+|ver|verlo|eche|echarle|lea|leer|"
        r"verific\w+|"
        r"se encargue|hacerse cargo|contact\w+|ocup\w+|resuelva"
    ),
    alone=(
        r"(?:hablar con )?(?:un |una )?(?:agente|humano(?: real)?|operador|asesora?|representante|persona(?: real|"
        r" de verdad)?|(?:ayuda|atención|asistencia) humana|soporte humano|llamada directa|"
        r"atención al cliente|soporte humano|supervisor|encargado)"
    ),
    block=r"firmó|dijo|dijeron|llamó|aduana|ayer|era|fue|dejó|tiendas?|no",
    unwanted=r"no (?:necesito|quiero|hace falta|tengo que) (?:\w+ ){0,2}",
    more=(
        r"\bme\s+(?:puede[ns]?|podéis|podrían?)\s+llamar\b|\bll[aá]m[ea]n?me\b|"
        r"\bponer(?:me)?\s+con\s+(?:una?\s+)?(?:persona|alguien)\b",
        r"\balguien\s+con\s+quien\s+(?:\w+\s+)?(?:hablar|tratar|comentar)",
        rf"\b(?:no|basta|hart[oa]|dej\w+|en vez|en lugar)\s+(?:\w+\s+){{0,4}}?(?:de\s+|con\s+|a\s+)?(?:un\s+|una\s+|"
        rf"este\s+|"
        rf"tanto\s+)?(?:{_BOT}|máquinas|contestadora?s?|respuestas automáticas)\b",
        r"\b(?:no|nunca)\s+(?:\w+\s+){0,3}?(?:hablar|tratar|escribir)\s+con\s+una\s+máquina\b",
    ),
)
_ITALIAN = Tongue(
    hints=(
        *(
            "persona",
            "operat",
            "umano",
            "umana",
            "agente",
            "qualcuno",
            "responsabile",
            "bot",
            "consulente",
            "assistenza",
        ),
        *("collega", "addett", "incaricat", "macchin", "servizio", "impiegat", "supervisor", "chiam", "reparto"),
    ),
    person=(
        r"(?:una |qualche )?persona|operator[ei]|operatrice|umano|essere umano|agente|responsabile|qualcuno(?! altro)|"
        r"consulente|addett[oa]|incaricat[oa]|colleg(?:a|hi)|impiegat[oa]|supervisore|assistenza(?: clienti)?|"
        r"servizio clienti|supporto|reparto \w+|uno di voi"
    ),
    certain=(
        r"assistenza (?:umana|di una persona)|operator[ei]|operatrice|umano|essere umano|persona (?:vera|reale|umana|"
        r"in carne)|vera persona|agente|consulente|"
        r"responsabile|assistenza umana|qualcuno (?:di vero|di reale|in carne|di competente)"
    ),
    contact=(
        r"parlar(?:e|ne|ci)|parlo|parli|chattare|comunicare|contatt(?:are|o con|i)|in contatto|passa(?:mi|temi|re|"
        r"rmi)|mi passi|"
        r"passi|metter(?:mi|e)|mettetemi|mi mett\w+|colleg(?:ami|armi|atemi|are)|trasfer\w+|discuter(?:e|ne)|"
        r"richiamat[oa]|"
        r"richiamar(?:e|mi)|richiam[ai](?:temi|mi)?|telefonar(?:e|mi)|chiamar(?:e|mi)|mi chiami\w*|sentire|"
        r"rivolgermi|scrivere|"
        r"raggiungere|mi telefoni"
    ),
    want=(
        r"voglio|vorrei|desidero|serve|bisogno (?:di|d['’])|bisogno|preferi\w+|passatemi|passami|mi passi|datemi|dammi|"
        r"avere|esigo|chiamatemi|c'è"
    ),
    can=r"può|puo|potrebbe|potete|possono|potreste|vorrei che|che|faccia|fate|far",
    actor=(
        r"(?:una |qualche )persona|(?:un )?(?:essere )?umano|un (?:operatore|collega|addetto|consulente|vostro \w+)|"
        r"qualcuno (?:del|di voi|dei|della|dell['’])\s?\w*|un['’]operatrice"
    ),
    act=(
        r"guard\w+|controll\w+|verific\w+|aiut\w+|rispond\w+|rispost\w+|chiam\w+|richiam\w+|contatt\w+|occup\w+|"
        r"vedere|legg\w+|"
        r"dare|darci|occhiata|intervenire|seguir\w+"
    ),
    alone=(
        r"(?:parlare con )?(?:un |una )?(?:operatore|operatrice|umano|persona(?: vera| reale)?|agente|consulente|"
        r"assistenza umana|essere umano|servizio clienti)(?: umano| vero)?"
    ),
    block=r"detto|ha|aveva|ieri|era|firmato|negozio|non",
    unwanted=r"non (?:voglio|ho bisogno|serve|devo|occorre) (?:\w+ ){0,2}",
    more=(
        r"\b(?:mi\s+)?(?:pu[oòi]i?|può|potete|potreste)\s+(?:ri)?chiamar(?:e(?=\W*$)|mi)\b|\b(?:ri)?chiam(?:ami|"
        r"atemi|imi)\b",
        r"\bqualcuno\s+con\s+cui\s+(?:\w+\s+)?(?:parlar|discuter)",
        rf"\b(?:non|basta|stanc[oa]|stuf[oa]|smett\w+|invece)\s+(?:\w+\s+){{0,4}}?(?:di\s+|con\s+|a\s+)?(?:un\s+|"
        rf"questo\s+|quest[ei]\s+|"
        rf"i\s+)?(?:{_BOT}|risposte automatiche|macchine)\b",
    ),
)
_PORTUGUESE = Tongue(
    hints=(
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
        r"(?:uma |alguma )?pessoa|atendentes?|humano|agente|algu[eé]m(?! mais)|operador[a]?|funcion[aá]ri[oa]|"
        r"respons[aá]vel|"
        r"ser humano|gerente|supervisor[a]?|assistente|colegas?|suporte|apoio ao cliente|atendimento(?: humano|"
        r" ao cliente)?|"
        r"sac|setor de \w+"
    ),
    certain=(
        r"atendente|humano|ser humano|agente|operador[a]?|assistente humano|pessoa (?:real|de verdade|humana|de carne)|"
        r"algu[eé]m (?:que resolva|de verdade|real|competente|de carne)|gerente|supervisor[a]?|atendimento humano"
    ),
    contact=(
        r"fal(?:ar|o|e|em)|conversar|contactar|contatar|contacto com|contato com|pass(?:ar|ar-me|e|e-me|a-me|em-me)|"
        r"me pass\w+|"
        r"ligar|ligue|liguem|ligasse|me lig\w+|transfir\w+|transferir|transfere|me transfer\w+|atendid[oa] por|"
        r"encaminh\w+|"
        r"telefon\w+|tratar disto|tratar disso|tratar|discutir|comunicar|chamar?(?= (?:o|a|um|uma))|chama|chame"
    ),
    want=(
        r"quero|queria|preciso(?: de)?|gostaria(?: de)?|prefiro|exijo|desejo|me d[êe]|d[êe]em-me|d[eê]-me|cadê|"
        r"solicito|por favor"
    ),
    can=r"pode|poderia|podem|podia|consegue|quero que|queria que|gostaria que|que|tem como",
    actor=(
        r"(?:uma |alguma )pessoa|(?:um )?(?:ser )?humano|um (?:atendente|colega|funcionário|assistente humano)|"
        r"algu[eé]m (?:da|do|de|dos|das)(?: \w+)?"
    ),
    act=(
        r"dar|olhar|ver|verificar|verifique|veja|ajudar|ajude|responder|responda|ligar|ligue|ligasse|contactar|"
        r"atender|analisar|"
        r"tratar|resolver|ler|assumir|me ligar"
    ),
    alone=(
        r"(?:falar com )?(?:um |uma |o )?(?:atendente|humano|pessoa(?: real)?|agente|operador|atendimento humano|"
        r"assistente humano|"
        r"suporte humano|gerente)"
    ),
    block=r"disse|assinou|ligou|ontem|era|foi|loja|não|nao",
    unwanted=r"(?:não|nao) (?:quero|preciso(?: de)?|é preciso) (?:\w+ ){0,2}",
    more=(
        r"\balgu[eé]m\s+pod(?:e|eria)\s+me\s+(?:atender|ligar)|\bpod(?:e|em|eriam)\s+(?:me\s+ligar|ligar-me)\b",
        r"\balgu[eé]m\s+com\s+quem\s+(?:\w+\s+){0,2}?(?:falar|tratar|conversar)",
        r"\b(?:não|nao|chega|cansad[oa]|fart[oa]|em vez|parem?)\s+(?:\w+\s+){0,4}?(?:de\s+|com\s+)?(?:um\s+|uma\s+|"
        r"este\s+|esse\s+)?"
        r"(?:rob[oôó]s?|chatbots?|bots?|respostas automáticas)\b",
    ),
)
ELSEWHERE: dict[str, Tongue] = {
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "it": _ITALIAN,
    "pt": _PORTUGUESE,
    **FARTHER,
}
