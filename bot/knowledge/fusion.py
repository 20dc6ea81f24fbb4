"""Joins two rankings into one by the places alone, so that scores of different kinds need no common scale. Pure.

After Cormack, Clarke & Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods"
(2009), with a weight, and a smoothing that grows with how many are wanted where theirs is 60.
"""

from collections.abc import Sequence

MEANING_COUNTS = 0.5
"""What a place in the order by meaning counts beside the same place in the order by words.

A model that understands little then does little harm, for words keep the first half of what is wanted unless meaning
confirms others; and one that understands much still brings in what words do not find.
"""


def reciprocal_rank(by_words: Sequence[str], by_meaning: Sequence[str], wanted: int) -> dict[str, float]:
    """What each id gets from both rankings (ids, best first): the sum of weight / (wanted / 2 + place).

    What both rankings know comes before what one of them alone has at the same place. Of what one alone knows, the
    first by meaning comes after `wanted` / 2 + 1 by words: so it can still be among those wanted (4 or more).
    """
    gained: dict[str, float] = {}
    for weight, ranking in ((1.0, by_words), (MEANING_COUNTS, by_meaning)):
        for place, each in enumerate(ranking, 1):
            gained[each] = gained.get(each, 0.0) + weight / (wanted / 2 + place)
    return gained
