"""What people read: the class on a terminal, a page for each learner, tables for platforms."""
