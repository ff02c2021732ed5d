"""Tell from the text of a notebook which of its cells have to run while it is graded."""
