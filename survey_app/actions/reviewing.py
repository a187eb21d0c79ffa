"""Say of a text that its review is done, sign it as a second person, open it again."""

from sqlalchemy import Connection

from survey_app.actions.deidentifying import DeidentifyingRefused
from survey_app.actions.new_names import new_names
from survey_app.actions.review_state import fingerprint, state_of
from survey_app.actions.rights import needs
from survey_app.store import deidentification, schema
from survey_app.store.log import Row, Store, fetch, now
from survey_app.store.team import Role
from transcripts.messages import counted, sentence

_NOT_DONE = dict.fromkeys(("finished_at", "finished_by", "finished_of", "signed_at", "signed_by", "signed_of"), "")


@needs(Role.RESEARCHER)
def finish_review(store: Store, person: str, study_id: str, source_id: str) -> None:
    """Say that everything in a text is decided as readers may see it. Raises DeidentifyingRefused while it is not."""
    with store.change(study_id, person, "finish_review") as change:
        review, places, source = _review(change.connection, study_id, source_id)
        undecided = sum(not place["level"] for place in places)
        if undecided:
            raise DeidentifyingRefused(
                counted(
                    "{count} place in “{key}” is undecided. Decide on it first.",
                    "{count} places in “{key}” are undecided. Decide on them first.", undecided, key=source["key"],
                )
            )  # fmt: skip
        mark = fingerprint(source["revision"], places)
        if not review["finished_at"] or review["finished_of"] != mark:
            finished = {"finished_at": now(), "finished_by": person, "finished_of": mark}
            change.update(schema.deidentification, review["id"], **_NOT_DONE | finished)


@needs(Role.RESEARCHER)
def sign_review(store: Store, person: str, study_id: str, source_id: str) -> None:
    """Sign a finished review as somebody who has not finished it; the signature holds for what readers see now."""
    with store.change(study_id, person, "sign_review") as change:
        review, places, source = _review(change.connection, study_id, source_id)
        if state_of(source["revision"], review, places) not in {"finished", "signed"}:
            raise DeidentifyingRefused(
                sentence("The review of “{key}” is not finished; there is nothing to sign yet.", key=source["key"])
            )
        if person == review["finished_by"]:
            raise DeidentifyingRefused(sentence("You have finished this review yourself. A second person signs it."))
        if review["finished_of"] != fingerprint(source["revision"], places):
            raise DeidentifyingRefused(
                sentence(
                    "Something in “{key}” was decided after its review was finished. Open the review again and have it "
                    "finished first: two people are to have looked at the same words.", key=source["key"],
                )
            )  # fmt: skip
        signed = {"signed_at": now(), "signed_by": person, "signed_of": fingerprint(source["revision"], places)}
        change.update(schema.deidentification, review["id"], **signed)


@needs(Role.RESEARCHER)
def reopen_review(store: Store, person: str, study_id: str, source_id: str) -> None:
    """Open a review again; decisions stay."""
    with store.change(study_id, person, "reopen_review") as change:
        review, _places, _source = _review(change.connection, study_id, source_id, reopening=True)
        change.update(schema.deidentification, review["id"], **_NOT_DONE)


@needs(Role.OWNER)
def ask_second_signature(store: Store, person: str, study_id: str, wanted: bool) -> None:
    """Ask, or no longer ask, that a second person signs each review before its words go out."""
    with store.change(study_id, person, "ask_second_signature") as change:
        study = fetch(change.connection, schema.study, study_id)
        change.update(schema.study, study_id, choices=dict(study["choices"]) | {"second_signature": bool(wanted)})


def _review(
    connection: Connection, study_id: str, source_id: str, *, reopening: bool = False
) -> tuple[Row, list[Row], Row]:  # fmt: skip
    """The review, the places and the source of a text that was looked through as it is now, with the names of now."""
    source = fetch(connection, schema.source, source_id, study_id)
    review = deidentification.review_of(connection, source_id)
    if review is None or review["revision"] != source["revision"]:
        raise DeidentifyingRefused(sentence("Look through “{key}” first: nobody has, as it is now.", key=source["key"]))
    places = deidentification.places(connection, study_id, [source_id])
    if not reopening and (found := new_names(connection, study_id, {source_id: places})):
        raise DeidentifyingRefused(
            sentence(
                "Names that came into the roster later stand in “{key}”: {names}. Look through it again first.",
                key=source["key"], names=", ".join(found[source_id]),
            )
        )  # fmt: skip
    return review, places, source
