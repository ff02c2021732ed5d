"""More than there is: time, memory, files, processes, output. What was earned before and after stays."""

from __future__ import annotations

from tests.hostile.attack import SOLUTION, Attack


def _cell(name: str, source: str, *, at_own_risk: bool = False) -> Attack:
    """A cell that loses nothing but itself."""
    return Attack(name, source, start=SOLUTION, at_own_risk=at_own_risk)


def _call(name: str, body: str) -> Attack:
    """A function that loses its own points only."""
    return Attack(name, answers={"loss": f"def loss(a, y):\n    {body}\n    return a"}, start=SOLUTION, loses=("loss",))


def _many_cells(notebook: dict) -> None:
    extra = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": "print('x' * 60_000)"}
    notebook["cells"] += [extra | {"id": f"own-{n}"} for n in range(60)]


def _long_outputs(notebook: dict) -> None:
    notebook["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 18_000_000}]


def _too_long(notebook: dict) -> None:
    notebook["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 21_000_000}]


ATTACKS = (
    _cell("a cell without end", "while True: pass"),
    _cell("sleep that catches everything", "import time\nwhile True:\n    try: time.sleep(60)\n    except BaseException: pass"),
    _cell("forks", "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"),
    _cell("threads", "import threading, time\nfor _ in range(300): threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"),
    _cell("memory", "x = []\nwhile True: x.append(bytearray(b'x' * 50_000_000))"),
    _cell("memory of many", "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n        x = b'x' * 400_000_000; time.sleep(60); os._exit(0)\ntime.sleep(60)"),
    _cell("memory that is not looked at", "import mmap, os, time\nfor _ in range(8):\n    if os.fork() == 0:\n        m = mmap.mmap(-1, 300 << 20)\n"
          "        for at in range(0, len(m), 4096): m[at] = 1\n        m.madvise(mmap.MADV_DONTNEED); time.sleep(60); os._exit(0)\ntime.sleep(60)"),
    _cell("memory behind a thread that has ended", "import ctypes, os, threading, time\ndef eat():\n    x = b'x' * 400_000_000; time.sleep(60)\n"
          "for _ in range(5):\n    if os.fork() == 0:\n        threading.Thread(target=eat).start(); ctypes.CDLL(None).syscall(60, 0)\ntime.sleep(60)"),
    _cell("a child of somebody else", "import ctypes, os\nr = ctypes.CDLL(None).syscall(56, 0x8000 | 17, 0, 0, 0, 0)\nif r > 0: os._exit(0)\n"
          "os.getpid = lambda: 3\nKEPT = [os.fork() or b'x' * 900_000_000 for _ in range(3)]", at_own_risk=True),
    _cell("a full disk", "for n in range(999):\n    open(f'/tmp/{n}', 'wb').write(b'x' * 10_000_000)"),
    _cell("a giant file", "f = open('/tmp/giant', 'wb'); f.truncate(10**12); f.seek(10**12); f.write(b'x')"),
    _cell("files without end", "n = 0\nwhile True: open(f'/tmp/{n}', 'w').close(); n += 1"),
    _cell("shared memory", "for n in range(99): open(f'/dev/shm/{n}', 'wb').write(b'x' * 1_000_000)"),
    _cell("output without end", "while True: print('x' * 1000)"),
    _cell("errors without end", "import sys\nfor _ in range(100_000): print('x' * 1000, file=sys.stderr)"),
    _cell("figures", "import matplotlib.pyplot as plt\nfor n in range(12): plt.figure(figsize=(9, 9)); plt.plot([n])"),
    _cell("a giant figure", "import matplotlib.pyplot as plt\nplt.figure(figsize=(3000, 3000)); plt.plot([1])"),
    _cell("deep recursion", "import sys\nsys.setrecursionlimit(10**9)\ndef r(): return r()\nr()"),
    _cell("a crash", "import ctypes\nctypes.string_at(0)"),
    _cell("its own process", "import os\nos._exit(0)"),
    _cell("a giant number", "x = 10 ** (10 ** 9)"),
    _cell("a giant display", "[[0] * 1000] * 100_000"),
    _cell("a long exception", "raise ValueError('x' * 50_000_000)"),
    _cell("a long name", "raise type('x' * 1_000_000, (Exception,), {})('y')"),
    _cell("empty lines", "\n" * 900_000 + "x = 1"),
    _cell("statements", "x = 'a' + 1.5\n" * 60_000),
    _cell("signs", "x = " + "-" * 900_000 + "1"),
    _cell("comprehensions within each other", "f = " + "[y for y in " * 22 + "'z'" + "]" * 22),
    _cell("functions that call twice", "g0 = abs\n" + "".join(f"g{n} = lambda y: g{n - 1}(g{n - 1}(y))\n" for n in range(1, 40))),
    _cell("lambdas within each other", "f = " + "lambda:" * 900 + "1"),
    _cell("names that share", "b = 1\n" + "".join(f"a{n} = b\n" for n in range(9_000))),
    _cell("spaces to color", "\n " * 9_999),
    _call("a call without end", "while True: pass"),
    _call("a giant array", "import numpy as np; return np.zeros(10**8)"),
    _call("a deep list", "x = []\n    for _ in range(10**5): x = [x]\n    return x"),
    _call("a wide list", "return [[[[1.0] * 4000] * 4000] * 100] * 100"),
    _call("a generator without end", "import itertools; return (n for n in itertools.count())"),
    _call("a representation without end", "R = type('R', (), {'__repr__': lambda s: 'x' * 10**9})\n    return R()"),
    _call("a dictionary of giants", "return {('k' * 10**6, n): 'v' * 10**6 for n in range(100)}"),
    Attack(
        "several deaths",
        answers={name: f"import os\ndef {name}(*a):\n    os._exit(1)" for name in ("forward", "loss", "dL_da")},
        start=SOLUTION,
        loses=("forward", "loss", "dL_da"),
    ),
    Attack("many loud cells", spoil=_many_cells, start=SOLUTION),
    Attack("18 MB of old output", spoil=_long_outputs, start=SOLUTION),
    Attack("21 MB of old output", spoil=_too_long, status="refused"),
)  # fmt: skip
