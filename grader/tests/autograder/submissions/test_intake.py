"""What comes in is read defensively, and graded wherever that is fair."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course.limits import Limits
from autograder.submissions.intake import Refused, Submission, parse_notebook, read_submission
from tests.autograder.submissions.downloads import notebook
from tests.fuzzing import fuzzed

NAME = "03-relu-network"
RAW = b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'


def put(folder, name: str, raw: bytes = RAW):
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(raw)
    return folder


@pytest.mark.parametrize(
    "name",
    [
        f"{NAME}.ipynb",
        f"{NAME} (1).ipynb",
        f"{NAME}-Copy1.ipynb",
        f"{NAME} - Copy (2).ipynb",
        f"{NAME}.IPYNB",
        "my homework.ipynb",
    ],
)
def test_the_names_that_programs_give_to_copies_are_found(tmp_path, name):
    assert read_submission(put(tmp_path, name), NAME) == RAW


def test_the_right_name_wins_over_copies(tmp_path):
    put(tmp_path, f"{NAME} (1).ipynb", b"other")
    assert read_submission(put(tmp_path, f"{NAME}.ipynb"), NAME) == RAW


@pytest.mark.parametrize("name", ["(3)", "copy", "-Copy1", "copy 2", "_copy 2 copy (1)", "copy copy3(2)"])
def test_a_renamed_copy_is_known(tmp_path, name):
    put(tmp_path, "scratch.ipynb", b"other")
    assert read_submission(put(tmp_path, f"{NAME}{name}.ipynb"), NAME) == RAW


@pytest.mark.parametrize("part", ["copy ", "copy", "(1)", " ", "copy 1", "-_ "])
def test_no_name_is_looked_at_for_ever(tmp_path, part):
    """One more "copy" once doubled the time: this would not come back in years."""
    strange = put(tmp_path, f"{NAME}{part * (200 // len(part))}x.ipynb", b"other")
    assert read_submission(strange, NAME) == b"other"
    assert read_submission(put(tmp_path, f"{NAME}.ipynb"), NAME) == RAW


def test_a_copy_of_the_right_name_wins_over_another_notebook(tmp_path):
    put(tmp_path, "scratch.ipynb", b"other")
    assert read_submission(put(tmp_path, f"{NAME} (3).ipynb"), NAME) == RAW


def test_the_notebook_of_the_chapter_is_taken_from_among_others(tmp_path):
    put(tmp_path, "Untitled.ipynb")
    put(tmp_path, "chapter 2.ipynb", notebook("02-cost-vs-loss"))
    work = notebook(NAME)
    assert read_submission(put(tmp_path, "my homework.ipynb", work), NAME) == work
    put(tmp_path, "my homework again.ipynb", work)
    assert isinstance(read_submission(tmp_path, NAME), Refused)


def test_two_notebooks_that_could_be_meant_are_refused_by_name(tmp_path):
    put(tmp_path, f"{NAME} (1).ipynb")
    refused = read_submission(put(tmp_path, f"{NAME} (2).ipynb"), NAME)
    assert isinstance(refused, Refused)
    assert "(1)" in refused.reason
    assert "Keep one" in refused.reason


def _link(folder):
    (folder / "target").write_bytes(RAW)
    (folder / f"{NAME}.ipynb").symlink_to(folder / "target")


def _hard_link(folder):
    (folder / "target").write_bytes(RAW)
    os.link(folder / "target", folder / f"{NAME}.ipynb")


def _pipe(folder):
    os.mkfifo(folder / f"{NAME}.ipynb")


def _folder(folder):
    (folder / f"{NAME}.ipynb").mkdir()


def _giant(folder):
    with (folder / f"{NAME}.ipynb").open("wb") as file:
        file.truncate(10**12)


def _nothing(folder):
    pass


@pytest.mark.parametrize("make", [_link, _hard_link, _pipe, _folder, _giant, _nothing])
def test_what_is_not_an_ordinary_file_is_refused_at_once(tmp_path, make):
    make(tmp_path)
    refused = read_submission(tmp_path, NAME)
    assert isinstance(refused, Refused)
    assert "Hand in" in refused.reason or "hand it in" in refused.reason


def test_a_folder_that_is_a_link_is_refused(tmp_path):
    put(tmp_path / "real", f"{NAME}.ipynb")
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    assert isinstance(read_submission(tmp_path / "linked", NAME), Refused)


def test_work_below_somebody_elses_folder_is_refused(tmp_path):
    put(tmp_path / "ada", "x")
    put(tmp_path / "ada" / NAME, f"{NAME}.ipynb")
    (tmp_path / "eve").symlink_to(tmp_path / "ada")
    assert read_submission(tmp_path / "ada" / NAME, NAME) == RAW
    assert isinstance(read_submission(tmp_path / "eve" / NAME, NAME), Refused)


@pytest.mark.parametrize("name", ["\x1b[2J\n\u202e.ipynb", os.fsdecode(b"\xff\xfe.ipynb")])
def test_a_file_name_does_nothing_to_the_terminal_that_shows_it(tmp_path, name):
    (tmp_path / name).mkdir()
    reason = read_submission(tmp_path, NAME).reason
    (tmp_path / f"2{name}").mkdir()
    for told in (reason, read_submission(tmp_path, NAME).reason):
        assert told.isprintable()
        told.encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"   ",
        b"\xff\xfe\x00",
        b"\x80abc",
        RAW[:-2],
        b"[]",
        b"null",
        b"{}",
        b'{"cells": {}}',
        b"[" * 200_000,
        b'{"cells": ' + b"9" * 6000 + b"}",
        b'{"nbformat": 3, "worksheets": 7}',
        b"<html>log in first</html>",
    ],
)
def test_what_is_no_notebook_is_refused_with_advice(raw):
    refused = parse_notebook(raw, NAME)
    assert isinstance(refused, Refused)
    assert "save it" in refused.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_costs_nothing(encoding):
    raw = json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": "x = 'é'"}]}, ensure_ascii=False)
    assert parse_notebook(raw.encode(encoding), NAME).cells[0].source == "x = 'é'"


def test_a_notebook_of_format_3_is_converted():
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [
            {
                "metadata": {},
                "cells": [
                    {"cell_type": "code", "input": "x = 1", "outputs": [], "collapsed": False,
                     "language": "python", "metadata": {"nbgrader": {"grade_id": "answer"}}}
                ],
            }
        ],
    }  # fmt: skip
    (found,) = parse_notebook(json.dumps(old).encode(), NAME).cells
    assert (found.source, found.grade_id) == ("x = 1", "answer")


def test_lone_surrogates_and_zeros_do_not_reach_later_steps():
    raw = b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "x = \'\\ud800\'\\u0000\\r\\ny"}]}'
    source = parse_notebook(raw, NAME).cells[0].source
    source.encode()
    assert "\0" not in source
    assert source.endswith("\ny")


def test_too_many_cells_and_too_much_text_are_refused():
    many = {"nbformat": 4, "cells": [{"cell_type": "code", "source": ""}] * 501}
    much = {"nbformat": 4, "cells": [{"cell_type": "code", "source": "x" * 1_100_000}]}
    pasted = {"nbformat": 4, "cells": [{"cell_type": "code", "source": json.dumps(many["cells"])}]}
    for cells in (many, pasted):
        assert "501 cells" in parse_notebook(json.dumps(cells).encode(), NAME).reason
    assert "text" in parse_notebook(json.dumps(much).encode(), NAME).reason


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
ODD_CELL = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("cell_type", "source", "metadata", "id"), JSON)
) | st.fixed_dictionaries(
    {
        "cell_type": st.sampled_from(["code", "markdown", "raw", "x"]),
        "source": st.text() | st.lists(st.text()) | JSON,
        "metadata": st.fixed_dictionaries({}, optional={"nbgrader": JSON, "tags": JSON}) | JSON,
        "id": st.text() | JSON,
    }
)


@fuzzed(100)
@given(st.binary())
def test_no_bytes_break_the_parser(raw):
    assert isinstance(parse_notebook(raw, NAME), Refused | Submission)


@fuzzed(100)
@given(st.lists(ODD_CELL) | JSON, JSON)
def test_no_json_breaks_the_parser(cells, number):
    raw = json.dumps({"nbformat": number, "cells": cells}).encode()
    parsed = parse_notebook(raw, NAME, Limits())
    assert isinstance(parsed, Refused | Submission)
    if isinstance(parsed, Submission):
        "".join(cell.source for cell in parsed.cells).encode()
