"""What a learner sees of a finding: panel, picture, hints."""
