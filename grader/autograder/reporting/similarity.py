"""Answers that are alike, weighed by how common they are: for a human to look at, never a verdict.

Short exercises have few ways to be right, so most equal answers mean nothing. What counts is how many in this class
wrote the same: a form that half of them share says nothing about two of them.
"""

from __future__ import annotations

import builtins
import hashlib
import heapq
import keyword
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

_SPACE = r"\#[^\n]*|\\\n|[^\S\n]+"
_DOC = r"\"\"\".*?\"\"\"|'''.*?'''"
_TEXT = r"""\"(?:\\.|[^"\\\n])*+\"?|'(?:\\.|[^'\\\n])*+'?"""
"""Without its closing quote it ends with the line: else each of its characters would be a new beginning to try."""
_TOKEN = re.compile(rf"(?P<skip>{_SPACE})|(?P<doc>{_DOC})|{_TEXT}|\w+|.", re.DOTALL)
_WORD = re.compile(rf"(?:{_SPACE}|{_DOC})*({_TEXT}|\n\s*|\w+|.)?", re.DOTALL)
"""One word, line end or sign at a time; comments, spaces and docstrings before it are passed over."""
_KEPT = frozenset((*keyword.kwlist, *dir(builtins), "np", "numpy", "math"))
MAX_SOURCE = 20_000
"""Longer answers are compared by their text alone."""
RARE = 0.1
"""A form is rare if at most this share of the answers has it, or if only two have it."""
MIN_ANSWERS = 10
"""With fewer answers to an exercise nothing can be called rare."""
MIN_SHARED = 2
"""Rare forms that two learners must share to be listed."""


@lru_cache(maxsize=100_000)
def answer_form(source: str) -> str:
    """Return what stays of an answer when comments, spaces and the learner's own names are taken out.

    >>> answer_form("def f(x):  # mine\\n    t = x\\n    return t") == answer_form("def f(u):\\n  y = u\\n  return y")
    True
    """
    if len(source) > MAX_SOURCE:
        return hashlib.sha256(source.encode()).hexdigest()[:16]
    names: dict[str, str] = {}
    parts: list[str] = []
    depth, before = -1, ""
    for token in _WORD.findall(source):  # findall, because one match object a token cost most of a report's time
        if token[:1] == "\n":
            deeper = len(token) - token.rfind("\n") - 1
            if parts and parts[-1] not in "<>=":
                parts.append("=" if deeper == depth else ">" if deeper > depth else "<")
            depth = deeper
        elif before != "." and token not in _KEPT and token.isidentifier():
            parts.append(names.setdefault(token, f"v{len(names)}"))
        elif token:
            parts.append(token)
        before = token
    return hashlib.sha256(" ".join(parts).rstrip("<>= ").encode()).hexdigest()[:16]


