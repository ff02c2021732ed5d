"""A verdict follows from what a learner derived, and from nothing else."""

from __future__ import annotations

import dataclasses
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_output

import gradcheck
from autograder.course import paths
from autograder.course.limits import Limits, load
from autograder.grading import pipeline
from autograder.grading.hidden_suite import judge_exercise
from autograder.grading.pipeline import grade_submission
from autograder.submissions.intake import Refused
from gradcheck.call import Outcome
from gradcheck.caller import Caller
from gradcheck.chapters.registry import all_chapters
from tests.autograder.small_course import BRIEF, QUICK, cell, dump, statuses
from tests.hostile.attack import SOLUTION, Attack

RIGHT = {"double": "right", "square": "right", "answer": "right"}


def add(notebook: dict, source: str, at: int = 2) -> dict:
    """Insert a code cell of the learner's; 2 is in front of the first exercise."""
    notebook["cells"].insert(at, {"cell_type": "code", "source": source, "metadata": {}, "id": "added"})
    return notebook


def test_right_answers_earn_everything(grade, solved):
    verdict = grade(dump(solved))
    assert (verdict.status, verdict.points, verdict.max_points) == ("graded", 6, 6)
    assert statuses(verdict) == RIGHT
    json.dumps(verdict.as_dict())


def test_the_untouched_notebook_earns_nothing_and_is_not_an_error(grade, release):
    verdict = grade(dump(json.loads(json.dumps(release))))
    assert verdict.points == 0
    assert set(statuses(verdict).values()) == {"not-attempted"}


def test_the_same_submission_gets_the_same_verdict(grade, solved):
    first, second = (grade(dump(solved)).as_dict() for _ in range(2))
    for found in [*first["exercises"].values(), *second["exercises"].values()]:
        found.pop("seconds")
    assert first == second


def test_submissions_are_graded_side_by_side(grade, solved, release):
    blank = json.loads(json.dumps(release))
    with ThreadPoolExecutor(4) as pool:
        points = [v.points for v in pool.map(grade, [dump(solved), dump(blank)] * 3)]
    assert points == [6, 0] * 3


def test_code_that_is_gradchecks_own_is_remarked_on_where_it_stands(grade, solved):
    own = (Path(gradcheck.__file__).parent / "autodiff" / "oracle.py").read_text(encoding="utf-8")
    code = own[own.index("import numpy") :]
    add(solved, "if False:\n" + "".join(f"    {line}\n" for line in code.splitlines()))
    exercises = grade(dump(solved)).exercises
    assert [len(exercises[name].remarks) for name in RIGHT] == [1, 0, 0]
    assert "gradcheck/autodiff/oracle.py" in exercises["double"].remarks[0]
    assert exercises["double"].points == exercises["double"].max_points, "a remark costs nothing"


def test_a_wrong_answer_costs_its_own_points_only(grade, solved):
    cell(solved, "square")["source"] = "def square(x):\n    return x**3"
    verdict = grade(dump(solved))
    assert statuses(verdict) == RIGHT | {"square": "wrong"}
    assert verdict.points == 4


def test_a_refusal_is_a_verdict_with_a_reason(grade):
    for raw in (Refused("It is a link."), b"\x00\xff", b"{}"):
        verdict = grade(raw)
        assert (verdict.status, verdict.points, verdict.max_points) == ("refused", 0, 6)
        assert verdict.reason


def test_each_exercise_is_judged_at_its_place(grade, solved):
    add(solved, "def double(x): return 0\nanswer = 0", at=len(solved["cells"]))
    assert statuses(grade(dump(solved))) == RIGHT


def test_a_warning_costs_nothing(grade, solved):
    cell(solved, "double")["source"] = (
        "import sys, warnings\ndef double(x):\n    warnings.warn('careful')\n    print('x', file=sys.stderr)\n"
        "    np.exp(np.array([1e9]))\n    return 2 * x"
    )
    assert statuses(grade(dump(solved))) == RIGHT


