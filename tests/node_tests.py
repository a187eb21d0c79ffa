"""Run the tests of the browser modules (plain ES modules) with node's own test runner."""

import shutil
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Exit status of `node --test`; without node one sentence, and failure only in continuous integration."""
    import os

    node = shutil.which("node")
    if node is None:
        print("Skipped: the browser modules' tests need node (https://nodejs.org), which is not installed.")
        return 1 if os.environ.get("CI") else 0
    tests = sorted(str(path) for path in Path(__file__).parent.glob("js/*.test.js"))
    return subprocess.run([node, "--test", *tests], check=False).returncode if tests else 0


if __name__ == "__main__":
    sys.exit(main())
