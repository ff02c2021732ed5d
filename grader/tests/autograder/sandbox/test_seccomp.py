"""The filter of system calls refuses whatever is not on its list."""

from __future__ import annotations

import ctypes
import errno

import pyseccomp
import pytest

from autograder.sandbox import seccomp
from autograder.session.session import Session
from tests.autograder.small_course import QUICK

NUMBERS = 1024
"""More than any kernel has."""
UNFILTERED = {335, 336}
"""uretprobe and uprobe: newer kernels pass these by every filter, and end whoever calls them from elsewhere."""
_TRY_ALL = """
import ctypes, errno
_libc = ctypes.CDLL(None, use_errno=True)
reached = []
for number in {numbers}:
    ctypes.set_errno(0)
    if _libc.syscall(number, 0, 0, 0, 0, 0, 0) != -1 or ctypes.get_errno() != errno.ENOSYS:
        reached.append(number)
print(reached)
"""


def allowed_numbers() -> set[int]:
    """Return the numbers of all calls on the list, those with restricted arguments included."""
    names = {name for group in seccomp.ALLOWED.values() for name in group.split()}
    names |= {name for name, *_ in seccomp._with_arguments(pyseccomp)}
    return {number for name in names if (number := seccomp._number(pyseccomp, name)) is not None}


def test_every_call_that_is_not_on_the_list_is_unknown_inside(jail):
    refused = sorted(set(range(NUMBERS)) - allowed_numbers() - UNFILTERED)
    assert len(refused) > NUMBERS - 250
    with Session(jail, QUICK) as session:
        outputs = session.run(_TRY_ALL.format(numbers=refused)).outputs
    assert [output["text"] for output in outputs] == ["[]\n"]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("clone", (0x10000000 | 17, 0, 0, 0, 0, 0)),  # a user namespace of one's own
        ("clone", (0x8000 | 17, 0, 0, 0, 0, 0)),  # somebody else's child
        ("socketpair", (2, 1, 0, 0, 0, 0)),
        ("socketpair", (1, 2, 0, 0, 0, 0)),
        ("fcntl", (0, 1024, 0, 0, 0, 0)),  # a lease
        ("ioctl", (0, 0x5412, 0, 0, 0, 0)),  # typing for the terminal
        ("mmap", (0, 4096, 3, 0x21, -1, 0)),  # shared memory without a name
        ("mmap", (0, 4096, 3, 0x40022, -1, 0)),  # huge pages
        ("prctl", (38, 1, 0, 0, 0, 0)),
    ],
)
def test_an_allowed_call_is_refused_with_other_arguments(jail, name, arguments):
    number = seccomp._number(pyseccomp, name)
    source = (
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        f"print(libc.syscall({number}, {', '.join(map(str, arguments))}), ctypes.get_errno())"
    )
    with Session(jail, QUICK) as session:
        assert session.run(source).outputs[0]["text"] == f"-1 {errno.ENOSYS}\n"


def test_a_name_that_libseccomp_does_not_know_is_left_out():
    assert seccomp._number(pyseccomp, "no_such_call") is None


def test_the_filter_is_one_program_of_whole_rules():
    assert len(seccomp.program()) % ctypes.sizeof(ctypes.c_uint64) == 0
