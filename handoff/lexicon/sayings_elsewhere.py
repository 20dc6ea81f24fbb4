"""What `handoff.lexicon.sayings` lists, in other languages than English. Data: patterns over text in lower case."""

WRONG_ANSWER = (
    r"\b(?:das|dies)(?: ist| war| stimmt)? (?:doch |so |einfach |leider )*(?:falsch|nicht (?:richtig|meine frage|"
    r"hilfreich|was ich)|nicht)\b(?! (?:in|auf|mit|möglich))",
    r"\bhilft (?:mir )?(?:so |auch |leider |überhaupt |gar )*nicht",
    r"\bnicht (?:meine frage|geholfen)|\bfalsche antwort|\bnichts mit meiner frage\b|\bgeht an meiner frage vorbei",
    r"\bce n'est pas (?:ça|ma question|correct|la bonne|vrai|ce que)|\bc'est faux\b|\b(?:ça|"
    r"cela) n(?:e m)?'?aide pas|\bne m'aide pas",
    r"\bpas (?:du tout |toujours |pas )?(?:répondu|à ma question)|\bmauvaise réponse|"
    r"\bne répond(?:ez)? (?:toujours )?pas",
    r"\b(?:eso|esto) no (?:es|me|ayuda|responde|sirve)|\bno me (?:ayuda|sirve|ayudas)|\bestá mal\b|\bes incorrecto",
    r"\bno es lo que (?:pregunt|ped)|\brespuesta (?:equivocada|incorrecta)|\bno (?:tiene|tienen) nada que ver",
    r"\bnon (?:è quello che|mi aiuta|mi serve|ha risposto|è corrett|è vero|c'entra)|\bè sbagliat|\brisposta sbagliata",
    r"\bnão (?:foi isso|é isso|me ajuda|ajuda|ajudou|respondeu|está certo|tem nada a ver)|\bestá errad|"
    r"\bresposta errada",
    r"\bdat (?:klopt niet|is niet (?:wat|juist|mijn)|helpt (?:me |mij )?niet)|\bdit helpt (?:me )?niet|"
    r"\bklopt (?:gewoon )?niet",
    r"\bverkeerde antwoord|\bniets te maken met mijn\b|\bniet mijn vraag\b",
    r"\bto nie (?:jest )?(?:odpowiedź|to o co|moje pytanie)|\bnie (?:pomaga|pomogło|na temat)\b|\bzła odpowiedź",
    r"\b(?:yanlış|alakasız) (?:cevap|yanıt)|\bsorum bu değil|\bsorduğum bu değil|\bişe yaramad",
    r"そうじゃな|違います|聞いていることと違|答えになって(?:い)?な|役に立たな",
    r"不是我问的|答非所问|没有用|沒有用|그게 아니|도움이 안|не то,? что|это не ответ|не помогло",
)
ASKED_BEFORE = (
    r"\bhabe (?:ich )?(?:\w+ )?(?:schon|bereits|doch)\b[^.!?]{0,40}(?:gesagt|gefragt|geschrieben|erklärt)",
    r"\b(?:zum|das|schon das|mein\w*|nun) (?:\w+ )?(?:zweite|dritte|vierte|fünfte|sechste|zehnte|x-?te|"
    r"hundertste)[nrs]?[ -]*(?:mal|nachricht|mail|anfrage|anlauf)",
    r"\b(?:zwei|drei|vier|fünf|zig|mehrmals|mehrfach|ständig)(?:mal)? (?:schon )?(?:gesagt|gefragt|geschrieben|"
    r"erklärt|dieselbe|das gleiche)",
    r"\bje (?:vous |l')?(?:l')?ai déjà (?:dit|demandé|écrit)|\bdéjà (?:dit|demandé|écrit|expliqué)",
    r"\b(?:deuxième|troisième|quatrième|cinquième|énième|dixième) (?:fois|message|mail|demande|relance)",
    r"\b(?:deux|trois|quatre|cinq|dix|cent) fois que\b|\bencore une fois,? (?:je|où|quand|comment)",
    r"\bya (?:lo |se lo |le |te |os )?(?:he )?(?:dij|pregunt|dicho|expli|escri)\w*",
    r"\b(?:segunda|tercera|cuarta|quinta|enésima|sexta|décima) (?:vez|mensaje|correo)|\b(?:dos|tres|cuatro|cinco|"
    r"mil) veces\b",
    r"\bho già (?:detto|chiesto|scritto|spiegato)|\bgià (?:detto|chiesto|spiegato)|\b(?:seconda|terza|quarta|quinta|"
    r"ennesima) (?:volta|mail)",
    r"\b(?:due|tre|quattro|cinque|mille) volte\b|\bripetere (?:sempre )?(?:la stessa|le stesse)|"
    r"\b(?:la )?stessa (?:cosa|risposta|domanda) (?:di nuovo|ancora|ogni)",
    r"\bjá (?:disse|perguntei|falei|escrevi|expliquei)|\b(?:segunda|terceira|quarta|quinta|enésima) vez|\b(?:duas|"
    r"três|quatro|cinco|mil) vezes\b",
    r"\bheb (?:ik )?(?:al|dat al|dit al) (?:\w+ )?(?:gezegd|gevraagd|geschreven|uitgelegd)",
    r"\b(?:tweede|derde|vierde|vijfde|zoveelste|tiende) (?:keer|mail|bericht)|\b(?:twee|drie|vier|vijf|"
    r"tien) keer (?:gevraagd|gezegd|uitgelegd)",
    r"\b(?:drugi|trzeci|czwarty|piąty|setny|kolejny|enty) raz\b|\bjuż (?:pytał|pisał|mówił|tłumaczył)\w*|"
    r"\bo to samo\b|\bw kółko\b",
    r"\b(?:ikinci|üçüncü|dördüncü|beşinci|kaçıncı|bininci) (?:kez|kere|defa)|\b(?:iki|üç|dört|beş|kaç) (?:kez|kere|"
    r"defa)(?:dır)?\b.{0,20}(?:sor|yaz|anlat|söyle)\w*|\baynı (?:şeyi|cevabı|soruyu)\b",
    r"(?:何度|何回|[二三四五六七八九十2-9]回)(?:も|目).{0,8}(?:聞|言|同じ|説明|送|連絡)|同じ(?:こと|質問|返事|答え|"
    r"回答)(?:を|ばかり).{0,4}(?:何|[二三四五]|も)|また同じ|もう言いました|さっきも",
    r"说了[很好多三四五几]|(?:问|說|说|问过)了?(?:[三四五好很多几两]+)[次遍]|第[三四五六七八九]次|重复.{0,3}(?:回答|"
    r"问)",
    r"(?:몇|[두세네]|여러)\s?번(?:을|째|이나)?.{0,6}(?:말|물|문의|설명|얘기)|같은 (?:말|질문|답)",
    r"(?:второй|третий|четвёртый|пятый|сотый|который|уже \d+)[ -](?:раз|день)|одно и то же|сколько раз|"
    r"я уже (?:спрашивал|писал|говорил)",
    r"\b(?:andra|tredje|fjärde|femte|hundrade) gången|\bsamma (?:svar|sak) igen|\bredan (?:sagt|frågat|skrivit)|"
    r"\btredje gang\b",
)
HAD_ENOUGH = (
    r"\breicht(?:'s| es)? (?:mir )?(?:jetzt|langsam)|\bmir reicht|\bschnauze voll|\bnase (?:\w+ )?voll|\bwoll(?:en|"
    r"t) (?:sie|ihr) mich|\bwillst du mich",
    r"\bzeitverschwendung|\bdas (?:kann|darf) doch (?:\w+ )?nicht|\bnicht (?:ihr|euer) ernst|\bist das (?:euer|"
    r"ihr) ernst|\b(?:ein|schlechter) witz\b|\bich fasse es nicht|\blangsam (?:werde ich|reicht)|\b(?:bin|"
    r"war) (?:es )?leid\b|\bfür dumm verkauf|\bich geb(?:e)? auf\b",
    r"\bliest (?:das|hier|meine|eigentlich).{0,30}(?:jemand|überhaupt|eigentlich)|\blesen sie (?:überhaupt|"
    r"eigentlich|das)|\bendlich\b(?=.*!)",
    r"\bj'en ai (?:marre|assez|ras)|\bras[- ]le[- ]bol|\bvous (?:vous|me) (?:moquez|foutez|prenez)|\bperte de temps|"
    r"\bc'est une blague|\bn'importe quoi|\bqu'on en finisse|\bfaites exprès|\bà bout\b|\bça suffit|"
    r"\bc'est (?:honteux|scandaleux|lamentable|inadmissible)",
    r"\bvous (?:lisez|avez lu)\b.{0,20}(?:au moins|seulement|vraiment)|\bquelqu'un (?:lit|me lit)\b",
    r"\bestoy hart[oa]|\bhart[oa] de|\bya basta|\bpérdida de tiempo|\btoma\w* el pelo|\best[oá] es una (?:broma|"
    r"vergüenza)|\bhasta (?:las narices|los \w+|la coronilla|el gorro)|\bno aguanto más|\bes que nadie|"
    r"\bqué vergüenza|\bya está bien\b|\bni caso\b|\bnadie (?:lee|contesta|responde|hace)",
    r"\b(?:sono )?stuf[oa]\b|\bne ho abbastanza|\bperdita di tempo|\bpr(?:endete|endendo) in giro|\bbasta\b[.! ]|"
    r"\bnon ne posso più|\bè (?:assurdo|una vergogna|uno scandalo|inaccettabile)|\bnessuno (?:legge|risponde)|"
    r"\bqualcuno legge\b",
    r"\bestou fart[oa]|\bfart[oa] d|\bchega (?:d|\b[.!])|\bperda de tempo|\b(?:é|isto é|isso é) (?:uma )?(?:piada|"
    r"vergonha|brincadeira|palhaçada|absurdo)|\bpalhaçada\b|\bcansei\b|\bque absurdo|\bninguém (?:me |lê|responde|"
    r"resolve|diz)|\balguém lê\b|\bque alguém lê|\bum absurdo\b",
    r"\b(?:ben|word|het) (?:het|dit|jullie|er) (?:\w+ )?(?:zat|beu|klaar)|\bhelemaal klaar mee|\btijdverspilling|"
    r"\bhou(?:d|den)? (?:me|mij) voor de gek|\bgenoeg van|\blezen jullie (?:wel|ook|überhaupt)|\bleest iemand|"
    r"\bhou\w* op met|\bwat een (?:grap|aanfluiting|schande)|\bniet te geloven|\bbelachelijk\b",
    r"\b(?:kpina|kpiny|skandal|żenada|żenujące|masakra|dramat)\b|\bmam (?:tego )?(?:dość|dosyć)|\bdość tych\b|"
    r"\bstrata czasu|\bktoś (?:w ogóle |to )+(?:czyta|wie)|\bkpicie\b|\bręce opadają|\bżarty\b|\bile (?:jeszcze|"
    r"można)\b|\bnikt (?:nie )?(?:odpowiada|czyta|odpisuje)",
    r"\b(?:rezalet|yeter|bıktım|bıktık|saçmalık|rezil|skandal|utanç)\b|\byeter artık|\bdalga mı geç\w*|"
    r"\bokuyor musun\w*|\bzaman kaybı|\bsabrım\w*|\bnasıl bir (?:firma|şirket|hizmet|rezalet)|\bkimse (?:cevap|"
    r"ilgilen|okum)\w*",
    r"いい加減|ふざけ|馬鹿にし|うんざり|もう(?:いい|結構|たくさん)|ちゃんと読|信じられな|ひどすぎ|最悪|呆れ|"
    r"話にならな|我慢",
    r"受够|受夠|太过分|太過分|烦死|气死|垃圾|有没有在看|骗子|到底(?:有没有|要|怎么)|无语|搞什么|짜증|장난(?:합|하)|"
    r"어이없|최악|화가|너무하|말이 됩니까",
    r"сколько можно|надоело|достали|издеваетесь|безобразие|ужас(?:ный|но)|позор|хватит|кошмар|вы вообще|\bfått nog|"
    r"\btröttnat|\bskäms|\blei av|\bträtt på|\bär det ett skämt|\boacceptabel",
)
POLITE = (
    r"\bbei allem (?:verständnis|respekt)|\bbitte (?:ich )?nachdrücklich|\bbedauerlich(?:erweise)? (?:erneut|wieder|"
    r"noch)|\bhätte (?:ich )?(?:mir )?(?:mehr|anderes|besseres) (?:erwartet|erhofft)|\bes (?:wundert|erstaunt|"
    r"befremdet) mich|\bmeine geduld",
    r"\bsauf votre respect|\bmalheureusement (?:ne |n'|toujours|encore)\b.*\b(?:toujours|encore|fois)|"
    r"\bj'aurais (?:attendu|espéré)|\bje (?:m'étonne|m'interroge)|\bpatience a des limites|\bavec tout le respect",
    r"\bcon (?:todo )?(?:el )?(?:debido )?respeto|\bdign[oa] de ese nombre|\b(?:aún|todavía) espero\b|"
    r"\bhubiera esperado|\bmi paciencia|\bcon tutto il rispetto|\bmi sarei aspettat|\bla mia pazienza|\bcom (?:todo |"
    r"o devido )respeito|\besperava (?:mais|outra)|\bminha paciência",
    r"\bmet alle respect|\bik had (?:meer|beter) verwacht|\bmijn geduld|\bz całym szacunkiem|\bspodziewał\w* się|"
    r"\bmoja cierpliwość|\btüm saygımla|\bdaha (?:iyisini|fazlasını) beklerdim|\bmed all respekt|при всём уважении|"
    r"при всем уважении|失礼ですが.*(?:何度|まだ)|恐れ入りますが.*(?:何度|まだ)|恕我直言",
)
ANGRY = (
    r"\bich bin (?:\w+ )?(?:sehr|echt|wirklich|total|richtig|so|extrem|stink|langsam)[ -]?(?:sauer|wütend|enttäuscht|"
    r"verärgert|genervt|unzufrieden)",
    r"\bstinksauer\b|\bist (?:wirklich |ja |doch )*das letzte\b",
    r"\bje suis (?:très|vraiment|tellement|extrêmement|plus que) (?:en colère|déçue?|énervée?|fâchée?|mécontente?|"
    r"furieu\w+)",
    r"\best(?:oy|amos) (?:muy|realmente|súper|super|tan) (?:enfadad|enojad|molest|decepcionad|furios|indignad|"
    r"frustrad)[oa]s?\b",
    r"\bsono (?:molto|davvero|veramente|proprio) (?:arrabbiat|delus|furios|insoddisfatt|stuf)[oaie]\b",
    r"\bestou (?:muito|super|bastante) (?:chatead|irritad|decepcionad|furios|zangad|insatisfeit|frustrad)[oa]\b",
    r"\bik ben (?:heel|erg|echt|zeer|ontzettend) (?:boos|teleurgesteld|ontevreden|kwaad|gefrustreerd)\b",
    r"\bjestem (?:bardzo |naprawdę )?(?:wściekł|zł|rozczarowan|oburzon|zdenerwowan)[yaey]\b|\bçok (?:sinirli|kızgın|"
    r"öfkeli)\w*|\bçok kızdım",
    r"腹が立|怒って(?:い)?ます|很生气|很失望|정말 화|очень (?:зол|зла|недоволен|недовольна|разочарован)|"
    r"\bjag är (?:riktigt |så )?(?:arg|besviken|förbannad)",
)
UNHAPPY_WITH_BOT = (
    r"\b(?:blöde|dumme|nutzlose|scheiß) ?(?:bot|maschine)\w*|\bdiese[nr]? (?:automaten|blöden? bot|bot)\b|"
    r"\bschluss mit (?:dem|diesem) (?:bot|automat)",
    r"\b(?:stupide|fichu) (?:ro)?bot|\barrêtez\b.{0,25}\b(?:bot|robot|automatiques)|\b(?:ro)?bot (?:estúpido|inútil|"
    r"stupido|inutile|burro|waardeloos)",
    r"\b(?:basta|hart[oa]|chega|cansad[oa]|fart[oa]|stanc[oa]|stuf[oa])\b.{0,12}\b(?:robots?|robôs?|bots?|máquinas?|"
    r"macchine|risposte automatiche)\b",
    r"\b(?:hou\w* op|stop|genoeg|klaar)\b.{0,12}\b(?:robot|bot)\b|\bdość\b.{0,10}\b(?:automat|bot)\w*|"
    r"\byeter\b.{0,12}\brobot\w*|機械の返事|不要机器人",
)
WAITED = (
    r"\bimmer noch (?:nicht|keine?n?|nichts)|\bwarte (?:ich )?(?:schon |nun |jetzt )*(?:seit )?(?:\d+ )?(?:wochen|"
    r"ewig|monate)",
    r"\btoujours (?:pas|rien|aucun)|\bj'attends (?:depuis|toujours)",
    r"\bsig(?:o|ue) (?:esperando|sin)|\bllevo (?:\w+ )?(?:semanas|días|meses) esperando",
    r"\bancora (?:niente|nessun)|\bsto (?:ancora )?aspettando|\bdopo un mese\b",
    r"\bcontinu(?:o|a) (?:à espera|sem)|\bnog steeds (?:niet|geen|niks|niets)|\bwacht (?:ik )?al",
    r"\b(?:nadal|wciąż|ciągle) (?:nie|czekam|brak|nic)|\bhâl[âa] (?:gelmedi|yok|cevap|bekliyor)|\bhala (?:gelmedi|"
    r"yok|cevap|bekliyor)",
    r"まだ(?:届|来|返事|連絡|直)[^。？]{0,8}(?:んですけど|のですが|ません。|ない)(?!.*か[？?])|いつまで待|还没(?:到|"
    r"收到|回)|아직도|до сих пор|fortfarande (?:inte|inget)",
)
AGAIN = (
    r"\b(?:schon wieder|wieder (?:kaputt|falsch|nicht))|\bencore (?:cassé|en panne|une erreur)|"
    r"\botra vez (?:la misma|lo mismo|roto|mal)|\bde nuevo (?:mal|roto)|\bdi nuovo (?:rotto|sbagliato)|"
    r"\boutra vez (?:o mesmo|a mesma|avariado)|\balweer\b|\bznowu (?:to samo|nie|zepsut)|\byine (?:bozul|aynı|gelme)|"
    r"また(?:壊れ|同じ|間違|開けない)|又(?:坏|错|是一样)|또 (?:고장|같은)|опять (?:то же|сломал|не)",
)
SARCASTIC = (
    r"\bna (?:toll|super|prima|bravo|klasse|großartig|grossartig)\b",
    r"\b(?:bravo|félicitations|super|génial|merveilleux)\b(?=.*\b(?:encore|ne|pas|rien|jamais|perdu)\b)(?!.*\?\s*$)|"
    r"\bquel service\b\s*[!.]",
    r"\b(?:qué maravilla|bravo|genial|felicidades|enhorabuena|fantástico)\b(?=.*\b(?:otr[oa]|no|nunca|nada|perd\w+|"
    r"vez)\b)(?!.*\?\s*$)|\bun servicio de diez\b",
    r"\b(?:complimenti|bravi|fantastico|ottimo|perfetto)\b(?=.*\b(?:altr[oa]|non|mai|niente|pers\w+|"
    r"ancora)\b)(?!.*\?\s*$)|\bservizio impeccabile\b",
    r"\b(?:parabéns|maravilha|que bom|ótimo|excelente)\b(?=.*\b(?:outr[oa]|não|nunca|nada|perd\w+|duas vezes|"
    r"mais um)\b)(?!.*\?\s*$)",
    r"\b(?:geweldig|fijn|lekker|mooi|prachtig)(?: hoor| zeg)?\b(?=.*\b(?:weer|niet|nooit|niks|"
    r"nog een)\b)(?!.*\?\s*$)|\b(?:lekker|mooi|fijn) is dat\b",
    r"\b(?:no |o,? )?(?:świetnie|super|brawo|gratulacje|pięknie|cudownie)\b(?=.*\b(?:nie|kolejn\w+|znowu|nic|"
    r"nigdy)\b)(?!.*\?\s*$)",
    r"\b(?:harika|tebrikler|bravo|süper|mükemmel|aferin)\b(?=.*\b(?:çalışma\w*|yine|bir \w+ daha|değil|yok|"
    r"kayb\w+)\b)(?!.*\?\s*$)",
    r"さすが.*(?:また|ない|なんて)|素晴らしい.*(?:また|ない)(?!.*か)|(?:真棒|太好了|厉害).*(?:又|没|不)|(?:대단하|"
    r"잘하)[^.]*(?:또|안|못)|(?:браво|молодцы|отлично|прекрасно)(?=.*(?:опять|снова|не|ещё один))(?!.*\?\s*$)",
)
