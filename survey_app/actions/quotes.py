"""Release quotes one by one, and see beforehand why a quote may not go out."""

from collections.abc import Collection
from typing import Any

from coding.codings import choose_layer, codes_of_statements
from coding.frames import Frames
from survey_app.actions.deidentified import texts_for_readers
from survey_app.actions.expert_answers import as_answered, expert_answers
from survey_app.actions.publishing_plan import plan_of
from survey_app.actions.results import Layer, frames_of, layers, segmentations
from survey_app.actions.rights import needs
from survey_app.publishing.gate import CONSENTING
from survey_app.publishing.names import names_within
from survey_app.publishing.small_cells import Seen, SmallCells
from survey_app.store import experts as expert_rows
from survey_app.store import results as result_rows
from survey_app.store import schema
from survey_app.store.log import Row, Store, fetch, now
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence

DECISIONS = ("released", "withheld", "")


class QuoteProblem(MessageError):
    """This quote must not be released."""


@needs(Role.RESEARCHER)
def quotable(store: Store, study: Row, layer: Layer) -> list[Row]:
    """Coded statements of experts, in order: what a release could quote, with codes, consent and decision.

    `text` is what readers would see, `said` what was said; `cuts` are the labels (`transcripts.pseudonyms.Replaced`).
    """
    frames = frames_of(store, study["id"])
    coded = _codes_by_statement(frames, layer)
    experts = {row["expert_id"]: row for row in frames.experts.to_dict("records")}
    with store.reading() as connection:
        decisions = result_rows.quote_decisions(connection, study["id"])
        shown = texts_for_readers(connection, study["id"], coded)
    return [
        {
            "statement_id": row["statement_id"], "label": row["label"], "text": shown[row["statement_id"]].text,
            "said": row["text"], "cuts": shown[row["statement_id"]].cuts,
            "expert_id": row["expert_id"], "group_id": experts[row["expert_id"]]["group_id"],
            "consent": experts[row["expert_id"]]["consent"], "codes": coded[row["statement_id"]],
            "source_kind": row["source_kind"],
            "decision": decisions[row["statement_id"]]["decision"] if row["statement_id"] in decisions else "",
            "held_back": decisions.get(row["statement_id"], {}).get("decision") == "",
            "seen": frozenset(tuple(each) for each in decisions.get(row["statement_id"], {}).get("seen_cells", ())),
        }
        for row in frames.statements.to_dict("records")
        if row["role"] == "expert" and row["expert_id"] in experts and row["statement_id"] in coded
    ]  # fmt: skip


@needs(Role.RESEARCHER)
def answered_quotes(store: Store, study: Row, layer: Layer) -> list[Row]:
    """The same with what their experts have answered themselves (`expert_answers.as_answered`)."""
    with store.reading() as connection:
        answers = expert_answers(connection, study["id"])
        now_so = fetch(connection, schema.study, study["id"])
    return as_answered(quotable(store, study, layer), answers, now_so)


@needs(Role.RESEARCHER)
def decide_quote(
    store: Store, person: str, study: Row, statement_id: str, decision: str, *, seen: Collection[Seen] = ()
) -> None:
    """Release or withhold one quote ("released", "withheld", or "" for no decision).

    `seen`: the cells of one or two experts behind it that the person was shown (`cells_behind`), with what they mean.
    Raises QuoteProblem for another decision, when the expert has not agreed to be quoted or has withdrawn the quote,
    when a name stands in the words as readers would see them, and when it stands behind such cells that were not seen;
    Gone for a statement that is not of the study.
    """
    if decision not in DECISIONS:
        raise QuoteProblem(sentence("A quote can be released, be withheld, or wait for a decision; nothing else."))
    with store.change(study["id"], person, "decide_quote") as change:
        connection = change.connection
        statement = fetch(connection, schema.statement, statement_id)
        fetch(connection, schema.source, statement["source_id"], study["id"])
        if decision == "released":
            _refuse_unfit(store, study, statement_id)
            _refuse_small(cells_behind(store, study, statement_id), seen)
        present = result_rows.quote_decisions(connection, study["id"]).get(statement_id)
        knowing = sorted(seen) if decision == "released" else []
        values: dict[str, Any] = {"decision": decision, "person": person, "at": now(), "seen_cells": knowing}
        if present is None and decision:
            change.insert(schema.quote_decision, {"statement_id": statement_id} | values)
        elif present is not None and decision:
            change.update(schema.quote_decision, present["id"], **values)
        elif present is not None:
            change.delete(schema.quote_decision, present["id"])


