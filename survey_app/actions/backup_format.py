"""The file that a study is copied to: what lies in it under which name, and how large any of it may be.

A zip file: `manifest.json`, one `tables/<table>.jsonl` for each table (a row a line) and, where there are any,
`recordings/<id>`. The manifest names every member with its length and SHA-256.
"""

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

from transcripts.messages import MessageError, sentence

FORMAT = 1
SUFFIX = ".rakurs.zip"
MANIFEST = "manifest.json"
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
ID = re.compile(r"[0-9A-Za-z-]{1,36}")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""What the file of a recording is named by: no other file of the data folder has such a name."""

MOST_MEMBERS = 10_000
MOST_ROWS = 10_000_000
LONGEST_MANIFEST = 4 * 2**20
LONGEST_ROW = 256 * 2**20
LONGEST_TABLES = 8 * 2**30
"""Bytes, unpacked."""


class BackupProblem(MessageError):
    """A copy that cannot be written, read or put back."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file in the copy."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy says of itself. `schema` is the revision of the tables, `last_change` a number of the log."""

    study: dict[str, str]
    at: str
    schema: str
    last_change: int
    tables: dict[str, int]
    members: dict[str, Member] = field(default_factory=dict)
    recordings: bool = True
    format: int = FORMAT

    def text(self) -> str:
        """As it stands in the file."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def read_manifest(content: bytes, file: str) -> Manifest:
    """The manifest in `content`. Raises BackupProblem for anything that is not one of this format."""
    try:
        said: Any = json.loads(content)
        if said["format"] != FORMAT:
            raise BackupProblem(
                sentence("{file} was made by a newer Rakurs. Update Rakurs first, then restore it.", file=file)
                if isinstance(said["format"], int) and said["format"] > FORMAT
                else not_a_copy(file).message
            )
        study = {name: str(said["study"][name]) for name in ("id", "slug", "title_en", "title_ru")}
        members = {str(name): Member(int(one["bytes"]), str(one["sha256"])) for name, one in said["members"].items()}
        return Manifest(
            study, str(said["at"]), str(said["schema"]), int(said["last_change"]),
            {str(name): int(count) for name, count in said["tables"].items()}, members, bool(said["recordings"]),
        )  # fmt: skip
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise not_a_copy(file) from problem


def table_member(table: str) -> str:
    """Where the rows of a table lie."""
    return f"tables/{table}.jsonl"


def recording_member(recording_id: str) -> str:
    """Where the file of a recording lies."""
    return f"recordings/{recording_id}"


def file_name(slug: str, at: str) -> str:
    """The name of a copy made at a moment (UTC, ISO 8601)."""
    return f"{slug}-{at[:10]}-{at[11:19].replace(':', '')}{SUFFIX}"


def not_a_copy(file: str) -> BackupProblem:
    """The file is something else."""
    return BackupProblem(sentence("{file} is no copy of a study that Rakurs has made.", file=file))


def damaged(file: str) -> BackupProblem:
    """The file was a copy once."""
    return BackupProblem(sentence("{file} is damaged: nothing was restored from it. Use another copy.", file=file))
