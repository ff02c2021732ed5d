"""Every link in the project's pages leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.course import paths

PAGES = [
    *(paths.ROOT / name for name in ("README.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((paths.ROOT / "docs").glob("*.md")),
]
CODE = re.compile(r"^ *```.*?^ *```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(\s*([^)\s]+)\s*\)|<(?:img|a)\b[^>]*?(?:src|href)=\"([^\"]+)\"")
MARKED_CODE = re.compile(r"`([^`]*)`")


def links(text: str) -> list[str]:
    """Return what the links of a page name, without those of code and those into the internet."""
    found = [one or other for one, other in LINK.findall(CODE.sub("", text))]
    return [link for link in found if not re.match(r"https?:|mailto:", link)]


def anchors(text: str) -> set[str]:
    """Return the names of a page's headings, as GitHub makes them."""
    headings = re.findall(
        r"^#+ (.+)$", re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE
    )
    bare = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", MARKED_CODE.sub(r"\1", heading)) for heading in headings)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in bare}


def broken(page: Path, text: str) -> list[str]:
    """Return the links of ``text``, as it stands in ``page``, that lead nowhere."""
    wrong = []
    for link in links(text):
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        inside = target.is_relative_to(paths.ROOT)
        there = inside and target.exists()
        if there and anchor:
            content = text if target == page else target.read_text(encoding="utf-8")
            there = target.suffix == ".md" and anchor in anchors(content)
        if not there:
            wrong.append(link)
    return wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(paths.ROOT).as_posix())
def test_every_link_leads_to_a_file_or_a_heading(page: Path) -> None:
    assert not broken(page, page.read_text(encoding="utf-8"))


def test_every_page_of_docs_is_in_its_index() -> None:
    index = (paths.ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    named = {link.partition("#")[0] for link in links(index)}
    assert {page.name for page in PAGES if page.parent == paths.ROOT / "docs"} <= named | {"README.md"}


@pytest.mark.parametrize(
    "link", ["nothing.md", "#no-such-heading", "docs/cluster.md#no-such-heading", "../outside.md", "LICENSE#a"]
)
def test_a_link_that_leads_nowhere_is_found(link: str) -> None:
    assert broken(paths.ROOT / "README.md", f"# Heading\n\n[text]({link})") == [link]


def test_links_to_headings_files_and_the_internet_are_accepted() -> None:
    text = "# What `check` does, and why\n[a](#what-check-does-and-why) [b](LICENSE) [c](https://example.org) `[d](e)`"
    assert broken(paths.ROOT / "README.md", text) == []
    assert len(links(text)) == 2


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(paths.ROOT).as_posix())
def test_every_path_that_a_page_names_as_code_exists(page: Path) -> None:
    spans = MARKED_CODE.findall(re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S))
    named = [
        span
        for span in spans
        if not re.search("NN|<", span) and re.fullmatch(r"(grader|solutions|docs|\.github)/[\w./-]+", span)
    ]
    assert not [span for span in named if not (paths.ROOT / span).exists()]
