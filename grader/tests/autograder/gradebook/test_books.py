"""The gradebook is the same, entry by entry, whoever graded and wherever it is kept."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbgrader.api import Comment, Grade, Gradebook, Student, SubmittedAssignment, SubmittedNotebook
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import SaveAutoGrades
from sqlalchemy.exc import SQLAlchemyError

from autograder.cli.main import main
from autograder.cli.steps import export_grades
from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.gradebook.books import Booking, Books
from autograder.gradebook.nbgrader_config import configure
from tests.autograder import database_server as server
from tests.autograder.dask_processes import Cluster, after

if TYPE_CHECKING:
    from tests.autograder.school import School

FIRST = "01-single-neuron"
LEARNERS = ("perfect", "guessed-signs", "half-forgotten", "cut-off", "column-shaped", "untouched")


@pytest.fixture(scope="module")
def group(school: Callable, tmp_path_factory: pytest.TempPathFactory) -> School:
    """A class of six; nobody has been graded."""
    return founded(school, tmp_path_factory.mktemp("books") / "here")


@pytest.fixture(scope="module")
def expected(group: School) -> list[tuple]:
    """The books of one process, in a file."""
    group.grade(FIRST, workers=1)
    found = group.books()
    assert len(found) == len(LEARNERS) * 8
    assert len({row[4] for row in found}) > 3
    return found


@pytest.fixture(scope="module")
def dask() -> Iterator[Cluster]:
    started = Cluster()
    started.join(2)
    yield started
    started.end()


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server; asked for with COURSE_POSTGRESQL=1, it must be there."""
    if server.PROGRAMS is None and os.environ.get("COURSE_POSTGRESQL") != "1":
        pytest.skip("no PostgreSQL server on this machine (apt: postgresql)")
    with server.running() as address:
        yield address


def alone(group: School, dask: Cluster) -> None:
    group.grade(FIRST, workers=1)


def every_core(group: School, dask: Cluster) -> None:
    group.grade(FIRST, workers=2)


def by_hand(group: School, dask: Cluster) -> None:
    done = group.by_hand("autograde", FIRST)
    assert done.returncode == 0, done.stderr


