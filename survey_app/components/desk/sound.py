"""The recording of the text on the desk, as the browser needs it to play it."""

from typing import Any

from survey_app.actions.desk_paper import Desk
from survey_app.actions.recordings import recording_of
from survey_app.media.kinds import is_picture
from survey_app.media.tokens import address_of
from survey_app.settings import settings
from survey_app.store.log import Gone, Store


def sound_of(store: Store, desk: Desk) -> dict[str, Any] | None:
    """Its id, an address that is good for some hours, and by how many seconds it is shifted; None without one."""
    try:
        row = recording_of(store, desk.study_id, desk.source_id)
    except Gone:
        return None
    if row is None:
        return None
    return {
        "id": row["id"], "url": address_of(settings().data_folder, row["id"]),
        "picture": is_picture(row["media_type"]), "shift": row["shift_s"],
    }  # fmt: skip
