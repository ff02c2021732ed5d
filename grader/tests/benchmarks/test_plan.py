"""The plan is arithmetic that can be checked by hand."""

from __future__ import annotations

from benchmarks.plan import Assumptions, Cost, plan, table

COSTS = (Cost("01", 300.0, 20.0, 30.0, 100.0, 200.0, 3.0), Cost("02", 420.0, 40.0, 36.0, 100.0, 300.0, 5.0))


def test_the_plan_adds_up() -> None:
    rows = dict(row.strip("| ").split(" | ") for row in list(plan(COSTS, Assumptions(50_000, 2.0, 0.5, 0.5, 0.1)))[2:])
    assert rows["submissions"] == "100,000"
    assert rows["work of workers"] == "10 core-hours: 10 cores for 2 hours"  # 50,000 x 0.72 s
    assert rows["work of coordinators"] == "0.8 hours of books and 0.9 of pages: 2"  # 6,300 s in 2 x 3,600 s
    assert rows["network"] == "10 GB, 11 Mbit/s"
    assert rows["gradebook"] == "0.4 GB"
    assert rows["files"] == "25 GB"
    assert rows["price"] == "24 core-hours at 0.1: 2"


def test_the_table_has_a_row_for_each_chapter() -> None:
    assert list(table(COSTS))[2:] == [
        "| 01 | 300 | 20 | 30 | 100 | 200 | 3.0 |",
        "| 02 | 420 | 40 | 36 | 100 | 300 | 5.0 |",
    ]
