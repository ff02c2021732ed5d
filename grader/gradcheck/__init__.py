"""Checks, hints and pictures for learners: ``from gradcheck.chapters.relu_network import check, hint``."""

from __future__ import annotations

__all__: list[str] = []
