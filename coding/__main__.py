"""`python -m coding agreement FILE.csv` and `python -m coding topics FILE.csv`: the same answers as on the screen."""

import sys
from collections.abc import Sequence
from importlib import import_module

from coding import agreement_cli
from transcripts.messages import MessageError
from transcripts.parser import Parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 2 with one plain sentence on stderr if it cannot be done."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = Parser(prog="python -m coding", description="Agreement of coders, and topics.")
    commands = parser.add_subparsers(dest="command", required=True)
    agree = commands.add_parser("agreement", help="how far coders agree, from a table unit,coder,code")
    agreement_cli.add_arguments(agree)
    agree.set_defaults(run=agreement_cli.run)
    topics = commands.add_parser("topics", help="topics of a column of texts")
    if given[:1] == ["topics"]:  # its libraries are not needed for the rest
        cli = import_module("coding.topics.cli")
        cli.add_arguments(topics)
        topics.set_defaults(run=cli.run)
    chosen = parser.parse_args(given)
    try:
        return int(chosen.run(chosen))
    except MessageError as problem:
        print(problem, file=sys.stderr)
    except OSError as problem:
        print(f"The file {problem.filename} cannot be opened: {problem.strerror}.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
