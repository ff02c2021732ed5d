"""nbgrader's gradebook, which takes its marks from verdicts."""