def answer_text(source: str) -> str:
    """Return a digest of an answer as it was typed, spaces at the ends of lines and empty lines left out."""
    lines = [line.rstrip() for line in source.splitlines() if line.strip()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Prints:
    """One learner's answers to a chapter as digests, without those that were left as they were handed out."""

    student: str
    texts: Mapping[str, str]
    """Exercise -> digest of the text."""
    forms: Mapping[str, str]
    """Exercise -> digest of the form."""


def take_prints(student: str, sources: Mapping[str, str]) -> Prints:
    """Return the digests of a learner's answers."""
    return Prints(
        student,
        {name: answer_text(source) for name, source in sources.items()},
        {name: answer_form(source) for name, source in sources.items()},
    )


@dataclass(frozen=True)
class BaseRate:
    """How alike the answers to one exercise are in this class."""

    answers: int
    forms: int
    """How many different forms there are."""
    commonest: int
    """How many answers have the commonest form."""
    chance: float
    """Probability that two learners, picked at random, have the same form."""


@dataclass(frozen=True)
class Alike:
    """Learners whose work has more in common than the class's habit explains."""

    students: tuple[str, ...]
    identical: bool
    """Every answer is the same text."""
    shared: Mapping[str, int]
    """Exercise -> how many in the class have the form that they share; rare forms only, unless all is identical."""
    answered: int
    """Exercises that all of them answered."""
    bits: float
    """Sum of -log2(share of the class with that form): how surprising the agreement is."""


def base_rates(prints: list[Prints]) -> dict[str, BaseRate]:
    """Return exercise -> how alike its answers are."""
    rates = {}
    for name in dict.fromkeys(name for one in prints for name in one.forms):
        counts = Counter(one.forms[name] for one in prints if name in one.forms)
        n = counts.total()
        same = sum(k * (k - 1) for k in counts.values())
        rates[name] = BaseRate(n, len(counts), max(counts.values()), same / (n * (n - 1)) if n > 1 else 0.0)
    return rates


def find_alike(prints: list[Prints], most: int = 15) -> list[Alike]:
    """Return whose answers are alike: identical work first, then the most surprising pairs, ``most`` of them."""
    identical = _identical(prints)
    together = {student: number for number, group in enumerate(identical) for student in group.students}
    return [*identical, *_pairs(prints, together, most)][:most]


def _counts(prints: list[Prints]) -> dict[tuple[str, str], list[int]]:
    """Return (exercise, form) -> the numbers of those who have it."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(prints):
        for cell in one.forms.items():
            holders[cell].append(number)
    return holders


def _identical(prints: list[Prints]) -> list[Alike]:
    rates, holders = base_rates(prints), _counts(prints)
    groups: dict[tuple, list[Prints]] = defaultdict(list)
    for one in prints:
        if one.texts:
            groups[tuple(sorted(one.texts.items()))].append(one)
    found = []
    for group in (g for g in groups.values() if len(g) > 1):
        forms = group[0].forms
        shared = {name: len(holders[name, form]) for name, form in forms.items()}
        bits = sum(-math.log2(count / rates[name].answers) for name, count in shared.items())
        found.append(Alike(tuple(one.student for one in group), True, shared, len(forms), bits))
    return sorted(found, key=lambda alike: (-alike.bits, alike.students))


def _pairs(prints: list[Prints], together: Mapping[str, int], most: int) -> list[Alike]:
    """Return the ``most`` surprising pairs; ``together`` numbers those whose work is identical, group by group."""
    rates = base_rates(prints)
    shared: defaultdict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for (name, _), members in _counts(prints).items():
        answers = rates[name].answers
        if answers >= MIN_ANSWERS and 2 <= len(members) <= max(2, RARE * answers):
            for pair in combinations(members, 2):
                shared[pair][name] = len(members)
    bits = {
        (i, j): sum(-math.log2(count / rates[name].answers) for name, count in rare.items())
        for (i, j), rare in shared.items()
        if len(rare) >= MIN_SHARED and together.get(prints[i].student, -1) != together.get(prints[j].student, -2)
    }
    people = {pair: tuple(prints[number].student for number in pair) for pair in bits}
    first = heapq.nsmallest(most, bits, key=lambda pair: (-bits[pair], people[pair]))
    both = [len(prints[i].forms.keys() & prints[j].forms.keys()) for i, j in first]
    return [
        Alike(people[pair], False, shared[pair], answered, bits[pair])
        for pair, answered in zip(first, both, strict=True)
    ]


def without_comments(source: str) -> str:
    """Return an answer without its comments and docstrings, in which names may stand.

    >>> without_comments("a = 1  # Ada wrote this\\nb = '#'")
    "a = 1\\nb = '#'"
    """
    kept = (
        "" if match.lastgroup == "doc" or match[0].startswith("#") else match[0] for match in _TOKEN.finditer(source)
    )
    lines = (line.rstrip() for line in "".join(kept).split("\n"))
    return "\n".join(line for line in lines if line)
