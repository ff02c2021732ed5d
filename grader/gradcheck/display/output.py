"""The place where a learner sees what was found: below a cell, or in a terminal."""

from __future__ import annotations

import sys
from typing import Any


def show_output(shown: Any) -> None:
    """Display in a notebook, print in a terminal."""
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module else None
    if shell is not None and hasattr(shell, "kernel"):
        from IPython.display import display

        display(shown)
    else:
        print(shown)
