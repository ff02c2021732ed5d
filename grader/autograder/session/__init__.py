"""Talk to a learner's code in a sandbox, and check the sandbox itself."""
