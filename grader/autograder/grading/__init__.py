"""From the bytes of one submission to its verdict."""
