"""What a learner's machine needs, in the versions of the course's lock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEARNER_NEEDS = ("ipywidgets", "jupyterlab", "matplotlib", "numpy")
"""Where learners work, and what gradcheck and the notebooks import."""


@dataclass(frozen=True)
class Pin:
    """One package of the lock."""

    line: str
    """The requirement: name, version, and where it is needed."""
    wanted_by: frozenset[str]
    """The packages that ask for it."""


def read_lock(text: str) -> Mapping[str, Pin]:
    """Return the packages of a lock that uv compiled, by name, with those that ask for each.

    >>> read_lock("a==1\\n    # via b\\nb==2\\n    # via\\n    #   a\\n    #   c\\n")["b"].wanted_by == {"a", "c"}
    True
    """
    pins: dict[str, Pin] = {}
    for block in re.split(r"\n(?=[A-Za-z0-9])", text.strip()):
        line, *comments = block.splitlines()
        words = [re.sub(r"^\s*#\s*(via\b)?\s*", "", comment) for comment in comments]
        name = re.match(r"[\w.-]+", line)
        if name:
            pins[name[0]] = Pin(line.strip(), frozenset(word.split(" ")[0] for word in words if word))
    return pins


def learner_pins(lock: str, roots: Iterable[str] = LEARNER_NEEDS) -> list[str]:
    """Return the lines of the lock for ``roots`` and for all that they need, on every system.

    Raises ValueError where the lock lacks one of the roots.
    """
    pins = read_lock(lock)
    missing = sorted(set(roots) - set(pins))
    if missing:
        raise ValueError(f"requirements.lock does not hold {', '.join(missing)}: run make lock")
    found: set[str] = set()
    new = set(roots)
    while new:
        found |= new
        new = {name for name, pin in pins.items() if pin.wanted_by & found} - found
    return [pins[name].line for name in sorted(found)]
