"""nbgrader, as this course uses it: solutions/ -> notebooks/, and classroom/ for everything that belongs to a class."""

from autograder import course, settings

classroom = course.Classroom(course.ROOT / "classroom")
classroom.folder.mkdir(exist_ok=True)  # sqlite makes its file and no folder
settings.apply(get_config(), classroom)  # noqa: F821  traitlets puts get_config there
settings.bind()
