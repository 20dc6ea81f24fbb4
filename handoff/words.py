"""The informative words of a text: cut, folded, freed of stop words and stemmed, the same for search and judgement.

One stemmer for all texts in Latin letters, English and then German, so that a word is stemmed alike in an article and
in a question whose language is too short to tell. Where the script tells the language well enough, it has its own.
Others are folded and keep their endings.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Protocol, cast

import Stemmer

_WORD = re.compile(r"[^\W_]+")
_MARKED = "\u0900-\u0963\u0966-\u0dff\u0e00-\u0e4e\u0e50-\u0eff\u1000-\u1049\u1050-\u109f\u1780-\u17d3\u17d7-\u17ff"
"""Scripts of India, Thai, Lao, Burmese and Khmer: their vowel signs are no letters to `re`, and yet of the word."""
_MARKED_WORD = re.compile(rf"(?:[^\W_]|[{_MARKED}])+")
_HAS_MARKED = re.compile(f"[{_MARKED}]")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0002fa1f]+"
)
"""Scripts written without spaces (Thai and its neighbours, kana, Han), and Hangul, whose endings stick to the word: cut
into pairs."""

_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]+"
)
"""Of Latin, Greek and Cyrillic letters; the vowel points of Hebrew and Arabic, and the stroke that lengthens a word."""
_SAME_LETTER = str.maketrans(
    {
        "\u0131": "i",  # Turkish without a dot, which capitals do not tell from the other
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "œ": "oe", "æ": "ae", "þ": "th",
        "\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u0629": "\u0647",  # yeh, kaf, heh
    }
)  # fmt: skip
"""Letters that people write for one another, and Unicode does not take apart."""
_CUT_ANEW = re.compile(
    rf"[ıøłđðœæþ\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff{_MARKED}\u3005\U00020000-\U0002fa1f]", re.IGNORECASE
)

_GERMAN_ZU = re.compile(r"^(zuruck|um|ab|an|auf|aus|ein|mit|vor|nach)zu(?=\w{3,}en$)")
"""`zurückzugeben` is the verb `zurückgeben`."""
_NOUN_ENDING = re.compile(r"(?<=\w{3})(?:ment|eri)$")
"""What the English stemmer leaves of nouns whose verbs customers use: shipment and ship, delivery and deliver."""

DIGITS_OF_A_REFERENCE = 4
LONGEST_WORD = 40
"""Longer runs of letters are no words; their beginning is enough to tell them apart."""


class _Stems(Protocol):
    def stemWord(self, word: str, /) -> str: ...  # noqa: N802 - the library's name


def _stemmer(language: str) -> _Stems:
    return cast("_Stems", Stemmer.Stemmer(language))  # pyright: ignore[reportUnknownMemberType]


_ENGLISH, _GERMAN = _stemmer("english"), _stemmer("german")
_BY_SCRIPT = (
    ("\u0370", "\u03ff", _stemmer("greek")),
    ("\u0400", "\u04ff", _stemmer("russian")),
    ("\u0600", "\u06ff", _stemmer("arabic")),
    ("\u0900", "\u097f", _stemmer("hindi")),
    ("\u0b80", "\u0bff", _stemmer("tamil")),
)
"""The first and the last letter of a script, and the stemmer for words in it."""

_STOP_WORDS_BY_LANGUAGE = {
    "English": """
        a able about above after again all also am an and any are aren as ask asked asking at back be because been
        before being below between both but by can cannot could couldn did didn do does doesn doing don done
        down during each either else ever every exactly explain few figure find for found from further get gets
        getting got had hadn happen happened happening happens has hasn have haven having he hello help her here
        hers hey hi him himself his how however i if in into is isn issue issues it its itself just know let
        like ll made make makes making many may maybe me might more most much must mustn my myself need needs
        neither no nor not now of off ok okay on once one only or other our ours out over own please possible
        problem problems question questions quite rather re really same say says see seem seems shall she should
        shouldn since so some something still such sure tell than thank thanks that the their theirs them then
        there these they thing things this those thought through thus to too tried try trying under understand
        until up upon us ve very via want wanted wants was wasn way we well went were weren what whatever when
        where whether which while who whom whose why will with without won wonder wondering work worked working
        works would wouldn yes yet you your yours yourself
    """,
    "German": """
        aber alle allem allen aller alles als am andere anderen auch auf aus bei beim bin bis bist bitte da
        dadurch daher damit dann das dass dazu dein deine dem den denn der des deshalb dich die dies diese
        diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines er es etwas euch
        euer eure für fur gegen gibt haben habe hätte hatte hier hinter ich ihm ihn ihnen ihr ihre ihrem ihren
        ihrer im ist ja jede jedem jeden jeder jedes jetzt kann kannst können konnen könnte konnte kein keine
        keinen mal man mehr mein meine meinem meinen meiner mich mir mit möchte mochte muss müssen mussen nach
        nicht nichts noch nun nur ob oder ohne schon sehr sein seine seit sich sie sind soll sollte sondern
        sowie über uber um und uns unser unsere unter vom von vor wann warum weil wenn wer werde werden wie
        wieder wir wird wo wohl würde wurde zu zum zur zwischen
    """,
    "French": """
        alors au aucun aussi autre aux avec avez avoir avons ce ceci cela ces cet cette ceux chaque ci comment
        dans de des donc dont du elle elles en encore est et était ete etre être eu fait faire il ils je la là
        le les leur leurs lui ma mais mes moi mon ne nos notre nous ont ou où par parce pas peu peut peux pour
        pourquoi puis quand que quel quelle quelles quels qui quoi sa sans ses si son sont sur ta te tes toi ton
        tous tout toute toutes tres très tu un une vos votre vous y bonjour merci voudrais
    """,
    "Spanish and Portuguese": """
        al algo alguna alguno algún como cómo con cual cuál cuando cuándo cuanto de del desde donde dónde dos el
        él ella ellos en entre era esa ese eso esta está estan están este esto estos estoy fue ha hay hasta la
        las le les lo los mas más me mi mis mucho muy nada ni nos nosotros nuestra nuestro o otra otro para pero
        poco por porque puede puedo que qué quien quién quiero se sea ser si sí sin sobre soy su sus también te
        tengo ti tiene todo todos tu tus un una uno unos usted ya yo hola gracias ao aos às até com da das
        depois do ela ele eles em essa esse eu foi isso isto já lhe mais meu minha muito na não nao nas nem no
        nossa nosso num numa obrigado obrigada os ou pela pelo posso qual quando quem são sao seu sua só tem têm
        uma você vocês olá
    """,
    "Italian and Dutch": """
        ad agli ai al alla alle allo anche avere che chi ci cosa cui da dai dal dalla degli dei del della delle
        di dove e ed era essere gli ha hai hanno ho i il io la le lei lo loro lui ma mi mia mio nel nella nelle
        noi non nostro o per perché perche più piu posso può puo quale quando questa questo qui se sei si sono
        sta su sua sul sulla suo ti tra tu tutto un una uno vi voi vorrei ciao grazie aan alles als altijd ben
        bij daar dan dat de deze die dit een en er ge geen geweest haar had heb hebben heeft hem het hier hij
        hoe hun ik in ja je jij jouw kan kunnen maar meer met mij mijn moet na naar niet nog nu of om omdat
        onder ons onze ook op te tegen toch toen tot uit uw veel voor waar waarom wanneer was wat we wel welke
        wie wij worden wordt zal ze zei zich zij zijn zo zou graag dank
    """,
}
"""Words that tell nothing about the subject, with the halves of English contractions. Not among them: words
that another language needs, such as the English car and hat."""
STOP_WORDS = frozenset(word for words in _STOP_WORDS_BY_LANGUAGE.values() for word in words.split())


def fold(text: str) -> str:
    """Write a text in small letters without accents."""
    small = text.casefold()
    if small.isascii():
        return small
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", small)).translate(_SAME_LETTER)
    return unicodedata.normalize("NFC", bare)  # puts Hangul together again


def is_cut_anew(text: str) -> bool:
    """Whether a text has letters that were folded, cut or stemmed in another way before."""
    return not text.isascii() and _CUT_ANEW.search(text) is not None


_FOLDED_STOP_WORDS = frozenset(fold(word) for word in STOP_WORDS)


MOST_REMEMBERED = 65_536


class _Remembered(dict[str, str]):
    """Stems by folded word, made when first asked for: a plain lookup afterwards, on every word of every message."""

    def __missing__(self, folded: str) -> str:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        found = self[folded] = _stem(folded)
        return found


_remembered = _Remembered()


def forget() -> None:
    """Forget the words that were read so far; their stems are made again when they are read again."""
    _remembered.clear()


def _stem(folded: str) -> str:
    """The stem of one folded word; empty when the word tells nothing: a stop word or a single letter."""
    if folded in _FOLDED_STOP_WORDS or (len(folded) == 1 and not folded.isdigit()):
        return ""
    if folded.isdigit():
        return folded[:LONGEST_WORD]
    apart = _GERMAN_ZU.sub(r"\1", folded[:LONGEST_WORD])
    return _NOUN_ENDING.sub("", _rooted(apart))


def _rooted(folded: str) -> str:
    """A folded word without its endings."""
    if not folded.isascii():
        for first, last, stemmer in _BY_SCRIPT:
            if first <= folded[0] <= last:
                return stemmer.stemWord(folded)
    return _GERMAN.stemWord(_ENGLISH.stemWord(folded))


def _words(folded: str) -> list[str]:
    if not folded.isascii() and _HAS_MARKED.search(folded):
        return _MARKED_WORD.findall(folded)
    return _WORD.findall(folded)


def informative(text: str) -> list[str]:
    """The stems of the informative words of a text, in its order, repeated as often as they occur."""
    folded = fold(text)
    words = _words(folded)
    if not folded.isascii() and _UNSPACED.search(folded):
        return [found for word in words for found in _with_pairs(word)]
    return list(filter(None, map(_remembered.__getitem__, words)))


def by_stem(text: str) -> dict[str, str]:
    """The informative words of a text as they are written, folded, by their stem; of several, the last."""
    return {stem: word for word in _words(fold(text)) if (stem := _remembered[word])}


def stem(folded: str) -> str:
    """The stem of a folded word that may be none, so that it is not remembered; empty when it tells nothing."""
    return _stem(folded)


def with_small(text: str) -> list[tuple[str, bool]]:
    """Every word of a text in its order, folded, with whether it informs: those that do are stemmed."""
    folded = fold(text)
    found: list[tuple[str, bool]] = []
    for word in _words(folded):
        if not word.isascii() and _UNSPACED.search(word):
            found += [(pair, True) for pair in _with_pairs(word)]
        else:
            stem = _remembered[word]
            found.append((stem or word, bool(stem)))
    return found


def is_reference(term: str) -> bool:
    """Whether a term is somebody's own number, of an order or a card: no article is about it."""
    return sum(letter.isdigit() for letter in term) >= DIGITS_OF_A_REFERENCE


def stems(text: str) -> list[str]:
    """The stems of all words of a text, those that tell nothing too, in its order."""
    return [_rooted(word[:LONGEST_WORD]) for word in _words(fold(text))]


def _with_pairs(word: str) -> Iterator[str]:
    rest = _UNSPACED.sub(" ", word)
    for run in _UNSPACED.findall(word):
        yield from (run[i : i + 2] for i in range(max(1, len(run) - 1)))
    yield from filter(None, map(_remembered.__getitem__, rest.split()))
