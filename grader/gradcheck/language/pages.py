"""Say the words of an HTML page in another language; code, names and numbers stay as they are."""

from __future__ import annotations

import re
from html import escape, unescape

from gradcheck.language.choice import ENGLISH, chosen_language
from gradcheck.language.translation import translate

_KEPT = re.compile(r"(<(pre|code|style|script|title)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
_TEXT = re.compile(r">([^<>]*[^\W\d][^<>]*)<")
_CORE = re.compile(r"([^\w\"“{]*)(.*?)([\s.:,;(“]*)", re.DOTALL)
"""What stands before words, such as a colon after a name in code; the words; what stands after them."""
_LABEL = re.compile(r'(\s(?:aria-label|alt)=")([^"]+)(")')


def translate_page(html: str, language: str = "") -> str:
    """Return a page with its texts in a language, by default in the chosen one; the tags are not touched."""
    wanted = language or chosen_language()
    if wanted == ENGLISH:
        return html
    parts = _KEPT.split(html)  # text, what is kept, its tag, text ...
    for place in range(0, len(parts), 3):
        parts[place] = _translate_part(parts[place], wanted)
    for place in range(2, len(parts), 3):
        parts[place] = ""
    return "".join(parts).replace('<html lang="en">', f'<html lang="{wanted}">', 1)


def _translate_part(html: str, language: str) -> str:
    # a piece begins and ends between tags, so it gets borders that the pattern can see
    told = _TEXT.sub(lambda found: f">{_node(found[1], language)}<", f">{html}<")[1:-1]
    return _LABEL.sub(lambda found: f"{found[1]}{_attribute(found[2], language)}{found[3]}", told)


def _node(text: str, language: str) -> str:
    words = " ".join(unescape(text).split())
    before, core, after = _CORE.fullmatch(words).groups()  # type: ignore[union-attr]  # it matches every text
    for start, inner, end in (("", words, ""), (before, core, after)):
        told = translate(inner, language)
        if told != inner:
            left, right = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
            return left + escape(start + told + end, quote=False) + right
    return text


def _attribute(text: str, language: str) -> str:
    words = unescape(text)
    told = translate(words, language)
    return text if told == words else escape(told)
