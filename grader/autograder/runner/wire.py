"""Frames between the judge and the runner: a length, a JSON header, a JSON body, raw float64 numbers.

Used on both sides and by nothing else; standard library and numpy only. A header is
``{"id": ..., "body": bytes, "data": bytes}``. Nothing is ever unpickled.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

LENGTH = struct.Struct("<I")
_NUMBERS = np.ndarray | np.generic


def pack(request: str, body: Any, data: Sequence[bytes] = ()) -> bytes:
    """Return one frame as bytes.

    >>> pack("a", {}, [b"12"])[4:]
    b'{"id": "a", "body": 2, "data": 2}{}12'
    """
    text = json.dumps(body).encode()
    blob = b"".join(data)
    header = json.dumps({"id": request, "body": len(text), "data": len(blob)}).encode()
    return LENGTH.pack(len(header)) + header + text + blob


def unpack(read: Callable[[int], bytes]) -> tuple[str, Any, bytes]:
    """Read one frame from a peer that is trusted; the judge itself reads with limits instead."""
    header = json.loads(read(LENGTH.unpack(read(4))[0]))
    body = json.loads(read(header["body"]))
    return header["id"], body, read(header["data"])


def encode(value: Any, data: list[bytes], code: type) -> Any:
    """Turn an argument into JSON; its arrays are appended to ``data``. ``code`` is the class of code arguments."""
    if value is None or isinstance(value, bool | int | float | str) and not isinstance(value, np.generic):
        return value if not isinstance(value, float) else {"f": value.hex()}
    if isinstance(value, _NUMBERS):
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            raise TypeError(f"an array of {array.dtype} cannot be sent")
        data.append(np.ascontiguousarray(array, "<f8").tobytes())
        return {"a": list(array.shape), "d": array.dtype.name, "g": isinstance(value, np.generic)}
    if isinstance(value, code):
        return {"c": value.source}
    if isinstance(value, dict):
        return {"m": [[encode(k, data, code), encode(v, data, code)] for k, v in value.items()]}
    if isinstance(value, list | tuple):
        return {"l" if isinstance(value, list) else "t": [encode(item, data, code) for item in value]}
    raise TypeError(f"a {type(value).__name__} cannot be sent")


def decode(tree: Any, take: Callable[[int], bytes], code: type) -> Any:
    """Turn JSON back into an argument; ``take(n)`` gives the next ``n`` bytes of the data."""
    if not isinstance(tree, dict):
        return tree
    kind = next(iter(tree))
    inner = tree[kind]
    if kind == "f":
        return float.fromhex(inner)
    if kind == "a":
        size = int(np.prod(inner, dtype=int))
        array = np.frombuffer(take(8 * size), "<f8").reshape(inner).astype(tree["d"])
        return array[()] if tree["g"] else array
    if kind == "c":
        return code(inner)
    if kind == "m":
        return {decode(key, take, code): decode(item, take, code) for key, item in inner}
    items = [decode(item, take, code) for item in inner]
    return items if kind == "l" else tuple(items)


def encode_described(value: Any, data: list[bytes], room: list[int]) -> Any:
    """Turn a described value (a leaf or a branch of ``gradcheck.call``) into JSON.

    ``room`` holds one number, the bytes that may still be sent: an array that does not fit stays behind, and its
    text says so.
    """
    if hasattr(value, "items"):
        return {"b": value.type, "k": value.keys, "i": [encode_described(i, data, room) for i in value.items]}
    leaf = {"t": value.type, "d": value.dtype, "x": value.text}
    if value.array is not None and value.array.nbytes <= room[0]:
        room[0] -= value.array.nbytes
        data.append(np.ascontiguousarray(value.array, "<f8").tobytes())
        leaf["s"] = list(value.array.shape)
    elif value.array is not None:
        leaf["x"] = f"an array of shape {value.array.shape}, too large to be looked at"
    return leaf
