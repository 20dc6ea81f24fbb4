"""Wishes for a person in the languages met most after English. Data, joined by `handoff.lexicon.tongues`."""

from handoff.lexicon.tongues import Tongue
from handoff.lexicon.wishes_farther import FARTHER

_BOT = r"(?:chat|ro)?bots?"

_GERMAN = Tongue(
    hints=(
        *("mit ein", "mir ", "mich ", "telefon"),
        *(
            "techniker",
            "fach",
            "expert",
            "spezialist",
            "sachbearb",
            "wem ",
            "wen ",
        ),
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
        r"techniker(?:in|s|n)?|fach(?:mann|frau|kraft|personal|berater\w*)|expert(?:e|en|in)|spezialist(?:en|in)?|"
        r"sachbearbeiter\w*|betreuer(?:in|s)?|menschen?|mitarbeiter(?:in|n|innen)?|jemand(?:en|em)?(?! ander)|"
        r"irgendwe[nr]|irgendjemand\w*|(?:kunden)?berater(?:in|n)?|person|kolleg(?:e|en|in)|kundenservice|"
        r"kundendienst\w*|kundenbetreu\w+|support\w*|servicemitarbeiter\w*|serviceteam|vorgesetzten?|chef(?:in)?|"
        r"ansprechpartner\w*|ansprechperson|verantwortlichen?|zuständigen?|sachbearbeiter\w*|hotline|fachabteilung|"
        r"einem von euch|einem von ihnen"
    ),
    certain=(
        r"menschen?(?! in)|(?:echte\w*|richtige\w*|lebende\w*|menschliche\w*|reale\w*) (?:person|menschen?|"
        r"mitarbeiter\w*|ansprech\w+|berater\w*|hilfe)|mitarbeiter(?:in)?(?! ?rabatt)|berater(?:in)?|"
        r"ansprechpartner\w*|vorgesetzten?|rückruf|jemand\w* (?:aus fleisch|echte\w*|richtige\w*|menschliche\w*|"
        r"kompetente\w*)"
    ),
    contact=(
        r"durchgehen|durchsprechen|weiterleitung|meldet|melden|angerufen|telefonisch|sprechen|spreche|sprich|reden|"
        r"rede|schreiben|chatten|telefonieren|verbinden|verbinde|verbunden|weiterleiten|weitergeleitet|weitergeben|"
        r"durchstellen|durchgestellt|besprechen|klären|bereden|kontaktieren|erreichen|erreiche|unterhalten|wenden|"
        r"anrufen|anruft|zurückrufen|zurückruft|kontakt mit|hinzuziehen|austauschen|leiten sie mich|leite mich|"
        r"geben sie mich|gib mich|stellen sie mich|weitergereicht|übergeben|kommunizieren"
    ),
    want=(
        r"will|möchte|brauche|hätte|hätt|verlange|bekomme|geben sie mir|gib mir|hole?n?|rufen sie|bitte um|wünsche|"
        r"her mit|lieber|gibt es|bevorzuge|schicken sie mir|wo ist|wollte"
    ),
    can=r"kann|könnte|könnten|würde|soll|sollte|möge|darf|lassen sie|lass|dass|wenn|ob|könnt",
    actor=(
        r"jemand (?:bei|an|vom|von|aus|in) (?:\w+ )?(?:\w+)|(?:ihr|ihre|euer|eure) \w+|(?:ein|eine|"
        r"irgendein) (?:echte\w* |richtige\w* |menschliche\w* |ihrer |eurer )?(?:mensch|mitarbeiter(?:in)?|person|"
        r"kolleg(?:e|in)|berater(?:in)?)|jemand (?:vom|von|aus|echtes|richtiges)(?: \w+)?|(?:wer|einer|"
        r"eine) von (?:euch|ihnen)|(?:ihr|euer) (?:chef|kundendienst|team|support)"
    ),
    act=(
        r"erklären|erklärt|ansieht|draufsieht|\w*schauen|ansehen|angucken|prüfen|helfen|übernehmen|antworten|kümmern|"
        r"melden|meldet|anrufen|zurückrufen|nachsehen|bearbeiten|beantworten|lesen|übernimmt|anschaut|hilft|"
        r"antwortet|kümmert|sehen|weiterhelfen|unterstützen"
    ),
    alone=(
        r"(?:echte[rn]? |richtige[rn]? )?(?:mitarbeiter(?:in)?|mensch(?:en)?|berater(?:in)?|kundenservice|"
        r"kundendienst|person|ansprechpartner|kundenberater|support|rückruf|menschliche hilfe|chef)"
    ),
    block=r"meinte|sagte|gesagt|hat|hatte|war|wurde|gestern|hieß|kein\w*|als|bewertung|rezension",
    unwanted=r"(?:brauche|muss|müssen|möchte|will|wollte) (?:\w+ ){0,3}(?:nicht|kein\w*) (?:\w+ ){0,3}",
    more=(
        r"\b(?:gern\w*|lieber|möglichst|nur)\s+(?:\w+\s+)?mit\s+(?:einem|einer|jemandem)\s+(?:ihrer|eurer|von ihnen|"
        r"von euch|aus)\b",
        r"\b(?:kann|könnte|würde|soll)\s+(?:mich|mir|uns)\s+(?:bitte\s+)?(?!der (?:kurier|bote|fahrer|zusteller)|"
        r"die post|dhl)(?:\w+\s+){1,4}?(?:zurückrufen|anrufen)\b",
        r"\b(?:das|dies|es|darüber)\s+(?:\w+\s+){0,4}?(?:am telefon|telefonisch|"
        r"persönlich)\s+(?:\w+\s+){0,2}?(?:besprechen|klären|erklären|durchgehen|regeln)\b",
        r"\bmit (?:einem|einer|ihrem|ihrer|eurem|eurer|jemandem)\s+(?:\w+\s+){1,3}?(?:sprechen|reden|besprechen|"
        r"telefonieren|klären|durchgehen|bereden|chatten)\b",
        r"\bwer kann mir (?:\w+ ){0,3}?(?:am telefon|persönlich|telefonisch)\b",
        r"\b(?:kann|könnte|soll|möge|dass) (?:mich |"
        r"mir )?(?:\w+ ){0,3}?(?<!kurier )(?<!bote )(?<!fahrer )(?<!zusteller )(?:mich |"
        r"bei mir )(?:bitte )?(?:anrufen|zurückrufen|zurückruft|anruft)\b",
        r"\bmit wem (?:kann|könnte|darf|soll|spreche)\w* (?:ich|wir)?\b",
        r"\b(?:wen|an wen) (?:kann|könnte|darf) ich (?:\w+ ){0,4}?(?:anrufen|sprechen|erreichen|wenden)",
        r"\b(?:kann|könnte) (?:sich |mich )?(?:bitte )?jemand (?:\w+ ){0,4}?(?:melden|anrufen|zurückrufen)",
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
        *("parler", "téléphone", "discut", "rappel", "conversation", "échang"),
        *(
            "qui ",
            "spécialiste",
            "expert",
            "clientèle",
        ),
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
        r"spécialiste|expert|chargée? de clientèle|conseill\w+ clientèle|quelqu['’]une?(?! d'autre)|(?:une|la|vraie|"
        r"seule|des) personnes?|humaine?s?|être humain|conseill(?:er|ère)s?|agente?s?(?! (?:nettoy|d['’]|de ))|"
        r"op[ée]rat(?:eur|rice)s?|responsable|collègues?|employée?s?|collaborat\w+|technicien\w*|manager|directeur|"
        r"supérieure?|service (?:clients?|clientèle|après-vente)|sav|support|assistance|interlocut\w+|standard|"
        r"votre équipe|un de vos \w+"
    ),
    certain=(
        r"(?:vrai|réel|véritable|autre)e? (?:humaine?|personne|conseill\w+|agent\w*|interlocut\w+)|humaine?|"
        r"être humain|conseill(?:er|ère)|agent(?! (?:nettoy|d['’]|de ))|op[ée]rat(?:eur|rice)|interlocut\w+|"
        r"quelqu['’]un (?:de compétent|de réel|de vrai|de chez vous|de votre|en chair)|personne (?:réelle|humaine|"
        r"physique)|responsable|rappel"
    ),
    contact=(
        r"au bout du fil|en ligne avec|voir (?:ça|cela) avec|me contact\w+|me joindre|parler|parle|parlez|discuter|"
        r"échanger|echanger|chatter|communiquer|dialoguer|joindre|contacter|m'appel(?:er|le)|me rappel\w+|m'appeliez|"
        r"rappelée?|mettre en relation|mise? en relation|mettez-moi|passez-moi|passe-moi|me passer|transf[ée]r(?:er|"
        r"ez|e|é)(?:-moi)?|redirige\w*|orient(?:er|ez)\w*|m'entretenir|m'adresser|adresser|de vive voix|en contact|"
        r"au téléphone|voir (?:ça|cela) avec|appeler|puisse appeler|traiter avec"
    ),
    want=(
        r"veux (?:avoir )?|veux|voudrais|aimerais|souhaite\w*|besoin d'?|besoin|exige|demande|donnez-moi|donne-moi|"
        r"préf[èé]r\w+|passez-moi|passe-moi|trouvez-moi|appelez-moi|y a-t-il|faut|possible d'avoir|avoir"
    ),
    can=r"pourrait|pourriez|peut|puisse|pourraient|peux|faire|que|si|pourrait-il|pourrait-elle|peut-il|peut-elle|"
    r"est-ce qu'?",
    actor=(
        r"quelqu['’]un (?:de|du|à|au|d['’])\s?(?:\w+ ?){1,2}|(?:un |une )?(?:vrai |vraie )?(?:être humain|humain)|"
        r"une (?:vraie )?personne|un (?:vrai )?(?:conseiller|agent|collègue|technicien|employé)|"
        r"quelqu['’]un (?:de chez vous|de votre \w+|de l'équipe|de réel|du service)"
    ),
    act=(
        r"expliqu\w+|éclair\w+|regard\w+|vérifi\w+|m'aid\w+|aider|répond\w+|examin\w+|s'occup\w+|occup\w+|trait\w+|"
        r"rappel\w+|m'appel\w+|appeler|contacter|me contacter|jet\w+|prendre en charge|intervenir|prendre le relais|"
        r"se pencher|lire"
    ),
    alone=(
        r"(?:parler à )?(?:un )?(?:vrai )?(?:conseill(?:er|ère)|humaine?|agent|op[ée]rat(?:eur|rice)|service client|"
        r"être humain|quelqu['’]un|personne réelle|responsable)"
    ),
    block=r"m'a|m'ont|a|avait|hier|dit|était|ne|n'est|qui a|commande|avis|habite",
    unwanted=r"(?:pas|plus) (?:besoin|envie|nécessaire) (?:de |d')(?:\w+ ){0,2}",
    more=(
        r"\bune?\s+(?!livreur|coursier|transporteur|facteur|ami)\w+\s+(?:peut|pourrait)(?:-il|-elle)?\s+(?:me |"
        r"m')(?:r?appeler|contacter)\b",
        r"\b(?:voir|régler|discuter|parler|expliquer)\s+(?:de\s+)?(?:ça|cela|ceci|"
        r"tout ça)\s[^.!?]{0,30}(?:par téléphone|au téléphone|de vive voix)",
        r"\b(?:parler|discuter|échanger|conversation|entretien)\s+(?:\w+\s+)?(?:à|avec)\s+(?:une?|votre|vos|"
        r"l'une? de vos)\s+(?!ami|banque|amie|robot|bot)\w+",
        r"\b(?:que|qu'une?|faire en sorte que)\s+(?!livreur|coursier|transporteur|facteur)(?:\w+\s+){1,3}?(?:me|"
        r"nous)\s+(?:rappelle|rappelle\w*|appelle|contacte)\b",
        r"\b(?:être|me faire) (?:r?appelée?|rappeler|recontactée?)\b",
        r"\b(?:à |avec )?qui (?:puis-je|je peux|pourrais-je|est-ce que je peux|dois-je) (?:\w+ )?(?:contacter|parler|"
        r"appeler|discuter|m\'adresser|joindre|téléphoner)",
        r"\bquelqu['’]une?\s+(?:au bout du fil|au téléphone|en ligne)\b",
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
        *("hablar", "atender", "alguien"),
        *(
            "quién",
            "quien",
            "técnic",
            "especialista",
            "expert",
            "gestor",
        ),
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
        r"técnic[oa]|especialista|expert[oa]|gestora?|alguien(?! más)|(?:una |la |otra |alguna )?persona|humano|"
        r"humana|ser humano|agente|asesora?|operadora?|representante|encargad[oa]|responsable|supervisora?|gerente|"
        r"jef[ea]|compañer[oa]s?|emplead[oa]|atención al cliente|servicio (?:al|de atención al|de) cliente|soporte|"
        r"ejecutiv[oa]|departamento de \w+|vuestro equipo"
    ),
    certain=(
        r"humano|ser humano|agente(?! de)|asesora?|operadora?|representante|supervisora?|persona (?:real|humana|"
        r"de verdad|física|de carne)|alguien (?:real|de verdad|de carne|competente)|encargad[oa]|(?:atención|ayuda|"
        r"asistencia) humana|soporte humano|humano real"
    ),
    contact=(
        r"contacte[n]?|contactara|me contact\w+|hablar(?:lo)?|hable|hablo|habl[ae]r? de|comunicar\w*|comun[ií]qu\w+|"
        r"chatear|contactar\w*|cómo contacto|como contacto|contacto con|conversar|atienda|atiendan|atender(?:me)?|"
        r"p[aá]s[ae]n?me|pasar(?:me)?(?= (?:con|a un|a una))|pasarme|me pas\w+|me puedes? pasar|pon(?:er|ga|gan)?me|"
        r"p[oó]n(?:ga|gan)?me|con[eé]ct\w+|conectar\w*|transf[ie]\w+|tratar(?:lo|la)|comentar(?:lo|la)?|llam(?:ar|"
        r"arme|e|ara|aran|en|adme)|ll[aá]m[ea]n?me|consultar(?:lo)? con|derív\w+|derivar\w*|localizar|"
        r"resolver(?:lo)? con|dirigirme"
    ),
    want=(
        r"quiero|quisiera|necesito|deseo|prefiero|exijo|dame|deme|d[eé]nme|p[aá]s[ae]n?me|me gustaría|p[oó]ng?a?n?me|"
        r"solicito|hay|mándame|busco"
    ),
    can=r"puede|podr[íi]a|podr[íi]an|pueden|puedes|quiero|quisiera|necesito|prefiero|que",
    actor=(
        r"alguien de(?:l| la| los| las)? \w+|(?:una |alguna )persona|(?:un )?humano|un ser humano|alguien (?:del|"
        r"de vuestro|de su|de tu|de la|real)(?: \w+)?|un (?:compañero|agente|asesor|empleado|responsable)"
    ),
    act=(
        r"expli\w+|acl[aá]r\w+|revis\w+|mir\w+|ayud\w+|atienda|atender\w*|llam\w+|contest\w+|respond\w+|ver|verlo|"
        r"eche|echarle|lea|leer|verific\w+|se encargue|hacerse cargo|contact\w+|ocup\w+|resuelva"
    ),
    alone=(
        r"(?:hablar con )?(?:un |una )?(?:agente|humano(?: real)?|operador|asesora?|representante|persona(?: real|"
        r" de verdad)?|(?:ayuda|atención|asistencia) humana|soporte humano|llamada directa|atención al cliente|"
        r"soporte humano|supervisor|encargado)"
    ),
    block=r"firmó|dijo|dijeron|llamó|aduana|ayer|era|fue|dejó|tiendas?|no",
    unwanted=r"no (?:necesito|quiero|hace falta|tengo que) (?:\w+ ){0,2}",
    more=(
        r"\bun[ao]?\s+(?!repartidor|mensajero|transportista|cartero|amig)\w+\s+(?:puede|podr[íi]a)\s+(?:llamarme|"
        r"contactarme)\b",
        r"\bhablar(?:lo)?\s+con\s+(?:una?|su|vuestr[oa]|alguno de)\s+(?!amig|banco|máquina|robot|bot)\w+",
        r"\b(?:me\s+)?(?:puede|podr[íi]a)\s+atender(?:me)?\s+(?:una?|alguien|el|la)\b",
        r"\balguien de carne y hueso\b",
        r"\bcon qui[eé]n (?:puedo|podr[íi]a|debo|tengo que) (?:hablar|contactar|comunicarme|tratar)",
        r"\ba qui[eé]n (?:puedo|debo|podr[íi]a) (?:llamar|acudir|dirigirme)",
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
        *("parlar", "telefono", "discut"),
        *(
            "con chi",
            "chi posso",
            "tecnic",
            "specialist",
            "espert",
        ),
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
        r"tecnic[oa]|specialista|espert[oa]|(?:una |qualche )?persona|operator[ei]|operatrice|umano|essere umano|"
        r"agente|responsabile|qualcuno(?! altro)|consulente|addett[oa]|incaricat[oa]|colleg(?:a|hi)|impiegat[oa]|"
        r"supervisore|assistenza(?: clienti)?|servizio clienti|supporto|reparto \w+|uno di voi"
    ),
    certain=(
        r"assistenza (?:umana|di una persona)|operator[ei]|operatrice|umano|essere umano|persona (?:vera|reale|umana|"
        r"in carne)|vera persona|agente|consulente|responsabile|assistenza umana|qualcuno (?:di vero|di reale|"
        r"in carne|di competente)"
    ),
    contact=(
        r"contattasse|contatti|mi contatt(?:i|asse|ino)|chiamasse|mi chiamasse|richiamasse|telefonasse|parlar(?:e|ne|"
        r"ci)|parlo|parli|chattare|comunicare|contatt(?:are|o con|i)|in contatto|passa(?:mi|temi|re|rmi)|mi passi|"
        r"passi|metter(?:mi|e)|mettetemi|mi mett\w+|colleg(?:ami|armi|atemi|are)|trasfer\w+|discuter(?:e|ne)|"
        r"richiamat[oa]|richiamar(?:e|mi)|richiam[ai](?:temi|mi)?|telefonar(?:e|mi)|chiamar(?:e|mi)|mi chiami\w*|"
        r"sentire|rivolgermi|scrivere|raggiungere|mi telefoni"
    ),
    want=(
        r"voglio|vorrei|desidero|serve|bisogno (?:di|d['’])|bisogno|preferi\w+|passatemi|passami|mi passi|datemi|"
        r"dammi|avere|esigo|chiamatemi|c'è"
    ),
    can=r"può|puo|potrebbe|potete|possono|potreste|vorrei che|che|faccia|fate|far",
    actor=(
        r"qualcuno (?:della|del|dello|dell['’]|in|alla|al)\s?\w+|(?:una |qualche )persona|(?:un )?(?:essere )?umano|"
        r"un (?:operatore|collega|addetto|consulente|vostro \w+)|qualcuno (?:del|di voi|dei|della|dell['’])\s?\w*|"
        r"un['’]operatrice"
    ),
    act=(
        r"spieg\w+|chiar\w+|guard\w+|controll\w+|verific\w+|aiut\w+|rispond\w+|rispost\w+|chiam\w+|richiam\w+|"
        r"contatt\w+|occup\w+|vedere|legg\w+|dare|darci|occhiata|intervenire|seguir\w+"
    ),
    alone=(
        r"(?:parlare con )?(?:un |una )?(?:operatore|operatrice|umano|persona(?: vera| reale)?|agente|consulente|"
        r"assistenza umana|essere umano|servizio clienti)(?: umano| vero)?"
    ),
    block=r"detto|ha|aveva|ieri|era|firmato|negozio|non",
    unwanted=r"non (?:voglio|ho bisogno|serve|devo|occorre) (?:\w+ ){0,2}",
    more=(
        r"\bun[ao]?\s+(?!corriere|postino|amic)\w+\s+(?:può|potrebbe)\s+(?:ri)?(?:chiamarmi|contattarmi)\b|"
        r"\bmi\s+(?:può|potrebbe)\s+(?:ri)?chiamare\s+(?:un|qualcuno)",
        r"\b(?:parlar|discuter)(?:e|ne)\s+con\s+(?:una?|il vostro|la vostra|uno dei|la|il)\s+(?!mio|mia|banca|robot|"
        r"bot|amic)\w+",
        r"\b(?:sentire|chiamare|contattare|parlare con)\s+(?:la|il|l['’]|una?|lo)\s?\w+\s+(?:al telefono|"
        r"per telefono|a voce)\b",
        r"\bcon chi (?:posso|potrei|devo|si può) (?:\w+ )?(?:parlar|discuter|sentir|metter)",
        r"\bchi posso (?:chiamare|contattare|sentire)\b",
        r"\b(?:mi\s+)?(?:pu[oòi]i?|può|potete|potreste)\s+(?:ri)?chiamar(?:e(?=\W*$)|mi)\b|\b(?:ri)?chiam(?:ami|"
        r"atemi|imi)\b",
        r"\bqualcuno\s+con\s+cui\s+(?:\w+\s+)?(?:parlar|discuter)",
        rf"\b(?:non|basta|stanc[oa]|stuf[oa]|smett\w+|invece)\s+(?:\w+\s+){{0,4}}?(?:di\s+|con\s+|a\s+)?(?:un\s+|"
        rf"questo\s+|quest[ei]\s+|i\s+)?(?:{_BOT}|risposte automatiche|macchine)\b",
    ),
)
ELSEWHERE: dict[str, Tongue] = {
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "it": _ITALIAN,
    **FARTHER,
}
