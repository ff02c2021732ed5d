"""What came back, and whether it is equal to the truth."""
