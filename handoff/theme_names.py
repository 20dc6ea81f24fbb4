"""Names of groups of questions, made of their most telling words; and which names of a model may be shown. Pure.

The words of a group are weighed by how often its questions have them, against how often all have them: class-based
TF-IDF (Grootendorst 2022, BERTopic, equation 1). A word that a single question has, such as a person's name, is in no
name.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from handoff import links, words

MOST_WORDS = 4
MOST_TERMS = 25
"""The weights that are kept, by which a group is known again."""
LEAST_QUESTIONS = 2
SAME_FAMILY = 5
"""Stems that begin with the same so many letters say the same, as verify and verification do."""
SHARED = 0.3
"""The share of a group's questions that must hold a word for it to be in the name."""
FOLLOWS = 0.5
"""The share of a word's questions in which another one must follow it to belong to it, as card to virtual."""
TELLING = 0.3
"""How much a word must weigh beside the weightiest to be in the name."""
MOST_NAME_WORDS, MOST_NAME = 6, 60

_SAYS_LITTLE = frozenset(
    word
    for said in (
        "already anyone currently day days else far first haven hour hours just long minute month morning new someone "
        "somewhere soon think today tomorrow week weeks yesterday yet come coming gave give go going gone right show "
        "take taking took use used using",
        "bereits gestern heute jemand lange letzte morgen neu stunde tag tage woche",
        "aujourd ancora aujourd'hui ayer deja demain déjà hier hoje hoy ieri jour mañana oggi ontem semaine "
        "todavía vandaag",
    )
    for word in words.informative(said)
)
"""Stems that are about no subject; a name can do without them."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_HIDDEN = re.compile(r"\[(?:card|iban|phone|email|token|address|person|place|name|number|id)\]")
_REFERENCE = re.compile(r"(?<!\w)#?(?=(?:\w*\d){4})[\w-]+")
_FORBIDDEN = re.compile(r"[<>@#|`*_~\[\]{}\\/:;=\n\r\t!]")


def without_hidden(text: str) -> str:
    """A masked text without what stands for what was masked, and without numbers of orders: all look alike now."""
    return _REFERENCE.sub(" ", _HIDDEN.sub(" ", text))


def terms(groups: Sequence[Sequence[str]]) -> list[dict[str, float]]:
    """The most telling stems of each group and their weights, the weightiest first.

    Args:
        groups: the questions of each group, of one language.
    """
    holding = [Counter(stem for text in texts for stem in set(words.informative(text))) for texts in groups]
    overall: Counter[str] = Counter()
    for each in holding:
        overall.update(each)
    per_group = sum(overall.values()) / max(1, len(groups))
    weighed = [
        {
            stem: count / len(texts) * math.log1p(per_group / overall[stem])
            for stem, count in held.items()
            if count >= LEAST_QUESTIONS and not _says_little(stem)
        }
        for texts, held in zip(groups, holding, strict=True)
    ]
    return [dict(sorted(each.items(), key=lambda item: (-item[1], item[0]))[:MOST_TERMS]) for each in weighed]


def of(texts: Sequence[str], weights: Mapping[str, float]) -> str:
    """A name of up to four words as the questions have them, in the order in which they have them.

    Args:
        texts: the questions of one group, the most typical first.
        weights: of its stems, as `terms` tells them.

    Returns:
        Such as "Change delivery address"; empty where no telling word is shared.
    """
    return _written(texts, shared(texts, weights))


def shared(texts: Sequence[str], weights: Mapping[str, float]) -> list[str]:
    """The telling stems that the questions of a group share, at most four; one alone hardly makes a theme."""
    chosen = _chosen(texts, weights) or _commonest(texts, weights)
    for stem in tuple(chosen):
        follower = _follower(texts, stem)
        if follower and len(chosen) < MOST_WORDS and not _of_family(follower, chosen):
            chosen.append(follower)
    if len(chosen) == 1 and (other := _beside(texts, chosen[0])):
        chosen.append(other)
    return chosen


def _follower(texts: Sequence[str], stem: str) -> str:
    """The stem that follows another one at once in most of its questions; empty when none does."""
    after: Counter[str] = Counter()
    holding = 0
    for text in texts:
        said = words.with_small(text)
        holding += any(each == stem for each, _ in said)
        after.update(
            {
                other
                for (each, _), (other, informs) in pairwise(said)
                if each == stem and informs and not _says_little(other)
            }
        )
    found = after.most_common(1)
    return found[0][0] if found and found[0][1] >= max(LEAST_QUESTIONS, FOLLOWS * holding) else ""


def _says_little(stem: str) -> bool:
    return stem in _SAYS_LITTLE or stem.isdigit() or words.is_reference(stem)


def _chosen(texts: Sequence[str], weights: Mapping[str, float]) -> list[str]:
    """The stems of the name: enough questions hold them, and each tells something that those before do not."""
    held = [set(words.informative(text)) for text in texts]
    heaviest = max(weights.values(), default=0.0)
    chosen: list[str] = []
    for stem, weight in weights.items():
        often = sum(stem in each for each in held)
        shared = often >= max(LEAST_QUESTIONS, SHARED * len(texts)) and weight >= TELLING * heaviest
        if shared and not _of_family(stem, chosen):
            chosen.append(stem)
        if len(chosen) == MOST_WORDS:
            break
    return chosen


def _commonest(texts: Sequence[str], weights: Mapping[str, float]) -> list[str]:
    """The stem that most questions hold, for those that mean the same in many words; none where two share none."""
    held = Counter(stem for text in texts for stem in set(words.informative(text)) & weights.keys())
    found = max(held, key=lambda stem: (held[stem], weights[stem], stem), default="")
    return [found] if found and held[found] >= LEAST_QUESTIONS else []


def _of_family(stem: str, chosen: Sequence[str]) -> bool:
    """Whether the name has this word, or one so like it that it adds nothing."""
    return any(
        stem[:SAME_FAMILY] == each[:SAME_FAMILY] or stem.startswith(each) or each.startswith(stem) for each in chosen
    )


def _beside(texts: Sequence[str], stem: str) -> str:
    """The stem that most often stands next to another one."""
    beside: Counter[str] = Counter()
    for text in texts:
        stems = words.informative(text)
        beside.update(
            {
                other
                for place, each in enumerate(stems)
                if each == stem
                for other in stems[max(0, place - 1) : place + 2]
                if other != stem and not _says_little(other)
            }
        )
    found = beside.most_common(1)
    return found[0][0] if found and found[0][1] >= LEAST_QUESTIONS else ""


def _written(texts: Sequence[str], stems: Sequence[str]) -> str:
    """The stems as the questions most often write them, in the order in which most questions have them."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    places: defaultdict[str, list[float]] = defaultdict(list)
    wanted = set(stems)
    for text in texts:
        said = _WORD.findall(text)
        seen: set[str] = set()
        for place, word in enumerate(said):
            stem = "".join(words.informative(word)[:1])
            if stem in wanted:
                forms[stem][_plainly(word)] += 1
                if stem not in seen:
                    places[stem].append(place)
                    seen.add(stem)
    shown = [stem for stem in stems if forms[stem]]
    before = _orders(texts, shown)
    shown.sort(key=lambda stem: (-before[stem], sum(places[stem]) / len(places[stem])))
    name = " ".join(max(forms[stem], key=lambda form: (forms[stem][form], form)) for stem in shown)
    return name[:1].upper() + name[1:]


