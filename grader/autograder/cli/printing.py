"""Print sentences as they are: what a learner or a file is called must not be taken for markup."""

from __future__ import annotations

from rich.console import Console


def print_plain(console: Console, sentence: str) -> None:
    """Print one sentence; nothing in it is markup, and only the terminal breaks it."""
    console.print(sentence, markup=False, soft_wrap=True)
