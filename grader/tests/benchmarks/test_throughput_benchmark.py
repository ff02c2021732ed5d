"""What is measured is graded rightly, and differences would be seen."""

from __future__ import annotations

from pathlib import Path

from benchmarks import crowd, throughput
from benchmarks.throughput import Row, disagreements, measure, table


def test_the_floor_and_ours_give_the_same_marks(tmp_path: Path) -> None:
    (floor, expected), (ours, found) = (measure(way, 3, tmp_path) for way in ("floor", "trust"))
    assert set(expected) == {f"learner-{number:06d}" for number in range(3)}
    assert disagreements(expected, found) == []
    assert floor.cpu_seconds > 0
    assert ours.peak_mb > 0


def test_the_class_is_the_same_each_time_and_not_everybody_alike() -> None:
    first = list(crowd.submissions(6))
    assert first == list(crowd.submissions(6))
    assert len({raw for _, raw in first}) > 3


def test_a_mark_that_differs_or_is_missing_is_told() -> None:
    ours = {"ada": {"relu": 1.0, "shapes": 3.0}}
    assert disagreements(ours, {"ada": {"relu": 1.0, "shapes": 3.0}}) == []
    assert disagreements(ours, {"ada": {"relu": 0.5, "shapes": 3.0}}) == ["('ada', 'relu'): 1.0 and 0.5"]
    assert len(disagreements(ours, {})) == 2


def test_the_table_has_the_ratios_and_the_files_are_written(tmp_path: Path) -> None:
    rows = [Row("stock", 10, 40.0, 30.0, 200.0), Row("sandbox", 10, 4.0, 6.0, 150.0), Row("floor", 10, 3.0, 3.0, 100.0)]
    lines = list(table(rows))
    grown = list(table([*rows, Row("sandbox", 40, 20.0, 24.0, 151.0)]))[-1]
    assert grown.split() == [crowd.ASSIGNMENT, "sandbox", "40", "500", "600", "151", "8.0", "2.00", "1.25"]
    assert lines[2].split() == [crowd.ASSIGNMENT, "sandbox", "10", "400", "600", "150", "10.0", "2.00", "1.00"]
    throughput.keep(rows, tmp_path)
    assert (tmp_path / "throughput.csv").read_text().count("\n") == 4
    assert (tmp_path / "throughput.svg").exists()


def test_ratios_are_those_within_a_chapter(tmp_path: Path) -> None:
    rows = [
        Row(way, 10, seconds, seconds, 100.0, 0.0, chapter)
        for chapter, stock in (("01-a", 40.0), ("02-b", 90.0))
        for way, seconds in (("stock", stock), ("sandbox", 10.0), ("floor", 5.0))
    ]
    ratios = [line.split()[-3:] for line in table(rows)]
    assert ratios[2] == ["4.0", "2.00", "1.00"]
    assert ratios[5] == ["9.0", "2.00", "1.00"]
    throughput.keep(rows, tmp_path)
    assert "02-b" in (tmp_path / "throughput.svg").read_text()
    assert (tmp_path / "throughput.csv").read_text().count("02-b") == 3
