"""Look at a learner's page as a parser and as a browser: what is active in it, what it runs, whom it asks."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_TAGS = set(
    re.findall(
        r"\w+",
        "html head meta title style body header main section h1 h2 h3 p div span pre code table thead tbody tr th td a strong em b "
        "ul ol li img svg g defs marker path rect line circle text tspan desc polygon polyline ellipse",
    )
)
_LINKS = ("src", "href", "xlink:href", "action", "formaction", "poster", "data", "srcset", "background", "ping")
_INNER = re.compile(r"#|data:image/png;base64,[A-Za-z0-9+/=]+$")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.styles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.styles += tag == "style"
        if tag not in _TAGS:
            self.found.append(tag)
        for name, value in attrs:
            leads_out = name in _LINKS and not _INNER.match(value or "")
            if name.startswith("on") or leads_out or (name == "style" and re.search(r"url\(|@|expression", value or "")):
                self.found.append(f"{tag} {name}={value}")
            if name == "http-equiv" and value != "Content-Security-Policy":
                self.found.append(f"meta {value}")

    handle_startendtag = handle_starttag


def acting(page: str) -> list[str]:
    """Return everything in a page that could act or ask, by an allow list of what is harmless."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    more = ["a style of its own"] if reader.styles != 1 else []
    return reader.found + more


def opened(page: str, folder: Path, port: int) -> tuple[str, list[str]]:
    """Open a page in a browser; return what became of it and what was asked of this machine's ``port``.

    Its policy is taken out first: the page must be harmless without it.
    """
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    file = folder / "page.html"
    file.write_text(re.sub(r"<meta http-equiv[^>]*>", "", page), encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", port), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        dom = subprocess.run(
            [
                str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
                "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
                f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=2000", "--dump-dom", file.as_uri(),
            ],
            capture_output=True, text=True, check=True, timeout=120,
        ).stdout  # fmt: skip
        server.shutdown()
    return dom, asked
