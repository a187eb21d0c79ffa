"""Servers for tests, each from what a server has loaded: `python -m tests.browser.forking` loads it once, and every line
of its input (settings, folder to work in, file for what is said, words of the command line) starts one."""

import json
import os
import signal
import sys
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, NoReturn


def main() -> None:
    """Load, say so, and start a server for every line; its number is the answer."""
    from survey_app import components, server

    assert server
    for module in walk_packages(components.__path__, f"{components.__name__}."):
        import_module(module.name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever has ended is waited for by nobody
    print("ready", flush=True)
    for line in sys.stdin:
        number = os.fork()
        if not number:
            _become(json.loads(line))
        print(number, flush=True)


def _become(asked: dict[str, Any]) -> NoReturn:
    """Be as `python -m survey_app` is when it has been started."""
    from survey_app.__main__ import main as run
    from survey_app.settings import settings

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing, log = os.open(os.devnull, os.O_RDONLY), os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number, file in ((0, nothing), (1, log), (2, log)):
        os.dup2(file, number)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["settings"])
    settings.cache_clear()
    sys.argv = ["survey_app", *asked["words"]]
    os._exit(run(asked["words"]))


if __name__ == "__main__":
    main()
