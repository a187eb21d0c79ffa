"""What a sentence of a finding rests on: views of the dashboard, and quotes that speak for it and against it."""

from __future__ import annotations

import pandas as pd

from coding.claims import AtMost, Claim, MoreIn, MoreNamed
from coding.counts import quotes_of
from coding.frames import Frames
from survey_app.actions.findings import AGAINST, FOR, FindingProblem
from survey_app.actions.results import frames_of, layers
from survey_app.actions.rights import needs
from survey_app.actions.view_addresses import View, view_of_address, write_view
from survey_app.store import findings as finding_rows
from survey_app.store import schema
from survey_app.store.log import Row, Store, open_change
from survey_app.store.team import Role
from transcripts.messages import sentence

MOST_VIEWS = 12
MOST_QUOTES = 60


@needs(Role.RESEARCHER)
def tie_view(store: Store, person: str, study: Row, sentence_id: str, address: str) -> View:
    """Tie the view that an address shows to a sentence; one that is tied already stays once.

    Raises ForeignAddress, FindingProblem, Gone.
    """
    view = view_of_address(address, study["slug"])
    with store.writing() as connection:
        tied = finding_rows.sentence_of(connection, study["id"], sentence_id)["views"]
        if write_view(view) not in tied:
            if len(tied) >= MOST_VIEWS:
                raise FindingProblem(sentence("A sentence has at most {most} views.", most=MOST_VIEWS))
            change = open_change(connection, study["id"], person, "tie_view")
            change.update(schema.finding_sentence, sentence_id, views=[*tied, write_view(view)])
    return view


@needs(Role.RESEARCHER)
def untie_view(store: Store, person: str, study_id: str, sentence_id: str, view: View) -> None:
    """Take a view away from a sentence. Raises Gone for the sentence; a view that is not tied is no matter."""
    with store.writing() as connection:
        tied = finding_rows.sentence_of(connection, study_id, sentence_id)["views"]
        left = [each for each in tied if each != write_view(view)]
        if left != tied:
            change = open_change(connection, study_id, person, "untie_view")
            change.update(schema.finding_sentence, sentence_id, views=left)


@needs(Role.RESEARCHER)
def tie_quote(store: Store, person: str, study_id: str, sentence_id: str, statement_id: str, stance: str) -> None:
    """Let a statement speak for a sentence or against it; one that is tied already changes its side.

    Raises FindingProblem: nothing that an expert of the study said; Gone for the sentence.
    """
    if stance not in (FOR, AGAINST):
        raise KeyError(stance)
    spoken = frames_of(store, study_id).statements
    ours = spoken[(spoken["statement_id"] == statement_id) & (spoken["expert_id"] != "")]
    if ours.empty:
        raise FindingProblem(sentence("Only what an expert of this study said can be quoted."))
    with store.writing() as connection:
        finding_rows.sentence_of(connection, study_id, sentence_id)
        tied = _tied(finding_rows.quotes(connection, study_id), sentence_id)
        present = tied.get(statement_id)
        if present is not None and present["stance"] == stance:
            return
        if present is None and len(tied) >= MOST_QUOTES:
            raise FindingProblem(sentence("A sentence has at most {most} quotes.", most=MOST_QUOTES))
        change = open_change(connection, study_id, person, "tie_quote")
        if present is not None:
            change.update(schema.finding_quote, present["id"], stance=stance)
        else:
            row = {"finding_sentence_id": sentence_id, "statement_id": statement_id, "stance": stance}
            change.insert(schema.finding_quote, row)


@needs(Role.RESEARCHER)
def untie_quote(store: Store, person: str, study_id: str, sentence_id: str, statement_id: str) -> None:
    """Take a quote away from a sentence. Raises Gone for the sentence; a quote that is not tied is no matter."""
    with store.writing() as connection:
        finding_rows.sentence_of(connection, study_id, sentence_id)
        tied = _tied(finding_rows.quotes(connection, study_id), sentence_id)
        if statement_id in tied:
            change = open_change(connection, study_id, person, "untie_quote")
            change.delete(schema.finding_quote, tied[statement_id]["id"])


@needs(Role.RESEARCHER)
def statements_with(store: Store, study_id: str, code_id: str, group_ids: tuple[str, ...] = ()) -> pd.DataFrame:
    """Statements with a code or one below it, by the layer that counts, of experts of these groups (none: of all):
    columns of `coding.counts.quotes_of`."""
    return _with_code(frames_of(store, study_id), code_id, group_ids)


@needs(Role.RESEARCHER)
def speaking_against(store: Store, study_id: str, claim: Claim) -> pd.DataFrame:
    """Statements that may speak against a claim, each once: those with the opposite of its code from the groups that
    it is about, what is said of the code where it is claimed to be said less, and of the other code where one is
    compared. Columns as of `statements_with`."""
    frames = frames_of(store, study_id)
    if isinstance(claim, AtMost):
        found = [_with_code(frames, claim.code_id, claim.group_ids)]
    else:
        opposite = dict(zip(frames.codes["code_id"], frames.codes["counterpart"], strict=True)).get(claim.code_id, "")
        found = [_with_code(frames, str(opposite), claim.group_ids)] if opposite else []
    if isinstance(claim, MoreIn):
        others = claim.others or tuple(sorted(set(frames.experts["group_id"]) - set(claim.group_ids)))
        found.append(_with_code(frames, claim.code_id, others))
    if isinstance(claim, MoreNamed):
        found.append(_with_code(frames, claim.other_id, claim.group_ids))
    if not found:
        return _with_code(frames, "", ())
    return pd.concat(found, ignore_index=True).drop_duplicates("statement_id", ignore_index=True)


def _with_code(frames: Frames, code_id: str, group_ids: tuple[str, ...]) -> pd.DataFrame:
    layer = layers(frames)[0]
    return quotes_of(frames, code_id, group_ids or None, layer=layer.layer, coder_id=layer.coder_id)


def _tied(found: list[Row], sentence_id: str) -> dict[str, Row]:
    """The rows of a sentence, by statement."""
    return {row["statement_id"]: row for row in found if row["finding_sentence_id"] == sentence_id}
