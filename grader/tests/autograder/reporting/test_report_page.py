"""Every number on the report of a class, counted again from the verdicts; and what the page never does."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup, Tag

from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.reporting.chain_links import read_chapter
from autograder.reporting.class_report import exercise_points
from autograder.reporting.report_data import read_class
from autograder.reporting.report_page import render_report
from tests.autograder.reporting.made_up_class import make_class

CHAPTERS = paths.assignments()[:3]
Verdicts = dict[str, dict[str, dict]]


@pytest.fixture(scope="module")
def classroom(tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    """Twenty learners, three chapters."""
    return make_class(tmp_path_factory.mktemp("class"), 20, CHAPTERS)


@pytest.fixture(scope="module")
def page(classroom: Classroom) -> BeautifulSoup:
    return BeautifulSoup(render_report(read_class(classroom, CHAPTERS)), "html.parser")


@pytest.fixture(scope="module")
def verdicts(classroom: Classroom) -> Verdicts:
    """Chapter -> learner -> verdict, as the files say."""
    found: Verdicts = {chapter: {} for chapter in CHAPTERS}
    for file in classroom.verdicts.rglob("*.json"):
        found[file.parent.name][file.stem] = json.loads(file.read_text(encoding="utf-8"))
    return found


def graded(verdicts: Verdicts, chapter: str) -> dict[str, dict]:
    return {who: v for who, v in sorted(verdicts[chapter].items()) if v["status"] == "graded"}


def mistakes(found: dict) -> set[str]:
    return set() if found["status"] in ("right", "carried") else set(found["diagnosis"]) - {"not-attempted"}


def cells_of(verdicts: Verdicts, chapter: str) -> dict[tuple[str, str], list[str]]:
    """Return (mistake, exercise) -> learners."""
    cells = defaultdict(list)
    for who, verdict in graded(verdicts, chapter).items():
        for name, found in verdict["exercises"].items():
            for mistake in mistakes(found):
                cells[mistake, name].append(who)
    return cells


def made_in(verdicts: Verdicts, chapter: str) -> dict[str, set[str]]:
    """Return mistake -> learners."""
    made = defaultdict(set)
    for (mistake, _), students in cells_of(verdicts, chapter).items():
        made[mistake].update(students)
    return made


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def rows(table: Tag) -> list[list[str]]:
    return [[words(cell) for cell in row.find_all(["th", "td"])] for row in table.tbody.find_all("tr")]


def region(page: BeautifulSoup, label: str) -> Tag:
    return page.find(attrs={"aria-label": label}).table


def listed(page: BeautifulSoup, section: str, heading: str) -> tuple[int, list[str]]:
    """Return the number in a heading, and the lines below it."""
    title = next(h for h in page.find(id=section).find_all("h3") if words(h).startswith(heading))
    below = title.find_next_sibling()
    items = [words(li) for li in below.find_all("li")] if below.name == "ul" else []
    return int(re.search(r"\((\d+)\)", words(title))[1]), items


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_marks_are_those_of_the_verdicts(
    page: BeautifulSoup, verdicts: Verdicts, classroom: Classroom, chapter: str
) -> None:
    section = page.find(id=chapter)
    points = [v["points"] for v in graded(verdicts, chapter).values()]
    refused = sum(v["status"] == "refused" for v in verdicts[chapter].values())
    handed_in = len(list(classroom.submitted.glob(f"*/{chapter}")))
    waiting = handed_in - len(verdicts[chapter])
    told = f"{handed_in} handed in: {len(points)} graded, {refused} refused"
    assert words(section.p) == told + (f", {waiting} not graded yet." if waiting else ".")
    low, middle, high = np.percentile(points, [25, 50, 75])
    worth = sum(exercise_points(chapter).values())
    assert (
        f"Mean {np.mean(points):.4g} of {worth:.4g} points; half of the learners have between {low:.4g} and "
        f"{high:.4g}, the one in the middle {middle:.4g}."
    ) in words(section)
    counts, _ = np.histogram(points, bins=np.linspace(0, worth, 11))
    chart = section.find("svg", class_="distribution")
    bars = [int(text.text) for text in chart.find_all("text") if "edge" not in text.get("class", [])]
    assert bars == [count for count in counts if count]
    assert [int(n) for n in re.findall(r"points: (\d+)", chart["aria-label"])] == bars
    edges = [text.text for text in chart.find_all("text", class_="edge")]
    assert edges == [f"{edge:.3g}" for edge in np.linspace(0, worth, 11)]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_table_of_exercises_is_that_of_the_verdicts(page: BeautifulSoup, verdicts: Verdicts, chapter: str) -> None:
    found, text = list(graded(verdicts, chapter).values()), read_chapter(chapter)
    points = {name: np.array([v["exercises"][name]["points"] for v in found]) for name in exercise_points(chapter)}
    total = np.array([v["points"] for v in found])
    expected = []
    for name, worth in exercise_points(chapter).items():
        statuses = Counter(v["exercises"][name]["status"] for v in found)
        varies = np.ptp(points[name]) > 0
        discrimination = f"{np.corrcoef(points[name], total - points[name])[0, 1]:.2f}" if varies else "–"
        minutes = text.sections[name].minutes
        expected.append([
            name, f"{worth:.4g}", str(minutes), f"{100 * np.mean(points[name]) / worth:.0f} %",
            discrimination, f"{statuses['right'] + statuses['carried']} of {len(found)}",
            str(statuses["not-attempted"]), str(statuses["timeout"]), str(statuses["error"] + statuses["killed"]),
        ])  # fmt: skip
    assert rows(region(page, f"Exercises of {chapter}")) == expected


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_cell_of_the_heat_map_is_counted_and_leads_to_its_example(
    page: BeautifulSoup, verdicts: Verdicts, chapter: str
) -> None:
    cells, made = cells_of(verdicts, chapter), made_in(verdicts, chapter)
    order = sorted(made, key=lambda m: (-len(made[m]), m))
    table = region(page, f"Mistakes by exercise of {chapter}")
    names = list(exercise_points(chapter))
    assert [words(th) for th in table.thead.find_all("th")] == ["Mistake", *names]
    expected = [[m, *(str(len(cells[m, n])) if (m, n) in cells else "" for n in names)] for m in order]
    assert rows(table) == expected
    for link in table.tbody.find_all("a"):
        count, mistake, name = re.fullmatch(r"(\d+): (\S+) in (\S+)", link["aria-label"]).groups()
        example = page.find(id=link["href"][1:])
        students = cells[mistake, name]
        assert words(example.h4) == f"{mistake} in {name}"
        assert int(count) == len(students)
        assert f"Made by {count}: {', '.join(students[:12])}" in words(example)
        said = {verdicts[chapter][who]["exercises"][name]["message"] for who in students}
        assert words(example.find(class_="said")).strip("“”") in said


def test_the_three_topics_are_the_commonest_mistakes_of_the_last_chapter(
    page: BeautifulSoup, verdicts: Verdicts
) -> None:
    last = CHAPTERS[-1]
    made, cells = made_in(verdicts, last), cells_of(verdicts, last)
    topics = page.find(id="monday").find_all("li")
    assert len(topics) == 3
    counts = []
    for topic in topics:
        count, of, name, mistake = re.search(r"(\d+) of (\d+) learners.* in (\S+) \( (\S+) \)", words(topic)).groups()
        assert (int(count), int(of)) == (len(made[mistake]), len(graded(verdicts, last)))
        assert (mistake, name) in cells
        assert page.find(id=topic.find("a")["href"][1:]), "the example is on the page"
        assert "Go back to" in words(topic)
        counts.append(int(count))
    assert counts == sorted(map(len, made.values()), reverse=True)[:3]
    empty = Counter(
        n for v in graded(verdicts, last).values() for n, e in v["exercises"].items() if e["status"] == "not-attempted"
    )
    name, count = re.search(r"left empty is (\S+) : (\d+) of", words(page.find(id="monday"))).groups()
    assert int(count) == empty[name] == max(empty.values())


def test_who_may_need_a_word_is_told_by_the_verdicts(
    page: BeautifulSoup, verdicts: Verdicts, classroom: Classroom
) -> None:
    before, last = CHAPTERS[-2:]
    share = {c: {who: v["points"] / v["max_points"] for who, v in graded(verdicts, c).items()} for c in CHAPTERS}
    stuck = [f"{who}: {100 * s:.0f} %" for who, s in share[last].items() if s < 0.5]
    assert listed(page, "learners", "Stuck") == (len(stuck), stuck)
    known = {path.parent.name for c in CHAPTERS[:-1] for path in classroom.submitted.glob(f"*/{c}")}
    missing = sorted(known - {path.parent.name for path in classroom.submitted.glob(f"*/{last}")})
    assert listed(page, "learners", "Missing") == (len(missing), missing)
    falling = [
        f"{who}: {100 * share[before][who]:.0f} % , now {100 * s:.0f} %"
        for who, s in share[last].items()
        if who in share[before] and share[before][who] - s > 0.2 - 1e-9
    ]
    count, lines = listed(page, "learners", "Falling")
    assert (count, [line.replace("%, ", "% , ") for line in lines]) == (len(falling), falling)
    again = {
        who
        for c in CHAPTERS[:-1]
        for m, group in made_in(verdicts, c).items()
        for who in group & made_in(verdicts, last)[m]
    }
    count, lines = listed(page, "learners", "The same mistake")
    assert (count, {line.split(":")[0] for line in lines}) == (len(again), again)


def test_chapters_side_by_side_are_counted_from_the_verdicts(
    page: BeautifulSoup, verdicts: Verdicts, classroom: Classroom
) -> None:
    expected = []
    for chapter in CHAPTERS:
        found, worth = list(graded(verdicts, chapter).values()), exercise_points(chapter)
        mean = {n: np.mean([v["exercises"][n]["points"] / w for v in found]) for n, w in worth.items()}
        hardest, made = min(mean, key=mean.__getitem__), made_in(verdicts, chapter)
        common = min(made, key=lambda m: (-len(made[m]), m))
        expected.append([
            read_chapter(chapter).title, str(len(list(classroom.submitted.glob(f"*/{chapter}")))),
            str(sum(v["status"] == "refused" for v in verdicts[chapter].values())),
            f"{np.mean([v['points'] for v in found]):.4g} of {sum(worth.values()):.4g}",
            f"{hardest} , {100 * mean[hardest]:.0f} %", f"{common} , {len(made[common])} of {len(found)}",
        ])  # fmt: skip
    assert rows(region(page, "Table of the chapters")) == expected


def test_what_was_learnt_since_is_counted_from_the_verdicts(page: BeautifulSoup, verdicts: Verdicts) -> None:
    made = [made_in(verdicts, chapter) for chapter in CHAPTERS]
    took = [set(graded(verdicts, chapter)) for chapter in CHAPTERS]
    sums = Counter({m: sum(len(one[m]) for one in made) for one in made for m in [*one]})
    order = sorted(sums, key=lambda m: (-sums[m], m))[:20]
    expected = []
    for mistake in order:
        could = {w for i, one in enumerate(made) for w in one[mistake] for later in took[i + 1 :] if w in later}
        again = {
            w for i, one in enumerate(made) for w in one[mistake] for later in made[i + 1 :] if w in later[mistake]
        }
        told = f"{len(again)} of {len(could)}" if could else "–"
        expected.append([mistake, *(str(len(one[mistake])) for one in made), told])
    assert rows(region(page, "Table of mistakes over the chapters")) == expected


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_how_alike_answers_are_is_counted_from_the_answers(
    page: BeautifulSoup, verdicts: Verdicts, classroom: Classroom, chapter: str
) -> None:
    ways: dict[str, list[str]] = {name: [] for name in exercise_points(chapter)}
    for who in graded(verdicts, chapter):
        notebook = json.loads(paths.notebook_path(classroom.autograded / who, chapter).read_bytes())
        for cell in notebook["cells"]:
            if isinstance(cell["source"], str) and "def " in cell["source"] and "# learner-" in cell["source"]:
                name = cell["metadata"]["nbgrader"]["grade_id"]
                ways[name].append(re.search(r"step_0 = (\d)", cell["source"])[1])
    expected = []
    for name, found in ways.items():
        counts, n = Counter(found), len(found)
        chance = sum((k / n) * ((k - 1) / (n - 1)) for k in counts.values())
        expected.append(
            [name, str(n), str(len(counts)), f"{100 * max(counts.values()) / n:.0f} %", f"{100 * chance:.0f} %"]
        )
    assert sorted(rows(region(page, f"How alike the answers of {chapter} are"))) == sorted(expected)


def test_small_numbers_are_said_to_be_small(page: BeautifulSoup, verdicts: Verdicts) -> None:
    for chapter in CHAPTERS:
        assert f"These are {len(graded(verdicts, chapter))} learners." in words(page.find(id=chapter))


def test_hidden_names_are_nowhere_on_the_page(classroom: Classroom) -> None:
    shown = render_report(read_class(classroom, CHAPTERS, anonymous=True))
    assert "learner-00" not in shown
    assert "Names are hidden" in shown
    assert re.search(r"learner \d\d: \d+ %", " ".join(BeautifulSoup(shown, "html.parser").get_text().split()))


def test_examples_do_not_tell_who_wrote_them_and_nothing_in_them_is_active(page: BeautifulSoup) -> None:
    assert page.find_all("pre")
    for example in page.find_all("pre"):
        assert "learner-" not in example.text, "a name in a comment is left out"
    assert not page.find_all(["script", "i", "b", "link", "iframe", "img"])
    assert "What forward returns is <b>not</b> it." in page.get_text()


def test_the_page_needs_no_network_and_every_link_leads_somewhere(page: BeautifulSoup) -> None:
    text = str(page)
    assert not re.search(r"@import|url\((?!#)|src=", text)
    targets = {tag["id"] for tag in page.find_all(id=True)}
    links = [a["href"] for a in page.find_all("a")]
    assert links
    assert {link[1:] for link in links} <= targets


def test_a_class_of_one_and_a_class_of_none_have_a_page(tmp_path: Path) -> None:
    for number in (0, 1):
        classroom = make_class(tmp_path / str(number), number, CHAPTERS[:1], seed=4)
        shown = render_report(read_class(classroom, CHAPTERS[:1]))
        assert "Nobody's work has been graded yet." in shown


def test_a_damaged_verdict_is_one_that_is_not_there_yet(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, 8, CHAPTERS[:1])
    files = sorted(classroom.verdicts.rglob("*.json"))
    for file, content in zip(files, ("", "[]", '{"exercises": []}', '{"exercises": {"f": 3}}'), strict=False):
        file.write_text(content, encoding="utf-8")
    (chapter,) = read_class(classroom, CHAPTERS[:1]).chapters
    assert chapter.numbers.waiting >= 4
