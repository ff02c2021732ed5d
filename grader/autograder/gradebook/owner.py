"""Whose a gradebook is: one class writes into it, for marks, due dates and names of two would be mixed."""

from __future__ import annotations

import hashlib

from nbgrader.api import Gradebook
from sqlalchemy import Column, Integer, MetaData, String, Table, Text, inspect, select
from sqlalchemy.exc import DatabaseError

from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.course.secret import class_key
from autograder.course.text import clean_text

_OWNER = Table(
    "course_class",
    MetaData(),
    Column("id", Integer, primary_key=True),  # always 1: of two classes that come at once, one is first
    Column("mark", String(64), nullable=False),
    Column("folder", Text, nullable=False),
)


def claim_gradebook(classroom: Classroom) -> None:
    """Note in a class's gradebook whose it is; the gradebook is made where there is none.

    Raises ValueError where it is another class's. A class is known by its key, so its folder may be moved.
    """
    mark = hashlib.sha256(b"gradebook\0" + class_key(classroom.folder)).hexdigest()
    with Gradebook(classroom.db_url, paths.COURSE_ID) as gradebook:
        _claim(gradebook, mark, classroom)


def _claim(gradebook: Gradebook, mark: str, classroom: Classroom) -> None:
    found = _owner(gradebook)
    if not found:
        folder = clean_text(str(classroom.folder.resolve()))
        try:
            with gradebook.db.get_bind().begin() as connection:
                _OWNER.create(connection, checkfirst=True)
                connection.execute(_OWNER.insert().values(id=1, mark=mark, folder=folder))
        except DatabaseError:
            if not _owner(gradebook):  # else another class was first
                raise
        found = _owner(gradebook)
    if found and found[0] != mark:
        raise ValueError(
            f"this gradebook belongs to the class in {found[1]}: give {classroom.folder} a database of its own "
            f"(createdb, then its URL into {classroom.folder / 'db_url'}). If it is the same class and only its file "
            ".class-key was lost, the statement `drop table course_class` in the database lets it in again"
        )


def _owner(gradebook: Gradebook) -> tuple[str, str] | None:
    """Return the mark and the folder of the class that a gradebook belongs to."""
    with gradebook.db.get_bind().connect() as connection:
        if not inspect(connection).has_table(_OWNER.name):
            return None
        row = connection.execute(select(_OWNER.c.mark, _OWNER.c.folder)).first()
        return (row[0], row[1]) if row else None
