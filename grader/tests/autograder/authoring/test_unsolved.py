"""A notebook with empty stubs can be run from top to bottom."""

from __future__ import annotations

import sys
import types

import matplotlib
import pytest

from autograder.authoring.canonical import read_notebook
from autograder.course import paths

matplotlib.use("Agg")


@pytest.mark.parametrize("assignment", paths.assignments(paths.NOTEBOOKS))
def test_what_an_empty_stub_stops_is_stopped_by_it_and_by_nothing_else(assignment, monkeypatch, capsys):
    import matplotlib.pyplot as plt

    monkeypatch.setattr(plt, "show", lambda: None)
    notebook = types.ModuleType("__main__")
    monkeypatch.setitem(sys.modules, "__main__", notebook)
    stopped = []
    with matplotlib.rc_context():
        for cell in read_notebook(paths.notebook_path(paths.NOTEBOOKS, assignment)).cells:
            if cell.cell_type == "code":
                try:
                    exec(compile(cell.source, cell.id, "exec"), vars(notebook))
                except NotImplementedError:
                    pass
                except Exception as err:
                    stopped.append((cell.id, repr(err)))
                plt.close("all")
    assert stopped == []
    assert capsys.readouterr().out
