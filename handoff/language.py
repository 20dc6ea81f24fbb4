"""Tells the language of a message by its script, its small words and its letters. Pure.

A message that mixes languages has the one that most of it is in; a message too short or too plain to tell has none.
"""

import re

from handoff.lexicon.patterns import Pattern

READ_AT_MOST = 1_500
"""Characters that are looked at: enough to be sure, and a bound on the time for a message of any length."""

LEAST_SCORE = 1.0
LEAST_LEAD = 1.25
"""How many times the score of the second language the first one needs."""

_NOT_PROSE = Pattern(
    r"```.*?(?:```|\Z)|`[^`\n]*`|<[^<>\s]*>|https?://\S+|(?<!\S)[^\s@]+@\S+|:[a-z0-9_+'-]+:", re.DOTALL
)
_WORD = Pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

_SCRIPTS: tuple[tuple[str, Pattern], ...] = (
    ("kana", Pattern(r"[\u3041-\u30ff\uff66-\uff9f]")),
    ("han", Pattern(r"[\u3400-\u9fff]")),
    ("hangul", Pattern(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("cyrillic", Pattern(r"[\u0400-\u04ff]")),
    ("arabic", Pattern(r"[\u0620-\u06ff]")),
    ("hebrew", Pattern(r"[\u05d0-\u05ea]")),
    ("greek", Pattern(r"[\u0370-\u03ff]")),
    ("thai", Pattern(r"[\u0e01-\u0e4e]")),
    ("devanagari", Pattern(r"[\u0900-\u097f]")),
    ("latin", Pattern(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
)
_CHARACTERS_A_WORD = {"han": 1.5, "kana": 2.5, "hangul": 2.5}
"""How many characters of a dense script say about as much as one word of five letters."""

_ONE_LANGUAGE = {"kana": "ja", "han": "zh", "hangul": "ko", "hebrew": "he", "greek": "el", "thai": "th"}
_UKRAINIAN = Pattern(r"[іїєґ]", re.IGNORECASE)
_PERSIAN = Pattern(r"[پچژگ]")
_URDU = Pattern(r"[ٹڈڑںے]")

_SMALL_WORDS = {
    "en": "the a and of to is are was were be been have has had do does did don't doesn't didn't not it its this "
    "that these those i i'm i've i'd my me you your we our they their he she what when where which who why how "
    "can can't could would should will won't there here with from for on at by about if or but because just "
    "any some please thanks hello an as so than then into only still again isn't it's that's what's hasn't "
    "haven't nothing need want get got in am up out cannot no",
    "de": "der die das den dem des ein eine einen einem einer und oder aber ist sind war waren sein habe hat haben "
    "hatte nicht kein keine ich du er wir ihr sie mein meine meinen meiner dein ihre ihren mir mich dich uns "
    "euch wie was wann wo wer warum welche welcher kann können könnte muss möchte wird werden wurde mit von "
    "für auf bei nach aus über zum zur noch schon auch nur wenn dass bitte danke hallo guten es im am zu jetzt "
    "immer mal gibt vielen in",
    "fr": "le la les un une des du et ou mais est sont était être ai as avez avons ont pas ne je tu il elle nous "
    "vous ils mon ma mes ton ta votre vos notre que qui quoi quand où comment pourquoi quel quelle est-ce peux "
    "peut pouvez voudrais avec pour sur dans par chez sans plus très bien merci bonjour ce cette ces c'est "
    "j'ai n'est qu'est s'il d'un d'une l'ai n'ai au aux de en y se suis fait toujours rien déjà svp combien "
    "veux",
    "es": "el la los las un una unos y o pero es son está están estoy era ser he ha han hay no yo tú él ella "
    "nosotros ustedes mi mis tu su sus que qué quién cuándo cuando dónde cómo como por para con sin sobre de "
    "del en al lo se me te le nos muy más bien gracias hola puedo puede pueden quiero quisiera necesito tengo "
    "este esta esto eso ya cuánto cuál porque todavía favor también si sí días mucho nada",
    "it": "il lo la i gli le un uno una e o ma è sono era essere ho hai ha abbiamo hanno non io tu lui lei noi voi "
    "mio mia miei tuo vostro che chi cosa quando dove come perché quale posso può potete vorrei con per su di "
    "del della dei delle da dal in nel nella al alla ai si mi ti ci molto più bene grazie ciao salve questo "
    "questa ancora già quanto quanti anche se c'è qual sto l'ordine ricevuto giorno buongiorno ed nulla dov'è",
    "pt": "o a os as um uma e ou mas é são está estou era ser tenho tem têm não eu tu ele ela nós vocês você meu "
    "minha meus seu sua que quem quando onde como por porque qual posso pode podem quero gostaria preciso com "
    "sem sobre de do da dos das em no na nos nas ao à para pra se me te muito mais bem obrigado obrigada olá "
    "este esta isso já ainda também há fazer quanto ontem nada foi",
    "nl": "de het een en of maar is zijn was waren ben heb heeft hebben niet geen ik jij je hij wij we jullie zij "
    "mijn jouw uw ons onze wat wanneer waar wie waarom hoe welke kan kunnen kunt moet wil zou wordt worden met "
    "van voor op bij naar uit over om te nog al ook als dat dit deze die er hier graag bedankt dank hallo "
    "goedemorgen mij u aan door dan zo wel nu ze gaat krijg in",
    "pl": "i w na z do nie jest są był była być mam masz ma mamy ja ty on ona wy oni mój moja moje moją twój co "
    "kiedy gdzie jak dlaczego który która które czy mogę może można chcę chciałbym chciałabym proszę dziękuję "
    "dzień dobry cześć to ten ta te tego tym się o od za po dla przez bez ale lub już jeszcze tylko także "
    "jeśli że pan pani państwo mi mnie",
    "sv": "och i att det som en ett på är var av för med till den har hade inte jag du han hon vi ni de min mitt "
    "mina din ditt era vår vad när vem varför hur vilken kan kunde skulle vill måste från om men eller så här "
    "där också tack hej god snälla mig dig oss er nu redan bara mycket finns får blir ska kommer något",
    "da": "og i at det som en et på er var af for med til den har havde ikke jeg du han hun vi de min mit mine din "
    "dit jeres vores hvad hvornår hvor hvem hvorfor hvordan hvilken kan kunne skulle vil må fra om men eller "
    "så her der også tak hej mig dig os nu allerede kun meget findes får bliver skal noget gerne",
    "no": "og i at det som en et på er var av for med til den har hadde ikke jeg du han hun vi dere de min mitt mine "
    "din ditt deres vår hva når hvor hvem hvorfor hvordan hvilken kan kunne skulle vil må fra om men eller så "
    "her der også takk hei meg deg oss nå allerede bare mye finnes får blir skal noe gjerne",
    "fi": "ja on ei se että en et hän me te he minun minä sinä mutta tai kun jos niin myös vain voi voin voiko "
    "voinko miten mitä milloin missä miksi kuka mikä kiitos hei moi olen olet ovat oli ollut tämä tuo nyt "
    "vielä jo kanssa haluan haluaisin onko saanko ole",
    "tr": "ve bir bu şu için ile de da ne mi mı mu mü ben sen biz siz benim bana beni size sizin nasıl neden nerede "
    "zaman var yok değil ama veya çok daha kadar gibi olarak olan oldu lütfen merhaba teşekkürler istiyorum "
    "edebilir miyim mısınız misiniz hangi kaç henüz şey",
    "cs": "a je na se v že to s z do jsem jsou byl byla být mám máte můj moje můžu mohu může chci chtěl prosím "
    "děkuji dobrý den ahoj jak kdy kde proč co který která ale nebo už ještě také jen pokud pro od po při za "
    "mi mě vás vaše není nebyl",
    "ro": "și în la de cu pe din este sunt era fi am ai are avem nu eu tu el ea noi voi mea meu mei ce cine când "
    "unde cum care pot poate vreau aș dori mulțumesc bună ziua vă rog dar sau pentru prin despre mai deja încă "
    "că să un o",
    "hu": "a az és hogy nem van volt lesz én te ő mi ti ők egy ez azt mit mikor hol hogyan miért melyik tudok lehet "
    "szeretnék kérem köszönöm szia jó napot de vagy is csak még már ha meg el ki be kell",
    "id": "yang dan di ke dari untuk dengan tidak saya anda kami kita ini itu apa kapan mana bagaimana mengapa siapa "
    "bisa dapat akan sudah belum ada adalah terima kasih tolong halo juga atau jika",
}
_TRADE_WORDS = {
    "en": "order return money back arrived broken help lost broke stopped working card cancel missing waterproof "
    "jacket boots leaks size",
    "de": "bestellung lieferung paket rückgabe geld zurück",
    "fr": "commande livraison parler aide bonsoir envoi colis",
    "es": "pedido hablar funciona cuanto cuanta tarda envio envío ayuda llegado",
    "it": "ordine spedizione parlare funziona aiuto tempo",
    "pt": "encomenda pedido demora tempo falar funciona ajuda chegou",
    "nl": "bestelling werkt geld terug praten hulp",
    "pl": "zamówienie zwrot działa",
    "sv": "beställning fungerar",
    "da": "bestilling virker",
    "no": "bestilling virker",
    "fi": "tilaus tilaukseni toimi",
    "tr": "sipariş siparişim çalışmıyor",
    "cs": "objednávka objednávku nefunguje",
    "ro": "comanda",
    "hu": "rendelés rendelésem",
    "id": "pesanan",
}
"""Words customers write to any shop; they tell the language, but are what a question is about."""
_LETTERS = (
    (Pattern(r"ß"), ("de",), 2.0),
    (Pattern(r"[äöü]"), ("de", "sv", "tr", "fi", "hu"), 0.3),
    (Pattern(r"[ñ¿¡]"), ("es",), 2.0),
    (Pattern(r"[ãõ]"), ("pt",), 2.0),
    (Pattern(r"ç"), ("fr", "pt", "tr"), 0.4),
    (Pattern(r"[œêûîèùë]|\b[cdjlmnst]['’](?=[aeéiouyh])"), ("fr",), 0.7),
    (Pattern(r"[ìò]"), ("it",), 0.8),
    (Pattern(r"[łąęśźżćń]"), ("pl",), 2.0),
    (Pattern(r"[ğışİ]"), ("tr",), 1.5),
    (Pattern(r"å"), ("sv", "da", "no"), 0.6),
    (Pattern(r"[øæ]"), ("da", "no"), 1.0),
    (Pattern(r"[řěů]"), ("cs",), 2.0),
    (Pattern(r"[țășĂ]"), ("ro",), 1.0),
    (Pattern(r"[őű]"), ("hu",), 2.0),
    (Pattern(r"ij\b|aa|oe|uu"), ("nl",), 0.2),
)


def _weigh_words() -> dict[str, tuple[tuple[str, float], ...]]:
    """Each word with the languages it belongs to; a word that several share says less for each."""
    owners: dict[str, list[str]] = {}
    for code, words in _SMALL_WORDS.items():
        for word in dict.fromkeys((words + " " + _TRADE_WORDS.get(code, "")).split()):
            owners.setdefault(word, []).append(code)
    return {word: tuple((code, _weight(word, len(codes))) for code in codes) for word, codes in owners.items()}


def _weight(word: str, owners: int) -> float:
    distinctive = 1.0 if len(word) > 1 else 0.6
    return distinctive / owners**0.7


_WEIGHTS = _weigh_words()
SMALL_WORDS = frozenset(" ".join(_SMALL_WORDS.values()).split())
"""The words of every language here that say how a sentence hangs together, and little of what it is about."""


def detect(text: str) -> str:
    """Tell the language of a message.

    Args:
        text: what somebody wrote; code, links, addresses and emoji names in it do not count.

    Returns:
        An ISO 639-1 code such as `en`, or an empty string when the text does not say.
    """
    prose = _NOT_PROSE.sub(" ", text[:READ_AT_MOST]).casefold()
    script = _script(prose)
    if script == "latin":
        return _by_small_words(prose)
    if script == "cyrillic":
        return "uk" if _UKRAINIAN.search(prose) else "ru"
    if script == "arabic":
        return "ur" if _URDU.search(prose) else "fa" if _PERSIAN.search(prose) else "ar"
    if script == "devanagari":
        return "hi"
    return _ONE_LANGUAGE.get(script, "")


def _script(prose: str) -> str:
    """The script that most is written in; Japanese writes its nouns in Han, so a few kana are enough for it."""
    if prose.isascii():
        return "latin"
    amounts = {name: len(found) for name, letters in _SCRIPTS if (found := letters.findall(prose))}
    if amounts.get("kana"):
        amounts["kana"] += amounts.pop("han", 0)
    says = {name: amount / _CHARACTERS_A_WORD.get(name, 5.0) for name, amount in amounts.items()}
    return max(says, key=lambda name: says[name], default="")


def _by_small_words(prose: str) -> str:
    scores: dict[str, float] = {}
    for word in _WORD.findall(prose):
        for code, weight in _WEIGHTS.get(word.replace("’", "'"), ()):
            scores[code] = scores.get(code, 0.0) + weight
    if not prose.isascii() or "'" in prose or scores:
        for letters, codes, weight in _LETTERS:
            if letters.search(prose):
                for code in codes:
                    scores[code] = scores.get(code, 0.0) + weight
    return _clear_winner(scores)


def _clear_winner(scores: dict[str, float]) -> str:
    if not scores:
        return ""
    first, *others = sorted(scores, key=lambda code: scores[code], reverse=True)
    second = scores[others[0]] if others else 0.0
    if scores[first] < LEAST_SCORE or scores[first] < second * LEAST_LEAD:
        return ""
    return first
