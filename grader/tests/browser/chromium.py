"""A Chromium without a window, driven through its debugging protocol, and a server for a site; loopback only."""

from __future__ import annotations

import base64
import contextlib
import functools
import json
import shutil
import socketserver
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import websocket

QUIET = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--mute-audio"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps"),
    *(
        "--disable-domain-reliability",
        "--disable-features=OptimizationHints,MediaRouter,Translate,NetworkTimeServiceQuerying",
    ),
    "--remote-debugging-port=0",
)


OWN = ("update.googleapis.com", "accounts.google.com", "content-autofill.googleapis.com", "clients2.google.com")
"""Whom Chromium asks for itself, whatever page is open."""


def find_chromium() -> str | None:
    """Return the program, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class _Pages(SimpleHTTPRequestHandler):
    """Serve a site as plain hosts of pages do.

    With COOP and COEP headers the kernel takes another way to its worker, which failed here on a busy machine:
    "A(...).value.then is not a function" (JupyterLite 0.8.6, its ``coincident`` library).
    """

    def log_message(self, *_: object) -> None:
        pass


class _Outside(socketserver.BaseRequestHandler):
    """Stands for the internet: writes down what was asked for and answers nothing."""

    def handle(self) -> None:
        line = self.request.recv(4096).split(b"\r\n")[0].decode("latin-1")
        if not any(host in line for host in OWN):
            self.server.asked.append(line)  # type: ignore[attr-defined]


@contextlib.contextmanager
def serve(site: Path) -> Iterator[str]:
    """Serve a folder and yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Pages, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Page:
    """One page of a browser."""

    socket: websocket.WebSocket
    outside: list[str]
    """Requests to anywhere but loopback, from whatever part of the browser."""
    errors: list[str] = field(default_factory=list)
    """What the console shows as an error, and what pages threw."""
    _number: int = 0

    def send(self, method: str, **parameters: Any) -> dict:
        """Give one command and return its result."""
        self._number += 1
        self.socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            self._note(message)
            if message.get("id") == self._number:
                assert "error" not in message, message
                return message["result"]

    def evaluate(self, expression: str) -> Any:
        """Return the value of a JavaScript expression; a promise is waited for."""
        done = self.send("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def wait(self, expression: str, seconds: float) -> Any:
        """Return the first value of an expression that is true."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if value := self.evaluate(expression):
                return value
            assert not self.errors, self.errors
            time.sleep(0.3)
        raise TimeoutError(f"{expression} after {seconds:g} s; the console says {self.errors}")

    def open(self, address: str) -> None:
        """Go to an address."""
        self.send("Page.navigate", url=address)

    def resize(self, width: int, height: int, *, phone: bool = False) -> None:
        """Give the page another size."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)

    def picture(self, path: Path) -> None:
        """Keep what can be seen."""
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))

    def press(self, key: str, code: int) -> None:
        """Press a key."""
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def _note(self, message: dict) -> None:
        method, parameters = message.get("method"), message.get("params", {})
        if method == "Runtime.exceptionThrown":
            self.errors.append(json.dumps(parameters["exceptionDetails"])[:600])
        elif method == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            self.errors.append(f"{parameters['entry']['text']} {parameters['entry'].get('url', '')}")
        elif method == "Runtime.consoleAPICalled" and parameters["type"] == "error":
            self.errors.append(" ".join(str(a.get("value", a.get("description")))[:300] for a in parameters["args"]))


@contextlib.contextmanager
def browse(folder: Path) -> Iterator[Page]:
    """Start a browser that keeps its data in ``folder`` and yield an empty page."""
    outside = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Outside)
    outside.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=outside.serve_forever, daemon=True).start()
    proxy = f"--proxy-server=http://127.0.0.1:{outside.server_address[1]}"
    command = [str(find_chromium()), *QUIET, proxy, f"--user-data-dir={folder}", "about:blank"]
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        socket = websocket.create_connection(_page_address(folder), suppress_origin=True, timeout=180)
        page = Page(socket, outside.asked)  # type: ignore[attr-defined]
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.send(f"{domain}.enable")
        yield page
        socket.close()
    finally:
        browser.terminate()
        browser.wait(20)
        outside.shutdown()
        outside.server_close()


def _page_address(folder: Path) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError, IndexError, StopIteration, ValueError):
            port = int((folder / "DevToolsActivePort").read_text().splitlines()[0])
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"http://127.0.0.1:{port}/json/list") as answer:
                pages = json.load(answer)
            return next(page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page")
        time.sleep(0.2)
    raise TimeoutError("Chromium did not start")
