"""What the judge found about one exercise of one learner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gradcheck.comparison.status import Grade, Status


@dataclass(frozen=True)
class Finding:
    """The outcome of judging one exercise."""

    name: str
    points: float
    max_points: float
    status: Status
    diagnosis: tuple[str, ...] = ()
    """Ids of mistakes; several where two fit equally or two were made; empty where nothing fits."""
    first_wrong: str = ""
    """The first broken link of the chain; several, as "dA1, dZ1", where only the stretch is known."""
    message: str = ""
    """Sentences for the learner."""
    seconds: float = 0.0
    remarks: tuple[str, ...] = ()
    """For instructors."""
    outputs: Mapping[str, Grade] = field(default_factory=dict)
    """Output name -> how it was found."""
    hints: tuple[str, ...] = ()
    """Tier 2 and 3: a question, then what to derive again."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """The learner's numbers on one case, for the picture; never the true ones."""

    @property
    def is_right(self) -> bool:
        """Tell whether nothing was lost."""
        return self.status in (Status.RIGHT, Status.CARRIED)

    def as_dict(self) -> dict[str, Any]:
        """Return the part that is recorded: plain JSON."""
        kept = ("points", "max_points", "status", "diagnosis", "first_wrong", "message", "seconds", "remarks")
        data = {key: getattr(self, key) for key in kept}
        return {**data, "status": str(self.status), "diagnosis": list(self.diagnosis), "remarks": list(self.remarks)}
