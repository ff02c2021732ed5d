"""The pool of fixtures: drawn, certified and differentiated once, then picked from for each learner."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.grading.shared_fixtures import keep_cases, read_cases
from gradcheck.chapters.registry import all_chapters
from gradcheck.exercises.battery import draw_cases

POOL_SIZE = 32
"""Batteries for each exercise."""
KEY_BYTES = 32


def fixture_seed(secret: bytes, assignment: str, student: str, raw: bytes) -> bytes:
    """Return the key of a class's pool followed by what picks fixtures from it for one learner and one hand-in.

    ``raw`` is what was handed in: the same bytes get the same fixtures at every regrade, and other bytes others.
    Unknown without the class's ``secret``.
    """
    hand_in = b"\0".join((b"hand-in", assignment.encode(), student.encode(), hashlib.sha256(raw).digest()))
    return hmac.digest(secret, b"pool", "sha256") + hmac.digest(secret, hand_in, "sha256")


def pooled_cases(assignment: str, name: str, seed: bytes) -> tuple[Any, ...]:
    """Return the battery of one exercise that ``seed`` picks."""
    pool, learner = seed[:KEY_BYTES], seed[KEY_BYTES:]
    pick = hmac.digest(learner or pool, name.encode(), "sha256")[0] % POOL_SIZE
    return _battery(pool, assignment, name, pick)


@lru_cache(maxsize=2048)
def _battery(pool: bytes, assignment: str, name: str, index: int) -> tuple[Any, ...]:
    text = "\0".join((assignment, name, str(index))).encode()
    seed, exercise = hmac.digest(pool, text, "sha256"), all_chapters()[assignment][name]
    cases = read_cases(seed.hex(), exercise)
    if cases is None:
        cases = draw_cases(exercise, np.random.default_rng(int.from_bytes(seed[:16], "little")), hidden=True)
        keep_cases(seed.hex(), exercise, cases)
    return cases
