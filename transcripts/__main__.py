"""`python -m transcripts FILE...`: what a file is, and what was said in it."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from transcripts.messages import sentence
from transcripts.model import Transcript
from transcripts.parser import Parser
from transcripts.people import propose_roles
from transcripts.reading import UnreadableTranscript, check_size, read_file


def main(words: Sequence[str] | None = None) -> int:
    """Exit status 2 if any file could not be read; the others are answered all the same."""
    parser = Parser("python -m transcripts", description="Read transcripts and chats")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print a JSON list, one entry a file")
    parser.add_argument("--statements", action="store_true", help="print one JSON object a statement")
    parser.add_argument("--private", action="store_true", help="keep private chat messages")
    parser.add_argument("--identify", action="store_true", help="tell what could identify somebody, the riskiest first")
    parser.add_argument("--roster", type=Path, metavar="NAMES", help="with --identify: a person a line, “name; name”")
    arguments = parser.parse_args(words)
    if arguments.roster and not arguments.identify:
        parser.error("--roster goes with --identify")
    if arguments.roster and not arguments.roster.is_file():
        parser.error(f"there is no file {arguments.roster}")
    answers: list[dict[str, Any]] = []
    failed = False
    for file in arguments.files:
        try:
            transcript = _read(file, arguments.private)
            found = _identifying(transcript, arguments.roster) if arguments.identify else None
        except UnreadableTranscript as problem:
            failed = True
            answers.append({"file": str(file), "error": str(problem)})
            print(problem, file=sys.stderr)
            continue
        answers.append({"file": str(file)} | summary(transcript))
        if found is not None:
            answers[-1]["identifying"] = found
        if arguments.statements:
            for entry in statements(transcript):
                print(json.dumps(entry, ensure_ascii=False))
    if arguments.json:
        print(json.dumps(answers, ensure_ascii=False, indent=1))
    elif not arguments.statements:
        for answer in answers:
            if "error" not in answer:
                print(_line(answer))
            for finding in answer.get("identifying", ()):
                print(f"  {_finding_line(finding)}")
    return 2 if failed else 0


def summary(transcript: Transcript) -> dict[str, Any]:
    """What the command line says of a file."""
    starts = [unit.start_s for unit in transcript.units if unit.start_s is not None]
    ends = [unit.end_s if unit.end_s is not None else unit.start_s for unit in transcript.units]
    last = [end for end in ends if end is not None]
    return {
        "shape": transcript.shape, "language": transcript.language, "clock": transcript.clock,
        "units": transcript.units_written, "speakers": list(transcript.speakers),
        "first_s": starts[0] if starts else None, "last_s": last[-1] if last else None,
        "turns": len(transcript.turns), "statements": len(transcript.statements),
        "units_without_speaker": sum(not unit.speaker for unit in transcript.units),
        "private_messages_dropped": transcript.private_messages_dropped,
        "warnings": [str(warning) for warning in transcript.warnings],
    }  # fmt: skip


def statements(transcript: Transcript) -> list[dict[str, Any]]:
    """Statements with speaker and proposed role."""
    roles = propose_roles(transcript)
    found = []
    for statement in transcript.statements:
        speaker = transcript.turns[statement.turn].speaker
        entry = asdict(statement)
        found.append(
            {"turn": entry["turn"], "speaker": speaker, "role": roles.get(speaker, "unknown"), "start": entry["start"],
             "end": entry["end"], "start_s": entry["start_s"], "end_s": entry["end_s"], "text": entry["text"]}
        )  # fmt: skip
    return found


def _read(file: Path, keep_private: bool) -> Transcript:

    if not file.is_file():
        raise UnreadableTranscript(sentence("There is no file {file}.", file=str(file)))
    check_size(file.name, file.stat().st_size)
    return read_file(file.name, file.read_bytes(), keep_private=keep_private)


def _identifying(transcript: Transcript, roster: Path | None) -> list[dict[str, Any]]:
    from transcripts.findings import findings, read_roster  # dictionaries and models that reading does not need

    return findings(transcript, read_roster(roster) if roster else [])


def _finding_line(finding: dict[str, Any]) -> str:
    who = f" ({finding['known']})" if finding["known"] else ""
    place = f"{finding['start']}-{finding['end']}"
    return f"{finding['risk']}  {place}  {finding['kind']}, {finding['how']}: {finding['words']}{who}"


def _line(answer: dict[str, Any]) -> str:
    return (
        f"{answer['file']}: {answer['shape']}, {answer['language']}, {answer['units']} units, "
        f"{len(answer['speakers'])} speakers, {answer['turns']} turns, {answer['statements']} statements"
    )


if __name__ == "__main__":
    sys.exit(main())
