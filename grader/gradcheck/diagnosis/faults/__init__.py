"""The faults that can be injected into a forward computation."""
