"""nbgrader's ``collect``, where learners make the files: only their own folders, only ordinary files, one at a time."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nbgrader.exchange.default import collect as collect_module
from nbgrader.exchange.default.collect import ExchangeCollect
from nbgrader.utils import ignore_patterns, parse_utc

from autograder.course.text import clean_text

_plain_init_src = ExchangeCollect.init_src
_ORDINARY = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


def init_src(collect: Any) -> None:
    """Choose what to collect as nbgrader does, among the folders that learners may have handed in."""
    plain_glob = collect_module.glob.glob

    def listed(pattern: str) -> list[str]:
        found = sorted(map(Path, plain_glob(pattern)))
        wrong = {path: why for path in found if (why := _why_not(path, collect.check_owner))}
        for path, why in wrong.items():
            collect.log.error("%s is not collected: %s", clean_text(path.name), why)
        return [str(path) for path in found if path not in wrong]

    with _replaced(collect_module, "glob", SimpleNamespace(glob=listed)):
        _plain_init_src(collect)


def do_copy(collect: Any, src: str, dest: str, **_: Any) -> None:
    """Copy what one learner handed in; whatever is wrong with it stops no other."""
    folders = collect.coursedir
    leave_out = ignore_patterns(folders.ignore, folders.include, folders.max_file_size, collect.log)
    try:
        for name, why in copy_ordinary(Path(src), Path(dest), leave_out, 1000 * folders.max_dir_size):
            collect.log.error("%s of %s is left out: %s", clean_text(name), clean_text(Path(src).name), why)
    except OSError as err:
        shutil.rmtree(dest, ignore_errors=True)
        collect.log.error(
            "%s is not collected: %s. Collect again; what this learner handed in stays in the exchange.",
            clean_text(Path(src).name),
            clean_text(err.strerror or str(err)),
        )
        return
    if folders.groupshared:
        for path in (Path(dest), *Path(dest).rglob("*")):
            path.chmod(0o2770 if path.is_dir() else 0o660)


def copy_ordinary(
    source: Path, target: Path, leave_out: Callable[[str, list[str]], Iterable[str]], most_bytes: int
) -> Iterator[tuple[str, str]]:
    """Copy a folder's ordinary files; yield what is left out, and why. No link is followed, not even a new one.

    ``leave_out`` gets a folder and the names in it, and returns those that nobody asked for. Raises OSError.
    """
    handle = os.open(source, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    left = most_bytes
    try:
        for place, folders, files, inside in os.fwalk(".", dir_fd=handle):
            made = target / place
            made.mkdir(parents=True, exist_ok=True)
            unwanted = set(leave_out(str(source / place), [*folders, *files]))
            links = {name for name in folders if _is_link(name, inside)}
            folders[:] = sorted(set(folders) - unwanted - links)
            for name in sorted({*files, *links} - unwanted):
                copied = _copy_file(name, inside, made / name, left)
                if isinstance(copied, str):
                    yield str(Path(place, name)), copied
                else:
                    left -= copied
    finally:
        os.close(handle)


def _copy_file(name: str, folder: int, target: Path, most_bytes: int) -> int | str:
    """Return the bytes copied, or why the file is left out."""
    try:
        handle = os.open(name, _ORDINARY, dir_fd=folder)
    except OSError as err:
        return "it is a link" if _is_link(name, folder) else f"it cannot be read ({err.strerror})"
    with os.fdopen(handle, "rb") as given:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            return "it is not an ordinary file"
        if found.st_size > most_bytes:
            return "there is more than one submission may hold"
        with target.open("xb") as made:
            made.write(given.read(found.st_size))
        os.utime(target, ns=(found.st_atime_ns, found.st_mtime_ns))
    return found.st_size


def _is_link(name: str, folder: int) -> bool:
    try:
        return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        return False


def _why_not(path: Path, check_owner: bool) -> str:
    """Return why a folder of the exchange is nobody's submission; empty where it is one."""
    parts = path.name.rsplit("+", 3)
    if len(parts) < 3:
        return "its name is not one that nbgrader gives"
    try:
        found = path.lstat()
        parse_utc(parts[2])
    except (OSError, ValueError, OverflowError) as err:
        return f"it cannot be read ({clean_text(str(err))})"
    if not stat.S_ISDIR(found.st_mode):
        return "it is not a folder"
    try:
        owner = pwd.getpwuid(found.st_uid).pw_name
    except KeyError:
        owner = f"the user {found.st_uid}, who is not known"
    if check_owner and owner != parts[0]:
        return (
            f"it belongs to {owner}. Where all learners have one user on this machine, say "
            "c.ExchangeCollect.check_owner = False in nbgrader_config.py"
        )
    return ""


@contextmanager
def _replaced(module: Any, name: str, value: Any) -> Iterator[None]:
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)
