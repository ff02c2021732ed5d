"""Where a learner's code runs, and what it cannot do there."""
