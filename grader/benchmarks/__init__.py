"""What is measured instead of claimed: ``python -m benchmarks.NAME``."""
