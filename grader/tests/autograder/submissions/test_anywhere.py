"""A notebook saved anywhere, whose cells went through anything, is graded like the one that was given out."""

from __future__ import annotations

import copy
import json
import random
import uuid
from collections.abc import Callable

import pytest

from tests.autograder.small_course import ANSWERS, cell, dump, statuses

ALL_RIGHT = dict.fromkeys(ANSWERS, "right")


def lose_metadata(notebook: dict) -> None:
    for found in notebook["cells"]:
        found["metadata"] = {}
        found.pop("id", None)


def colab(notebook: dict) -> None:
    notebook["metadata"] = {"colab": {"provenance": []}, "kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook["nbformat_minor"] = 0
    for found in notebook["cells"]:
        found["metadata"] = {"id": uuid.uuid4().hex[:12], "executionInfo": {"status": "ok", "user": None}}
        found["source"] = found["source"].splitlines(keepends=True)
        del found["id"]


def vscode(notebook: dict) -> None:
    notebook["metadata"] = {"language_info": {"name": "python"}, "kernelspec": None}
    for found in notebook["cells"]:
        found["id"] = uuid.uuid4().hex[:8]
        found["metadata"] = {"vscode": {"languageId": "python"}}


def kaggle(notebook: dict) -> None:
    notebook["metadata"]["kaggle"] = {"accelerator": "none", "dataSources": []}
    notebook["nbformat_minor"] = 4
    for found in notebook["cells"]:
        found["metadata"] = {"_uuid": str(uuid.uuid4()), "execution": {"iopub.status.busy": "2026-01-01"}}
        del found["id"]


def dataspell(notebook: dict) -> None:
    notebook["nbformat_minor"] = 1
    notebook["metadata"] = {"kernelspec": {"name": "pycharm", "display_name": "PyCharm"}}
    for found in notebook["cells"]:
        found["metadata"] = {"collapsed": False, "pycharm": {"name": "#%%\n", "is_executing": False}}
        found["source"] = [line + "\r\n" for line in found["source"].splitlines()]
        del found["id"]


def cocalc(notebook: dict) -> None:
    notebook["nbformat_minor"] = 4
    notebook["metadata"] = {"kernelspec": {"name": "python3-ubuntu", "metadata": {"cocalc": {"priority": 1}}}}
    for found in notebook["cells"]:
        found["metadata"] = found["metadata"] | {"cocalc": {"outputs": {}}, "scrolled": True}
        del found["id"]


def lite(notebook: dict) -> None:
    notebook["metadata"] = {"kernelspec": {"name": "python", "display_name": "Python (Pyodide)"}}
    for found in notebook["cells"]:
        found["metadata"] = found["metadata"] | {"trusted": True}


TOOLS = (colab, vscode, kaggle, dataspell, cocalc, lite)


@pytest.mark.parametrize("save", TOOLS, ids=lambda tool: tool.__name__)
def test_what_another_tool_saved_is_graded(grade, solved, save: Callable[[dict], None]):
    save(solved)
    assert statuses(grade(dump(solved))) == ALL_RIGHT


@pytest.mark.parametrize(("minor", "kernel"), [*enumerate([None] * 6), (0, {}), (5, {}), (5, {"name": None})])
def test_every_minor_format_and_an_empty_kernelspec_is_read(grade, solved, minor: int, kernel):
    solved["nbformat_minor"] = minor
    solved["metadata"] = {"kernelspec": kernel}
    if minor < 5:
        for found in solved["cells"]:
            del found["id"]
    assert statuses(grade(dump(solved))) == ALL_RIGHT


def reordered(notebook: dict) -> None:
    random.Random(3).shuffle(notebook["cells"])


def duplicated(notebook: dict) -> None:
    notebook["cells"] = [copy.deepcopy(found) for found in notebook["cells"] for _ in range(2)]


def new_ids(notebook: dict) -> None:
    for found in notebook["cells"]:
        found["id"] = uuid.uuid4().hex[:8]


def split(notebook: dict) -> None:
    cells = []
    for found in notebook["cells"]:
        lines = found["source"].splitlines()
        if found["id"] == "double":
            cells += [found | {"source": "factor = 2"}, found | {"source": "def double(x):\n    return factor * x"}]
        elif found["id"] == "answer":
            cells += [found | {"source": line, "id": f"part-{n}"} for n, line in enumerate(["half = 21", *lines])]
        else:
            cells.append(found)
    notebook["cells"] = cells


def merged_into_one(notebook: dict) -> None:
    code = [found["source"] for found in notebook["cells"] if found["cell_type"] == "code"]
    notebook["cells"] = [notebook["cells"][1] | {"source": "\n\n".join(code)}]


def pasted_as_json(notebook: dict) -> None:
    for name in ("double", "square"):
        found = cell(notebook, name)
        found["source"] = json.dumps(found, indent=1)
        found["metadata"] = {}


def whole_notebook_pasted(notebook: dict) -> None:
    whole = json.dumps(notebook)
    notebook["cells"] = [{"cell_type": "raw", "source": whole, "metadata": {}, "id": "all"}]


CHANGES = (reordered, duplicated, new_ids, split, merged_into_one, pasted_as_json, whole_notebook_pasted)


@pytest.mark.parametrize("lost", [False, True], ids=["metadata kept", "metadata lost"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whatever_happened_to_the_cells_the_answers_are_found(grade, solved, change, lost: bool):
    change(solved)
    if lost:
        lose_metadata(solved)
    assert statuses(grade(dump(solved))) == ALL_RIGHT


@pytest.mark.parametrize("left", ["deleted", "stub"])
@pytest.mark.parametrize(("into", "gone"), [("double", "square"), ("square", "double"), ("answer", "double")])
def test_two_answers_in_one_cell_count_both(grade, solved, release, into: str, gone: str, left: str):
    both = ANSWERS[into] + "\n\n\n" + ANSWERS[gone]
    cell(solved, into)["source"] = both
    if left == "deleted":
        solved["cells"].remove(cell(solved, gone))
    else:
        cell(solved, gone)["source"] = next(c.source for c in release.cells if c.id == gone)
    assert statuses(grade(dump(solved))) == ALL_RIGHT


def test_all_answers_in_the_cell_of_one_count_all(grade, solved):
    cell(solved, "square")["source"] = "\n\n".join(ANSWERS.values())
    for name in ("double", "answer"):
        solved["cells"].remove(cell(solved, name))
    assert statuses(grade(dump(solved))) == ALL_RIGHT


def test_an_empty_answer_in_a_merged_cell_costs_only_itself(grade, solved):
    cell(solved, "answer")["source"] = "# YOUR CODE HERE\nraise NotImplementedError()"
    code = [found for found in solved["cells"] if found["cell_type"] == "code"]
    order = [code[0], *(found for found in code if found["id"] == "answer"), *code[1:]]
    solved["cells"] = [code[0] | {"source": "\n\n".join(found["source"] for found in order)}]
    assert statuses(grade(dump(solved))) == ALL_RIGHT | {"answer": "not-attempted"}


def test_an_answer_that_is_wrong_in_its_own_cell_is_not_replaced_by_another(grade, solved):
    cell(solved, "double")["source"] = "def double(x):\n    return x"
    cell(solved, "square")["source"] = ANSWERS["square"] + "\n" + ANSWERS["double"]
    assert statuses(grade(dump(solved))) == ALL_RIGHT | {"double": "wrong"}


def test_a_thread_that_prints_for_ever_costs_nothing(grade, solved):
    talk = "import threading\ndef talk():\n    while True:\n        print('noise')\n"
    talk += "threading.Thread(target=talk, daemon=True).start()"
    solved["cells"].insert(2, {"cell_type": "code", "source": talk, "metadata": {}, "id": "talk", "outputs": []})
    assert statuses(grade(dump(solved))) == ALL_RIGHT


MISSING = "torch_of_nobody"


def test_a_missing_package_costs_only_the_exercise_that_uses_it_and_says_what_is_there(grade, solved):
    cell(solved, "set-up")["source"] = f"import numpy as np, {MISSING}.nn as nn\nfrom {MISSING} import relu\nTWO = 2"
    cell(solved, "double")["source"] = "def double(x):\n    return TWO * x"
    cell(solved, "square")["source"] = "def square(x):\n    return nn.square(x)"
    verdict = grade(dump(solved))
    assert statuses(verdict) == ALL_RIGHT | {"square": "error"}
    assert f"{MISSING} is not there in grading" in str(verdict.exercises["square"])
    assert "numpy" in str(verdict.exercises["square"])


def test_an_import_that_has_a_way_out_takes_it(grade, solved):
    cell(solved, "double")["source"] = (
        f"try:\n    import {MISSING}\nexcept ImportError:\n    TWO = 2\ndef double(x):\n    return TWO * x"
    )
    assert statuses(grade(dump(solved))) == ALL_RIGHT
