"""What a person may code: the texts of their assignments, as long as those are not handed in."""

from sqlalchemy import Connection

from survey_app.store import samples
from survey_app.store.log import Store
from survey_app.store.sight import assignments
from survey_app.store.team import Role, member
from transcripts.messages import Message, sentence

NOT_YOURS = sentence("This text is not assigned to you. Choose another text, or ask the researcher for it.")
HANDED_IN = sentence("You have handed in this text, so it is closed for changes. Ask the researcher to give it back.")
NO_CODER = sentence("You do not code in this study. Ask its owner for the role of a coder.")


def may_code(connection: Connection, store: Store, study_id: str, source_id: str, coder_id: str) -> Message | None:
    """None: whoever acts through the store may code the text under that coder; otherwise why not.

    Whoever sits at the machine may code anything. An assignment opens its text until it is handed in. Without one, a
    coder may code only where nobody in the study has any; a researcher or an owner where they have none elsewhere.
    """
    if store.account is None:
        return None
    acting = member(connection, study_id, store.account)
    if acting is None or acting.role < Role.CODER or acting.coder_id != coder_id:
        return NO_CODER
    given = assignments(connection, study_id)
    own = {row["source_id"]: row for row in given if row["coder_id"] == coder_id}
    if source_id in own:
        return HANDED_IN if own[source_id]["finished_at"] else None
    bound = own if acting.role >= Role.RESEARCHER else given
    return NOT_YOURS if bound else None


def sampled_statements(connection: Connection, study_id: str, source_id: str, coder_id: str) -> set[str] | None:
    """Ids of the statements of a text that a coder was given as a sample; None: the whole text is theirs."""
    for row in assignments(connection, study_id):
        if (row["source_id"], row["coder_id"]) == (source_id, coder_id) and row["sample_id"]:
            return samples.statements_of(connection, row["sample_id"], source_id)
    return None
