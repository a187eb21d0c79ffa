"""A run of topics as files: its statements as a table, itself as a model of BERTopic."""

import base64
from typing import Any

import pandas as pd

from coding.topics.result import LEFT_OUT
from survey_app import jobs
from survey_app.actions.results import frames_of, topics_frame
from survey_app.actions.rights import needs
from survey_app.settings import settings
from survey_app.store.log import Row, Store
from survey_app.store.team import Role

MAKE = "coding.topics.bertopic_file:make"


def bertopic_key(run: Row) -> str:
    """The name under which the job that makes the file of a run is found again."""
    return f"bertopic-{run['id']}"


@needs(Role.RESEARCHER)
def start_bertopic_file(store: Store, study: Row) -> None:
    """Send the newest run to the worker, which makes a file of it; returns at once."""
    run, assigned = topics_frame(store, study["id"])
    if run is not None:
        jobs.submit(MAKE, bertopic_payload(store, study, run, assigned), key=bertopic_key(run))


@needs(Role.RESEARCHER)
def bertopic_payload(store: Store, study: Row, run: Row, assigned: pd.DataFrame) -> dict[str, Any]:
    """What the worker gets: the texts that are in a topic and still in the study, and how the run read them."""
    texts = frames_of(store, study["id"]).statements.set_index("statement_id")["text"]
    placed = assigned[(assigned["topic"] != LEFT_OUT) & assigned["statement_id"].isin(texts.index)]
    result = run["result"]
    return {
        "statements": [
            {"text": texts[statement_id], "topic": int(topic)}
            for statement_id, topic in zip(placed["statement_id"].tolist(), placed["topic"].tolist(), strict=True)
        ],
        "names": {
            str(each["topic"]): each.get(f"name_{study['language'] or 'en'}") or ", ".join(each["words"][:3])
            for each in result["topics"]
        },
        "words": result.get("record", {}).get("words") or {},
        "model": run["model"], "cache_folder": str(settings().data_folder),
    }  # fmt: skip


@needs(Role.RESEARCHER)
def bertopic_file(store: Store, study: Row) -> bytes | None:
    """The finished ZIP file of the newest run; None where none has been made since the server began."""
    run, _assigned = topics_frame(store, study["id"])
    state = jobs.state(bertopic_key(run)) if run is not None else None
    return base64.b64decode(state.result["zip"]) if state is not None and state.status == "done" else None
