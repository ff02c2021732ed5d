"""The folder of one class, and who handed in there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Classroom:
    """The folder that holds everything which belongs to one class."""

    folder: Path

    @property
    def submitted(self) -> Path:
        """What the learners handed in: ``<student>/<assignment>/<assignment>.ipynb``."""
        return self.folder / "submitted"

    @property
    def intake(self) -> Path:
        """The rebuilt notebooks that nbgrader gets to see, while grading runs."""
        return self.folder / "intake"

    @property
    def autograded(self) -> Path:
        """Nbgrader's autograded notebooks, laid out like ``submitted``."""
        return self.folder / "autograded"

    @property
    def feedback(self) -> Path:
        """The pages for the learners, laid out like ``submitted``."""
        return self.folder / "feedback"

    @property
    def verdicts(self) -> Path:
        """What the judge found: ``<assignment>/<student>.json``."""
        return self.folder / "verdicts"

    @property
    def gradebook(self) -> Path:
        """Nbgrader's database, where it is a file."""
        return self.folder / "gradebook.db"

    @property
    def db_url(self) -> str:
        """Nbgrader's database: what the class's file ``db_url`` says, else its own file."""
        place = self.folder / "db_url"
        return place.read_text(encoding="utf-8").strip() if place.is_file() else f"sqlite:///{self.gradebook.resolve()}"

    def feedback_page(self, assignment: str, student: str) -> Path:
        """Return the place of one learner's page."""
        return self.feedback / student / assignment / f"{assignment}.html"

    def submissions(self, assignment: str) -> Submissions:
        """Return everybody who handed something in."""
        return Submissions(self.submitted, assignment)


class Submissions(Mapping[str, Path]):
    """Student -> folder, in the order of their names; only names are kept, for there may be very many.

    What cannot be printed in the name of a folder is a question mark here: such a name is shown, and no learner's.
    """

    def __init__(self, submitted: Path, assignment: str, chosen: Callable[[str], bool] = lambda student: True) -> None:
        self._submitted, self._assignment = submitted, assignment
        names = sorted(folder.name for folder in submitted.glob("*") if os.path.lexists(folder / assignment))
        self._names = {student: name for name in names if chosen(student := _printable(name))}

    def __getitem__(self, student: str) -> Path:
        return self._submitted / self._names[student] / self._assignment

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _printable(name: str) -> str:
    if name.isprintable():
        return name
    return "".join(character if character.isprintable() else "?" for character in name)
