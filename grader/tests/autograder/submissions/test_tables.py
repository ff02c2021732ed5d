"""No part of a name is a formula, wherever a spreadsheet splits a row; and every name comes back as it was."""

from __future__ import annotations

import csv
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.submissions.tables import harmless, parse_table, quoted, restored
from tests.fuzzing import fuzzed

PIECES = st.sampled_from(["=", "+", "-", "@", ";", ",", "\t", "|", "\n", "\r", '"', "'", " ", "1", "3.5", "Doe"])
TEXTS = st.lists(PIECES, max_size=9).map("".join) | st.text(max_size=9)


def is_formula(place: str) -> bool:
    return place.lstrip(' "\t\r\n').startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    "name", ["=1+1", "Doe;=1+1", "Doe; =1+1", "Doe\t@SUM(1)", 'Doe;"=1+1"', "Doe,-2+3", " +1", "|=x"]
)
@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_no_place_is_a_formula_in_any_country(name: str, mark: str) -> None:
    row = f"{quoted('ada')},{quoted(harmless(name), always=True)},12\n"
    assert not [place for places in csv.reader([row], delimiter=mark) for place in places if is_formula(place)]


@fuzzed(300)
@example("'=1")
@example("-3.5")
@example("'-3.5")
@example("\t \t=;'-")
@given(TEXTS)
def test_a_name_comes_back(name: str) -> None:
    assert restored(harmless(name)) == name


@fuzzed(300)
@given(TEXTS)
def test_no_part_of_a_harmless_text_is_a_formula(name: str) -> None:
    parts = re.split(r"[;,|\t\r\n]", harmless(name))
    assert not any(map(is_formula, parts)) or re.fullmatch(r"-\d+([.,]\d+)?", name)


def test_other_places_of_a_platforms_table_stay_byte_for_byte() -> None:
    text = 'Name;Grade\n"Doe;=1+1";\n=2+2;"1"\n'
    table = parse_table(text, ";")
    table.put(1, 1, "17.25")
    assert table.encode().decode() == text.replace('1";\n', '1";17.25\n')
