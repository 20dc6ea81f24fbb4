"""Vectors of a real model are served again as they were recorded."""

from math import sqrt
from pathlib import Path

import pytest

from tests.benchmarks import recorded_vectors

VECTORS = {"a refund": [0.6, -0.8, 0.0], "a tent": [0.0, 0.001, 1.0]}


def test_what_was_recorded_is_served_as_it_was_to_a_hundredth(tmp_path: Path) -> None:
    recorded_vectors.keep("small-1", VECTORS, tmp_path / "kept.npz")
    double = recorded_vectors.double(list(VECTORS), tmp_path / "kept.npz")
    assert double
    for vector, served in zip(VECTORS.values(), double.embed(list(VECTORS)), strict=True):
        length = sqrt(sum(number * number for number in served))
        assert [number / length for number in served] == pytest.approx(vector, abs=0.01)


def test_a_text_without_a_vector_asks_for_a_new_recording(tmp_path: Path) -> None:
    recorded_vectors.keep("small-1", VECTORS, tmp_path / "kept.npz")
    assert recorded_vectors.double(["a refund", "a boot"], tmp_path / "kept.npz") is None
