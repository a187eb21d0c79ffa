"""What stands in an SPSS file: variables with labels, missing values and formats, and multiple-response sets."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from survey_app.questionnaires import sav_process
from survey_app.rosters.tables import Limits, UnreadableTable
from transcripts.messages import sentence

MAGIC = (b"$FL2", b"$FL3")
MOST_CELLS = 10_000_000

Value = float | str | None
_EPOCH = datetime(1582, 10, 14)
_DAYS = {"DATE", "ADATE", "EDATE", "JDATE", "SDATE", "QYR", "MOYR", "WKYR"}
_MOMENTS = {"DATETIME", "YMDHMS"}
_TIMES = {"TIME", "DTIME", "MTIME"}


@dataclass(frozen=True, slots=True)
class Variable:
    """A column. `labels` are of values, in the file's order; `missing` ranges that the file declares, ends included;
    `measure` (nominal, ordinal, scale, unknown) is often wrong in practice.
    """

    name: str
    label: str
    form: str
    measure: str
    labels: tuple[tuple[float | str, str], ...]
    missing: tuple[tuple[float | str, float | str], ...]
    values: tuple[Value, ...]

    @property
    def is_date(self) -> bool:
        """Whether its values are days or moments."""
        return self.form in _DAYS | _MOMENTS

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers that mean no time."""
        return self.form not in {"A", "AHEX"} | _DAYS | _MOMENTS | _TIMES

    def is_missing(self, value: Value) -> bool:
        """Whether a value stands for no answer."""
        if value is None or value == "":
            return True
        return any(type(low) is type(value) and low <= value <= high for low, high in self.missing)  # type: ignore[operator]

    def written(self, value: Value) -> str:
        """A value as text: days as 2026-02-01, whole numbers without a point."""
        if not isinstance(value, float):
            return (value or "").strip()
        if self.form in _DAYS | _MOMENTS | _TIMES:
            return _moment(value, self.form)
        return f"{value:.15g}"


@dataclass(frozen=True, slots=True)
class ResponseSet:
    """Variables that are the answer to one question: ticks where `counted` is the value of a chosen option; with None,
    each holds one of the options.
    """

    name: str
    label: str
    counted: float | str | None
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sav:
    """The whole file."""

    title: str
    variables: tuple[Variable, ...]
    sets: tuple[ResponseSet, ...]


def read_sav(name: str, content: bytes, limits: Limits) -> Sav:
    """Read a `.sav` or `.zsav` in a process of its own. Raises UnreadableTable."""
    command = [
        sys.executable,
        "-P",
        str(Path(sav_process.__file__)),
        str(limits.rows),
        str(limits.columns),
        str(MOST_CELLS),
    ]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=content, capture_output=True, timeout=sav_process.MOST_SECONDS, check=False
        )
        if done.returncode == sav_process.TOO_LARGE:
            raise UnreadableTable(
                sentence(
                    "{file} has more than {rows} rows or {columns} columns. Cut it down.", file=name, rows=limits.rows,
                    columns=limits.columns,
                )
            )  # fmt: skip
        if done.returncode == 0:
            return _sav(json.loads(done.stdout))
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
        pass
    raise UnreadableTable(
        sentence("{file} cannot be read as an SPSS file: it is damaged, or no .sav at all. Save it again.", file=name)
    )


def _sav(read: Mapping[str, Any]) -> Sav:
    variables = []
    for name, values in zip(read["names"], read["columns"], strict=True):
        labels = read["label_sets"].get(read["label_set_of"].get(name), [])
        found = re.match(r"[A-Z]*", read["formats"].get(name) or "")
        variables.append(
            Variable(
                name, str(read["labels"].get(name, "")).strip(), found[0] if found else "",
                read["measures"].get(name, "unknown"),
                tuple((_value(value), label.strip()) for value, label in labels),
                tuple((_value(each["lo"]), _value(each["hi"])) for each in read["missing"].get(name, [])),
                tuple(None if value is None else _value(value) for value in values),
            )
        )  # fmt: skip
    return Sav(read["title"].strip(), tuple(variables), tuple(_set(*each) for each in read["sets"].items()))


def _set(name: str, found: Mapping[str, Any]) -> ResponseSet:
    counted = found["counted_value"] if found["is_dichotomy"] else None
    return ResponseSet(name, found["label"].strip(), None if counted is None else _value(counted),
                       tuple(found["variable_list"]))  # fmt: skip


def _value(value: Any) -> float | str:
    return value.rstrip() if isinstance(value, str) else float(value)


def _moment(seconds: float, form: str) -> str:
    """Seconds since the first day of the Gregorian calendar, or of a duration; "" outside the years 1582 to 9999."""
    try:
        if form in _TIMES:
            return str(timedelta(seconds=round(seconds)))
        found = _EPOCH + timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        return ""
    return found.date().isoformat() if form in _DAYS else found.isoformat(sep=" ", timespec="seconds")