@needs(Role.RESEARCHER)
def release_undecided(store: Store, person: str, study: Row, layer: Layer) -> int:
    """Release all that nobody has decided on, that its expert lets be quoted, and that names nobody; returns how many.

    What names somebody waits for a person even if a label stands in the place of the name. For studies whose every word
    is known, such as the demo; a person with a real study reads each quote first, and what those of few experts give
    away.
    """
    with store.reading() as connection:
        names = expert_rows.names(connection, study["id"])
    small = SmallCells(
        frames_of(store, study["id"]), segmentations(store, study), layer=layer.layer, coder_id=layer.coder_id
    )
    with store.change(study["id"], person, "release_undecided") as change:
        fit = [
            row
            for row in quotable(store, study, layer)
            if not row["decision"] and row["consent"] in CONSENTING and not names_within(row["said"], names)
        ]
        decided: dict[str, Any] = {"decision": "released", "person": person, "at": now()}
        change.insert(
            schema.quote_decision,
            [{"statement_id": row["statement_id"], "seen_cells": sorted(_seen(small, row))} | decided for row in fit],
        )
    return len(fit)


@needs(Role.RESEARCHER)
def small_cells(store: Store, study: Row) -> SmallCells:
    """Where quotes stand behind cells of one or two experts, in the segmentations that the study publishes."""
    frames, plan = frames_of(store, study["id"]), plan_of(store, study)
    layer = layers(frames)[0]
    return SmallCells(frames, plan.segmentations, layer=layer.layer, coder_id=layer.coder_id)


@needs(Role.RESEARCHER)
def cells_behind(store: Store, study: Row, statement_id: str) -> frozenset[Seen]:
    """The cells of one or two experts that a quote stands behind as things are now."""
    frames = frames_of(store, study["id"])
    codes = _codes_by_statement(frames, layers(frames)[0]).get(statement_id, [])
    expert_id = str(frames.statements.set_index("statement_id").loc[statement_id, "expert_id"])
    return _seen(small_cells(store, study), {"expert_id": expert_id, "codes": codes})


def _seen(small: SmallCells, row: Row) -> frozenset[Seen]:
    return frozenset(each.as_seen for each in small.behind(row["expert_id"], row["codes"]))


def _refuse_small(behind: frozenset[Seen], seen: Collection[Seen]) -> None:
    if not behind.issubset(seen):
        raise QuoteProblem(
            sentence(
                "Only one or two experts of the segment say this. Look at what readers could infer, and confirm that "
                "the quote may go out all the same."
            )
        )


def _refuse_unfit(store: Store, study: Row, statement_id: str) -> None:
    frames = frames_of(store, study["id"])
    said = frames.statements[frames.statements["statement_id"] == statement_id].to_dict("records")
    consent = dict(zip(frames.experts["expert_id"], frames.experts["consent"], strict=True))
    if not said or said[0]["role"] != "expert" or said[0]["expert_id"] not in consent:
        raise QuoteProblem(sentence("Only what an expert said can be quoted."))
    with store.reading() as connection:
        answers = expert_answers(connection, study["id"])
        shown = texts_for_readers(connection, study["id"], [statement_id])[statement_id]
        now_so = fetch(connection, schema.study, study["id"])
    asked = {"statement_id": statement_id, "expert_id": said[0]["expert_id"], "text": shown.text}
    row = as_answered([asked | {"consent": consent[asked["expert_id"]]}], answers, now_so)[0]
    if row["standing"].hindrance == "withdrawn":
        raise QuoteProblem(
            sentence(
                "Expert {expert} has withdrawn this quote. It stays inside unless they answer anew by their link.",
                expert=row["expert_id"],
            )
        )
    if row["consent"] not in CONSENTING:
        raise QuoteProblem(
            sentence("Expert {expert} has not agreed to be quoted; this quote stays inside.", expert=row["expert_id"])
        )
    with store.reading() as connection:
        found = names_within(row["text"], expert_rows.names(connection, study["id"]))
    if found:
        raise QuoteProblem(
            sentence(
                "A name of the roster stands in this quote: {names}. Mark it on the page “De-identification”, even if "
                "the word means something else here.",
                names=", ".join(found),
            )
        )


def _codes_by_statement(frames: Frames, layer: Layer) -> dict[str, list[str]]:
    joined = codes_of_statements(frames.statements, choose_layer(frames.codings, layer.layer, layer.coder_id))
    found: dict[str, list[str]] = {}
    for statement, code in zip(joined["statement_id"], joined["code_id"], strict=True):
        codes = found.setdefault(str(statement), [])
        if code not in codes:
            codes.append(str(code))
    return found
