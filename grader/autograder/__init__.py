"""What a learner may not see: the hidden suite, the judge's outside, the gradebook, the ``course`` command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["examine"]

KERNEL_SEED = b"an ordinary kernel, where a reference solution runs"


def examine(assignment: str, name: str, namespace: Mapping[str, Any]) -> None:
    """Run the hidden suite on one exercise inside this process, as CI does with the reference solutions.

    Silent where the answer earns full marks; raises AssertionError with the finding's sentence otherwise.
    """
    from gradcheck.check import LocalCaller

    from autograder.suite import examine as judge

    finding = judge(assignment, name, LocalCaller(namespace), KERNEL_SEED)
    if not finding.right:
        earned = f"{finding.points:g} of {finding.max_points:g}"
        raise AssertionError(f"{name}: {finding.status}, {earned}. {finding.message}")
