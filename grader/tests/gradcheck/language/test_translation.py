"""Sentences of the grader in another language: what a catalogue has, and English for the rest."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from autograder.course import paths
from autograder.course.labels import LABELS
from gradcheck.comparison.status import Status
from gradcheck.diagnosis.catalogue import describe_mistake, vocabulary
from gradcheck.display.panel import HintPanel, Panel
from gradcheck.judging.finding import Finding
from gradcheck.language import choice, choose_language, chosen_language, languages, translate, translate_page
from gradcheck.language.catalogue import PARTS, read_catalogue, read_entries

OTHERS = [language for language in languages() if language != "en"]
SOURCES = [
    *paths.GRADCHECK.rglob("*.py"),
    *paths.TEMPLATES.rglob("*.j2"),
    *(paths.ROOT / "grader" / "autograder").rglob("*.py"),
    paths.GRADCHECK / "diagnosis" / "mistakes.toml",
]


@pytest.fixture(autouse=True)
def _english_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "_chosen", [])
    monkeypatch.delenv(choice.VARIABLE, raising=False)


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def written() -> str:
    """Return everything that the course can say."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    return re.sub(r'"\s*\n\s*f?"', "", text)  # a sentence may be written over several lines


def test_english_needs_no_catalogue_and_is_what_is_spoken() -> None:
    assert languages()[0] == chosen_language() == "en"
    assert translate("dw has the right size and the opposite sign.") == "dw has the right size and the opposite sign."


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_the_gaps_of_the_english(language: str) -> None:
    entries = read_entries(language)
    assert set(entries) <= {"sentences", "mistakes"}
    for english, told in entries["sentences"].items():
        assert gaps(told) == gaps(english), english
    for id, parts in entries["mistakes"].items():
        assert set(parts) <= set(PARTS), id
        for part, told in parts.items():
            assert gaps(told) <= gaps(getattr(vocabulary()[id], part)), (id, part)


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_translates_no_sentence_that_the_course_does_not_say(language: str) -> None:
    said = written()
    stale = []
    for english in read_entries(language)["sentences"]:
        longest = max(re.split(r"\{\w+\}", english), key=len).strip(" .:,;")
        if longest not in said:
            stale.append(english)
    assert not stale


@pytest.mark.parametrize("language", OTHERS)
def test_every_status_has_words(language: str) -> None:
    exact = read_catalogue(language).exact
    assert [words for _, words in LABELS.values() if words not in exact] == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("where", ["dw", "what cost returns", "the answer", "dW1, db1 and dW2", "W and b"])
def test_a_mistake_of_a_catalogue_is_recognized_whatever_stands_in_its_gaps(language: str, where: str) -> None:
    for id, parts in read_entries(language)["mistakes"].items():
        if "seen" in parts:
            english = describe_mistake(id, where, {"got": "shape (3,)", "want": "one number"})
            told = translate(english, language)
            assert told != english, english
            assert not gaps(told)


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("is not correct yet", "ist noch nicht richtig"),
        ("What cost returns is exactly twice as large as it should be.", "Das Ergebnis von cost: genau doppelt"),
        ("dw and db are exactly twice as large as they should be.", "dw und db: genau doppelt"),
        ("dW is correct; db is not. db has the right size and the opposite sign.", "dW ist richtig, db nicht. db: Die"),
        ("2.5 of 5 points", "2.5 von 5 Punkten"),
        ("Nobody says this. Or: dw is exactly half of what it should be.", "Nobody says this. Oder: dw: genau halb"),
        (
            "f stops with ValueError: no at all in your line 2: return x. Is there a loop that never ends?",
            "f bricht ab mit ValueError: no at all in deiner Zeile 2: return x. Gibt es eine Schleife",
        ),
    ],
)
def test_a_text_is_said_sentence_by_sentence(english: str, german: str) -> None:
    assert translate(english, "de").startswith(german)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "§", "a" * 5000, "Average the slopes of many examples", "this and that thing", "{where}", "{", "}{0}",
        "a number of things has the right size and the opposite sign.", "x" * 300 + ". " + "y. " * 200,
    ],
)  # fmt: skip
def test_what_no_catalogue_has_stays_as_it_is(text: str) -> None:
    assert translate(text, "de") == text


def test_the_language_is_chosen_by_a_variable_or_in_a_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_LANGUAGE", "de")
    assert translate("is correct") == "ist richtig"
    monkeypatch.setenv("COURSE_LANGUAGE", "xx")
    assert translate("is correct") == "is correct"
    choose_language("de")
    assert translate("is correct") == "ist richtig"
    with pytest.raises(ValueError, match="no language xx; there are en, de"):
        choose_language("xx")


def test_panels_speak_the_chosen_language_and_say_the_same() -> None:
    finding = Finding(
        "cost", 0, 3, Status.WRONG, message="What cost returns is exactly twice as large as it should be."
    )
    panel, hint = Panel(finding), HintPanel("cost", ("Derive again: the link from L back to a.",), 2)
    choose_language("de")
    shown = panel._repr_mimebundle_()
    assert shown["text/plain"].startswith("[--] cost ist noch nicht richtig")
    assert "<code>cost</code> ist noch nicht richtig" in shown["text/html"]
    assert "genau doppelt so groß" in shown["text/html"]
    assert "Hinweis 1 von 2 zu <code>cost</code>" in hint._repr_mimebundle_()["text/html"]
    assert "Leite noch einmal her: das Glied von L zurück zu a." in str(hint)


def test_a_page_keeps_its_tags_its_code_and_what_learners_wrote() -> None:
    page = (
        '<!DOCTYPE html>\n<html lang="en"><head><title>Points</title><style>p { content: "Points"; }</style></head>'
        '<body><h2>All marks</h2><th aria-label="Points">Points</th><pre>Points</pre>'
        "<p><code>cost</code>: is not correct yet</p><p>1 &lt; 2 &amp; 3</p> of 20 points<b></b></body></html>"
    )
    assert translate_page(page, "en") == page
    assert translate_page(page, "de") == (
        '<!DOCTYPE html>\n<html lang="de"><head><title>Points</title><style>p { content: "Points"; }</style></head>'
        '<body><h2>Alle Punkte</h2><th aria-label="Punkte">Punkte</th><pre>Points</pre>'
        "<p><code>cost</code>: ist noch nicht richtig</p><p>1 &lt; 2 &amp; 3</p> von 20 Punkten<b></b></body></html>"
    )


def test_a_translation_cannot_break_a_page() -> None:
    assert translate_page("<p>f stops with E: &lt;script&gt; in your line 2: &lt;b&gt;.</p>", "de") == (
        "<p>f bricht ab mit E: &lt;script&gt; in deiner Zeile 2: &lt;b&gt;.</p>"
    )


def test_the_wheel_brings_the_catalogues() -> None:
    declared = (paths.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "language/*.toml" in declared
    assert {Path(file).stem for file in map(str, (paths.GRADCHECK / "language").glob("*.toml"))} == set(OTHERS)
