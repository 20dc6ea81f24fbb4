"""How something is said, whatever it says: capitals, marks, and statements that ask for nothing. Pure.

Calm customers with trouble ask: a question, a favour. Those who have had enough state, to the other's face, what was
done to them, how long and how often; each such mark is doubtful alone, and together they are plain in any trade.
"""

from handoff.behaviour import WORD, Sign
from handoff.language import SMALL_WORDS
from handoff.lexicon.patterns import Pattern
from handoff.lexicon.sayings import COURTESY

SHOUTING = 0.32
STRESSING = 0.24
MANY_MARKS = 0.16
STATES = 0.12
"""Of a statement that asks for nothing and bears one of the other marks."""
STATES_ALONE = 0.06
ACCUSES = 0.34
HOW_LONG = 0.34
NOBODY = 0.34
STILL = 0.22
REFUSES = 0.5
QUOTES = 0.4
STACCATO = 0.34
EXCLAIMS = 0.12
IN_A_REQUEST = 0.3
"""How much of a mark is left in a message that asks."""
LEAST_WORDS, LEAST_TOLD = 3, 5

_MARKS = Pattern(r"[!?]{3,}|!{2,}|\?{2,}|！{2,}|？{2,}")
_STRESSED = SMALL_WORDS | frozenset(
    "never again tomorrow today yesterday stop nobody already every read immediately human".split()
)
_ASKS = Pattern(
    r"[?？]\s*$|[?？] |^(?:(?:hi|hello|hey|ok|and|so)[, ]+)?(?:how|what|where|when|which|who|can|could|may|do|does|"
    r"is|are|will|would)\b|\bi(?:'d| would) like\b|\b(?:wondering|wonder if|let me know|need help|help me|"
    r"looking for|trying to find|need to know|want to (?:know|return|exchange|change|order|buy|cancel|end|add|"
    r"ask))\b|\bfyi\b|\bthought you\b|\bmy (?:fault|mistake|bad)\b|\b(?:möchte|würde gern|hätte gern)|"
    r"\bje (?:voudrais|souhaite)|\b(?:quisiera|me gustaría)|\bvorrei\b|\bgostaria\b|\bgraag\b|\bchciał\w+|"
    r"\bistiyorum\b|たいです|たいのですが"
)
_TO_YOUR_FACE = Pattern(
    r"\b(?:you|your|yours|you're|you've|ihr|euch|euer\w*|ihnen|ihre[mnrs]?|vous|votre|vos|ustedes|vosotros|"
    r"vuestr[oa]s?|vocês|vosso|voi|vostr[oaie]|jullie|u|uw|wy|wasz\w*|państwo|państwa|siz\w*)\b|そちら|御社|你们|您|"
    r"당신|вы\b|вас\b|ваш\w*"
)
_LONG = Pattern(
    r"\b(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|many|zwei|drei|vier|fünf|sechs|"
    r"zehn|deux|trois|quatre|cinq|six|dix|un|une|dos|tres|cuatro|cinco|seis|diez|due|tre|quattro|cinque|dois|duas|"
    r"três|quatro|um|uma|twee|drie|vier|vijf|dwa|dwie|trzy|cztery|pięć|iki|üç|dört|beş|whole|entire|ganze[nr]?|toda|"
    r"tutta)\+? ?(?:\w+ )?(?:hours?|hrs?|days?|weeks?|months?|years?|afternoon|stunden?|tage?n?|wochen?|monate?n?|"
    r"jahre?n?|heures?|jours?|semaines?|mois|ans|horas?|días?|semanas?|mes(?:es)?|mês|años?|anos?|dias?|ore|giorni|"
    r"settiman[ae]|mes[ei]|anni|uur|dagen|weken|maanden|jaar|godzin\w*|dni|tygodni\w*|miesi\w+|lat|saat\w*|gün\w*|"
    r"hafta\w*|ay\w{0,3}|yıl\w*)\b|(?:\d+|[一二三四五六七八九十両]+)\s?(?:時間|日間?|週間|[かヶケ]月|年|小时|天|周|"
    r"个月|시간|일|주|개월)|\bsince (?:19|20)\d\d\b|\bevery (?:time|day|week|month|answer|single)\b|"
    r"\bfour departments\b|\b(?:weeks|months|hours|wochen|semanas|settimane) (?:ago|later|and)\b"
)
_NOBODY = Pattern(
    r"\b(?:nobody|no ?one|nothing|never|none|neither|niemand\w*|nichts|nie|niemals|personne ne|jamais|rien|nadie|"
    r"nunca|nada|ningun\w*|nessun\w*|niente|mai|ninguém|nenhum\w*|niks|niets|nooit|nikt|nikogo|nic|nigdy|kimse\w*|"
    r"hiç\w*|ingen|inget|aldrig)\b|誰も|何も|一度も|没人|沒人|从来|아무도|никто|ничего|никогда"
)
_STILL = Pattern(
    r"\b(?:still|again|another|already|yet again|instead|supposedly|apparently|constantly|always|even|even though|"
    r"immer noch|wieder|schon wieder|ständig|encore|toujours|déjà|otra vez|otr[oa]|sigue|ya|solo|ancora|di nuovo|"
    r"altr[oa]|pure|sempre|ainda|outra vez|outr[oa]|sempre|nog steeds|weer|alweer|alleen|nadal|znowu|wciąż|ciągle|"
    r"hâl[âa]|yine|daha|fortfarande|igen)\b|まだ|また|のに|还|又|아직|또|до сих пор|опять"
)
_REFUSES = Pattern(
    r"(?:^|[.!;,] )(?:so |just |and |please )?(?:don't|do not|dont|stop|quit|spare|save) (?:\w+ ){0,1}?(?:bother\w*|"
    r"tell\w*|send\w*|ask\w*|say\w*|pretend\w*|repl\w*|waste|wasting|me|us|your|giv\w*|copy\w*|bill\w*|charg\w*|"
    r"ly\w*|ignor\w*)\b|\b(?:i )?(?:don't|do not|couldn't|no longer) (?:even )?(?:care|trust|believe) (?:any ?more|"
    r"you|this|a word|how)|\bi (?:shouldn't|should not) have to\b|\b(?:make up|sort out|get) your (?:minds?|act|"
    r"facts|stories)\b|\b(?:fix|refund|answer|sort|solve|resolve|read|do) (?:it|me|this|that|my \w+) or\b"
)
_QUOTED = Pattern(r"[\"“„«][^\"”“»]{2,60}[\"”“»]")
_SENTENCE = Pattern(r"[.!?。！？…]+\s*")