def three_workers_of_which_one_is_killed(group: School, dask: Cluster) -> None:
    dask.join(1)
    group.grade(FIRST, scheduler=dask.address, progress=after(len(LEARNERS) // 2, dask.kill_worker))


WAYS = (alone, every_core, by_hand, three_workers_of_which_one_is_killed)


@pytest.mark.parametrize(
    ("way", "store"),
    [
        pytest.param(way, store, id=f"{way.__name__}-{store}")
        for way in WAYS
        for store in ("file", "postgresql")
        if (way, store) != (by_hand, "file")  # test_autograde compares that with a file's books
    ],
)
def test_the_books_are_the_same(
    group: School, expected: list[tuple], dask: Cluster, request: pytest.FixtureRequest, way: Callable, store: str
) -> None:
    room = group.classroom
    for lost in (room.verdicts, room.autograded):
        shutil.rmtree(lost, ignore_errors=True)
    room.gradebook.unlink(missing_ok=True)
    place = room.folder / "db_url"
    place.unlink(missing_ok=True)
    if store == "postgresql":
        place.write_text(server.database(request.getfixturevalue("postgres"), way.__name__) + "\n")
    configure(group.config, room, group.released)
    group.release(FIRST)
    way(group, dask)
    assert group.books() == expected
    assert room.gradebook.exists() == (store == "file")


def every_row(gradebook: Gradebook) -> dict[str, list[tuple]]:
    """Return all that nbgrader's tables say of learners, without the keys that are drawn."""
    found = {}
    for table in (Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment):
        rows = gradebook.db.query(table).all()
        columns = [column.name for column in table.__table__.columns if column.type.python_type is not str]
        names = [name for name in ("name", "student_id", "auto_comment", "manual_comment") if hasattr(table, name)]
        found[table.__name__] = sorted(([getattr(row, name) for name in (*names, *columns)] for row in rows), key=repr)
    return found


def as_nbgrader_does(gradebook: Gradebook, graded: Path) -> None:
    """Book the notebook of one learner by nbgrader's own steps."""
    student, moment = graded.parent.parent.name, (graded.parent / "timestamp.txt").read_text().strip()
    gradebook.update_or_create_student(student)
    gradebook.update_or_create_submission(FIRST, student, timestamp=moment)
    names = {"notebook": FIRST, "assignment": FIRST, "student": student, "db_url": str(gradebook.engine.url)}
    SaveAutoGrades().preprocess(nbformat.read(graded, 4), {"nbgrader": names})


def mark_by_hand(gradebook: Gradebook) -> None:
    """Do what an instructor does in formgrader."""
    gradebook.find_grade("test-predicted_signs", FIRST, FIRST, "guessed-signs").manual_score = 1.5
    gradebook.find_grade("test-loss", FIRST, FIRST, "perfect").extra_credit = 0.5
    gradebook.find_comment("loss", FIRST, FIRST, "untouched").manual_comment = "Come and see me."
    gradebook.db.commit()


def test_the_rows_are_those_that_nbgrader_makes(school: Callable, tmp_path: Path) -> None:
    ours, theirs = founded(school, tmp_path / "ours"), founded(school, tmp_path / "theirs")
    for again in (False, True):
        if again:  # what the instructor did stays, and a mark by hand is to be looked at again
            (ours.classroom.submitted / "perfect" / FIRST / "timestamp.txt").write_text("2026-01-03 03:04:05 UTC")
        ours.grade(FIRST, force=again)
        with Gradebook(ours.classroom.db_url) as mine, Gradebook(theirs.classroom.db_url) as other:
            for name in LEARNERS:
                as_nbgrader_does(other, paths.notebook_path(ours.classroom.autograded / name, FIRST))
            for student in other.students:  # what a run does at its end
                student.first_name, student.last_name = "", student.id
            other.db.commit()
            rows = every_row(mine)
            assert rows == every_row(other)
            assert [row for row in rows["Comment"] if "No response." in row]
            assert len(rows["Grade"]) == len(LEARNERS) * 8
            mark_by_hand(mine)
            mark_by_hand(other)
    assert sum(row[-1] is True for row in rows["Grade"]) == 1, "the mark by hand is to be looked at again"


def test_a_row_that_an_older_release_did_not_need_is_added(group: School) -> None:
    (group.classroom.folder / "db_url").unlink(missing_ok=True)
    configure(group.config, group.classroom, group.released)
    group.release(FIRST)
    group.grade(FIRST)
    before = group.books()
    with Gradebook(group.classroom.db_url) as gradebook:
        gradebook.db.delete(gradebook.find_grade("test-loss", FIRST, FIRST, "perfect"))
        gradebook.db.delete(gradebook.find_comment("loss", FIRST, FIRST, "perfect"))
        gradebook.db.commit()
    group.grade(FIRST, force=True)
    assert group.books() == before


def test_a_task_is_the_instructors_to_grade(school: Callable, tmp_path: Path) -> None:
    place = founded(school, tmp_path / "tasks")
    moment = datetime(2026, 1, 2)
    with Gradebook(place.classroom.db_url) as gradebook:
        gradebook.add_task_cell("essay", FIRST, FIRST, max_score=3, cell_type="markdown")
        books = Books(gradebook, FIRST)
        for manual in (None, 2.0):
            books.enter(Booking("ada", moment, {"test-loss": 1.0}, frozenset({"loss", "essay"})))
            task = gradebook.find_grade("essay", FIRST, FIRST, "ada")
            assert (task.auto_score, task.manual_score, task.needs_manual_grade) == (None, manual, manual is None)
            assert gradebook.find_comment("essay", FIRST, FIRST, "ada").auto_comment is None
            task.manual_score, task.needs_manual_grade = 2.0, False
            gradebook.db.commit()


def test_what_cannot_be_entered_leaves_nothing(school: Callable, tmp_path: Path) -> None:
    place = founded(school, tmp_path / "bad")
    with Gradebook(place.classroom.db_url) as gradebook:
        books, before = Books(gradebook, FIRST), every_row(gradebook)
        for points in ({"test-loss": "a lot"}, {"test-loss": object()}):
            with pytest.raises(SQLAlchemyError):
                books.enter(Booking("ada", datetime(2026, 1, 2), points, frozenset()))
            assert every_row(gradebook) == before
        books.enter(Booking("ada", datetime(2026, 1, 2), {"test-loss": 1.0}, frozenset()))
        assert [row[1] for row in every_row(gradebook)["SubmittedAssignment"]] == ["ada"]


def test_two_classes_grade_at_once_with_one_scheduler_and_one_server(
    school: Callable, expected: list[tuple], dask: Cluster, postgres: str, tmp_path: Path
) -> None:
    classes = [founded(school, tmp_path / name, server.database(postgres, f"class {name}")) for name in "ab"]
    with ThreadPoolExecutor() as pool:  # each class has a process of its own, as two instructors have
        scheduler = f"--Autograde.scheduler={dask.address}"
        done = list(pool.map(lambda one: one.by_hand("autograde", FIRST, scheduler), classes))
    assert [one.returncode for one in done] == [0, 0], done[0].stderr + done[1].stderr
    for one in classes:
        assert one.books() == expected


def test_two_classes_do_not_share_a_gradebook(school: Callable, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/marks.db"
    first = founded(school, tmp_path / "a", url)
    first.grade(FIRST)
    before = first.books()
    words = rf"this gradebook belongs to the class in {tmp_path}/a/class: give \S+ a database of its own"
    with pytest.raises(ValueError, match=words):
        founded(school, tmp_path / "b", url)
    second = founded(school, tmp_path / "c")
    (second.classroom.folder / "db_url").write_text(url)
    configure(second.config, second.classroom, second.released)
    with pytest.raises(NbGraderException, match=words):
        second.grade(FIRST)
    assert first.books() == before
    moved = first.classroom.folder.rename(tmp_path / "moved")
    configure(first.config, Classroom(moved), first.released)
    first.grade(FIRST, again="*")
    assert first.books() == before


def founded(school: Callable, folder: Path, url: str = "") -> School:
    """Return a class of six with a gradebook at an address."""
    folder.mkdir()
    place = school(folder, "class")
    if url:
        (place.classroom.folder / "db_url").write_text(url)
        configure(place.config, place.classroom, place.released)
    place.release(FIRST)
    for name in LEARNERS:
        submitted = place.sample(FIRST, name)
        (submitted.parent / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC")
    return place


def test_a_server_serves_feedback_export_and_marks_by_hand(group: School, postgres: str) -> None:
    (group.classroom.folder / "db_url").write_text(server.database(postgres, "all of it"))
    configure(group.config, group.classroom, group.released)
    group.release(FIRST)
    group.grade(FIRST)
    with Gradebook(group.config.CourseDirectory.db_url) as gradebook:
        gradebook.find_grade("test-predicted_signs", FIRST, FIRST, "guessed-signs").manual_score = 1.5
        gradebook.db.commit()
    group.grade(FIRST, force=True)
    group.feedback(FIRST)
    assert "by hand" in group.classroom.feedback_page(FIRST, "guessed-signs").read_text()
    table = group.classroom.folder / "marks.csv"
    export_grades([FIRST], "moodle", table, group.config)
    assert "guessed-signs,19.5" in table.read_text()


def test_a_gradebook_out_of_reach_gets_a_sentence_without_its_password(
    group: School, capsys: pytest.CaptureFixture
) -> None:
    (group.classroom.folder / "db_url").unlink(missing_ok=True)
    configure(group.config, group.classroom, group.released)
    group.release(FIRST)
    group.grade(FIRST)
    (group.classroom.folder / "db_url").write_text("postgresql://course:hush@127.0.0.1:9/none")
    assert main(["export", "--classroom", str(group.classroom.folder)]) == 1
    said = capsys.readouterr().err
    assert "the gradebook at postgresql://course:***@127.0.0.1:9/none cannot be opened" in said
    assert "hush" not in said
    assert len(said.splitlines()) < 4
    (group.classroom.folder / "db_url").unlink()


def test_the_class_says_where_its_gradebook_is(tmp_path: Path) -> None:
    room = Classroom(tmp_path)
    assert room.db_url == f"sqlite:///{tmp_path}/gradebook.db"
    (tmp_path / "db_url").write_text("postgresql:///marks\n")
    assert room.db_url == "postgresql:///marks"
