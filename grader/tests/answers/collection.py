"""The collection of wrong and right answers in grader/tests/answers, one percent cell an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from autograder.course import paths
from autograder.course.limits import Limits
from autograder.grading.hidden_suite import judge_exercise
from autograder.sandbox.engines import choose_engine
from autograder.session.session import Session
from gradcheck.caller import LocalCaller
from gradcheck.judging.finding import Finding

ANSWERS = Path(__file__).parent
SEED = b"a secret of the tests, not of a course"
HEAD = re.compile(r"^# %% (?P<exercise>\w+)(?:: (?P<ids>[^|]*))?\s*\| (?P<note>.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """One answer of a learner and what its author expected of the engine before it ran."""

    assignment: str
    exercise: str
    note: str
    source: str
    together: frozenset[str] = frozenset()
    """Ids that are all to be named."""
    either: frozenset[str] = frozenset()
    """Ids of which any may be named; empty where nothing in the vocabulary is true."""

    def __str__(self) -> str:
        return f"{self.assignment[:2]} {self.exercise}: {self.note}"


def read(kind: str) -> list[Answer]:
    """Return all answers of a kind, wrong or right."""
    return [answer for path in sorted((ANSWERS / kind).glob("*.py")) for answer in _split(path)]


def _split(path: Path) -> list[Answer]:
    text = path.read_text(encoding="utf-8")
    heads = list(HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [_answer(path.stem, head, text[head.end() : end]) for head, end in zip(heads, ends, strict=True)]


def _answer(assignment: str, head: re.Match, source: str) -> Answer:
    ids = (head["ids"] or "none").strip()
    together = frozenset(part.strip() for part in ids.split("+")) if "+" in ids else frozenset()
    either = frozenset() if together or ids == "none" else frozenset(part.strip() for part in ids.split("/"))
    return Answer(assignment, head["exercise"], head["note"].strip(), source.strip() + "\n", together, either)


def examine(answer: Answer) -> Finding:
    """Grade one answer with the hidden suite."""
    if "numeric-not-derived" in answer.either | answer.together:
        return _in_a_runner(answer)
    namespace = {"np": np}
    exec(compile(answer.source, "<answer>", "exec"), namespace)
    return judge_exercise(answer.assignment, answer.exercise, LocalCaller(namespace), SEED)


def _in_a_runner(answer: Answer) -> Finding:
    """Grade an answer that has to be stopped: only a process of its own can be."""
    with Session(choose_engine("trust", paths.ROOT), Limits()) as session:
        session.run("import numpy as np\n" + answer.source, answer.exercise)
        return judge_exercise(answer.assignment, answer.exercise, session, SEED)


def outcome(answer: Answer, finding: Finding) -> str:
    """Say how well the diagnosis met what was expected: exact, tied, half, unnamed or false."""
    got = set(finding.diagnosis)
    if answer.together:
        return (
            "exact"
            if got == answer.together
            else "half"
            if got & answer.together
            else "unnamed"
            if not got
            else "false"
        )
    if not answer.either:
        return "false" if got else "exact"
    if not got:
        return "unnamed"
    if not got & answer.either:
        return "false"
    return "exact" if got <= answer.either else "tied"
