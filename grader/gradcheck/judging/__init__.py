"""From a learner's function to a finding: status, points, diagnosis."""