def _orders(texts: Sequence[str], stems: Sequence[str]) -> Counter[str]:
    """For each stem, before how many of the others it more often stands than behind them."""
    ahead: Counter[tuple[str, str]] = Counter()
    for text in texts:
        said = [each for each in words.informative(text) if each in stems]
        order = list(dict.fromkeys(said))
        ahead.update((one, other) for place, one in enumerate(order) for other in order[place + 1 :])
    return Counter(
        {one: sum(ahead[one, other] > ahead[other, one] for other in stems if other != one) for one in stems}
    )


def _plainly(word: str) -> str:
    """A word without the capital of a sentence's beginning; PIN, iPhone and the nouns of German keep theirs."""
    return word if sum(letter.isupper() for letter in word) > 1 else word.removesuffix("'s").removesuffix("’s")


def may_be_shown(name: str) -> bool:
    """Whether a name that a model gave is one: a few plain words, without a link, a mention or markup."""
    said = name.split()
    return (
        0 < len(said) <= MOST_NAME_WORDS
        and len(name) <= MOST_NAME
        and any(letter.isalpha() for letter in name)
        and all(unicodedata.category(letter) not in ("Cc", "Cf", "Co", "Cs") for letter in name)
        and not _FORBIDDEN.search(name)
        and not links.links(name)
        and not any(words.is_reference(each) for each in said)
    )
