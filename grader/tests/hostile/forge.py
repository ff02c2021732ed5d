"""Marks that nobody earned: nothing of this computes a slope."""

from __future__ import annotations

from tests.hostile.attack import Attack, code, graded_cells

_FULL = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "20.0"}}


def _tagged(notebook: dict) -> None:
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = ["skip-execution", "raises-exception", "nbval-skip"]


def _printed(notebook: dict) -> None:
    for cell in graded_cells(notebook, "grade"):
        cell["outputs"] = [_FULL]


def _pointed(notebook: dict) -> None:
    for cell in notebook["cells"]:
        cell["metadata"].get("nbgrader", {}).update(points=1000, grade=True, solution=True, checksum="0")


def _without_tests(notebook: dict) -> None:
    notebook["cells"] = [cell for cell in notebook["cells"] if not cell["metadata"].get("nbgrader", {}).get("grade")]


def _own_tests(notebook: dict) -> None:
    for cell in graded_cells(notebook, "grade"):
        cell["source"] = "2.0"


def _many_tests(notebook: dict) -> None:
    notebook["cells"] += [cell | {"id": f"{cell['id']}-{n}"} for n in range(9) for cell in graded_cells(notebook, "grade")]


def _verdict(notebook: dict) -> None:
    notebook["metadata"]["verdict"] = {"status": "graded", "key": "0"}
    for cell in graded_cells(notebook, "grade"):
        cell["metadata"]["verdict"] = {"points": 20, "status": "right"}


def _kernel(notebook: dict) -> None:
    notebook["metadata"] = {"kernelspec": {"name": "bash", "display_name": "x", "language": "bash"}}


def _behind(source: str):
    def spoil(notebook: dict) -> None:
        notebook["cells"].append(code(source))

    return spoil


_LIAR = """
import numpy as np
class Liar(np.ndarray):
    __eq__ = __le__ = __ge__ = lambda s, o: np.ones(s.shape, bool)
    __sub__ = __rsub__ = __abs__ = lambda s, *o: 0 * s
    __array_ufunc__ = lambda s, *a, **k: True
    __array__ = lambda s, *a, **k: np.zeros(3)
"""
_HOLLOW = "def forward(x, w, b):\n    return {0}"

ATTACKS = (
    Attack("tags that skip tests", spoil=_tagged),
    Attack("outputs that say 20", spoil=_printed),
    Attack("points in the metadata", spoil=_pointed),
    Attack("tests deleted", spoil=_without_tests),
    Attack("tests replaced", spoil=_own_tests),
    Attack("tests ten times", spoil=_many_tests),
    Attack("a verdict of its own", spoil=_verdict),
    Attack("another kernel", spoil=_kernel),
    Attack(
        "comparisons patched",
        "import builtins, numpy as np\nnp.allclose = np.isclose = np.array_equal = np.all = lambda *a, **k: True\n"
        "np.testing.assert_allclose = lambda *a, **k: None\nbuiltins.abs = builtins.max = lambda *a, **k: 0",
        {"forward": _HOLLOW.format("0.0")},
    ),
    Attack("a lying array", _LIAR, {"forward": _HOLLOW.format("np.zeros(1).view(Liar)")}),
    Attack("a lying number", "class F(float):\n    __eq__ = __float__ = lambda *a: True", {"forward": _HOLLOW.format("F(1)")}),
    Attack("a lying object", "class Y:\n    __getattr__ = __call__ = lambda s, *a: s", {"forward": _HOLLOW.format("Y()")}),
    Attack("not a number", answers={"forward": _HOLLOW.format("float('nan')")}),
    Attack("without bounds", answers={"forward": _HOLLOW.format("float('inf')"), "loss": "def loss(a, y):\n    return -1e308 * 10"}),
    Attack(
        "checks of its own",
        "import sys, gradcheck\ngradcheck.check = check = lambda *a, **k: 20.0\n"
        "for name in ('autograder', 'autograder.grading.hidden_suite', 'gradcheck.judge'):\n    sys.modules[name] = gradcheck",
    ),
    Attack(
        "IPython rewired",
        "ip = get_ipython()\nip.run_cell = lambda *a, **k: None\nip.displayhook = print\n"
        "ip.ast_transformers.append(ip)\nip.input_transformers_cleanup.append(lambda lines: ['2.0'])\n"
        "ip.events.register('pre_run_cell', lambda *a: 2.0)",
    ),
    Attack("traced", "import sys\nsys.settrace(lambda *a: None)\nsys.setprofile(lambda *a: None)\nsys.displayhook = print"),
    Attack(
        "the caller's frame",
        answers={
            "forward": "import sys, gc\ndef forward(x, w, b):\n    f = sys._getframe()\n    while f:\n"
            "        for k, v in f.f_locals.items():\n            if k in ('truth', 'expected', 'want', 'slope'): return v\n"
            "        f = f.f_back\n    found = [o for o in gc.get_objects() if type(o).__name__ in ('Case', 'Battery', 'Exercise')]\n"
            "    return found[0].truth"
        },
    ),
    Attack("its arguments", answers={"neuron_sample_grads": "def neuron_sample_grads(x, y, w, b):\n    return x, b"}),
    Attack(
        "an answer for every sign",
        answers={"predicted_signs": "class S(str):\n    __eq__ = lambda s, o: True\n    __hash__ = str.__hash__\n"
                 "predicted_signs = dict.fromkeys(('dw1', 'dw2', 'db'), S('*'))"},
    ),
    Attack("points printed", "print('20.0')\nprint({'points': 20, 'status': 'right'})\n20.0"),
    Attack("later is not earlier", spoil=_behind("def forward(x, w, b):\n    return w @ x + b + 0.5")),
    Attack("an exit handler", "import atexit, os\natexit.register(lambda: [os.write(f, b'20.0') for f in (1, 40, 41)])"),
    Attack("not attempted is no error", answers={"forward": "def forward(*a):\n    raise SystemExit(0)"}),
)  # fmt: skip
