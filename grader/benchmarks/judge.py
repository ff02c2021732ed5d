"""Measure how often gradient checks pass right and wrong answers, at all scales: ``python -m benchmarks.judge``.

The published checks see one random network each time. Ours is the judge as the course uses it: a battery of fixtures
drawn at that scale and certified; where none can be certified it refuses to judge, and that is counted apart.
The exit code is 1 where ours refuses a right answer, passes a wrong one, or cannot judge at all.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.planted import (
    SOUND,
    Answer,
    bias_not_averaged,
    mask_missing,
    one_bias_off,
    right,
    right_float32,
    stale_weights,
)
from benchmarks.published import RULES, Point, Problem
from gradcheck.autodiff.oracle import Undecidable, along
from gradcheck.autodiff.program import Env, forward
from gradcheck.caller import LocalCaller
from gradcheck.chapters.relu_network import CHAPTER
from gradcheck.exercises.battery import arguments, build_case, large_case
from gradcheck.exercises.cases import Case, CaseKind
from gradcheck.exercises.fixtures import NoFixtureError, draw_inputs, is_certified
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.exercises.single_precision import decides
from gradcheck.judging.judge import judge

SEEDS = 6
TRIES = 100
"""Certified draws at scale 1 that are scaled and certified again, for each case of a battery."""
EXERCISE = CHAPTER["relu_net_grads"]
PARAMS = ("W1", "b1", "W2", "b2")
WEIGHTS, INPUTS = (1e-3, 1e-2, 0.1, 1.0, 10.0), (1, 10, 100)


@dataclass(frozen=True)
class Row:
    """One answer at one scale."""

    name: str
    answer: Answer
    weights: float = 1.0
    """Factor of all parameters, biases included."""
    inputs: int = 1

    @property
    def title(self) -> str:
        """Name the row in the table."""
        parts = [f"weights × {self.weights:g}"] * (self.weights != 1) + [f"inputs × {self.inputs}"] * (self.inputs != 1)
        return ", ".join([self.name, *parts])


@dataclass(frozen=True)
class Rates:
    """What was measured in one row: shares of the seeds."""

    passed: Mapping[str, float]
    """Check -> share that it passed; of those that it judged, for ours."""
    refused: float
    """Share for which no battery could be certified."""

    def fails(self, row: Row) -> bool:
        """Tell whether ours refused a right answer, passed a wrong one, or could judge on no seed at all."""
        return self.passed["ours"] != (row.answer in SOUND)


ELSEWHERE = (
    ("right, float32", right_float32),
    ("db1 not / m", bias_not_averaged),
    ("stale W2", stale_weights),
    ("one bias 1 % off", one_bias_off),
)


def rows() -> list[Row]:
    """Return the rows: right and masked at every scale, the others where scales are most extreme."""
    grid = [(weights, inputs) for inputs in INPUTS for weights in WEIGHTS]
    extreme = [(1.0, 1), (WEIGHTS[0], 1), (WEIGHTS[-1], 1), (1.0, INPUTS[-1])]
    everywhere = (("right", right), ("no ReLU mask", mask_missing))
    return [Row(name, answer, *scale) for name, answer in everywhere for scale in grid] + [
        Row(name, answer, *scale) for name, answer in ELSEWHERE for scale in extreme
    ]


def measure(row: Row, seeds: int) -> Rates:
    """Check the answer of ``row`` on as many seeds, with every check."""
    passed: dict[str, list[bool]] = {name: [] for name in (*RULES, "ours")}
    for seed in range(seeds):
        inputs, point = _random(seed, row.weights, row.inputs)
        answered = row.answer(*(inputs[name] for name in EXERCISE.signature.args))
        grads = {name: np.asarray(answered["d" + name], dtype=float) for name in PARAMS}
        for name, rule in RULES.items():
            passed[name].append(rule(Problem(point, grads, np.random.default_rng(seed))))
        if cases := scaled_battery(seed, row.weights, row.inputs):
            finding = judge(CHAPTER, EXERCISE, LocalCaller({EXERCISE.name: row.answer}), cases)
            passed["ours"].append(finding.is_right)
    shares = {name: float(np.mean(found)) if found else np.nan for name, found in passed.items()}
    return Rates(shares, 1 - len(passed["ours"]) / seeds)


@cache
def _random(seed: int, weights: float, inputs: int) -> tuple[Env, Point]:
    """Draw a network by the rule of most courses: everything normal, nothing certified."""
    rng = np.random.default_rng(seed)
    shapes = {"X": (5, 3), "W1": (3, 4), "b1": (1, 4), "W2": (4, 1), "b2": (1, 1), "Y": (5, 1)}
    drawn = _scaled({name: rng.normal(size=shape) for name, shape in shapes.items()}, weights, inputs)
    return drawn, Point(
        lambda params: float(forward(EXERCISE.program, {**drawn, **params})["J"]),
        {name: drawn[name] for name in PARAMS},
    )


def _scaled(values: Env, weights: float, inputs: int) -> Env:
    factors = {"X": inputs, "Y": 1, **dict.fromkeys(PARAMS, weights)}
    return {name: value * factors[name] for name, value in values.items()}


@cache
def scaled_battery(seed: int, weights: float, inputs: int) -> tuple[Case, ...]:
    """Draw the hidden battery at a scale; empty where a regular case cannot be certified.

    A special one that cannot is left out: with one unit, no inputs × 100 keep all residuals of a size.
    """
    rng = np.random.default_rng(seed)
    small = [(drawn[0], _case(rng, *drawn, weights, inputs)) for drawn in _kinds(EXERCISE)]
    if any(case is None for kind, case in small if kind is CaseKind.REGULAR):
        return ()
    return (*(case for _, case in small if case), _large(rng, weights, inputs))


def _kinds(exercise: GraphExercise) -> Iterator[tuple[CaseKind, Mapping[str, int], bool]]:
    """Return kind, sizes and whether the data are integers, for the cases that a hidden battery has."""
    first = exercise.inputs.sizes[0]
    yield from ((CaseKind.REGULAR, sizes, False) for sizes in exercise.inputs.sizes)
    yield CaseKind.IN_VIEW, exercise.inputs.notebook_sizes, False
    yield CaseKind.INTEGERS, first, True
    yield CaseKind.ONE_EXAMPLE, {**first, "m": 1}, False
    yield CaseKind.ONE_UNIT, {**first, "h": 1}, False


def _case(
    rng: np.random.Generator, kind: CaseKind, sizes: Mapping[str, int], integers: bool, weights: float, inputs: int
) -> Case | None:
    with contextlib.suppress(Undecidable, NoFixtureError):
        for _ in range(TRIES):
            whole = EXERCISE.inputs.integer_leaves if integers else frozenset()
            values = _scaled(draw_inputs(EXERCISE, rng, sizes, whole=whole), weights, inputs)
            if is_certified(EXERCISE.program, values):
                found = build_case(EXERCISE, kind, values)
                if decides(found):
                    return found
    return None


def _large(rng: np.random.Generator, weights: float, inputs: int) -> Case:
    drawn = large_case(EXERCISE, rng)
    values = _scaled(drawn.inputs, weights, inputs)
    directions = tuple(
        {
            name: (direction, *along(EXERCISE.program, values, {EXERCISE.signature.outputs[name][1:]: direction}))
            for name, (direction, _, _) in probes.items()
        }
        for probes in drawn.directions
    )
    args = arguments(EXERCISE, forward(EXERCISE.program, values))
    return replace(drawn, inputs=values, args=args, directions=directions)


def lines(found: Sequence[tuple[Row, Rates]]) -> Iterator[list[str]]:
    """Return the table as text, the head first."""
    yield ["case", *RULES, "ours", "refused"]
    for row, rates in found:
        yield [row.title, *(f"{share:.2f}" if share == share else "-" for share in rates.passed.values())] + [
            f"{rates.refused:.2f}"
        ]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; return 1 where ours is wrong anywhere."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--csv", type=Path, help="write the table there as well")
    options = parser.parse_args(argv)
    found = [(row, measure(row, options.seeds)) for row in rows()]
    table = list(lines(found))
    print(f"Share of {options.seeds} seeds that pass: right answers should be 1, wrong ones 0.\n")
    for cells in table:
        print(f"{cells[0]:44}" + "".join(f"{cell:>10}" for cell in cells[1:]))
    if options.csv:
        with options.csv.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(table)
    failures = [row.title for row, rates in found if rates.fails(row)]
    print(f"\nOurs is wrong in: {'; '.join(failures)}" if failures else "\nOurs is right wherever it judges.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
