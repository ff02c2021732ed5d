"""Copy the download of a learning platform, a folder or a zip file, into the class's ``submitted`` folder."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from autograder.course import limits
from autograder.course.classroom import Classroom
from autograder.course.names import STUDENT_ID


@dataclass(frozen=True)
class CollectedFile:
    """A notebook somewhere below the source."""

    path: PurePosixPath
    """``<student>.ipynb`` or ``<student>/.../<any name>.ipynb``."""
    size: int
    changed: datetime
    content: Path | tuple[zipfile.ZipFile, zipfile.ZipInfo]

    @property
    def student(self) -> str:
        """The learner, by the path."""
        return self.path.parts[0] if len(self.path.parts) > 1 else self.path.stem

    def read(self, most_bytes: int) -> bytes:
        """Return its bytes, or those up to one more than ``most_bytes``."""
        if isinstance(self.content, Path):
            with self.content.open("rb") as file:
                return file.read(most_bytes + 1)
        archive, entry = self.content
        with archive.open(entry) as file:
            return file.read(most_bytes + 1)


def collect_submissions(source: Path, assignment: str, classroom: Classroom) -> tuple[list[str], list[str]]:
    """Take each learner's newest notebook; return who was taken, and one sentence for each notebook that was not.

    The class's limit ``file_bytes`` holds.
    """
    most_bytes = limits.load(classroom.folder / "limits.toml").file_bytes
    taken: list[str] = []
    left: list[str] = []
    newest = sorted(_notebooks(source), key=lambda found: found.changed, reverse=True)
    for found in newest:
        why = _why_not(found, assignment, taken, most_bytes)
        if why:
            left.append(f"{found.path}: {why}")
            continue
        folder = classroom.submitted / found.student / assignment
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{assignment}.ipynb").write_bytes(found.read(most_bytes))
        (folder / "timestamp.txt").write_text(f"{found.changed:%Y-%m-%d %H:%M:%S} UTC\n", encoding="utf-8")
        taken.append(found.student)
    return sorted(taken), sorted(left)


def _why_not(found: CollectedFile, assignment: str, taken: list[str], most_bytes: int) -> str:
    if not STUDENT_ID.fullmatch(found.student):
        return "a learner's name may hold letters, digits and . _ - @ only; rename it"
    if found.size > most_bytes:
        return f"{found.size / 1e6:.0f} MB is more than the {most_bytes / 1e6:.0f} MB that can be graded"
    if len(found.path.parts) > 1 and not found.path.name.startswith(assignment):
        return f"its name does not begin with {assignment}"
    return "a newer one of the same learner was taken" if found.student in taken else ""


def _notebooks(source: Path) -> Iterator[CollectedFile]:
    if source.is_dir():
        for path in source.rglob("*.ipynb"):
            if path.is_file() and not path.is_symlink() and ".ipynb_checkpoints" not in path.parts:
                status = path.stat()
                changed = datetime.fromtimestamp(status.st_mtime, UTC)
                yield CollectedFile(PurePosixPath(path.relative_to(source).as_posix()), status.st_size, changed, path)
        return
    archive = zipfile.ZipFile(source)
    for entry in archive.infolist():
        name = PurePosixPath(entry.filename)
        if name.suffix == ".ipynb" and ".." not in name.parts and not name.is_absolute():
            yield CollectedFile(name, entry.file_size, datetime(*entry.date_time, tzinfo=UTC), (archive, entry))
