"""What a learner may not see: the hidden suite, the judge's outside, the gradebook, the ``course`` command."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

__all__ = ["assert_full_marks"]

# nbformat imports jsonschema, which imports rfc3987_syntax, which builds 35 grammars for the format "iri": 2.7 seconds
# of processor time in each process, and no notebook uses that format. This must run before anything imports nbformat.
# Upstream: python-jsonschema/jsonschema#1428, jupyter-server/jupyter_server#1559.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

KERNEL_SEED = b"an ordinary kernel, where a reference solution runs"


def assert_full_marks(assignment: str, name: str, namespace: Mapping[str, Any]) -> None:
    """Run the hidden suite on one exercise in this process, as the reference solutions do.

    Silent where the answer earns full marks; raises AssertionError with the finding's sentence otherwise.
    """
    from autograder.grading.hidden_suite import judge_exercise
    from gradcheck.caller import LocalCaller  # here, because importing any room of this package comes past this module

    finding = judge_exercise(assignment, name, LocalCaller(namespace), KERNEL_SEED)
    if not finding.is_right:
        earned = f"{finding.points:g} of {finding.max_points:g}"
        raise AssertionError(f"{name}: {finding.status}, {earned}. {finding.message}")
