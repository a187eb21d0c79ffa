"""A real server for a browser to talk to, on a free port, which can be killed and started again."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PATIENCE_S = 60.0


def free_port() -> int:
    """A port that nobody listens on, below those that the system lends to connections: none of them takes it while its
    server starts or is away."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as taken, suppress(OSError):
            taken.bind(("127.0.0.1", port))
            return port


class Forked:
    """A server that begins where one has loaded everything: eight seconds of processor less for each test."""

    _loaded: subprocess.Popen[str] | None = None

    def __init__(self, asked: dict[str, object]) -> None:
        self.pid = int(self._ask(json.dumps(asked)))

    @classmethod
    def _ask(cls, line: str) -> str:
        if cls._loaded is None or cls._loaded.poll() is not None:
            cls._loaded = subprocess.Popen(
                [sys.executable, "-m", "tests.browser.forking"], cwd=ROOT, text=True, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )  # fmt: skip
            assert cls._loaded.stdout is not None
            assert cls._loaded.stdout.readline() == "ready\n"
        assert cls._loaded.stdin is not None
        assert cls._loaded.stdout is not None
        cls._loaded.stdin.write(f"{line}\n")
        cls._loaded.stdin.flush()
        return cls._loaded.stdout.readline()

    def send_signal(self, number: int) -> None:
        """As a process of our own takes it."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def wait(self) -> None:
        """Until it has ended."""
        with suppress(ProcessLookupError):
            while True:
                os.kill(self.pid, 0)
                time.sleep(0.02)


class Server:
    """`python -m survey_app serve` with a data folder and settings of its own, started in `cwd`."""

    def __init__(self, folder: Path, cwd: Path = ROOT, **settings: str) -> None:
        self.settings = settings
        self.folder = folder
        self.cwd = cwd
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | Forked | None = None

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
        log = self.folder / "server.log"
        words = ["serve", "--port", str(self.port)]
        if self.cwd == ROOT:
            asked = {"settings": environment, "cwd": str(self.cwd), "log": str(log), "words": words}
            self.process = Forked(asked)
        else:
            with log.open("ab") as file:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "survey_app", *words], cwd=self.cwd, env=environment, stdout=file,
                    stderr=file,
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