def of_writing(plain: str, spelled: frozenset[str], *, doubtful: bool) -> list[Sign]:
    """The signs in how a turn is written.

    Args:
        plain: the turn as written, without code and links.
        spelled: all words the customer wrote in the conversation, as they wrote them.
        doubtful: whether the turn has no other sign; then a doubled mark alone tells nothing.
    """
    signs: list[Sign] = []
    if _shouts(plain):
        signs.append(Sign("shouting", SHOUTING, "writes in capitals"))
    elif _stresses(plain, spelled):
        signs.append(Sign("shouting", STRESSING, "stresses words in capitals"))
    marks = _MARKS.findall(plain)
    surprised = "?!" in plain.strip("?!")
    if marks and not surprised and (signs or not doubtful or len(marks) > 1 or "??" in plain):
        signs.append(Sign("marks", MANY_MARKS, "repeats question or exclamation marks"))
    return signs


def of_statement(plain: str, lower: str) -> list[Sign]:
    """The marks on a turn that states something and asks for nothing; little is left of them in one that asks.

    Args:
        plain: the turn as written, without code and links.
        lower: the same in lower case, blanks made single.
    """
    words = WORD.findall(lower)
    asks = bool(_ASKS.search(lower) or COURTESY.search(lower))
    found = [
        Sign("accuses", ACCUSES, "") if not asks and _TO_YOUR_FACE.search(lower) else None,
        Sign("how_long", HOW_LONG, "counts how long or how often it took") if _LONG.search(lower) else None,
        Sign("nobody", NOBODY, "") if _NOBODY.search(lower) else None,
        Sign("still", STILL, "") if _STILL.search(lower) else None,
        Sign("refuses", REFUSES, "refuses to go on like this") if _REFUSES.search(lower) else None,
        Sign("quotes", QUOTES, "") if not asks and _QUOTED.search(plain) else None,
        Sign("staccato", STACCATO, "") if _staccato(plain) else None,
        Sign("exclaims", EXCLAIMS, "") if lower.endswith(("!", "！")) else None,
    ]
    marks = [sign for sign in found if sign]
    if asks:
        return [Sign(sign.signal, sign.heat * IN_A_REQUEST, "") for sign in marks]
    if len(words) < LEAST_WORDS and lower.isascii():
        return [sign for sign in marks if sign.signal in ("refuses", "staccato")]
    if not marks or [sign.signal for sign in marks] == ["exclaims"]:
        return [*marks, Sign("states", STATES_ALONE, "")] if len(words) >= LEAST_TOLD else marks
    return [Sign("states", STATES, ""), *marks]


def _staccato(plain: str) -> bool:
    """Two sentences or more of a word or two: "Stove. Not lamp."; a list or a greeting is none."""
    sentences = [WORD.findall(part) for part in _SENTENCE.split(plain)]
    return sum(0 < len(words) <= 2 for words in sentences) >= 2  # noqa: PLR2004


def _shouts(plain: str) -> bool:
    """Whether it is written in capitals, other than names: a shout has small words in it ("WHERE IS MY ORDER")."""
    words = [word for word in WORD.findall(plain) if len(word) > 1 and not word.isdigit()]
    capitals = [word for word in words if word.isupper() and word.isalpha()]
    if len(capitals) < 3 or sum(map(len, capitals)) < 10:  # noqa: PLR2004 - a name or two is no shout
        return False
    return 2 * len(capitals) >= len(words) and any(word.casefold() in SMALL_WORDS for word in capitals)


def _stresses(plain: str, spelled: frozenset[str]) -> bool:
    """Whether single words are in capitals that are no names: small words, or ones else written small here."""
    capitals = [word for word in WORD.findall(plain) if len(word) > 2 and word.isupper() and word.isalpha()]  # noqa: PLR2004
    return any(word.casefold() in _STRESSED or word.casefold() in spelled for word in capitals)
