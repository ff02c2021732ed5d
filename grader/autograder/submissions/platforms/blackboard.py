"""Blackboard: ``<assignment>_<user>_attempt_YYYY-MM-DD-HH-MM-SS[_file]``, and a text file for each attempt."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from autograder.submissions.entries import EntryError
from autograder.submissions.platforms.upload import Platform, Upload, Uploads, check_moment

_NAME = re.compile(r"(?P<head>.+?)_attempt_(?P<when>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<text>\.txt))?")
"""The first such words are the platform's; a learner may have written them into the name of a file once more."""
_PERSON = re.compile(r"^Name:\s*(?P<name>.*?)\s*\((?P<login>[^()]+)\)\s*$", re.MULTILINE)
ATTEMPT_TEXT = "/attempt.txt"
"""Stands for the platform's own text; no file that anybody handed in can have this name."""
_TEXT_BYTES = 1_000_000


def recognize(parts: Sequence[str]) -> Upload | None:
    """Return what a name of Blackboard says; whose it is stands at the end of ``login`` until all names are known.

    >>> recognize(("Chapter 1_jdoe_attempt_2018-03-29-12-05-59_work.ipynb",)).login
    'Chapter 1_jdoe'
    """
    found = _NAME.fullmatch(parts[0])
    if not found or "_" not in found["head"]:
        return None
    file = parts[-1] if len(parts) > 1 else found["file"] or (ATTEMPT_TEXT if found["text"] else "")
    moment = check_moment(datetime.strptime(found["when"], "%Y-%m-%d-%H-%M-%S"))
    attempt = (int(moment.timestamp()),)
    return Upload("", "", parts[0], file, found["head"], attempt, moment) if file else None


def settle(uploads: Uploads, logins: Collection[str] = ()) -> Uploads:
    """Say whose each file is: as the texts of the attempts or the class's logins say, else by what all share."""
    people = _people(uploads)
    heads = {upload.login for _, upload in uploads}
    common = _common(heads)
    settled: Uploads = []
    for entry, upload in uploads:
        head = upload.login
        told = [login for login in (*people, *logins) if head.casefold().endswith(f"_{login.casefold()}")]
        login = max(told, key=len) if told else head[len(common) :] if common else head.rsplit("_", 1)[1]
        found = dataclasses.replace(upload, key=f"blackboard:{login}", login=login, name=people.get(login, ""))
        settled.append((entry, found))
    return settled


def _people(uploads: Uploads) -> dict[str, str]:
    """Return login -> name, as far as the texts say so."""
    people = {}
    for entry, upload in uploads:
        if upload.file == ATTEMPT_TEXT:
            try:
                found = _PERSON.search(entry.read(_TEXT_BYTES).decode("utf-8-sig", "replace"))
            except EntryError:
                continue
            if found and upload.login.casefold().endswith(f"_{found['login'].casefold()}"):
                people[found["login"]] = found["name"]
    return people


def _common(heads: Iterable[str]) -> str:
    """Return the beginning that all share, up to an underscore; empty where there is only one."""
    heads = list(heads)
    return os.path.commonprefix(heads).rpartition("_")[0] + "_" if len(heads) > 1 else ""


BLACKBOARD = Platform("blackboard", recognize, settle)
