"""The folder of one class, and who handed in there."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.course.names import safe_id


@dataclass(frozen=True)
class Classroom:
    """The folder that holds everything which belongs to one class."""

    folder: Path

    def make(self) -> Path:
        """Make the folder, for its owner's eyes only, and return it; an older one is closed to everybody else, too.

        A group that was let in with the set-group-ID bit, as graders who share a class need it, stays in.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mode = stat.S_IMODE(self.folder.stat().st_mode)
        closed = mode & ~(0o007 if mode & stat.S_ISGID else 0o077)
        if mode != closed:
            with contextlib.suppress(PermissionError):  # somebody else's folder: doctor tells
                self.folder.chmod(closed)
        return self.folder

    @property
    def exchange(self) -> Path:
        """Where learners of the same hub hand in: what the file ``exchange_root`` says, else beside the class."""
        place = self.folder / "exchange_root"
        if place.is_file():
            return Path(place.read_text(encoding="utf-8").strip())
        return self.folder.resolve().with_name(f"{self.folder.resolve().name}-exchange")

    @property
    def submitted(self) -> Path:
        """What the learners handed in: ``<student>/<assignment>/<assignment>.ipynb``."""
        return self.folder / "submitted"

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

    def remove_archives(self, assignment: str) -> list[Path]:
        """Remove the archives of an assignment's pages, which are no longer true; return what was removed."""
        archives = sorted(self.feedback.glob(f"{assignment}-*.zip"))
        for archive in archives:
            archive.unlink(missing_ok=True)
        return archives

    def submissions(self, assignment: str) -> Submissions:
        """Return everybody who handed something in."""
        return Submissions(self.submitted, assignment)


class Submissions(Mapping[str, Path]):
    """Student -> folder, in the order of their names; only names are kept, for there may be very many.

    A folder whose name cannot stand for a learner has a safe id here, the same every time: a person's name is data.
    """

    def __init__(self, submitted: Path, assignment: str, chosen: Callable[[str], bool] = lambda student: True) -> None:
        self._submitted, self._assignment = submitted, assignment
        names = sorted(
            folder.name
            for folder in submitted.glob("*")
            if not folder.name.startswith(".") and os.path.lexists(folder / assignment)
        )
        ids = {safe_id(name): name for name in sorted(names, key=lambda name: safe_id(name) != name)}
        self._names = {student: ids[student] for student in sorted(ids) if chosen(student)}

    def __getitem__(self, student: str) -> Path:
        return self._submitted / self._names[student] / self._assignment

    def name(self, student: str) -> str:
        """Return the name of a learner's folder, without what cannot be printed."""
        return "".join(c if c.isprintable() else "?" for c in self._names[student])

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
