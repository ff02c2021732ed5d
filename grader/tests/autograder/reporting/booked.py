"""A gradebook that is filled without grading anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from nbgrader.api import Grade, Gradebook, Student, SubmittedAssignment, SubmittedNotebook, new_uuid

from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.gradebook.patches import apply_patches

FIRST = "01-single-neuron"
MOMENT = datetime(2026, 3, 1, 22, 0)


@contextmanager
def booked(
    classroom: Classroom, marks: Mapping[str, float], moment: datetime = MOMENT, assignment: str = FIRST
) -> Iterator[Gradebook]:
    """Yield a gradebook in which each learner has a mark of 20 for an assignment of two exercises of ten."""
    apply_patches()
    classroom.folder.mkdir(exist_ok=True)
    with Gradebook(classroom.db_url, paths.COURSE_ID) as gradebook:
        gradebook.add_assignment(assignment)
        gradebook.add_notebook(assignment, assignment)
        for name in ("test-one", "test-two"):
            gradebook.add_grade_cell(name, assignment, assignment, max_score=10, cell_type="code")
        notebook = gradebook.find_notebook(assignment, assignment)
        cells = {cell.name: cell.id for cell in notebook.grade_cells}
        entries = []
        for learner, points in marks.items():  # at once: nbgrader's own ways take a second for each of a large class
            work, pages = new_uuid(), new_uuid()
            entries += [
                Student(id=learner),
                SubmittedAssignment(
                    id=work, assignment_id=notebook.assignment.id, student_id=learner, timestamp=moment
                ),
                SubmittedNotebook(id=pages, assignment_id=work, notebook_id=notebook.id),
                *(
                    Grade(cell_id=cells[name], notebook_id=pages, auto_score=score, needs_manual_grade=False)
                    for name, score in (("test-one", min(points, 10)), ("test-two", max(points - 10, 0)))
                ),
            ]
        with gradebook.db.no_autoflush:
            gradebook.db.add_all(entries)
        gradebook.db.commit()
        yield gradebook
