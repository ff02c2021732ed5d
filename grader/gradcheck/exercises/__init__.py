"""What an exercise is, and the inputs by which it is judged."""
