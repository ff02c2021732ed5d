"""Whatever learners do to cells by accident, their work is graded where it belongs."""

from __future__ import annotations

import time

import pytest

from autograder.course.limits import Limits
from autograder.submissions.definitions import names_defined
from autograder.submissions.intake import Refused
from autograder.submissions.placement import place_submission
from autograder.submissions.rebuild import rebuild
from tests.autograder.small_course import ANSWERS, cell, dump


def rebuilt(release, notebook):
    """Return the notebook that is graded."""
    placement = place_submission(dump(notebook), "01-test", release, Limits())
    assert not isinstance(placement, Refused), placement
    return rebuild(release, placement)


def sources(release, notebook) -> list[str]:
    """Return the sources of the code cells of the rebuilt notebook, tests cells left out."""
    built = rebuilt(release, notebook)
    return [
        c.source
        for c in built.cells
        if c.cell_type == "code" and c.source and not c.metadata.get("nbgrader", {}).get("grade")
    ]


@pytest.fixture
def setup(release) -> str:
    return release.cells[1].source


@pytest.fixture
def right(setup) -> list[str]:
    return [setup, *ANSWERS.values()]


def test_the_release_carries_the_learners_source(release, solved, right):
    assert sources(release, solved) == right


def test_outputs_tags_and_metadata_of_learners_do_not_survive(release, solved):
    for found in solved["cells"]:
        found["metadata"]["tags"] = ["skip-execution", "raises-exception"]
        found["metadata"].get("nbgrader", {})["points"] = 1000
    solved["metadata"] = {"kernelspec": {"name": "bash"}}
    built = rebuilt(release, solved)
    assert built.metadata == release.metadata
    assert [c.metadata for c in built.cells] == [c.metadata for c in release.cells]


def test_deleted_moved_and_retyped_cells_change_nothing(release, solved, right):
    solved["cells"] = [c for c in reversed(solved["cells"]) if not c["id"].startswith(("test-", "set-up"))]
    for found in solved["cells"]:
        found["cell_type"] = "markdown"
    assert sources(release, solved) == right


def test_every_copy_of_a_solution_runs_where_it_stands(release, solved, right):
    first = cell(solved, "double")
    copied = dict(first, id="double-copy")
    first["source"] = "def double(x):\n    return 0"
    solved["cells"].insert(solved["cells"].index(first) + 1, copied)
    assert sources(release, solved) == [right[0], first["source"], *right[1:]]


def test_a_copy_behind_the_tests_cell_does_not_take_the_solutions_place(release, solved, right):
    copied = dict(cell(solved, "double"), source="def double(x):\n    return 0")
    solved["cells"].append(copied)
    assert sources(release, solved) == [*right, copied["source"]]


def test_a_copied_stub_does_not_hide_the_work(release, solved, right):
    stub = dict(cell(solved, "double"), source=release.cells[3].source)
    solved["cells"].insert(0, stub)
    assert sources(release, solved) == right


def test_a_solution_split_over_two_cells_is_whole(release, solved, setup):
    at = solved["cells"].index(cell(solved, "double"))
    half = {"cell_type": "code", "source": "def double(x):\n    return TWO * x", "metadata": {}, "id": "new"}
    solved["cells"][at]["source"] = "TWO = 2"
    solved["cells"].insert(at + 1, half)
    assert sources(release, solved)[:3] == [setup, "TWO = 2", half["source"]]


def test_a_split_that_copied_the_metadata_is_whole(release, solved, setup):
    at = solved["cells"].index(cell(solved, "double"))
    half = dict(solved["cells"][at], source="TWO = 2")
    solved["cells"][at]["source"] = "def double(x):\n    return TWO * x"
    solved["cells"].insert(at + 1, half)
    assert sources(release, solved)[1:3] == [solved["cells"][at]["source"], "TWO = 2"]


SLOW = {
    "empty lines": "\n" * 900_000,
    "blanks": " " * 900_000 + "x",
    "signs": "-" * 900_000 + "1",
    "dots": "a" + ".b" * 400_000,
    "sums": "x = 1" + "+1" * 400_000,
    "statements": "x = 1\n" * 150_000,
    "def and blanks": "def" + " " * 900_000 + "(",
    "one name": "a" * 900_000,
    "escapes": "'\\d \\w'\n" * 1000,
}


@pytest.mark.parametrize("name", SLOW)
def test_no_cell_takes_long_to_look_through(name):
    """The grader's other threads stand still meanwhile; where this fails it does not end for an hour."""
    started = time.process_time()
    names_defined(SLOW[name])
    assert time.process_time() - started < 20


def test_lost_metadata_and_ids_are_found_by_name(release, solved, right):
    for found in solved["cells"]:
        found["metadata"] = {}
        del found["id"]
    assert sources(release, solved) == right


def test_a_solution_in_a_new_cell_before_the_stub_is_not_undone(release, solved, setup):
    stub = cell(solved, "double")
    work = {"cell_type": "code", "source": stub["source"], "metadata": {}, "id": "new"}
    stub["source"] = release.cells[3].source
    solved["cells"].insert(solved["cells"].index(stub), work)
    assert sources(release, solved)[:2] == [setup, work["source"]]
    assert release.cells[3].source not in sources(release, solved)


def test_a_solution_at_the_very_end_is_brought_to_its_place(release, solved, right):
    stub = cell(solved, "double")
    solved["cells"].append({"cell_type": "code", "source": stub["source"], "metadata": {}, "id": "new"})
    stub["source"] = release.cells[3].source
    assert sources(release, solved) == right


def test_helper_cells_stay_in_their_order(release, solved, right):
    at = solved["cells"].index(cell(solved, "square"))
    helpers = [{"cell_type": "code", "source": f"helper = {n}", "metadata": {}, "id": f"h{n}"} for n in (1, 2)]
    solved["cells"][at:at] = helpers
    assert sources(release, solved) == [*right[:2], "helper = 1", "helper = 2", *right[2:]]


def test_an_edited_cell_of_the_release_runs_after_the_original(release, solved, setup):
    cell(solved, "set-up")["source"] = "import math"
    assert sources(release, solved)[:2] == [setup, "import math"]


def test_another_chapters_notebook_is_refused(release, solved):
    solved["cells"] = [{"cell_type": "code", "source": "x = 1", "metadata": {}, "id": "a"}]
    refused = place_submission(dump(solved), "01-test", release, Limits())
    assert isinstance(refused, Refused)
    assert "another chapter" in refused.reason


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def f(x):\n    y = 1", {"f"}),
        ("f: int = 3", {"f"}),
        ("%matplotlib inline\nf = lambda x: x", {"f"}),
        ("def f(x:\n  broken", {"f"}),
        ("f = [1,\n", {"f"}),
        ("f == 3 (", set()),
        ("print(1)", set()),
    ],
)
def test_defined_names_are_found_in_broken_cells_too(source, names):
    assert names_defined(source) & {"f"} == names
