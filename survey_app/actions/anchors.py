"""A case that was discussed becomes an anchor example of a code: its words, and why they have the code or have it not.

Whoever may settle may do so, though nothing else in the codebook. An example names nobody.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from coding.codebook import LONGEST_WORDS
from survey_app.actions.adjudicated_spans import nearby
from survey_app.actions.adjudicating import ANCHOR, CannotSettle, Settler, settler
from survey_app.actions.codebook_rules import readable
from survey_app.actions.rights import needs
from survey_app.language import _, use
from survey_app.store import codebooks, schema, sources
from survey_app.store import codes as code_rows
from survey_app.store.log import Store, fetch, open_change
from survey_app.store.sight import TRAINING, assignments
from survey_app.store.team import Role
from transcripts.messages import Message, counted, sentence


@needs(Role.CODER)
def make_anchor(
    store: Store, person: str, study_id: str, statement_id: str, code_id: str, note: str = "", *, counter: bool = False
) -> None:
    """Add the words of a statement to the examples of a code (its key), with a note why; `counter`: as a case that is
    not coded so. It makes a version of the codebook. Words that are such an example already are not added again.

    Raises CannotSettle where the words are an example of the other kind, and while somebody else codes the text blind:
    the codebook would show them what was decided there.
    """
    with store.writing() as connection:
        anchor_within(
            connection, settler(connection, store, person, study_id), statement_id, code_id, note, counter=counter
        )


def anchor_within(
    connection: Connection, who: Settler, statement_id: str, code_id: str, note: str, *, counter: bool, **client: Any
) -> None:
    """The same inside a writing transaction. Raises CannotSettle, Gone."""
    here = nearby(connection, who.study_id, statement_id)
    if here.source_id not in who.sources:
        raise CannotSettle(
            sentence("The comparison of this text is not open to you. Nothing was changed; ask who leads the study.")
        )
    _need_nobody_blind(connection, who, here.source_id)
    codes = {row["key"]: row for row in code_rows.codes(connection, who.study_id, archived=True)}
    if code_id not in codes:
        raise CannotSettle(sentence("This code is no longer in the codebook. Load the page again."))
    code = codes[code_id]
    if code["archived"]:
        raise CannotSettle(
            sentence("This code is no longer in use in the codebook. Load the page again and choose another.")
        )
    source = sources.source(connection, here.source_id)
    tongue = _tongue(source["language"], fetch(connection, schema.study, who.study_id)["language"])
    words = " ".join(source["text"][here.statement["start"] : here.statement["end"]].split())
    present = str(code[f"example_{tongue}"])
    known = _kinds_of(words, present, tongue)
    if counter in known:
        return
    if known:
        raise CannotSettle(_other_kind(code["short"], counter=counter))
    example = "\n".join(part for part in (present, example_of(words, readable(note), tongue, counter=counter)) if part)
    if len(example) > LONGEST_WORDS:
        raise CannotSettle(
            sentence("The examples of “{code}” are full. Shorten them in the codebook first.", code=code["short"])
        )
    change = open_change(connection, who.study_id, who.person, ANCHOR, scope=here.source_id, **client)
    change.update(schema.code, code["id"], **{f"example_{tongue}": example})
    codebooks.rise_version(change, who.study_id)


def example_of(words: str, note: str, tongue: str, *, counter: bool) -> str:
    """An example as one line of the codebook, in the language of its words."""
    with use(tongue):
        said = _("“{words}”", words=words)
        told = _("{said} ({reason})", said=said, reason=" ".join(note.split())) if note else said
        return _("Not coded so: {example}", example=told) if counter else told


def _need_nobody_blind(connection: Connection, who: Settler, source_id: str) -> None:
    """Raise CannotSettle while others have not handed in what they code blind at a text, for work or for training."""
    blind = [
        row["coder_key"]
        for row in assignments(connection, who.study_id)
        if row["source_id"] == source_id and not row["finished_at"] and row["coder_id"] != who.coder_id
        if row["mode"] == "blind" or row["purpose"] == TRAINING
    ]
    if blind:
        raise CannotSettle(
            counted(
                "{coder} still codes this text blind; make the example once they have handed in.",
                "{coder} still code this text blind; make the example once they have handed in.",
                len(blind), coder=", ".join(blind),
            )
        )  # fmt: skip


def _kinds_of(words: str, present: str, tongue: str) -> set[bool]:
    """What these words are among the examples of a code already: True a counter-example, False an example."""
    plain = example_of(words, "", tongue, counter=False)
    against = example_of(words, "", tongue, counter=True).removesuffix(plain)
    found: set[bool] = set()
    for line in present.splitlines():
        said = line.strip().removeprefix(against)
        if said == words or said.startswith(plain):
            found.add(said != line.strip())
    return found


def _other_kind(code: str, *, counter: bool) -> Message:
    if counter:
        return sentence(
            "These words are an example of “{code}” already. Take it out in the codebook before they become a "
            "counter-example.",
            code=code,
        )
    return sentence(
        "These words are a counter-example of “{code}” already. Take it out in the codebook before they become an "
        "example.",
        code=code,
    )


def _tongue(of_text: str, of_study: str) -> str:
    return next((each for each in (of_text, of_study) if each in {"en", "ru"}), "en")
