"""Every limit that a submission meets, in one place, with its unit."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path

MB = 1_000_000


@dataclass(frozen=True)
class Limits:
    """What a learner's code may use. A file ``limits.toml`` in the classroom replaces any of them."""

    file_bytes: int = 20 * MB
    """The submitted notebook."""
    source_bytes: int = 1 * MB
    """All code cells of a submission together."""
    cells: int = 500
    """Cells of a submitted notebook."""

    start_seconds: float = 30.0
    """Until a new runner says that it is ready (a loaded machine needs much more than the usual 0.3)."""
    cell_seconds: float = 20.0
    """One cell."""
    call_seconds: float = 5.0
    """One call of a learner's function by the judge."""
    cells_seconds: float = 60.0
    """All cells of a submission together, each counted the first time it runs."""
    submission_seconds: float = 180.0
    """Everything, cells that run again after a restart included."""
    restarts: int = 64
    """New runners for one submission; where every function of a chapter ends its process, it takes up to 34."""

    resident_bytes: int = 1_200 * MB
    """Memory in use by the runner and all its children."""
    address_bytes: int = 1_500 * MB
    """Address space of one process."""
    processes: int = 32
    """Processes and threads (where a sandbox counts them apart from the rest of the machine)."""
    written_file_bytes: int = 32 * MB
    """One file that a learner writes."""
    open_files: int = 64
    """Descriptors of one process."""
    scratch_bytes: int = 64 * MB
    """All files that a learner writes."""
    shared_memory_bytes: int = 8 * MB
    """All of /dev/shm."""
    scratch_files: int = 4096
    """How many files a learner may write."""

    header_bytes: int = 16_384
    """The first part of a frame from the runner, which announces the sizes of the rest."""
    body_bytes: int = 1 * MB
    """The second part of a frame: text and structure."""
    reply_bytes: int = 1 * MB
    """Arrays that a call returns, beside twice the bytes that it was given."""
    output_bytes: int = 64_000
    """Text kept of one cell's output; the rest is counted and dropped."""
    figures: int = 4
    """Figures kept of one cell."""
    figure_bytes: int = 300_000
    """One figure as PNG."""
    outputs_bytes: int = 4 * MB
    """Text and figures kept of one submission."""

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if type(value) not in (int, float) or not 0 < value < 1e15:
                raise ValueError(f"the limit {field.name} must be a positive number, not {value!r}")


def load(path: Path | None) -> Limits:
    """Return the limits of ``path``, or the defaults where there is no such file."""
    if path is None or not path.is_file():
        return Limits()
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = set(given) - {field.name for field in dataclasses.fields(Limits)}
    if unknown:
        raise ValueError(f"{path.name} names limits that do not exist: {', '.join(sorted(unknown))}")
    return Limits(**given)
