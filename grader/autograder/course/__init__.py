"""What every part of the grader knows: folders, names, limits, the secret, the lock."""
