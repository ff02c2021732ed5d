"""Let Dask read plain values from its workers and nothing that could run: they are other machines."""

from __future__ import annotations

import builtins
import contextlib
import io
import pickle
import sys
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any

_PLAIN = frozenset({"bytes", "bytearray", "str", "int", "float", "bool", "list", "dict", "tuple", "set", "frozenset"})


class NotPlainError(pickle.UnpicklingError, TypeError):
    """A worker sent something that is no plain value.

    It is a TypeError, too, because Dask then reads an exception without its traceback; after any other error the
    future would wait for ever.
    """


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Return a plain type or one of Python's own exceptions; NotPlainError for everything else."""
        found = getattr(builtins, name, None) if module == "builtins" else None
        if name in _PLAIN and found:
            return found
        if isinstance(found, type) and issubclass(found, Exception):
            return found
        raise NotPlainError(f"{module}.{name} is no plain value")


def read_plain(raw: Any, *, buffers: Iterable[Any] = ()) -> Any:
    """Return what a pickle holds, if that is plain values only; NotPlainError if it is not."""
    return _Reader(io.BytesIO(bytes(raw)), buffers=buffers).load()


@contextlib.contextmanager
def plain_pickles() -> Iterator[None]:
    """Let this process read plain values only from whoever speaks Dask with it, under every name that Dask reads by.

    Nor does it print or warn what a worker asks it to.
    """
    import distributed
    from distributed.protocol import pickle as theirs

    ours = SimpleNamespace(**{**vars(pickle), "loads": read_plain, "load": None, "Unpickler": None})
    instead = {id(theirs.loads): read_plain, id(pickle.loads): read_plain, id(pickle): ours}
    loaded = [module for name, module in list(sys.modules.items()) if name.partition(".")[0] == "distributed"]
    with contextlib.ExitStack() as undo:
        for module in loaded:
            for name, value in list(vars(module).items()):
                if id(value) in instead:
                    undo.callback(setattr, module, name, value)
                    setattr(module, name, instead[id(value)])
        undo.callback(
            setattr, distributed.Client, "_default_event_handlers", distributed.Client._default_event_handlers
        )
        distributed.Client._default_event_handlers = {}
        yield
