"""What came back in another container, brought into the form that was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.call import Branch, Leaf, Value


def bring_into_form(value: Value, want: Value) -> Value | None:
    """Return the same items in the containers of ``want``; None where they cannot be told apart."""
    if isinstance(want, Leaf):
        return value
    if not isinstance(value, Branch):
        return None
    items = _by_name(value, want.keys) if want.type == "dict" else _in_order(value, want.items)
    if items is None:
        return None
    formed = [bring_into_form(item, wanted) for item, wanted in zip(items, want.items, strict=True)]
    found = tuple(item for item in formed if item is not None)
    return Branch(want.type, want.keys, found) if len(found) == len(formed) else None


def _by_name(value: Branch, names: Sequence[str]) -> Sequence[Value] | None:
    """Return the items under these names, under the names of their gradients, or one by one."""
    named = dict(zip(value.keys, value.items, strict=True)) if value.type == "dict" else _pairs(value)
    if len(named) != len(names):
        return value.items if len(value.items) == len(names) else None
    for known_as in (lambda name: name, lambda name: "d" + name, lambda name: name[1:]):
        if all(known_as(name) in named for name in names):
            return [named[known_as(name)] for name in names]
    return list(named.values())


def _pairs(value: Branch) -> dict[str, Value]:
    """Return name -> item of a list of pairs that begin with a name; empty where it is none."""
    pairs = [item.items for item in value.items if isinstance(item, Branch) and len(item.items) == 2]
    heads = [pair[0] for pair in pairs if isinstance(pair[0], Leaf) and pair[0].array is None]
    if not len(heads) == len(pairs) == len(value.items):
        return {}
    return {head.text: pair[1] for head, pair in zip(heads, pairs, strict=True)}


def _in_order(value: Branch, want: Sequence[Value]) -> Sequence[Value] | None:
    """Return the items one by one; those of one dict by their names, where several dicts were to come back."""
    if value.type == "dict" and all(isinstance(part, Branch) and part.type == "dict" for part in want):
        named = dict(zip(value.keys, value.items, strict=True))
        keys = [part.keys for part in want if isinstance(part, Branch)]
        if len(named) == sum(map(len, keys)) and all(name in named for part in keys for name in part):
            return [Branch("dict", part, tuple(named[name] for name in part)) for part in keys]
    return value.items if len(value.items) == len(want) else None
