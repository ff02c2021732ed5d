"""Damage to the machine, to the class, to what others get: everything honest in these notebooks still counts."""

from __future__ import annotations

from tests.hostile.attack import SOLUTION, STUB, Attack

_TRY = "def t(f, *a):\n    try: f(*a)\n    except (OSError, AttributeError, ValueError): pass\n"
_DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork(): os._exit(0)
    while True:
        time.sleep(0.05)
        for name in ('CLASSROOM_FOLDER/gradebook.db', 'CLASSROOM_FOLDER/harm', '/tmp/harm'):
            try: open(name, 'ab').write(b'x')
            except OSError: pass
"""

ATTACKS = (
    Attack("deletes the class", "import shutil\nshutil.rmtree('CLASSROOM_FOLDER', ignore_errors=True)", start=SOLUTION),
    Attack("deletes what it can see", "import shutil\nfor top in ('PROJECT_FOLDER', '/opt', '/tmp', '/dev/shm'):\n"
           "    shutil.rmtree(top, ignore_errors=True)", start=SOLUTION),
    Attack("writes into the gradebook", _TRY + "import sqlite3\ndef w():\n    db = sqlite3.connect('CLASSROOM_FOLDER/gradebook.db')\n"
           "    db.execute('update grade set manual_score = 20'); db.commit()\ntry: w()\nexcept sqlite3.Error: pass", start=SOLUTION),
    Attack("writes a configuration", _TRY + "import os\nfor n in ('PROJECT_FOLDER', 'CLASSROOM_FOLDER', '/', '/opt', 'PROJECT_FOLDER/.venv-learner'):\n"
           "    for f in ('nbgrader_config.py', 'sitecustomize.py', 'usercustomize.py'):\n"
           "        t(lambda: open(os.path.join(n, f), 'a').write('raise SystemExit'))", start=SOLUTION),
    Attack("starts with IPython next time", "import os\nfor home in ('HOME_FOLDER', '/root', os.path.expanduser('~')):\n"
           "    try:\n        os.makedirs(home + '/.ipython/profile_default/startup', exist_ok=True)\n"
           "        open(home + '/.ipython/profile_default/startup/a.py', 'w').write('1/0')\n    except OSError: pass", start=SOLUTION),
    Attack("kills everybody", _TRY + "import os, signal\nfor s in (signal.SIGTERM, signal.SIGSTOP, signal.SIGKILL):\n"
           "    for p in (os.getppid(), 1, 2, PROCESS_NUMBER):\n        if p != os.getpid(): t(os.kill, p, s)", start=SOLUTION),
    Attack("kills its group", "import os, signal\nos.kill(-1, signal.SIGKILL) if os.getpid() < 50 else None\nos.killpg(0, 9)", start=SOLUTION),
    Attack("stays behind", _DAEMON, start=SOLUTION),
    Attack("types for the instructor", _TRY + "import fcntl, os, termios\nfor fd in range(64):\n"
           "    for c in b'rm -rf x\\n': t(fcntl.ioctl, fd, 0x5412, bytes([c]))\nt(os.open, '/dev/tty', os.O_RDWR)", start=SOLUTION),
    Attack("reaches for the kernel", "import ctypes\nc = ctypes.CDLL(None)\nfor n in (165, 166, 155, 161, 167, 169, 172, 173, 175, 246, 272, 308, "
           "310, 311, 321, 323, 425, 428, 442, 304):\n    c.syscall(n, 0, 0, 0, 0, 0, 0)", start=SOLUTION),
    Attack("takes powers", _TRY + "import os\nfor f in (os.setuid, os.setgid, os.seteuid): t(f, 0)\nt(os.setgroups, [0])\nt(os.chroot, '/')\n"
           "t(os.mknod, '/tmp/sda', 0o60666, os.makedev(8, 0))\nt(os.chmod, 'PROJECT_FOLDER/.venv-learner/bin/python', 0o4777)", start=SOLUTION),
    Attack("acts on the terminal", r"print('\x1b]0;x\x07\x1b[2J\x1b[?1049h\u202egnp.exe')" "\nraise ValueError('\\x1b[31m\\r\\n\\x00')", start=SOLUTION),
    Attack("breaks what others will import", "import sys, gc, numpy as np, matplotlib.pyplot as plt\nfor m in list(sys.modules.values()):\n"
           "    if m.__name__.split('.')[0] in ('numpy', 'matplotlib', 'cells', 'wire', '_course_call'):\n"
           "        for n in list(vars(m)):\n            if n == 'answer' or n in ('sum', 'plot', 'array'): setattr(m, n, None)\ngc.collect()", start=STUB),
    Attack("lets go of what it stands on", _TRY + "import os, signal\nfor p in range(1, 12):\n    if p != os.getpid():\n"
           "        for s in (signal.SIGCONT, signal.SIGHUP, signal.SIGKILL): t(os.kill, p, s)", start=SOLUTION),
    Attack("joins what is outside", _TRY + "import ctypes, os\nc = ctypes.CDLL(None, use_errno=True)\nfor fd in range(64):\n"
           "    for kind in (0, 0x20000, 0x20000000, 0x10000000): c.setns(fd, kind)\nfor p in range(1, 400): c.syscall(434, p, 0)\n"
           "for n in (272, 435, 424): c.syscall(n, 0x10000000, 0, 0, 0)", start=SOLUTION),
    Attack("leaves memory for the next", "import mmap, os\nm = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS); m[:6] = b'CANARY'\nos.environ['COURSE'] = 'CANARY'\n"
           "import numpy, sys\nsys.modules['left'] = numpy\nnumpy.LEFT = 1", start=SOLUTION),
    Attack("makes others wait", _TRY + "import fcntl, os, signal, glob\nsignal.signal(signal.SIGIO, signal.SIG_IGN)\nimport PIL\n"
           "for p in glob.glob(os.path.dirname(PIL.__file__) + '/**', recursive=True)[:40]:\n    try: fd = os.open(p, os.O_RDONLY)\n"
           "    except OSError: break\n    t(fcntl.fcntl, fd, 1024, fcntl.F_WRLCK); t(fcntl.flock, fd, fcntl.LOCK_EX); t(fcntl.fcntl, fd, 1026, 1)", start=SOLUTION),
    Attack("breaks what follows", "import numpy as np, builtins\nKEPT = builtins.range\nbuiltins.isinstance = builtins.type = builtins.len = None", start=SOLUTION),
)  # fmt: skip
