"""A matplotlib backend that draws into memory and shows nothing: the runner collects the figures itself."""

from __future__ import annotations

from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg


class FigureManager(FigureManagerBase):
    """Keep a figure; there is no window to show it in."""

    def show(self) -> None:
        """Do nothing, and do not warn."""


class FigureCanvas(FigureCanvasAgg):
    """Draw as Agg does."""

    manager_class = FigureManager


def show(*args, **kwargs) -> None:
    """Do nothing: figures are collected at the end of each cell."""
