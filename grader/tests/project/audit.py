"""Look every version of the lock up in the list of known vulnerabilities: ``make audit``.

The exit status is 1 where one is known to be unsafe, and 0 where none is, or where the list is out of reach: then a
loud line says that nothing was looked up.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from autograder.course import paths

SKIPPED = "SKIPPED, NOTHING WAS LOOKED UP: the audit of the lock"
_ARGUMENTS = ("--no-deps", "--disable-pip", "--progress-spinner", "off", "-r", str(paths.ROOT / "requirements.lock"))
_UNREACHABLE = (
    "ConnectionError", "Max retries", "Failed to establish", "Name or service not known", "ServiceError", "timed out",
    "No matching distribution", "ProxyError", "No solution found", "Could not find a version", "HTTPError",
)  # fmt: skip


def auditor() -> list[str]:
    """Return the command that starts pip-audit; nothing where this machine has no way to it."""
    for program, words in (("pip-audit", ()), ("uvx", ("pip-audit",)), ("pipx", ("run", "pip-audit"))):
        if shutil.which(program):
            return [program, *words]
    return []


def audit(command: list[str], seconds: float = 300.0) -> tuple[int, str]:
    """Return the exit status and what to print."""
    if not command:
        return 0, f"{SKIPPED} needs pip-audit, uvx or pipx."
    try:
        done = subprocess.run([*command, *_ARGUMENTS], capture_output=True, text=True, check=False, timeout=seconds)
    except (subprocess.TimeoutExpired, OSError) as err:
        return 0, f"{SKIPPED} did not come to an end ({type(err).__name__})."
    said = f"{done.stdout}\n{done.stderr}".strip()
    if done.returncode and any(word in said for word in _UNREACHABLE) and "Found " not in said:
        return 0, f"{SKIPPED} found no source of advisories ({said.splitlines()[-1][:200]})."
    return done.returncode, said


if __name__ == "__main__":
    status, text = audit(auditor())
    print(text, file=sys.stderr if text.startswith(SKIPPED) else sys.stdout)
    sys.exit(status)
