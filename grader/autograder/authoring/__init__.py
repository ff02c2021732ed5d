"""Make what learners receive out of the solutions."""
