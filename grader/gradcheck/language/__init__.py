"""The words that people read, in their language: English as it was written, or what a catalogue has for it."""

from __future__ import annotations

from gradcheck.language.choice import choose_language, chosen_language, languages
from gradcheck.language.pages import translate_page
from gradcheck.language.translation import translate

__all__ = ["choose_language", "chosen_language", "languages", "translate", "translate_page"]
