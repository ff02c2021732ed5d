"""Python for the browser: Pyodide's own files, and a lock that names what the course needs and nothing else."""

from __future__ import annotations

import copy
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

VERSION = "314.0.3"
SERVER = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
"""Where a learner's browser gets wheels from, checked against the lock's sha256."""
ROOTS = ("numpy", "matplotlib", "ipython", "jedi", "micropip", "packaging", "platformdirs")
"""What the notebooks import and what the kernel starts with; all that these need comes along."""
FROM_INDEX = {"comm": ("0.2.3", ("traitlets",)), "ipywidgets": ("8.1.9", ("comm", "ipython", "traitlets"))}
"""Packages that Pyodide lacks: name -> version on the Python index, what it needs."""
MIRROR = "open-webui==0.12.4"
"""A package on the Python index that carries the wheels of this Pyodide; used where its server is out of reach."""
Entry = dict[str, Any]


class SiteError(Exception):
    """Something that the site is made of cannot be had; says what and how to get it."""


def fetch_pyodide(cache: Path) -> Path:
    """Return the folder of Pyodide's core, from npm, once for each cache."""
    folder = cache / f"pyodide-{VERSION}"
    if not (folder / "pyodide-lock.json").exists():
        cache.mkdir(parents=True, exist_ok=True)
        npm = shutil.which("npm")
        if npm is None:
            raise SiteError("the site needs npm, which comes with Node.js: it fetches Pyodide")
        _run([npm, "pack", "--silent", f"pyodide@{VERSION}"], cache)
        with tarfile.open(cache / f"pyodide-{VERSION}.tgz") as archive:
            archive.extractall(cache / "unpacked", filter="data")
        (cache / "unpacked" / "package").rename(folder)
    return folder


def needed_packages(packages: Mapping[str, Entry], roots: Iterable[str] = ROOTS) -> list[str]:
    """Return the roots and all that they depend on.

    >>> needed_packages({"a": {"depends": ["B_c"]}, "b-c": {"depends": []}, "d": {"depends": []}}, ["a"])
    ['a', 'b-c']
    """
    found: set[str] = set()
    new = set(roots)
    while new:
        found |= new
        new = {_name(d) for name in new for d in packages[name]["depends"]} - found
    return sorted(found)


def course_lock(lock: Mapping[str, Any], course: Path, extra: Mapping[str, Path]) -> dict[str, Any]:
    """Return Pyodide's lock with only what the course needs; wheels that are not local come from Pyodide's server.

    ``course`` is the wheel of gradcheck, ``extra`` the wheels of ``FROM_INDEX``. Both lie beside the lock.
    """
    made = copy.deepcopy(dict(lock))
    packages = {name: made["packages"][name] for name in needed_packages(made["packages"])}
    for entry in packages.values():
        entry["file_name"] = SERVER + entry["file_name"]
    for name, (_, needs) in FROM_INDEX.items():
        packages[name] = wheel_entry(extra[name], needs)
    packages["gradcheck"] = wheel_entry(course, ("numpy", "matplotlib", "ipywidgets"))
    made["packages"] = packages
    return made


def wheel_entry(wheel: Path, needs: Iterable[str]) -> Entry:
    """Return the lock's entry for a wheel: with ``imports``, an import statement is enough to load it."""
    name, version = wheel.name.split("-")[:2]
    return {
        "name": name,
        "version": version,
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": _sha256(wheel),
        "package_type": "package",
        "imports": [name],
        "depends": list(needs),
        "unvendored_tests": False,
    }


def download_wheels(specifiers: Iterable[str], folder: Path) -> None:
    """Fetch pure wheels from the Python index with pip."""
    folder.mkdir(parents=True, exist_ok=True)
    place = ["--platform", "any", "--python-version", "3.14", "--only-binary", ":all:", "--no-deps"]
    _run([sys.executable, "-m", "pip", "download", "-q", *place, "-d", str(folder), *specifiers], folder)


def put_wheels_beside(lock: dict[str, Any], folder: Path, cache: Path) -> None:
    """Put every wheel that ``lock`` names on Pyodide's server into ``folder``, for a site without internet.

    From the server itself, else from the Python index: pure wheels in the same version, and the compiled ones from a
    package that carries them, only if their sha256 is that of the lock. Raises SiteError where one cannot be had.
    """
    cache.mkdir(parents=True, exist_ok=True)
    for name, entry in lock["packages"].items():
        if not entry["file_name"].startswith(SERVER):
            continue
        wheel = cache / entry["file_name"].removeprefix(SERVER)
        if not wheel.exists():
            _first_that_works(name, entry, wheel, (_from_server, _from_index, _from_mirror))
        entry["file_name"], entry["sha256"] = wheel.name, _sha256(wheel)
        shutil.copyfile(wheel, folder / wheel.name)


def _first_that_works(name: str, entry: Entry, wheel: Path, ways: Iterable[Callable]) -> None:
    said = []
    for way in ways:
        try:
            way(name, entry, wheel)
            return
        except (OSError, SiteError, KeyError) as err:
            said.append(f"{way.__name__.removeprefix('_from_')}: {err}")
    raise SiteError(f"the wheel {wheel.name} cannot be had ({'; '.join(said)})")


_unreachable: set[str] = set()


def _from_server(_: str, entry: Entry, wheel: Path) -> None:
    if SERVER in _unreachable:
        raise SiteError("out of reach")
    try:
        with urllib.request.urlopen(entry["file_name"], timeout=20) as answer:
            content = answer.read()
    except OSError:
        _unreachable.add(SERVER)  # asking for each wheel would only take longer
        raise
    _keep(content, entry, wheel)


def _from_index(name: str, entry: Entry, wheel: Path) -> None:
    """Take a pure wheel of the same version; its bytes are not Pyodide's, which packs it anew."""
    if not wheel.name.endswith("-none-any.whl"):
        raise SiteError("holds no wheels for the browser")
    folder = wheel.parent / "index"
    download_wheels([f"{name}=={entry['version']}"], folder)
    found = sorted(folder.glob(f"{re.sub('[-_.]+', '[-_.]', name)}-{entry['version']}-*.whl"))
    if not found:
        raise SiteError("pip brought no such wheel")
    shutil.copyfile(found[0], wheel)


def _from_mirror(_: str, entry: Entry, wheel: Path) -> None:
    folder = wheel.parent / "mirror"
    if not list(folder.glob("*.whl")):
        folder.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), MIRROR]
        _run(command, folder)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        inside = next((n for n in archive.namelist() if n.endswith(f"/{wheel.name}")), None)
        if inside is None:
            raise SiteError("does not carry it")
        _keep(archive.read(inside), entry, wheel)


def _keep(content: bytes, entry: Entry, wheel: Path) -> None:
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise SiteError("its bytes are not those of Pyodide's lock")
    wheel.write_bytes(content)


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise SiteError(f"{Path(command[0]).name} failed: {said[-1] if said else done.returncode}")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _name(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


def write_lock(lock: Mapping[str, Any], folder: Path) -> None:
    """Write the lock where Pyodide looks for it."""
    (folder / "pyodide-lock.json").write_text(json.dumps(lock, sort_keys=True), encoding="utf-8")
