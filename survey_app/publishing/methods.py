"""How a release was made and how to cite it: a note for readers, in the language in force."""

from datetime import datetime
from typing import Any

from babel.dates import format_date

from coding.counts import SESSIONS
from coding.frames import Frames
from survey_app.language import _, current, ngettext


def how_it_was_made(frames: Frames, layer: str, smallest: int, quoted: bool) -> list[dict[str, Any]]:
    """Blocks of the methods note, each with its head and paragraphs; `smallest` is the number of experts of the
    smallest segment shown."""
    notes: list[tuple[str, str]] = [
        (_("What was said"), _material(frames)),
        (_("What was coded"), _coding(frames, layer)),
        (_("What is counted"), _(
            "Experts. “k of n” means that k of the n experts said it at least once, however often; the number of "
            "statements stands beside it in the tables. Moderators, assistants and interpreters are never counted. "
            "Who did not speak of something is not thereby of another opinion."
        )),
        (_("Small groups"), _small_groups(smallest)),
    ]  # fmt: skip
    if quoted:
        notes.append(
            (_("Quotes"), _(
                "Each quote was released by hand, after its expert had agreed to be quoted and after a search for the "
                "names of all participants. A quote carries its segment and its codes and nothing else. Quotes are "
                "examples, not counts: not every statement could be released."
            ))
        )  # fmt: skip
    notes.append(
        (_("What this page holds"), _(
            "The counts, tables and quotes that you see, and no more: no names, no transcripts, no answers of a single "
            "expert."
        ))
    )  # fmt: skip
    found: list[dict[str, Any]] = [{"head": head, "paragraphs": [text]} for head, text in notes]
    found[-1]["paragraphs"].append(of_a_page())
    return found


def of_a_page() -> str:
    """What the note says of a web page, and of nothing else."""
    return _("The page asks no other machine for anything.")


def date_in_words(created: str) -> str:
    """The day of an ISO time, as people write it."""
    locale = {"en": "en_GB"}.get(current(), current())
    return format_date(datetime.fromisoformat(created).date(), "long", locale=locale)


def date_before_stop(created: str) -> str:
    """The same where a full stop follows: a Russian date ends with one of its own."""
    return date_in_words(created).removesuffix(".")


def citation(told: dict[str, Any], content: dict[str, Any], digest: str) -> str:
    """How to cite the release; `told` is the part of `content` in the language in force."""
    return _(
        "{title}. Version {version}, {date}. Dashboard of expert statements, made with Rakurs {software}. "
        "SHA-256 {digest}.",
        title=told["title"].rstrip("."), version=content["version"],
        date=date_before_stop(content["created"]),
        software=content["software"], digest=digest[:12],
    )  # fmt: skip


def _material(frames: Frames) -> str:
    sessions = frames.statements.loc[frames.statements["source_kind"].isin(SESSIONS), "source_id"].nunique()
    return ngettext(
        "{count} session with experts was transcribed and cut into statements: one thought of one speaker each.",
        "{count} sessions with experts were transcribed and cut into statements: one thought of one speaker each.",
        sessions,
    )


def _coding(frames: Frames, layer: str) -> str:
    codes = int((frames.codes["code_id"] != frames.codes["root"]).sum())
    applied = ngettext(
        "People applied a codebook of {count} code to the statements.",
        "People applied a codebook of {count} codes to the statements.",
        codes,
    )
    return f"{applied} {_basis(frames, layer)}"


def _basis(frames: Frames, layer: str) -> str:
    if layer != "adjudicated":
        return _("The figures rest on the codings of one coder.")
    coders = frames.codings.loc[frames.codings["layer"] == "coder", "coder_id"].nunique()
    if coders < 2:
        return _("The figures rest on the adjudicated codings.")
    return ngettext(
        "The figures rest on the adjudicated codings: {count} coder coded, and differences were settled.",
        "The figures rest on the adjudicated codings: {count} coders coded apart, and their differences were settled.",
        coders,
    )


def _small_groups(smallest: int) -> str:
    size = ngettext(
        "No segment shown has fewer than {count} expert.", "No segment shown has fewer than {count} experts.", smallest
    )
    caution = _(
        "In groups as small as these a percentage would pretend to more than is known, and chance alone makes "
        "differences: read them as hints, not as proof."
    )
    return f"{size} {caution}"
