"""The YAML files that a study brings (codebook, guide, stakeholder groups), read without trusting them."""

import re
from typing import Any

import yaml

from transcripts.messages import MessageError, sentence

LARGEST = 2_000_000
"""Characters; the starter codebook has 60,000."""

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class UnusableStudyFile(MessageError):
    """A codebook, guide or list of groups that cannot be used as it is."""


def read_yaml(text: str) -> dict[str, Any]:
    """The file's mapping. Raises UnusableStudyFile if it is too long, no YAML, no mapping, or uses references."""
    if len(text) > LARGEST:
        raise UnusableStudyFile(
            sentence("The file is longer than {limit} characters. Check that it is the right one.", limit=LARGEST)
        )
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AliasToken):  # a few nested ones can unfold to gigabytes
                line = token.start_mark.line + 1
                raise UnusableStudyFile(
                    sentence("Line {line} refers to another place with “*”. Write the words out.", line=line)
                )
        content = yaml.safe_load(text)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise UnusableStudyFile(
            sentence(
                "Line {line} cannot be read. Check its indentation, colons and quotation marks.",
                line=mark.line + 1 if mark else 1,
            )
        ) from problem
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        raise UnusableStudyFile(
            sentence("The file is not written in YAML. Bring a .yaml file in the form of the starter files.")
        ) from problem
    if not isinstance(content, dict):
        raise UnusableStudyFile(
            sentence("The file is not written in YAML. Bring a .yaml file in the form of the starter files.")
        )
    return content


def entries(owner: dict[str, Any], section: str) -> list[dict[str, Any]]:
    """The list of mappings under `section`; [] if there is none. Each must have an id."""
    listed = owner.get(section) or []
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise UnusableStudyFile(
            sentence("“{section}” is not a list of entries. Begin each entry with “- id:”.", section=section)
        )
    for entry in listed:
        if not isinstance(entry.get("id"), str) or not entry["id"].strip():
            raise UnusableStudyFile(
                sentence("An entry of “{section}” has no id, or one that is no word.", section=section)
            )
    return [{**entry, "id": entry["id"].strip()} for entry in listed]


def mapping(owner: dict[str, Any], section: str) -> dict[str, Any]:
    """The mapping under `section`; {} if there is none."""
    found = owner.get(section) or {}
    if not isinstance(found, dict):
        raise UnusableStudyFile(sentence("“{section}” is not a group of named values.", section=section))
    return found


def words(owner: dict[str, Any], name: str) -> tuple[str, str]:
    """English and Russian of a bilingual pair; "" where it is missing. A plain text stands for both."""
    pair = owner.get(name)
    if isinstance(pair, dict):
        return as_text(pair.get("en")), as_text(pair.get("ru"))
    return as_text(pair), as_text(pair)


def named(owner: dict[str, Any], name: str = "label") -> tuple[str, str]:
    """`words` of something that must have a name in one language at least."""
    pair = words(owner, name)
    if not any(pair):
        raise UnusableStudyFile(
            sentence("“{key}” has no name. Write one in English or in Russian.", key=as_text(owner.get("id")))
        )
    return pair


def texts(value: object) -> tuple[str, ...]:
    """A list of short values as texts; () if there is none."""
    return tuple(as_text(part) for part in value) if isinstance(value, list) else ()


def as_text(value: object) -> str:
    """A scalar as text, without white space at its edges; "" for nothing and for anything that is no scalar."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def need_colour(value: object, key: str) -> str:
    """A colour written as #D55E00. Raises UnusableStudyFile otherwise."""
    colour = as_text(value)
    if not COLOUR.fullmatch(colour):
        raise UnusableStudyFile(
            sentence("“{colour}” is not a colour for “{key}”. Write it as #D55E00.", colour=colour, key=key)
        )
    return colour


def need_unique(keys: list[str]) -> None:
    """Raises UnusableStudyFile if a key is listed twice."""
    seen = set[str]()
    for key in keys:
        if key in seen:
            raise UnusableStudyFile(sentence("“{key}” is listed twice. Give each entry its own id.", key=key))
        seen.add(key)
