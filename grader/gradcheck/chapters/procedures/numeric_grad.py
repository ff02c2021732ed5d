"""Measure a gradient by central differences."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gradcheck.call import Code, Leaf, Value
from gradcheck.comparison.extraction import numbers
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.property_exercise import KnownRule, PropertyExercise, Trial
from gradcheck.judging.properties import equals

ROUNDING = 2e-6
"""What rounding may do to slopes, of the largest one."""


def _central(f: Callable, p: np.ndarray, h: float = 1e-4) -> np.ndarray:
    return _differences(f, p, h, ahead=1.0, back=1.0)


def _differences(f: Callable, p: np.ndarray, h: float, *, ahead: float, back: float, over: float = 0.0) -> np.ndarray:
    grad = np.zeros(p.shape)
    for index in np.ndindex(p.shape):
        up, down = p.astype(float), p.astype(float)
        up[index] += ahead * h
        down[index] -= back * h
        grad[index] = (f(up) - f(down)) / (over or (ahead + back) * h)
    return grad


def _kept_moved(f: Callable, p: np.ndarray, h: float = 1e-4) -> np.ndarray:
    grad, moved = np.zeros(p.shape), p.astype(float)
    for index in np.ndindex(p.shape):
        moved[index] += h
        up = f(moved)
        moved[index] -= 2 * h
        grad[index] = (up - f(moved)) / (2 * h)
    return grad


def _only_back(f: Callable, p: np.ndarray, h: float = 1e-4) -> np.ndarray:
    grad, moved, start = np.zeros(p.shape), p.astype(float), f(p)
    for index in np.ndindex(p.shape):
        moved[index] += h
        grad[index] = (f(moved) - start) / h
    return grad


def _but_last(f: Callable, p: np.ndarray, h: float = 1e-4) -> np.ndarray:
    grad = _central(f, p, h)
    grad.flat[-1] = 0
    return grad


def _but_first(f: Callable, p: np.ndarray, h: float = 1e-4) -> np.ndarray:
    grad = _central(f, p, h)
    grad.flat[0] = 0
    return grad


def _first_alone(f: Callable, p: np.ndarray, h: float = 1e-4) -> np.ndarray:
    """Return from inside the loop, with one slope measured."""
    grad = _central(f, p, h)
    grad.flat[1:] = 0
    return grad


def _both_kept_moved(f: Callable, p: np.ndarray, h: float = 1e-4) -> np.ndarray:
    """Nudge two copies that are made once, so that earlier entries stay where they were moved to."""
    up, down, grad = p.astype(float), p.astype(float), np.zeros(p.shape)
    for index in np.ndindex(p.shape):
        up[index] += h
        down[index] -= h
        grad[index] = (f(up) - f(down)) / (2 * h)
    return grad


def _row_by_row(f: Callable, p: np.ndarray, h: float = 1e-4) -> np.ndarray:
    grad = np.zeros(p.shape)
    for row in range(len(p)):
        up, down = p.astype(float), p.astype(float)
        up[row] += h
        down[row] -= h
        grad[row] = (f(up) - f(down)) / (2 * h)
    return grad


def _in_whole_numbers(f: Callable, p: np.ndarray, h: float = 1e-4) -> np.ndarray:
    """Nudge copies that keep the kind of number of ``p``."""
    grad = np.zeros_like(p)
    for index in np.ndindex(p.shape):
        up, down = p.copy(), p.copy()
        with np.errstate(all="ignore"):
            up[index] += h
            down[index] -= h
            grad[index] = (f(up) - f(down)) / (2 * h)
    return grad


def _relative(f: Callable, p: np.ndarray, h: float = 1e-4) -> np.ndarray:
    """Nudge by a share of the entry."""
    grad = np.zeros(p.shape)
    for index in np.ndindex(p.shape):
        up, down, by = p.astype(float), p.astype(float), h * abs(float(p[index]))
        up[index] += by
        down[index] -= by
        grad[index] = np.divide(f(up) - f(down), 2 * by)
    return grad


def _at_zero(f: Callable, p: np.ndarray, h: float = 1e-4) -> np.ndarray:
    """Hand over the nudge alone."""
    return _central(f, 0.0 * p, h)


def _one_array(f: Callable, p: np.ndarray, h: float = 1e-4) -> np.ndarray:
    """Nudge ahead and back on one and the same array, so that f sees the same place twice."""
    return np.full(p.shape, (f(p) - f(p)) / h)


def _together(f: Callable, p: np.ndarray, h: float = 1e-4) -> float:
    return (f(p + h) - f(p - h)) / (2 * h)


def _is_as_close(value: Value, known: tuple) -> bool:
    """Tell whether the slopes are at least as close to the derivative as central differences of the same step."""
    got, want = numbers(value), _central(*known)
    if not isinstance(value, Leaf) or got is None or got.shape != want.shape:
        return False
    f, p = known[:2]
    near, far = _central(f, p, 5e-4), _central(f, p, 1e-3)
    true = (4 * near - far) / 3
    room = np.abs(want - true) + ROUNDING * np.max(np.abs(true), initial=0.0)
    return bool(np.all(np.abs(got - true) <= room))


_SOURCES = (
    (CaseKind.IN_VIEW, "lambda p: float(p[0] * p[1] + p[0] ** 3)", (2,), None),
    ("vector", "lambda p: float(np.sum(np.sin(p) * np.arange(1.0, p.size + 1)) + p[0] * p[-1])", (4,), 1e-3),
    ("matrix", "lambda p: float(np.sum(np.exp(0.5 * p)) + np.sum(p[0] * p[-1] ** 2))", (3, 2), 1e-2),
    ("one", "lambda p: float(p[0] ** 3)", (1,), 1e-3),
    ("three axes", "lambda p: float(np.sum(np.sin(p) * np.arange(1.0, 9.0).reshape(2, 2, 2)))", (2, 2, 2), 1e-3),
    ("large value", "lambda p: float(1e5 + 0.1 * np.sum(p**2))", (10,), None),
    ("steep bends", "lambda p: float(np.sum(np.sin(50 * p)))", (3,), None),
    ("an entry of 0", "lambda p: float(np.sum(np.exp(p)))", (3,), None),
    ("whole numbers", "lambda p: float(p[0] ** 3 + 0.5 * p[0] * p[1])", (2,), None),
    ("a table of whole numbers", "lambda p: float(np.sum(np.asarray(p) ** 3 * 0.3))", (2, 2), None),
)


def _draw(rng: np.random.Generator) -> tuple[Trial, ...]:
    trials = []
    for kind, source, shape, h in _SOURCES:
        p = rng.uniform(0.5, 2.0, size=shape) * rng.choice([-1.0, 1.0], size=shape)
        if "whole" in kind:
            p = rng.integers(1, 4, size=shape)
        p = np.where(np.arange(p.size) == 1, 0.0, p) if "of 0" in kind else p
        rest = (p,) if h is None else (p, h)
        trials.append(Trial(kind, (Code(source), *rest), (eval(source, {"np": np}), *rest)))
    return tuple(trials)


_is_right = equals(_central, rtol=ROUNDING)


def _accepts(value: Value, known: tuple) -> Diagnosis | None:
    diagnosis = _is_right(value, known)
    if diagnosis is None or diagnosis.mistake or _is_as_close(value, known):
        return None if diagnosis is None or not diagnosis.mistake else diagnosis
    got, want = numbers(value), _central(*known)
    if got is not None and got.shape == want.shape and np.max(np.abs(got - want)) < 0.05 * np.max(np.abs(want)):
        return Diagnosis("approximation-too-coarse")
    return diagnosis


_TO_ONE_SIDE = (
    lambda f, p, h=1e-4: _differences(f, p, h, ahead=1, back=0),
    lambda f, p, h=1e-4: _differences(f, p, h, ahead=0, back=1),
)


def _scaled(factor: float) -> tuple[Callable, ...]:
    """Return the differences to one side, times a wrong number."""
    return tuple(lambda *known, side=side: factor * side(*known) for side in _TO_ONE_SIDE)


_VARIANTS = {
    "sign-flipped": (lambda f, p, h=1e-4: -_central(f, p, h),),
    "factor-two": (lambda f, p, h=1e-4: 2 * _central(f, p, h),),
    "half-kept": (lambda f, p, h=1e-4: _central(f, p, h) / 2,),
    "decimals-lost": (_in_whole_numbers,),
    "approximation-too-coarse": (
        *(lambda f, p, h=1e-4, e=10.0**-k: _differences(f, p, e, ahead=1, back=0) for k in range(2, 10)),
        *_TO_ONE_SIDE,
        lambda f, p, h=1e-4: _differences(f, p, 0.1, ahead=1, back=1),
        lambda f, p, h=1e-4: _differences(f, p, 1e-2, ahead=1, back=1),
    ),
    "measured-elsewhere": (
        _one_array,
        _kept_moved,
        _both_kept_moved,
        _only_back,
        _at_zero,
        lambda f, p, h=1e-4: _kept_moved(f, p, 1e-2),
    ),
    "summed-over-too-much": (
        _together,
        _row_by_row,
        lambda f, p, h=1e-4: np.full(p.shape, _together(f, p, h)),
        lambda f, p, h=1e-4: np.sum(_central(f, p, h)),
        lambda f, p, h=1e-4: np.full(p.shape, np.sum(_central(f, p, h))),
    ),
    "off-by-one": (_but_last, _but_first),
}
_PAIRS = {
    ("half-kept", "approximation-too-coarse"): _scaled(0.5),
    ("factor-two", "approximation-too-coarse"): _scaled(2.0),
    ("sign-flipped", "approximation-too-coarse"): _scaled(-1.0),
    **{
        (id, "off-by-one"): tuple(
            lambda *known, rule=rule, factor=factor: factor * rule(*known) for rule in (_but_last, _but_first)
        )
        for id, factor in (("sign-flipped", -1.0), ("factor-two", 2.0), ("half-kept", 0.5))
    },
}
_KNOWN_RULES = (
    KnownRule(
        (_first_alone,),
        {
            "seen": "Only the first slope was measured; all others are 0.",
            "question": "How often does the body of your loop run before the function returns?",
            "look": "Look at which lines belong to the loop: how far is each of them indented?",
        },
    ),
    KnownRule(
        (_one_array,),
        {
            "seen": "Every slope came back as 0: f was asked at one place, and not ahead of it and behind it.",
            "question": "While f looks ahead and back: how many arrays exist, and where does each of them stand?",
            "look": "Take a p of two entries and write down by hand every array that f is handed.",
        },
        "measured-elsewhere",
    ),
    KnownRule(
        (lambda f, p, h=1e-4: _central(f, p, h) * h**2, lambda f, p, h=1e-4: _central(f, p, h) * 4 * h**2),
        {
            "seen": "The difference of the two values of f is multiplied by h, and not divided by it: with a smaller "
            "h, smaller slopes come out.",
            "question": "In which order does Python work out a division and a multiplication that stand side by side?",
            "look": "Look at what is divided by what in the line that makes the slope.",
        },
    ),
    KnownRule(
        (lambda f, p, h=1e-4: _central(f, p, h) * 2 * h, lambda f, p, h=1e-4: _central(f, p, h) * h),
        {
            "seen": "The difference of the two values of f came back: it is not divided by the distance of the points.",
            "question": "If h is halved, should a slope become half as large?",
            "look": "Look at what is done with the difference of the two values of f.",
        },
    ),
)
_HINTS = {
    "measured-elsewhere": (
        "While f looks ahead and back: how many arrays exist, and where does each of them stand?",
        "Take a p of two entries and write down by hand every array that f is handed.",
    ),
    "": (
        "While f looks ahead and back: how many arrays exist, and which of their entries have moved?",
        "Take a p of two entries and write down by hand every array that f is handed.",
    ),
    "summed-over-too-much": (
        "How many entries move before f is asked, in a p of two rows and two columns?",
        "Visit the entries one at a time, whatever the shape of p.",
    ),
    "factor-two": ("How far apart are the two points?", "Look at the distance that you divide by."),
    "half-kept": ("How far apart are the two points?", "Look at the distance that you divide by."),
    "approximation-too-coarse": (
        "From where to where does your line run: from p to one side, or from side to side?",
        "Draw the curve, both points and the line through them.",
    ),
    "sign-flipped": (
        "If f grows along p, is what you call ahead larger or smaller than back?",
        "Look at the order of the two values of f.",
    ),
}


def numeric_grad_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``numeric_grad(f, p, h=1e-4)``."""
    return PropertyExercise(
        "numeric_grad",
        points,
        ("f", "p", "h"),
        _draw,
        _accepts,
        _VARIANTS,
        _KNOWN_RULES,
        rtol=1e-5,
        neighbours={"a step that follows the size of the entry": _relative},
        hints=_HINTS,
        pairs=_PAIRS,
        reference=_central,
    )
