"""Quotes in a release: those that a person released and that may still go out."""

from collections.abc import Sequence

from survey_app.actions.expert_answers import notices as answer_notices
from survey_app.actions.held_back import held_back
from survey_app.actions.publishing_plan import Plan
from survey_app.actions.quotes import answered_quotes
from survey_app.actions.results import Layer, frames_of
from survey_app.actions.rights import needs
from survey_app.publishing.gate import CONSENTING, ReleasedQuote
from survey_app.publishing.small_cells import SmallCells
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.messages import Message, counted
from transcripts.seen_words import without_unseen


@needs(Role.RESEARCHER)
def released_quotes(store: Store, study: Row, layer: Layer) -> list[ReleasedQuote]:
    """Quotes that were released and that their experts let go, in the words that readers see, each with the expert's
    consent as it stands now."""
    return [
        ReleasedQuote(
            statement_id=row["statement_id"], text=without_unseen(row["text"]),
            expert_id=row["expert_id"],
            codes=tuple(row["codes"]), consent=row["consent"], kind=row["source_kind"], seen=row["seen"],
            own_words=row["own_words"],
        )
        for row in answered_quotes(store, study, layer)
        if row["decision"] == "released" and not row["standing"].hindrance
    ]  # fmt: skip


def consenting(quotes: Sequence[ReleasedQuote]) -> list[ReleasedQuote]:
    """The quotes whose experts agree: consent is asked again at every publication."""
    return [quote for quote in quotes if quote.consent in CONSENTING]


@needs(Role.RESEARCHER)
def fit_quotes(store: Store, study: Row, plan: Plan, layer: Layer) -> tuple[list[ReleasedQuote], list[Message]]:
    """The released quotes that may go out now, and a sentence for each kind of those that may not.

    Consent is asked again at every publication, and a quote behind a cell of one or two goes out only if whoever
    released it was shown just that cell: other segmentations, codings and experts make others.
    """
    released = released_quotes(store, study, layer)
    frames = frames_of(store, study["id"])
    small = SmallCells(frames, plan.segmentations, layer=layer.layer, coder_id=layer.coder_id)
    agreed = consenting(released)
    kept = [
        quote
        for quote in agreed
        if quote.seen.issuperset(each.as_seen for each in small.behind(quote.expert_id, quote.codes))
    ]
    answered = answered_quotes(store, study, layer)
    notices = [*answer_notices(answered), *held_back(answered)]
    if len(released) > len(agreed):
        notices.append(
            counted(
                "{count} released quote is left out, because its expert no longer agrees to be quoted.",
                "{count} released quotes are left out, because their experts no longer agree to be quoted.",
                len(released) - len(agreed),
            )
        )
    if len(agreed) > len(kept):
        notices.append(
            counted(
                "{count} released quote is left out: only one or two experts of its segment say this. Look at it "
                "again on the page “Quotes”.",
                "{count} released quotes are left out: only one or two experts of their segments say this. Look at "
                "them again on the page “Quotes”.",
                len(agreed) - len(kept),
            )
        )
    return kept, notices
