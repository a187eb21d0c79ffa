"""A real server for a browser to talk to, on a free port, which can be killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PATIENCE_S = 60.0


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Server:
    """`python -m survey_app serve` with a data folder and settings of its own, started in `cwd`."""

    def __init__(self, folder: Path, cwd: Path = ROOT, **settings: str) -> None:
        self.settings = settings
        self.folder = folder
        self.cwd = cwd
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://localhost:{self.port}"

    def page(self, path: str, **query: str) -> str:
        """The address of a page with its query."""
        words = "&".join(f"{name}={value}" for name, value in query.items())
        return f"{self.url}/{path}?{words}"

    def start(self) -> None:
        """Start, and wait until it answers."""
        environment = os.environ | {"RAKURS_DATA": str(self.folder), "PYTHONUNBUFFERED": "1"} | self.settings
        environment.pop("DATABASE_URL", None)
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "survey_app", "serve", "--port", str(self.port)],
            cwd=self.cwd, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError((self.folder / "server.log").read_text("utf-8", "replace")[-2000:])

    def kill(self) -> None:
        """End it in the middle of whatever it does, as a power cut would."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None
