"""No module has the name of something that its package binds: an import of one would hide the other."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

import pytest

import autograder
import gradcheck


def _packages(root: ModuleType) -> list[ModuleType]:
    """Return a package and all packages below it; what runs in the sandbox is no package there."""
    found = [m.name for m in pkgutil.walk_packages(root.__path__, root.__name__ + ".") if m.ispkg]
    return [root, *(importlib.import_module(name) for name in found if not name.startswith("autograder.runner."))]


def _hidden(package: ModuleType) -> list[str]:
    """Return the modules of a package whose name it binds to something else."""
    names = [module.name for module in pkgutil.iter_modules(package.__path__) if module.name in vars(package)]
    return [n for n in names if getattr(vars(package)[n], "__name__", "") != f"{package.__name__}.{n}"]


@pytest.mark.parametrize("root", [gradcheck, autograder], ids=lambda root: root.__name__)
def test_no_package_binds_the_name_of_one_of_its_modules(root: ModuleType) -> None:
    packages = _packages(root)
    assert len(packages) > 8
    assert {package.__name__: _hidden(package) for package in packages if _hidden(package)} == {}


def test_a_function_that_hides_a_module_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gradcheck, "call", print, raising=False)
    assert _hidden(gradcheck) == ["call"]
