"""A command line that says what is wrong with its words in one plain sentence, as everything else does."""

import argparse
from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """argparse, without the page of usage before a problem."""

    def error(self, message: str) -> NoReturn:
        """End with exit status 2 and one sentence on stderr."""
        self.exit(2, f"{message[:1].upper()}{message[1:]}. See “{self.prog} --help”.\n")
