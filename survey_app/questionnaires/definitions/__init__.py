"""One module a kind of definition. A module has `PLATFORM` (its proper name), `sniff(brought) -> float` (0 no, 1
certain) and `read(brought) -> Instrument`, and is found by lying here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from survey_app.questionnaires.instrument import Instrument
from survey_app.questionnaires.readers import Brought
from survey_app.rosters.tables import Limits, UnreadableTable, need_size
from transcripts.messages import sentence

LIMITS = Limits(file=20_000_000)


@dataclass(frozen=True, slots=True)
class Definition:
    """A way to write down what a questionnaire asks."""

    platform: str
    sniff: Callable[[Brought], float]
    read: Callable[[Brought], Instrument]


@cache
def definitions() -> tuple[Definition, ...]:
    """Every kind of definition in this folder."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return tuple(Definition(module.PLATFORM, module.sniff, module.read) for module in modules)


def read_definition(name: str, content: bytes) -> Instrument:
    """Read what a questionnaire asks by whichever kind is surest of the file. Raises UnreadableTable."""
    need_size(name, content, LIMITS)
    brought = Brought(name, content)
    sure = [(each.sniff(brought), each) for each in definitions()]
    best, kind = max(sure, key=lambda pair: pair[0], default=(0.0, None))
    if kind is None or best <= 0:
        raise UnreadableTable(
            sentence(
                "{file} is no definition of a questionnaire that can be read here. Known are: {platforms}.",
                file=name, platforms=", ".join(sorted(each.platform for each in definitions())) or "—",
            )
        )  # fmt: skip
    found = kind.read(brought)
    if not found.items:
        raise UnreadableTable(sentence("{file} defines no question. Save it again with its questions.", file=name))
    return found
