"""How many odd inputs a test draws: a few, the same in every run, or as many as ``make fuzz`` asks for."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

ASKED = os.environ.get("COURSE_FUZZ", "")


def fuzzed(usual: int) -> settings:
    """Return the settings of a test that draws ``usual`` inputs in a run that everybody waits for."""
    return settings(
        max_examples=int(ASKED or usual), deadline=None, derandomize=not ASKED, suppress_health_check=list(HealthCheck)
    )
