"""What pytest does not import when it looks for examples in docstrings."""

collect_ignore_glob = [
    "autograder/authoring/samples/*",  # learners' answers
    "autograder/runner/stubs/*",  # they stand in the place of packages
    "autograder/runner/fork_server.py",  # these two import their neighbours by bare names, as they do in the sandbox
    "autograder/runner/join_namespaces.py",
    "benchmarks/*",
    "tests/answers/right/*",  # the answers of the collection: cells, not modules
    "tests/answers/wrong/*",
    "conftest.py",
]
