"""Say at the end of a run how well mistakes are named."""

from __future__ import annotations

from collections import Counter

import pytest


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    for key, value in report.user_properties:
        if key == "named" and report.when == "call":
            _COUNTS[value] += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _COUNTS:
        total = sum(_COUNTS.values())
        told = ", ".join(f"{_COUNTS[kind]} {kind}" for kind in ("exact", "tied", "half", "unnamed", "false"))
        terminalreporter.write_line(f"diagnosis of {total} wrong answers: {told}")


_COUNTS: Counter[str] = Counter()
