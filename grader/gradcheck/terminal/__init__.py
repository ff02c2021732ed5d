"""``python -m gradcheck NOTEBOOK``: look at a saved notebook as grading will, before it is handed in."""
