"""What is left out changes nothing that a learner's code, or the judge, can see; and much is left out."""

from __future__ import annotations

import contextlib
import random
import time

import matplotlib as mpl
import numpy as np
import pytest

from autograder.submissions.slicing.needed_cells import CodeCell, needed_sources

ours, theirs = False, True


def run(sources: list[str], ask: str) -> str:
    """Run cells as a notebook does, each up to its first error, and return what the judge would see."""
    names: dict[str, object] = {}
    np.random.seed(0)
    random.seed(0)
    with mpl.rc_context():
        for source in sources:
            with contextlib.suppress(Exception):
                exec(compile(source, "<cell>", "exec"), names)
        try:
            return repr(eval(ask, names))
        except Exception as err:
            return repr(err)


def chosen(cells: list[tuple[bool, str]], judged: tuple[str, ...] = ("answer",)) -> list[str]:
    """Return what has to run of each cell."""
    return needed_sources([CodeCell(source, learners) for learners, source in cells], judged)


SET_UP = (ours, "import numpy as np\nX = np.array([[1.0, 2.0], [3.0, 4.0]])\nseen = []\nrng = np.random.default_rng(0)")
ANSWER = (theirs, "def answer():\n    return X, seen, rng.normal()")
CHANGES = {
    "a subscript": "X[0] = 9.0",
    "a row that is a view": "row = X[0]\nrow += 1.0",
    "another name": "alias = X\nalias[0, 0] = 9.0",
    "another name, in another cell": ["alias = X", "alias[0, 0] = 9.0"],
    "a reshaped view": "X.reshape(4)[0] = 7.0",
    "a transposed view, in a loop": "for row in X.T:\n    row *= 2.0",
    "a tuple that is unpacked": "a, b = X, 1\na += b",
    "a dictionary": "box = {'x': X}\nbox['x'][0] = 9.0",
    "the values of a dictionary": "box = {'x': X}\nfor value in box.values():\n    value -= 1.0",
    "zip": "for row, one in zip(X, [1, 2]):\n    row += one",
    "a condition": "other = X if len(seen) == 0 else None\nother[0] = 5.0",
    "an or": "other = None or X\nother[0] = 5.0",
    "a method": "X.fill(3.0)",
    "sorting": "X[:, 0][::-1].sort()",
    "out=": "np.exp(X, out=X)",
    "out by its place": "np.exp(X, X)",
    "out by its place, of dot": "np.dot(X.copy(), X.copy(), X)",
    "numpy's own writers": "np.copyto(X, 1.0)\nnp.fill_diagonal(X, 5.0)",
    "at": "np.add.at(X, 0, 1.0)",
    "a function": "def change(A):\n    A[0] = 4.0\n\n\nchange(X)",
    "a function of functions": "def do(f, A):\n    f(A)\n\n\ndef change(A):\n    A[0] = 4.0\n\n\ndo(change, X)",
    "a function that a dictionary holds": "def change(A):\n    A[0] = 4.0\n\n\nback = {'c': change}\nback['c'](X)",
    "a function that is returned": "def give():\n    return X\n\n\ngive()[0] = 8.0",
    "a function within a function": "def do(A):\n    def inner():\n        A[0] = 3.0\n    inner()\n\n\ndo(X)",
    "a lambda": "first = lambda A: A.fill(2.0)\nfirst(X)",
    "a lambda that is handed on": "list(map(lambda A: A.fill(2.0), [X]))",
    "a lambda that a list holds": ["fs = [lambda: seen.append(1)]", "fs[0]()"],
    "a global declaration": "def change():\n    global X\n    X = X + 1\n\n\nchange()",
    "a method that has a name": ["draw = rng.normal", "draw()"],
    "a generator's next number": "noise = rng.normal(size=3)",
    "a generator within a function": "def draw(source):\n    return source.normal()\n\n\ndraw(rng)",
    "append": "seen.append(1)",
    "append, in a function": "def note(n):\n    seen.append(n)\n\n\nnote(3)",
    "what was put in before": ["def note(A):\n    seen.append(A)\n\n\nY = np.zeros(2)\nnote(Y)", "Y[0] = 5.0"],
    "extending in place": "seen += [1, 2]",
    "another name by a walrus": "if (other := X) is not None:\n    other[0] = 1.0",
    "a comprehension": "[row.fill(0.0) for row in X]",
    "an exception's way": "try:\n    1 / 0\nexcept ZeroDivisionError:\n    X[0] = 0.0",
    "with": "with np.errstate(all='ignore'):\n    X[0] = 0.0",
    "a new value": "X = X * 2.0",
    "a loop's variable": "for X in (1, 2):\n    pass",
    "an import": "import math as X",
    "a definition": "def rng():\n    return 1",
    "deletion": "del X",
    "a list that is repeated": "many = [X] * 2\nmany[0][0] = 6.0",
    "lists that are added": "many = [X] + []\nmany[0][0] = 6.0",
    "a star": "first, *rest = X, seen\nrest[0].append(1)",
    "arguments with a star": "def change(*all_):\n    all_[0][0] = 1.0\n\n\nchange(X)",
    "arguments by name": "def change(A, B):\n    B[0] = 1.0\n\n\nchange(B=X, A=1)",
    "arguments by two stars": "def change(A, B):\n    B[0] = 1.0\n\n\nchange(**{'A': 1, 'B': X})",
    "recursion": "def go(n, A):\n    if n:\n        go(n - 1, A)\n    else:\n        A[0] = 0.5\n\n\ngo(3, X)",
    "a shallow copy": "box = dict({'x': X})\nbox['x'] += 1.0",
    "an iterator": ["pairs = iter([X])", "next(pairs)[0] = 1.0"],
    "a setting": "import matplotlib.pyplot as plt\nplt.rcParams['lines.linewidth'] = 99.0",
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_cell_that_changes_what_a_learner_needs_is_run(name):
    between = CHANGES[name] if isinstance(CHANGES[name], list) else [CHANGES[name]]
    ask = "answer(), __import__('matplotlib').rcParams['lines.linewidth']"
    cells = [SET_UP, *((ours, source) for source in between), ANSWER]
    everything = [source for _, source in cells]
    assert run(everything, ask) != run([everything[0], everything[-1]], ask), "this case changes nothing"
    assert run(chosen(cells), ask) == run(everything, ask)


CALL = (ours, "values = f(np.zeros(2), 1.0)\nprint(values)")
STATES = {
    "a counter": "count = 0\ndef f(a, b):\n    global count\n    count += 1\n    return count",
    "a list": "count = []\ndef f(a, b):\n    count.append(1)\n    return len(count)",
    "a memory": "kept = {}\ndef f(a, b):\n    return kept.setdefault(b, len(kept) + a[0])",
    "a default value": "def f(a, b, kept=[]):\n    kept.append(1)\n    return len(kept)",
    "a default value in a dictionary": "def f(a, b, kept={}):\n    kept[len(kept)] = 1\n    return len(kept)",
    "a closure": "def make():\n    kept = []\n    def inner(a, b):\n        kept.append(1)\n        return len(kept)\n"
    "    return inner\nf = make()",
    "nonlocal": "def make():\n    n = 0\n    def inner(a, b):\n        nonlocal n\n        n += 1\n        return n\n"
    "    return inner\nf = make()",
    "an attribute": "def f(a, b):\n    f.n = getattr(f, 'n', 0) + 1\n    return f.n",
    "an object": "class F:\n    n = 0\n    def __call__(self, a, b):\n        self.n += 1\n        return self.n\n"
    "f = F()",
    "numpy's own generator": "def f(a, b):\n    return np.random.rand()",
    "numpy's own generator by another name": "draw = np.random.rand\ndef f(a, b):\n    return draw()",
    "numpy's generator, made once": "mine = np.random.default_rng(3)\ndef f(a, b):\n    return mine.normal()",
    "a generator's method": "mine = np.random.default_rng(3).normal\ndef f(a, b):\n    return mine()",
    "Python's own generator": "import random\ndef f(a, b):\n    return random.random()",
    "what is gone through once": "left = iter(range(9))\ndef f(a, b):\n    return next(left)",
    "a generator function": "def count():\n    n = 0\n    while True:\n        n += 1\n        yield n\nc = count()\n"
    "def f(a, b):\n    return next(c)",
    "a cache": "import functools\nn = []\n@functools.lru_cache\ndef g(b):\n    n.append(1)\n    return len(n)\n"
    "def f(a, b):\n    return g(b), len(n)",
    "a partial": "import functools\nn = []\ndef g(n, a, b):\n    n.append(1)\n    return len(n)\n"
    "f = functools.partial(g, n)",
    "vectorize": "n = []\ndef g(b):\n    n.append(1)\n    return len(n)\ndef f(a, b):\n    return np.vectorize(g)(b)",
    "sorted by a key": "n = []\ndef f(a, b):\n    return sorted([1], key=lambda one: n.append(1)), len(n)",
    "globals()": "n = 0\ndef f(a, b):\n    globals()['n'] += 1\n    return n",
    "exec": "n = 0\ndef f(a, b):\n    exec('global n; n += 1')\n    return n",
    "a container in a container": "box = {'n': [0]}\ndef f(a, b):\n    kept = box['n']\n    kept[0] += 1\n"
    "    return kept[0]",
}


@pytest.mark.parametrize("name", STATES)
def test_a_demonstration_is_run_if_a_learners_function_remembers_its_calls(name):
    cells = [SET_UP, (theirs, STATES[name]), CALL, CALL, (theirs, "answer = f(np.ones(2), 2.0)")]
    everything = [source for _, source in cells]
    without = [source for learners, source in cells if learners]
    ask = "answer, f(np.ones(2), 2.0)"
    assert run(everything, ask) != run([everything[0], *without], ask), "this case remembers nothing"
    assert run(chosen(cells, ("f", "answer")), ask) == run(everything, ask)


def test_a_learners_function_that_changes_its_argument_makes_its_calls_needed():
    cells = [
        SET_UP,
        (theirs, "def step(A, lr):\n    A -= lr\n    return A"),
        (ours, "def demonstrate(fn, data):\n    return fn(data, 0.5)\n\n\ndemonstrate(step, X)"),
        (theirs, "answer = float(X.sum())"),
    ]
    everything = [source for _, source in cells]
    assert run(chosen(cells), "answer") == run(everything, "answer") == "8.0"


def test_a_default_value_that_a_function_gives_away_is_not_forgotten():
    cells = [(theirs, "def f(kept=[]):\n    return kept"), (ours, "f().append(1)"), (theirs, "answer = len(f())")]
    everything = [source for _, source in cells]
    assert run(chosen(cells, ("f", "answer")), "answer") == run(everything, "answer") == "1"


LEFT_OUT = {
    "a picture": "import matplotlib.pyplot as plt\nfigure, (left, right) = plt.subplots(1, 2)\n"
    "left.plot(X)\nplt.show()",
    "a print": "print(f'{X.sum():.3f}', len(seen))",
    "a training with a function of the learner's": "params, costs = train(X, {'W': np.zeros(2)}, lambda X, p: p)\n"
    "params['W'] += costs[-1]",
    "its own generator": "noise = np.random.default_rng(1).normal(size=3)\nnoise += 1.0",
    "a new array": "Y = X * 1.0\nY[0] = 1.0",
    "a list of its own": "own = []\nfor row in X:\n    own.append(row.sum())",
    "the course's package": "from gradcheck.anything import compare, draw\ncompare('x', X)\ndraw(train, X)",
    "another function's picture": "import matplotlib.pyplot as plt\ndef draw(A):\n    plt.plot(A)\n\n\ndraw(X)",
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_only_shows_something_is_left_out(name):
    train = (
        "def train(X, params, grad):\n    costs = []\n    for _ in range(9):\n        costs.append(float(X.sum()))\n"
        "        params = {k: p - grad(X, params)[k] for k, p in params.items()}\n    return params, costs"
    )
    cells = [SET_UP, (theirs, train), (ours, LEFT_OUT[name]), ANSWER]
    assert chosen(cells, ("train", "answer"))[2] == ""


def test_a_cell_runs_up_to_the_last_line_that_is_needed():
    helper = "def helper():\n    return 7\n\n\nslow = sum(range(9))\nprint(slow)"
    cells = [(ours, helper), (theirs, "def answer():\n    return helper()")]
    assert chosen(cells)[0] == "def helper():\n    return 7"
    assert chosen([(ours, "a = 1; b = 2"), (theirs, "answer = a")])[0] == "a = 1; b = 2"


def test_what_stops_a_cell_stops_it_still():
    cells = [
        (theirs, "def f():\n    raise ValueError"),
        (ours, "late = 1"),
        (ours, "f()\nlate = 2"),
        (theirs, "answer = late"),
    ]
    everything = [source for _, source in cells]
    assert run(chosen(cells), "answer") == run(everything, "answer") == "1"


UNDECIDED = {
    "exec": "exec('answer = X')", "eval": "answer = eval('X')", "globals": "answer = globals()['X']",
    "locals": "answer = locals()['X']", "vars": "answer = vars()['X']", "star": "from numpy import *\nanswer = 1",
    "magic": "%run other.py", "shell": "!ls", "setattr": "setattr(np, 'mean', None)", "attribute": "np.mean = None",
    "frames": "import sys\nanswer = sys._getframe()", "shell object": "get_ipython().run_cell('1')",
    "history": "answer = _",
    "dunder": "answer = (lambda: 0).__globals__['X']", "import": "import importlib", "broken": "def answer(:",
    "class": "class A:\n    x = 1", "other package": "import os\nos.chdir('/')", "file": "answer = open('x').read()",
}  # fmt: skip


@pytest.mark.parametrize("name", UNDECIDED)
def test_what_cannot_be_decided_runs_everything(name):
    cells = [
        SET_UP,
        (ours, "X[0] = 1.0\nprint(X)"),
        (theirs, UNDECIDED[name]),
        (ours, "print(1)"),
        (theirs, "answer = 1"),
    ]
    assert chosen(cells) == [source for _, source in cells]


@pytest.mark.parametrize(
    "line", ["sum = max", "np = None", "def print(*args):\n    seen.append(1)", "len = seen.append"]
)
def test_a_learner_may_give_known_names_another_meaning(line):
    cells = [SET_UP, (theirs, line), (ours, "print(1)\nlen('a')\nsum([1])"), (theirs, "def answer():\n    return seen")]
    everything = [source for _, source in cells]
    assert run(chosen(cells), "answer()") == run(everything, "answer()")


def test_a_release_that_cannot_be_followed_runs_as_it_is():
    cells = [(ours, "def ("), (theirs, "answer = 1")]
    assert chosen(cells) == ["def (", "answer = 1"]
    cells = [(ours, "pairs = zip([1], [2])"), (ours, "list(pairs)"), (theirs, "answer = list(pairs)")]
    assert chosen(cells) == [source for _, source in cells]


def test_a_chain_of_functions_that_has_no_end_runs_everything_or_the_same():
    names = [f"f{n}" for n in range(30)]
    chain = "\n".join(f"def {a}(x):\n    return {b}(x)" for a, b in zip(names, names[1:], strict=False))
    cells = [SET_UP, (ours, f"{chain}\ndef f29(x):\n    x.append(1)"), (ours, "f0(seen)"), (theirs, "answer = seen")]
    everything = [source for _, source in cells]
    assert run(chosen(cells), "answer") == run(everything, "answer") == "[1]"


DEPTH = 90
WITHOUT_END = {
    "loops in loops": ["\n".join(" " * i + "while X:" for i in range(18)) + "\n" + " " * 18 + "y = z; z = w; w = y"],
    "functions in functions": ["f = " + "(lambda x: " * DEPTH + "x" + ")(X)" * DEPTH],
    "functions that call the one before twice": [
        "def f(x):\n    g0 = lambda y: y\n"
        + "\n".join(f"    g{i + 1} = lambda y: g{i}(g{i}(y))" for i in range(DEPTH))
        + f"\n    return g{DEPTH}(x)"
    ],
    "lists in lists": ["f = " + "[y for y in " * DEPTH + "X" + "]" * DEPTH],
    "deeper than Python goes": ["f = " + "lambda: " * 900 + "1"],
    "names without end": ["\n".join(f"a{cell}_{i} = X" for i in range(1200)) for cell in range(5)],
}


@pytest.mark.parametrize("sources", WITHOUT_END.values(), ids=WITHOUT_END)
def test_no_code_stops_or_keeps_the_grader(sources: list[str]) -> None:
    began = time.process_time()
    found = chosen([SET_UP, *((theirs, source) for source in sources), (ours, "print(X)"), ANSWER])
    assert time.process_time() - began < 30
    assert found[1:-2] == sources
