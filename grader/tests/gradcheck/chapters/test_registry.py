"""Each chapter judges by its own exercises, whatever the names in other chapters are."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.autodiff.ops import sigmoid
from gradcheck.chapters import relu_network, sigmoid_xor
from gradcheck.chapters.registry import CHAPTER_MODULES, all_chapters


def forward(X, W1, b1, W2, b2):
    """Chapter 4's forward pass; chapter 3 has another one of the same name and arguments."""
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": sigmoid(Z2)}


def test_a_name_that_two_chapters_share_is_judged_by_the_chapter_that_was_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sigmoid_xor.check(forward)
    assert "[ok] forward" in capsys.readouterr().out
    relu_network.check(forward)
    assert "[--] forward" in capsys.readouterr().out


def test_nothing_at_the_root_guesses_a_chapter() -> None:
    import gradcheck

    assert gradcheck.__all__ == []
    assert not any(hasattr(gradcheck, name) for name in ("check", "hint", "show"))


def test_chapters_are_found_in_teaching_order() -> None:
    assert [name[:2] for name in all_chapters()] == [f"{n:02}" for n in range(1, len(CHAPTER_MODULES) + 1)]
    assert np.unique(list(all_chapters())).size == len(CHAPTER_MODULES)
