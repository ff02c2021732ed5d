"""Chapters of earlier editions are named in one sentence wherever somebody asks for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.course import paths
from autograder.course.replaced import REPLACED, require_known, say_replaced
from autograder.submissions.chapters import tell_chapter

OLD = "05-training-in-practice"
SENTENCE = (
    "05-training-in-practice was replaced by 05-cross-entropy, 06-deep-networks and 07-training-in-practice, "
    "and is no longer graded"
)


def notebook(*names: str) -> bytes:
    """Return a notebook with the cells of some exercises."""
    cells = [
        {"cell_type": "code", "id": n, "source": f"def {n}():\n    pass", "outputs": [], "execution_count": None}
        | {"metadata": {"nbgrader": {"grade_id": n, "solution": True, "grade": False}}}
        for n in names
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def run(capsys: pytest.CaptureFixture, *arguments: str) -> tuple[int, str, str]:
    """Run one command in this process."""
    status = main.main(list(arguments))
    said = capsys.readouterr()
    return status, said.out, said.err


def old_class(folder: Path) -> Path:
    """Make a class in which one learner handed in the old chapter."""
    place = paths.notebook_path(folder / "class" / "submitted" / "ada", OLD)
    place.parent.mkdir(parents=True)
    place.write_bytes(notebook(*REPLACED[OLD].exercises))
    return folder / "class"


@pytest.mark.parametrize("name", REPLACED)
def test_a_chapter_that_was_replaced_is_none_of_the_course(name: str) -> None:
    assert name not in paths.assignments()
    assert REPLACED[name].by == tuple(sorted(REPLACED[name].by))


def test_all_that_is_unknown_is_told_in_one_sentence() -> None:
    require_known(paths.assignments())
    with pytest.raises(ValueError, match="^" + SENTENCE + "; no assignment 09-nothing; there are 01-single-neuron"):
        require_known([OLD, "09-nothing"])


@pytest.mark.parametrize("command", ["grade", "collect", "due", "feedback"])
def test_a_command_for_the_old_chapter_says_what_replaced_it(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    place = old_class(tmp_path)
    more = {"collect": [str(tmp_path)], "due": ["2026-03-31 23:59"]}.get(command, [])
    status, out, err = run(capsys, command, OLD, *more, f"--classroom={place}")
    assert (status, out, err) == (1, "", f"course: {SENTENCE}\n")


def test_grading_a_class_that_has_only_the_old_chapter_says_what_replaced_it(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    status, out, err = run(capsys, "grade", f"--classroom={old_class(tmp_path)}")
    assert (status, out, err) == (1, "", f"course: {SENTENCE}\n")


def test_grading_everything_says_it_once_and_grades_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = old_class(tmp_path)
    (place / "submitted" / "ada" / "01-single-neuron").mkdir()
    graded = []
    monkeypatch.setattr("autograder.cli.steps.grade_assignment", lambda name, *_: graded.append(name) or True)
    status, out, _ = run(capsys, "grade", "--workers=1", f"--classroom={place}")
    assert (status, graded) == (0, ["01-single-neuron"])
    assert out.count(SENTENCE) == 1


def test_collecting_for_a_new_chapter_says_that_a_notebook_is_of_the_old_one(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    source = tmp_path / "download" / "ada"
    source.mkdir(parents=True)
    new = max(paths.assignments())
    (source / f"{OLD}.ipynb").write_bytes(notebook(*REPLACED[OLD].exercises))
    status, out, _ = run(capsys, "collect", new, str(source.parent), f"--classroom={tmp_path / 'class'}")
    assert status == 1
    assert f"look: ada/{OLD}.ipynb: {SENTENCE}" in out
    assert f"{new} from folders: 0 learners, 0 submissions taken" in out


def test_a_notebook_of_today_is_not_taken_for_the_old_one() -> None:
    from gradcheck.chapters.registry import all_chapters

    for name, chapter in all_chapters().items():
        assert tell_chapter(notebook(*(e.name for e in chapter.exercises)), name) == name
    shared = ("minibatches", "early_stop", "best_rate")
    assert tell_chapter(notebook(*shared), "07-training-in-practice") == "07-training-in-practice"
    assert say_replaced(OLD) == SENTENCE
