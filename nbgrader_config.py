"""nbgrader, as this course uses it: solutions/ -> notebooks/, and classroom/ for everything that belongs to a class."""

from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.gradebook.autograde import Autograde
from autograder.gradebook.nbgrader_config import configure
from autograder.gradebook.patches import apply_patches, replace_converters
from autograder.reporting.feedback_pages import GenerateFeedback

classroom = Classroom(paths.ROOT / "classroom")
classroom.make()  # sqlite makes its file and no folder
configure(get_config(), classroom)  # noqa: F821  traitlets puts get_config there
apply_patches()
replace_converters(Autograde, GenerateFeedback)
