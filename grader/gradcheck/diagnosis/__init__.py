"""Say which mistake was made, where, and in words."""
