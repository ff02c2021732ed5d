"""The ``course`` command: run what the command line asks for, and turn what goes wrong into one sentence."""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
import traceback
from urllib.parse import unquote

from rich.console import Console

from autograder.cli.arguments import build_parser
from autograder.cli.commands import COMMANDS
from autograder.course.classroom import Classroom
from autograder.course.text import clean_text

console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)


atexit.register(gc.freeze)  # Python would search all of its objects for garbage at its end: half a second


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    given = build_parser().parse_args(arguments)
    try:
        return COMMANDS[given.command](given, console) or 0
    except KeyboardInterrupt:
        print("course: stopped; run the same command again to go on", file=sys.stderr)
        return 130
    except Exception as err:
        if os.environ.get("COURSE_DEBUG"):
            traceback.print_exc()
        print(f"course: {clean_text(_sentence(err, given), 4000, lines=True)}", file=sys.stderr)
        return 1


def _sentence(err: Exception, given: argparse.Namespace) -> str:
    """Return what went wrong in words for an instructor."""
    kind = type(err).__name__
    if kind in ("NbGraderException", "EngineError", "SiteError", "ValueError"):
        return str(err)
    if kind == "OperationalError":
        from sqlalchemy import make_url

        place = unquote(make_url(Classroom(given.classroom).db_url).render_as_string(hide_password=True))
        return f"the gradebook at {place} cannot be opened: {str(getattr(err, 'orig', err)).splitlines()[0]}"
    if isinstance(err, OSError) and err.strerror:
        return f"{err.filename}: {err.strerror}" if err.filename else err.strerror
    return f"{kind}: {err} (COURSE_DEBUG=1 shows where)"
