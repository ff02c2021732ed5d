"""A PostgreSQL server of the tests' own, on loopback, from Debian's package."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
PROGRAMS = next((f for f in reversed(_DEBIAN) if (f / "initdb").exists()), None)


@contextmanager
def running() -> Iterator[str]:
    """Yield the address of a server without databases of anybody's; it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        yield from _running(Path(folder))


def _running(data: Path) -> Iterator[str]:
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name  # it refuses to run as root
    shutil.chown(data, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    _run(user, "initdb", "--pgdata", str(data), "--auth", "trust", "--username", "course", "--encoding", "UTF8")
    settings = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' -c fsync=off"
    log = str(data / "log")
    _run(user, "pg_ctl", "start", "--wait", "--pgdata", str(data), "--log", log, "--options", settings)
    try:
        yield f"postgresql://course@127.0.0.1:{port}"
    finally:
        _run(user, "pg_ctl", "stop", "--wait", "--pgdata", str(data), "--mode", "immediate")


def database(address: str, name: str) -> str:
    """Make an empty database and return its URL."""
    import psycopg

    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f'create database "{name}"')
    return f"{address}/{name}"


def _run(user: str, program: str, *arguments: str) -> None:
    step_down = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"] if os.geteuid() == 0 else []
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    command = [*step_down, str(PROGRAMS / program), *arguments]
    subprocess.run(
        command, check=True, cwd="/", env=environment, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, timeout=60
    )
