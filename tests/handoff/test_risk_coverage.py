"""Risk against coverage: each threshold's share of drafts and of wrong ones, weighted by how they were drawn."""

from hypothesis import given
from hypothesis import strategies as st

from handoff.risk_coverage import Weighed, curve

ROWS = st.lists(
    st.builds(Weighed, st.integers(0, 9).map(lambda n: n / 10), st.booleans(), st.floats(1, 50)), max_size=60
)


def test_without_reviews_there_is_no_curve() -> None:
    assert curve([]) == []


def test_points_run_from_strict_to_loose_and_ties_share_one() -> None:
    rows = [Weighed(0.9, False, 1), Weighed(0.5, True, 1), Weighed(0.5, False, 1), Weighed(0.1, True, 1)]
    points = curve(rows)
    assert [(each.threshold, each.coverage, each.error, each.reviews) for each in points] == [
        (0.9, 0.25, 0.0, 1),
        (0.5, 0.75, 1 / 3, 3),
        (0.1, 1.0, 0.5, 4),
    ]


def test_a_draft_that_was_likelier_to_be_reviewed_does_not_count_more() -> None:
    # Ten risky drafts all reviewed, ninety sure ones of which a tenth was: of a hundred, ten are wrong.
    rows = [Weighed(0.3, True, 1)] * 10 + [Weighed(0.9, False, 10)] * 9
    strict, loose = curve(rows)
    assert (strict.coverage, strict.error) == (0.9, 0.0)
    assert (loose.coverage, loose.error) == (1.0, 0.1)


@given(ROWS)
def test_coverage_rises_to_all_and_errors_are_shares(rows: list[Weighed]) -> None:
    points = curve(rows)
    coverage = [each.coverage for each in points]
    assert coverage == sorted(coverage)
    assert all(0 <= each.error <= 1 + 1e-9 for each in points)
    if rows:
        assert abs(coverage[-1] - 1) < 1e-9
        assert points[-1].reviews == len(rows)
