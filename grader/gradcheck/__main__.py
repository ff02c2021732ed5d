"""Check a saved notebook in a terminal: ``python -m gradcheck 03-relu-network.ipynb``."""

from __future__ import annotations

from gradcheck.terminal.main import main

if __name__ == "__main__":
    main()
