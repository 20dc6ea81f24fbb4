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
        r"support\w*|servicemitarbeiter\w*|serviceteam|vorgesetzten?|chef(?:in)?|ansprechpartner\w*|ansprechperson|"
        r"verantwortlichen?|zuständigen?|sachbearbeiter\w*|hotline|fachabteilung|einem von euch|einem von ihnen"
    ),
    certain=(
        r"menschen?(?! in)|(?:echte\w*|richtige\w*|lebende\w*|menschliche\w*|reale\w*) (?:person|menschen?|"
        r"mitarbeiter\w*|ansprech\w+|berater\w*|hilfe)|mitarbeiter(?:in)?(?! ?rabatt)|berater(?:in)?|"
        r"ansprechpartner\w*|vorgesetzten?|rückruf|jemand\w* (?:aus fleisch|echte\w*|richtige\w*|menschliche\w*|"
        r"kompetente\w*)"
    ),
    contact=(
        r"sprechen|spreche|sprich|reden|rede|schreiben|chatten|telefonieren|verbinden|verbinde|verbunden|"
        r"weiterleiten|weitergeleitet|weitergeben|durchstellen|durchgestellt|besprechen|klären|bereden|kontaktieren|"
        r"erreichen|erreiche|unterhalten|wenden|anrufen|anruft|zurückrufen|zurückruft|kontakt mit|hinzuziehen|"
        r"austauschen|leiten sie mich|leite mich|geben sie mich|gib mich|stellen sie mich|weitergereicht|übergeben|"
        r"kommunizieren"
    ),
    want=(
        r"will|möchte|brauche|hätte|hätt|verlange|bekomme|geben sie mir|gib mir|hole?n?|rufen sie|bitte um|wünsche|"
        r"her mit|lieber|gibt es|bevorzuge|schicken sie mir|wo ist|wollte"
    ),
    can=r"kann|könnte|könnten|würde|soll|sollte|möge|darf|lassen sie|lass|dass|wenn|ob|könnt",
    actor=(
        r"(?:ein|eine|irgendein) (?:echte\w* |richtige\w* |menschliche\w* |ihrer |eurer )?(?:mensch|"
        r"mitarbeiter(?:in)?|person|kolleg(?:e|in)|berater(?:in)?)|jemand (?:vom|von|aus|echtes|richtiges)(?: \w+)?|"
        r"(?:wer|einer|eine) von (?:euch|ihnen)|(?:ihr|euer) (?:chef|kundendienst|team|support)"
    ),
    act=(
        r"\w*schauen|ansehen|angucken|prüfen|helfen|übernehmen|antworten|kümmern|melden|meldet|anrufen|zurückrufen|"
        r"nachsehen|bearbeiten|beantworten|lesen|übernimmt|anschaut|hilft|antwortet|kümmert|sehen|weiterhelfen|"
        r"unterstützen"
    ),
    alone=(
        r"(?:echte[rn]? |richtige[rn]? )?(?:mitarbeiter(?:in)?|mensch(?:en)?|berater(?:in)?|kundenservice|"
        r"kundendienst|person|ansprechpartner|kundenberater|support|rückruf|menschliche hilfe|chef)"
    ),
    block=r"meinte|sagte|gesagt|hat|hatte|war|wurde|gestern|hieß|kein\w*|als|bewertung|rezension",
    unwanted=r"(?:brauche|muss|müssen|möchte|will|wollte) (?:\w+ ){0,3}(?:nicht|kein\w*) (?:\w+ ){0,3}",
    more=(
        r"\bgibt es (?:\w+ ){0,3}(?:echte|richtige|auch) menschen\b",
        r"\b(?:rufen sie|ruft?|rufe) mich\b|\bzurückgerufen werden\b|\bgibt(?:'s| es) (?:\w+ ){0,3}(?:echten|"
        r"richtigen) support\b",
        r"\b(?:hole?n?|rufen?)\s+(?:sie\s+)?(?:mir\s+)?(?:bitte\s+)?(?:mal\s+)?(?:ihren|deinen|euren|den|einen|"
        r"jemand\w*)(?:\s+(?:chef|vorgesetzten?|kollegen|leiter)\b|\s+(?:dazu|her|ran)\b)",
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
        r"quelqu['’]une?(?! d'autre)|(?:une|la|vraie|seule|des) personnes?|humaine?s?|être humain|conseill(?:er|"
        r"ère)s?|agente?s?(?! (?:nettoy|d['’]|de ))|op[ée]rat(?:eur|rice)s?|responsable|collègues?|employée?s?|"
        r"collaborat\w+|technicien\w*|manager|directeur|supérieure?|service (?:clients?|clientèle|après-vente)|sav|"
        r"support|assistance|interlocut\w+|standard|votre équipe|un de vos \w+"
    ),
    certain=(
        r"(?:vrai|réel|véritable|autre)e? (?:humaine?|personne|conseill\w+|agent\w*|interlocut\w+)|humaine?|"
        r"être humain|conseill(?:er|ère)|agent(?! (?:nettoy|d['’]|de ))|op[ée]rat(?:eur|rice)|interlocut\w+|"
        r"quelqu['’]un (?:de compétent|de réel|de vrai|de chez vous|de votre|en chair)|personne (?:réelle|humaine|"
        r"physique)|responsable|rappel"
    ),
    contact=(
        r"parler|parle|parlez|discuter|échanger|echanger|chatter|communiquer|dialoguer|joindre|contacter|"
        r"m'appel(?:er|le)|me rappel\w+|m'appeliez|rappelée?|mettre en relation|mise? en relation|mettez-moi|"
        r"passez-moi|passe-moi|me passer|transf[ée]r(?:er|ez|e|é)(?:-moi)?|redirige\w*|orient(?:er|ez)\w*|"
        r"m'entretenir|m'adresser|adresser|de vive voix|en contact|au téléphone|voir (?:ça|cela) avec|appeler|"
        r"puisse appeler|traiter avec"
    ),
    want=(
        r"veux|voudrais|aimerais|souhaite\w*|besoin d'?|besoin|exige|demande|donnez-moi|donne-moi|préf[èé]r\w+|"
        r"passez-moi|passe-moi|trouvez-moi|appelez-moi|y a-t-il|faut|possible d'avoir|avoir"
    ),
    can=r"pourrait|pourriez|peut|puisse|pourraient|peux|faire|que|si|pourrait-il|pourrait-elle|peut-il|peut-elle|"
    r"est-ce qu'?",
    actor=(
        r"(?:un |une )?(?:vrai |vraie )?(?:être humain|humain)|une (?:vraie )?personne|un (?:vrai )?(?:conseiller|"
        r"agent|collègue|technicien|employé)|quelqu['’]un (?:de chez vous|de votre \w+|de l'équipe|de réel|du service)"
    ),
    act=(
        r"regard\w+|vérifi\w+|m'aid\w+|aider|répond\w+|examin\w+|s'occup\w+|occup\w+|trait\w+|rappel\w+|m'appel\w+|"
        r"appeler|contacter|me contacter|jet\w+|prendre en charge|intervenir|prendre le relais|se pencher|lire"
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
        rf"votre)\s*(?:un\s+|vos\s+)?(?:{_BOT}|réponses? automatiques?)\b",
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
        r"humano|ser humano|agente(?! de)|asesora?|operadora?|representante|supervisora?|persona (?:real|humana|"
        r"de verdad|física|de carne)|alguien (?:real|de verdad|de carne|competente)|encargad[oa]|(?:atención|ayuda|"
        r"asistencia) humana|soporte humano|humano real"
    ),
    contact=(
        r"hablar(?:lo)?|hable|hablo|habl[ae]r? de|comunicar\w*|comun[ií]qu\w+|chatear|contactar\w*|cómo contacto|"
        r"como contacto|contacto con|conversar|atienda|atiendan|atender(?:me)?|p[aá]s[ae]n?me|pasar(?:me)?(?= (?:con|"
        r"a un|a una))|pasarme|me pas\w+|me puedes? pasar|pon(?:er|ga|gan)?me|p[oó]n(?:ga|gan)?me|con[eé]ct\w+|"
        r"conectar\w*|transf[ie]\w+|tratar(?:lo|la)|comentar(?:lo|la)?|llam(?:ar|arme|e|ara|aran|en|adme)|"
        r"ll[aá]m[ea]n?me|consultar(?:lo)? con|derív\w+|derivar\w*|localizar|resolver(?:lo)? con|dirigirme"
    ),
    want=(
        r"quiero|quisiera|necesito|deseo|prefiero|exijo|dame|deme|d[eé]nme|p[aá]s[ae]n?me|me gustaría|p[oó]ng?a?n?me|"
        r"solicito|hay|mándame|busco"
    ),
    can=r"puede|podr[íi]a|podr[íi]an|pueden|puedes|quiero|quisiera|necesito|prefiero|que",
    actor=(
        r"(?:una |alguna )persona|(?:un )?humano|un ser humano|alguien (?:del|de vuestro|de su|de tu|de la|"
        r"real)(?: \w+)?|un (?:compañero|agente|asesor|empleado|responsable)"
    ),
    act=(
        r"revis\w+|mir\w+|ayud\w+|atienda|atender\w*|llam\w+|contest\w+|respond\w+|ver|verlo|eche|echarle|lea|leer|"
        r"verific\w+|se encargue|hacerse cargo|contact\w+|ocup\w+|resuelva"
    ),
    alone=(
        r"(?:hablar con )?(?:un |una )?(?:agente|humano(?: real)?|operador|asesora?|representante|persona(?: real|"
        r" de verdad)?|(?:ayuda|atención|asistencia) humana|soporte humano|llamada directa|atención al cliente|"
        r"soporte humano|supervisor|encargado)"
    ),
    block=r"firmó|dijo|dijeron|llamó|aduana|ayer|era|fue|dejó|tiendas?|no",
    unwanted=r"no (?:necesito|quiero|hace falta|tengo que) (?:\w+ ){0,2}",
    more=(
        r"\bme\s+(?:puede[ns]?|podéis|podrían?)\s+llamar\b|\bll[aá]m[ea]n?me\b|"
        r"\bponer(?:me)?\s+con\s+(?:una?\s+)?(?:persona|alguien)\b",
        r"\balguien\s+con\s+quien\s+(?:\w+\s+)?(?:hablar|tratar|comentar)",
        rf"\b(?:no|basta|hart[oa]|dej\w+|en vez|en lugar)\s+(?:\w+\s+){{0,4}}?(?:de\s+|con\s+|a\s+)?(?:un\s+|una\s+|"
        rf"este\s+|tanto\s+)?(?:{_BOT}|máquinas|contestadora?s?|respuestas automáticas)\b",
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
        r"(?:una |qualche )?persona|operator[ei]|operatrice|umano|essere umano|agente|responsabile|"
        r"qualcuno(?! altro)|consulente|addett[oa]|incaricat[oa]|colleg(?:a|hi)|impiegat[oa]|supervisore|"
        r"assistenza(?: clienti)?|servizio clienti|supporto|reparto \w+|uno di voi"
    ),
    certain=(
        r"assistenza (?:umana|di una persona)|operator[ei]|operatrice|umano|essere umano|persona (?:vera|reale|umana|"
        r"in carne)|vera persona|agente|consulente|responsabile|assistenza umana|qualcuno (?:di vero|di reale|"
        r"in carne|di competente)"
    ),
    contact=(
        r"parlar(?:e|ne|ci)|parlo|parli|chattare|comunicare|contatt(?:are|o con|i)|in contatto|passa(?:mi|temi|re|"
        r"rmi)|mi passi|passi|metter(?:mi|e)|mettetemi|mi mett\w+|colleg(?:ami|armi|atemi|are)|trasfer\w+|"
        r"discuter(?:e|ne)|richiamat[oa]|richiamar(?:e|mi)|richiam[ai](?:temi|mi)?|telefonar(?:e|mi)|chiamar(?:e|mi)|"
        r"mi chiami\w*|sentire|rivolgermi|scrivere|raggiungere|mi telefoni"
    ),
    want=(
        r"voglio|vorrei|desidero|serve|bisogno (?:di|d['’])|bisogno|preferi\w+|passatemi|passami|mi passi|datemi|"
        r"dammi|avere|esigo|chiamatemi|c'è"
    ),
    can=r"può|puo|potrebbe|potete|possono|potreste|vorrei che|che|faccia|fate|far",
    actor=(
        r"(?:una |qualche )persona|(?:un )?(?:essere )?umano|un (?:operatore|collega|addetto|consulente|vostro \w+)|"
        r"qualcuno (?:del|di voi|dei|della|dell['’])\s?\w*|un['’]operatrice"
    ),
    act=(
        r"guard\w+|controll\w+|verific\w+|aiut\w+|rispond\w+|rispost\w+|chiam\w+|richiam\w+|contatt\w+|occup\w+|"
        r"vedere|legg\w+|dare|darci|occhiata|intervenire|seguir\w+"
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
        rf"questo\s+|quest[ei]\s+|i\s+)?(?:{_BOT}|risposte automatiche|macchine)\b",
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
        r"respons[aá]vel|ser humano|gerente|supervisor[a]?|assistente|colegas?|suporte|apoio ao cliente|"
        r"atendimento(?: humano| ao cliente)?|sac|setor de \w+"
    ),
    certain=(
        r"atendente|humano|ser humano|agente|operador[a]?|assistente humano|pessoa (?:real|de verdade|humana|"
        r"de carne)|algu[eé]m (?:que resolva|de verdade|real|competente|de carne)|gerente|supervisor[a]?|"
        r"atendimento humano"
    ),
    contact=(
        r"fal(?:ar|o|e|em)|conversar|contactar|contatar|contacto com|contato com|pass(?:ar|ar-me|e|e-me|a-me|em-me)|"
        r"me pass\w+|ligar|ligue|liguem|ligasse|me lig\w+|transfir\w+|transferir|transfere|me transfer\w+|"
        r"atendid[oa] por|encaminh\w+|telefon\w+|tratar disto|tratar disso|tratar|discutir|comunicar|chamar?(?= (?:o|"
        r"a|um|uma))|chama|chame"
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
        r"atender|analisar|tratar|resolver|ler|assumir|me ligar"
    ),
    alone=(
        r"(?:falar com )?(?:um |uma |o )?(?:atendente|humano|pessoa(?: real)?|agente|operador|atendimento humano|"
        r"assistente humano|suporte humano|gerente)"
    ),
    block=r"disse|assinou|ligou|ontem|era|foi|loja|não|nao",
    unwanted=r"(?:não|nao) (?:quero|preciso(?: de)?|é preciso) (?:\w+ ){0,2}",
    more=(
        r"\balgu[eé]m\s+pod(?:e|eria)\s+me\s+(?:atender|ligar)|\bpod(?:e|em|eriam)\s+(?:me\s+ligar|ligar-me)\b",
        r"\balgu[eé]m\s+com\s+quem\s+(?:\w+\s+){0,2}?(?:falar|tratar|conversar)",
        r"\b(?:não|nao|chega|cansad[oa]|fart[oa]|em vez|parem?)\s+(?:\w+\s+){0,4}?(?:de\s+|com\s+)?(?:um\s+|uma\s+|"
        r"este\s+|esse\s+)?(?:rob[oôó]s?|chatbots?|bots?|respostas automáticas)\b",
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
