"""Where everything lies: the one module that knows the names of folders and files."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

ID = "backprop"
"""The course's name in nbgrader's books."""
ROOT = Path(__file__).resolve().parents[2]
SOLUTIONS = ROOT / "solutions"
NOTEBOOKS = ROOT / "notebooks"
WORK = ROOT / "work"
GRADCHECK = ROOT / "grader" / "gradcheck"
SAMPLE = Path(__file__).parent / "sample"
TEMPLATES = Path(__file__).parent / "templates"
LAB = Path(__file__).parent / "lab"
"""JupyterLab for learners: no news, and not nbgrader's Validate, for which all that does not raise is right."""
LEARNER_PYTHON = ROOT / ".venv-learner" / "bin" / "python"
HOME_VARIABLE = "BACKPROP_HOME"
SECRET_BYTES = 32

_ASSIGNMENT = re.compile(r"\d\d-[a-z0-9-]+")


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


def notebook(folder: Path, assignment: str) -> Path:
    """Return the place of an assignment's notebook below ``folder``."""
    return folder / assignment / f"{assignment}.ipynb"


def assignments(folder: Path = SOLUTIONS) -> tuple[str, ...]:
    """Return the assignments whose notebook exists below ``folder``, in teaching order."""
    names = sorted(path.name for path in folder.glob("*") if _ASSIGNMENT.fullmatch(path.name))
    return tuple(name for name in names if notebook(folder, name).is_file())


def home() -> Path:
    """Return the instructor's own folder for this course, outside the repository."""
    return Path(os.environ.get(HOME_VARIABLE) or platformdirs.user_data_path("backprop-course"))


def secret() -> bytes:
    """Return the course's secret, from which every learner's fixtures are drawn; make it on first use."""
    path = home() / "secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"secret.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_bytes(SECRET_BYTES))
        with contextlib.suppress(FileExistsError):  # of two runs that start at once, the first one's secret stays
            os.link(draft, path)
        draft.unlink()
    return path.read_bytes()
