"""What is none of a learner's business, printed so that it would come out with their feedback."""

from __future__ import annotations

from tests.hostile.attack import SOLUTION, Attack

_SEARCH = """
import os
WORD = b'CANA' + b'RY'
def search(top, skip=('/usr', 'PROJECT_FOLDER/.venv-learner/lib', '/lib', '/sys')):
    for folder, inner, names in os.walk(top):
        inner[:] = [n for n in inner if not os.path.join(folder, n).startswith(skip)]
        for name in names:
            try:
                with open(os.path.join(folder, name), 'rb', opener=lambda p, f: os.open(p, f | os.O_NONBLOCK)) as file:
                    text = file.read(3_000_000)
            except OSError:
                continue
            at = text.find(WORD)
            if at >= 0: print(folder, name, text[max(0, at - 200): at + 200])
"""
_READ = """
import os, glob
for name in NAMES:
    for path in glob.glob(name, recursive=True):
        try: print(path, open(path, 'rb').read(4000))
        except OSError: pass
"""


def _files(*names: str) -> str:
    return f"NAMES = {list(names)}\n{_READ}"


ATTACKS = (
    Attack("every readable file", _SEARCH + "search('/')", start=SOLUTION),
    Attack("the class's folder", _SEARCH + "search('CLASSROOM_FOLDER')\nprint(os.path.exists('CLASSROOM_FOLDER'))", start=SOLUTION),
    Attack("the project", _SEARCH + "search('PROJECT_FOLDER', ())", start=SOLUTION),
    Attack("the instructor's home", _SEARCH + "search('HOME_FOLDER')\nsearch(os.path.expanduser('~root'))", start=SOLUTION),
    Attack("by well-known names", _files(
        "CLASSROOM_FOLDER/gradebook.db", "PROJECT_FOLDER/solutions/*/*", "HOME_FOLDER/secret", "/proc/*/environ", "/proc/*/cmdline",
        "/proc/*/maps", "/etc/*", "/ro*/*", "/home/*/*", "/run/*", "/var/*/*", "../**/*.ipynb", "/tmp/**/*.ipynb", "/dev/shm/*",
    ), start=SOLUTION),
    Attack("the environment", "import os, subprocess\nprint(os.environ)\nprint(subprocess.run(['env'], capture_output=True))", start=SOLUTION),
    Attack("the environment in memory", "import ctypes\nat = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), 'environ')\n"
           "for i in range(99):\n    if not at[i]: break\n    print(at[i])", start=SOLUTION),
    Attack("objects in memory", "import gc, sys\nfor o in gc.get_objects():\n    if isinstance(o, (dict, list, tuple)):\n"
           "        for v in (o.values() if isinstance(o, dict) else o):\n"
           "            if isinstance(v, (str, bytes)) and ('CANA' + 'RY' in str(v) or 'examine' in str(v)[:99]): print(v[:300])", start=SOLUTION),
    Attack("open descriptors", "import os\nfor fd in range(256):\n    try:\n        print(fd, os.fstat(fd).st_mode)\n"
           "        os.set_blocking(fd, fd >= 40)\n        print(os.read(fd, 4000) if fd < 40 else '')\n    except OSError: pass", start=SOLUTION),
    Attack("links to what is outside", "import os\nfor n, p in enumerate(('CLASSROOM_FOLDER/gradebook.db', 'HOME_FOLDER/secret')):\n"
           "    os.symlink(p, f'/tmp/l{n}')\n    try: print(open(f'/tmp/l{n}', 'rb').read())\n    except OSError as e: print(type(e))", start=SOLUTION),
    Attack("packages of the grader", "for n in ('autograder', 'nbgrader', 'gradcheck.judge', 'gradcheck.autodiff.oracle', 'sqlalchemy'):\n"
           "    try:\n        m = __import__(n, fromlist=['x']); print(n, getattr(m, '__file__', None), getattr(m, 'judge', None))\n"
           "    except ImportError: print(n, 'is not there')\nimport gradcheck\nprint(open(gradcheck.__file__).read()[:300])", start=SOLUTION),
    Attack("over the network", "import socket, urllib.request\n"
           "def t(f):\n    try: print(f())\n    except Exception as e: print(type(e))\n"
           "t(lambda: socket.create_connection(('127.0.0.1', PORT_NUMBER), 1).send(b'x'))\n"
           "t(lambda: urllib.request.urlopen('http://127.0.0.1:PORT_NUMBER', timeout=1).read())\n"
           "t(lambda: socket.socket(socket.AF_UNIX).connect('CLASSROOM_FOLDER/socket'))\n"
           "t(lambda: socket.socket(socket.AF_UNIX).connect('\\0CANARY_SOCKET-PORT_NUMBER'))", start=SOLUTION),
    Attack("inside the message of an error", answers={"forward": "import os\ndef forward(x, w, b):\n"
           "    raise ValueError(str(dict(os.environ)) + open('HOME_FOLDER/secret').read())"}, start=SOLUTION, loses=("forward",)),
)  # fmt: skip
