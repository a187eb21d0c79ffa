"""Language models on this machine: which one suits a study, downloading another, and the vectors they have made."""

from __future__ import annotations

from dataclasses import dataclass

from coding.topics import embeddings, models, vectors
from coding.topics.downloading import endpoint
from coding.topics.models import KNOWN, KnownModel, ModelState
from survey_app import jobs
from survey_app.actions.rights import needs
from survey_app.actions.topics import SESSIONS_AND_ANSWERS, what_experts_said
from survey_app.settings import settings
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.messages import Message

DOWNLOAD = "coding.topics.downloading:download"
DOWNLOAD_KEY = "download-model"
"""One download at a time on a machine, whoever has asked for it."""

LOOKED_AT = 5_000
"""Most statements that are looked at to tell the language of a study, spread over all of it."""


@dataclass(frozen=True, slots=True)
class ModelsHere:
    """What would be used for a study and why, the known models with their states, and the bytes of stored vectors.

    `chosen` is the name of a model, "" where none can be used or each language has its own.
    """

    chosen: str
    reason: Message
    known: tuple[tuple[KnownModel, ModelState], ...]
    vector_bytes: int


@needs(Role.RESEARCHER)
def models_here(store: Store, study: Row) -> ModelsHere:
    """Language models as they are on this machine, with the study's texts in view."""
    texts = what_experts_said(store, study, SESSIONS_AND_ANSWERS)["text"].tolist()
    try:
        choice = embeddings.choose(texts[:: 1 + len(texts) // LOOKED_AT], settings().model or None)
        chosen, reason = ("" if choice.name == embeddings.PER_LANGUAGE else choice.name), choice.reason
    except embeddings.UnusableModel as problem:
        chosen, reason = "", problem.message
    folder = settings().data_folder
    known = tuple((each, models.state(each.name, folder)) for each in KNOWN)
    return ModelsHere(chosen, reason, known, vectors.stored_bytes(folder))


@needs(Role.RESEARCHER)
def look_for_model(store: Store, study: Row, name: str) -> ModelState:
    """Whether a model of that name, or a folder with one, is on this machine."""
    return models.state(name, settings().data_folder)


@needs(Role.RESEARCHER)
def download_model(store: Store, study: Row, name: str) -> None:
    """Start to download a model from the hub; returns at once. Nothing happens while another download runs."""
    jobs.submit(DOWNLOAD, {"name": name}, key=DOWNLOAD_KEY)


@needs(Role.RESEARCHER)
def cancel_download(store: Store, study: Row) -> None:
    """Stop the download; what has come stays, and the next try goes on from there."""
    jobs.cancel(DOWNLOAD_KEY)


@needs(Role.RESEARCHER)
def forget_vectors(store: Store, study: Row) -> None:
    """Delete the stored vectors of all studies; they are made again when they are needed."""
    vectors.forget(settings().data_folder)


def hub_address() -> str:
    """Where models come from."""
    return endpoint()
