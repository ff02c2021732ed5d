# ruff: noqa: ARG002  (it takes everything and uses nothing)
"""Stands in the place of ``gradcheck`` where marks are earned: everything imports, nothing does anything."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types


class _Nothing:
    """Answers None to every call, and itself to everything else."""

    def __call__(self, *args, **kwargs):
        return None

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self


class _Module(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing()


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, fullname, path=None, target=None):
        if fullname.startswith("gradcheck."):
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec):
        return _Module(spec.name)

    def exec_module(self, module):
        pass


sys.meta_path.insert(0, _Finder())
sys.modules[__name__].__class__ = _Module
