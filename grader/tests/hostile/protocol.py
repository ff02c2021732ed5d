"""The runner taken over, and everything said to the judge that it did not ask for."""

from __future__ import annotations

from tests.hostile.attack import Attack

_FIND = """
import sys, os, struct, json
m = sys.modules['main']
frame = sys._getframe()
while frame.f_back: frame = frame.f_back
runner = frame.f_locals if 'writing' in frame.f_locals else {}
import gc
NB = next((o for o in gc.get_objects() if type(o).__name__ == 'Notebook' and hasattr(o, '_describe')), None)
def frame_of(head, body=b'', data=b''):
    head = json.dumps(head).encode()
    return struct.pack('<I', len(head)) + head + body + data
def say(raw):
    for fd in range(3, 64):
        try: os.write(fd, raw)
        except OSError: pass
"""
_TREE = '{"t": "float", "d": "float64", "x": "", "s": []}'


def _says(name: str, body: str) -> Attack:
    """Answer every question of the judge with this body (an expression in which ``tree`` is a leaf)."""
    hijack = (
        f"tree = json.loads({_TREE!r})\nbase = dict(status='returned', value=tree, raised=None, changed=[], called=[],"
        f" warnings=[], reads=[], points=20)\ntype(NB).answer = lambda self, b, take: ({body}, [struct.pack('<d', 0.75)])"
    )
    return Attack(name, _FIND + hijack)


def _does(name: str, source: str) -> Attack:
    return Attack(name, _FIND + source)


ATTACKS = (
    _says("a number for every question", "base"),
    _says("points", "{'points': 20, 'max_points': 20, 'status': 'graded'}"),
    _says("shapes that lie", "base | {'value': tree | {'s': [10**9, 10**9]}}"),
    _says("keys twice", "base | {'value': {'b': 'dict', 'k': ['dw', 'dw'], 'i': [tree, tree]}}"),
    _says("texts that act", r"base | {'status': 'raised', 'raised': {'type': '\x1b[2J<script>', 'message': '</pre><img src=x onerror=a>',"
          r" 'line': '\u202e', 'lineno': 10**9}}"),
    _says("every stand-in was called", "base | {'called': list(b.get('stand_ins', {})), 'reads': ['x'] * 999}"),
    _does("a reply in advance", "say(frame_of({'id': 'x', 'body': 2, 'data': 0}, b'{}') * 50)"),
    _does("a header of 4 GB", "say(b'\\xff\\xff\\xff\\xff' + b'x' * 70_000)"),
    _does("a body of 1e18 bytes", "say(frame_of({'id': 'x', 'body': 10**18, 'data': 10**18}))"),
    _does("a header that is deep", "say(struct.pack('<I', 16_000) + b'[' * 16_000)"),
    _does("a header of digits", "say(struct.pack('<I', 16_000) + b'9' * 16_000)"),
    _does("noise", "say(os.urandom(100_000))"),
    _does("one byte at a time", "import time\nsay(b'\\xff\\x3f\\0\\0')\nwhile True: say(b' '); time.sleep(0.02)"),
    _does("silence", "m._write = lambda *a: None"),
    _does("the wrong id", "import wire\nold = wire.pack\nwire.pack = lambda r, *a: old('0' * 16, *a)"),
    _does("every reply twice", "old = m._write\nm._write = lambda fd, f: old(fd, f * 2)"),
    _does("a reply that is too long", "import wire\nold = wire.pack\nwire.pack = lambda r, b, d=(): old(r, b, [b'x' * 50_000_000])"),
    _does("closed", "os.closerange(3, 64)"),
    _does("never reads again", "import time\nm._read = lambda *a: time.sleep(600)"),
    _does("a child speaks too", "import time\nif os.fork() == 0:\n    while True: say(b'{\"points\": 20}'); time.sleep(0.01)"),
    _does("a child comes back", "os.fork(); os.fork()"),
    _does("a thread speaks too", "import threading\nthreading.Thread(target=lambda: [say(b'20.0') for _ in range(10**6)], daemon=True).start()"),
    _does("standard output", "os.write(1, b'20.0'); os.write(2, b'20.0')\nos.dup2(41, 1); os.system('echo 20.0')"),
)  # fmt: skip