def test_what_cells_print_and_draw_is_kept_under_their_id(grade, solved):
    cell(solved, "double")["source"] += "\nprint('<b>hello</b>')"
    add(solved, "import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    outputs = grade(dump(solved)).outputs
    assert outputs["double"] == [{"output_type": "stream", "name": "stdout", "text": "<b>hello</b>\n"}]
    (figure,) = outputs["learner-cell-1"]
    assert figure["data"]["image/png"].startswith("iVBOR")
    for found in outputs.values():
        for output in found:
            new_output(**output)  # a notebook takes them as they are


def test_of_the_courses_own_cells_the_text_is_kept_and_no_picture_drawn(release, grade, solved):
    source = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nprint('ours')\nneeded = 1"
    release.cells.append(new_code_cell(source, id="picture"))
    solved["cells"].append({"cell_type": "code", "id": "picture", "metadata": {}, "source": source, "outputs": []})
    add(solved, "print(plt.get_fignums(), needed)", at=len(solved["cells"]))
    outputs = grade(dump(solved)).outputs
    assert [output["output_type"] for output in outputs["picture"]] == ["stream"]
    assert outputs["learner-cell-1"][0]["text"] == "[] 1\n"


def demonstrated(release, solved, source: str) -> None:
    """Let the release have a cell of its own in front of the answer, and the submission, too."""
    release.cells.insert(-3, new_code_cell(source, id="ours"))
    solved["cells"].insert(-3, {"cell_type": "code", "id": "ours", "metadata": {}, "source": source, "outputs": []})


def test_a_demonstration_on_which_nothing_depends_is_not_run(release, grade, solved):
    demonstrated(release, solved, "print(double(3))\nwhile True:\n    pass")
    assert statuses(grade(dump(solved), limits=BRIEF)) == RIGHT


def test_a_name_that_is_missing_was_missed_by_the_learner_whatever_was_left_out(release, grade, solved, monkeypatch):
    demonstrated(release, solved, "offset = 40")
    cell(solved, "answer")["source"] = "answer = offset + 2"
    monkeypatch.setattr(
        pipeline, "needed_sources", lambda cells, judged: [c.source if c.learners else "" for c in cells]
    )
    cell(solved, "double")["source"] = "def double(x):\n    return 2 * x"
    verdict = grade(dump(solved))
    assert statuses(verdict)["answer"] == "right"


def test_all_outputs_together_are_limited(grade, solved):
    for n in range(9):
        add(solved, f"print('x' * 60_000, {n})")
    limits = dataclasses.replace(QUICK, outputs_bytes=200_000)
    assert len(json.dumps(grade(dump(solved), limits=limits).outputs)) < 200_000


FORGERIES = {
    "asserts and comparisons": (
        "import builtins, numpy as np\nnp.array_equal = np.allclose = np.all = lambda *a, **k: True\n"
        "np.testing.assert_allclose = lambda *a, **k: None\nbuiltins.abs = builtins.max = lambda *a: 0"
    ),
    "a lying array": (
        "class Liar(np.ndarray):\n    __eq__ = lambda s, o: np.ones(3, bool)\n"
        "    __sub__ = __rsub__ = lambda s, o: 0 * s\n"
        "def lie(x): return np.zeros(3).view(Liar)\n"
    ),
    "a lying object": (
        "class Yes:\n    __eq__ = __le__ = __ge__ = lambda s, o: True\n    __array__ = lambda s, *a, **k: np.zeros(3)\n"
        "    __abs__ = __sub__ = __rsub__ = lambda s, *o: s\nYES = Yes()"
    ),
    "the checks themselves": (
        "import gradcheck, sys\ngradcheck.check = check = lambda *a: 2.0\nsys.modules['autograder'] = gradcheck"
    ),
    "IPython": (
        "ip = get_ipython()\nip.run_cell = lambda *a, **k: None\nip.events.register('pre_run_cell', lambda *a: 1)\n"
        "ip.input_transformers_cleanup.append(lambda lines: ['pass'])"
    ),
    "the runner": (
        "import sys, gc\nmain = sys.modules['__main__']\nfor o in gc.get_objects():\n"
        "    if type(o).__name__ == 'Notebook':\n"
        "        o._describe = lambda *a: {'status': 'right', 'points': 2, 'value': None, 'raised': None,"
        " 'changed': [], 'called': [], 'warnings': [], 'reads': []}"
    ),
    "every descriptor": (
        "import os, threading, time\ndef flood():\n    while True:\n        for fd in range(3, 60):\n"
        '            try: os.write(fd, b\'{"points": 2, "status": "right"}\' * 10)\n            except OSError: pass\n'
        "threading.Thread(target=flood, daemon=True).start()"
    ),
    "a result that is printed": "print(2.0)\n2.0",
    "tracing": "import sys\nsys.settrace(lambda *a: None)\nsys.excepthook = sys.displayhook = lambda *a: None",
    "an exit handler": "import atexit, os\natexit.register(lambda: os.write(41, b'x' * 100))",
}


@pytest.mark.parametrize("engine", ["trust", "jail"])
@pytest.mark.parametrize("name", FORGERIES)
def test_nothing_forged_earns_a_point(grade, release, request, name, engine):
    notebook = add(json.loads(json.dumps(release)), FORGERIES[name])
    cell(notebook, "double")["source"] = (
        "def double(x):\n    return globals().get('lie', lambda x: globals().get('YES', 2))(x)"
    )
    for found in notebook["cells"]:
        found["metadata"]["tags"] = ["skip-execution"]
        if found["cell_type"] == "code":
            found["outputs"] = [{"output_type": "execute_result", "data": {"text/plain": "2.0"}}]
    assert grade(dump(notebook), engine=request.getfixturevalue(engine)).points == 0


KILLERS = {
    "endless": "while True: pass",
    "exit": "import os; os._exit(0)",
    "kill its parent": "import os, signal\nos.kill(0 if False else os.getpid(), signal.SIGKILL)",
    "flood": "import os\nos.write(41, b'x' * 100_000)",
    "segfault": "import ctypes; ctypes.string_at(0)",
}


@pytest.mark.parametrize("name", KILLERS)
def test_a_killed_runner_costs_only_what_killed_it(grade, solved, name):
    cell(solved, "square")["source"] = f"def square(x):\n    {KILLERS[name].replace(chr(10), '; ')}\n    return x"
    verdict = grade(dump(solved), limits=BRIEF)
    found = statuses(verdict)
    assert found.pop("square") in ("timeout", "killed")
    assert set(found.values()) == {"right"}


def test_an_answer_keeps_its_points_where_every_other_function_ends_the_process(trust, tmp_path):
    chapter, kept = "01-single-neuron", "numeric_grad"
    names = [exercise.name for exercise in all_chapters()[chapter].exercises if exercise.name != kept]
    ends = {name: f"import os\ndef {name}(*given):\n    os._exit(1)" for name in names}
    Attack("deaths", answers=ends, start=SOLUTION).hand_in(tmp_path / "ada", chapter, paths.NOTEBOOKS, {})
    places = tmp_path / "ada", paths.NOTEBOOKS / chapter
    raw, release = ((place / f"{chapter}.ipynb").read_bytes() for place in places)
    run = {"assignment": chapter, "release": release, "secret": b"s" * 32, "engine": trust, "limits": Limits()}
    found = statuses(grade_submission(raw, student="ada", **run).verdict)
    assert found.pop(kept) == "right"
    assert "right" not in found.values()


def test_a_cell_that_never_ends_is_told_and_costs_only_itself(grade, solved):
    cell(solved, "square")["source"] = "while True:\n    pass\ndef square(x):\n    return x**2"
    verdict = grade(dump(solved), limits=BRIEF)
    assert statuses(verdict) == RIGHT | {"square": "timeout"}
    assert "longer" in verdict.exercises["square"].message
    assert "longer" in verdict.outputs["square"][0]["evalue"]


def test_a_cell_that_cannot_be_parsed_is_told_with_its_line(grade, solved):
    cell(solved, "square")["source"] = "def square(x):\n    return (x"
    verdict = grade(dump(solved))
    assert statuses(verdict) == RIGHT | {"square": "error"}
    assert verdict.outputs["square"][0]["ename"] == "SyntaxError"


def test_a_failing_cell_of_ones_own_does_not_stop_the_rest(grade, solved):
    assert statuses(grade(dump(add(solved, "1 / 0\nundefined")))) == RIGHT


def test_files_beside_the_notebook_are_never_carried(grade, solved, tmp_path, monkeypatch):
    (tmp_path / "numpy.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    assert statuses(grade(dump(solved))) == RIGHT
    assert [file.name for file in tmp_path.iterdir()] == ["numpy.py"]


def test_a_fault_of_the_grader_is_no_verdict(solved, release, trust):

    def broken(*args):
        raise RuntimeError("the suite is broken")

    with pytest.raises(RuntimeError):
        grade_submission(
            dump(solved), assignment="01-test", student="a", release=dump(json.loads(json.dumps(release))),
            secret=b"s", engine=trust, limits=QUICK, examine=broken,
        )  # fmt: skip


SLOW = "import time\n\ndef square(x):\n    time.sleep(0.7)\n    return x**2"


def test_the_class_file_raises_the_time_of_a_call_beyond_the_default(grade, solved, tmp_path, monkeypatch):
    cell(solved, "square")["source"] = SLOW
    monkeypatch.setattr(Limits.__init__, "__defaults__", _defaults(call_seconds=0.4))
    file = tmp_path / "limits.toml"
    assert statuses(grade(dump(solved), limits=load(file))) == RIGHT | {"square": "timeout"}
    file.write_text("call_seconds = 20\n")
    assert statuses(grade(dump(solved), limits=load(file))) == RIGHT


def _defaults(**changes):
    return tuple(changes.get(field.name, field.default) for field in dataclasses.fields(Limits))


@pytest.mark.parametrize("assignment", sorted(all_chapters()))
def test_no_constant_of_the_judge_cuts_the_time_of_an_ordinary_call(assignment):
    asked = []

    class Recorder(Caller):
        """Answers nothing, and notes how much time the judge gives to each call."""

        def call(self, name, args, stand_ins=None, seconds=None):
            asked.append(seconds)
            return Outcome("missing")

        def value(self, name):
            return Outcome("missing")

    for name in (exercise.name for exercise in all_chapters()[assignment].exercises):
        judge_exercise(assignment, name, Recorder(), b"s" * 64)
    assert set(asked) == {None}, "the limit call_seconds alone must decide"
