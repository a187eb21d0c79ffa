"""One module a format in which questionnaires are written. A module has `PLATFORM` (its proper name),
`sniff(brought) -> float` (0 no, 1 certain) and `read(brought) -> Instrument`, and is found by lying here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from survey_app.questionnaires.instrument import Instrument
from survey_app.questionnaires.readers import LIMITS, Brought
from survey_app.rosters.tables import UnreadableTable, need_size
from transcripts.messages import sentence


@dataclass(frozen=True, slots=True)
class Definition:
    """A format of definitions that can be read."""

    platform: str
    sniff: Callable[[Brought], float]
    read: Callable[[Brought], Instrument]


@cache
def definitions() -> tuple[Definition, ...]:
    """Every format in this folder."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return tuple(Definition(module.PLATFORM, module.sniff, module.read) for module in modules)


def read_definition(name: str, content: bytes) -> Instrument:
    """Read a definition by whichever format it is. Raises UnreadableTable where it is none."""
    need_size(name, content, LIMITS)
    brought = Brought(name, content)
    sure, reader = max(((each.sniff(brought), each) for each in definitions()), key=lambda found: found[0])
    if not sure:
        raise UnreadableTable(
            sentence(
                "{file} is not the definition of a questionnaire. Known are: {formats}.",
                file=name,
                formats=", ".join(each.platform for each in definitions()),
            )
        )
    return reader.read(brought)
