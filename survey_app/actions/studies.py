"""Create, rename, archive and delete studies. A new study brings the starter codebook, guide and groups."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from importlib.resources import files

from anyascii import anyascii

from coding.codebook import Codebook, read_codebook
from coding.guide import Guide, Stakeholders, read_guide, read_stakeholders
from survey_app.actions.rights import needs, needs_admin, permit, sight_of
from survey_app.media.shelf import throw_away
from survey_app.settings import settings
from survey_app.store import recordings, schema, studies, team
from survey_app.store.codebooks import rise_version
from survey_app.store.log import Change, Row, Store, fetch, new_id, now
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence

DOMAIN = files("survey_app") / "starter" / "domain"
OWNERS_CHOICES = frozenset({"second_signature"})
"""What a researcher alone must not take back."""


class StudyProblem(MessageError):
    """What was asked of a study cannot be done."""


@needs_admin
def create_study(
    store: Store, person: str, *, title_en: str = "", title_ru: str = "", language: str = "en", slug: str = ""
) -> Row:
    """Make a study with the starter codebook, guide and stakeholder groups; returns its row.

    `language` is the language of what is said in it. The person becomes its first coder, and whoever has
    signed in its owner.
    """
    title = title_en.strip() or title_ru.strip()
    if not title:
        raise StudyProblem(sentence("A study needs a title: write one in English or in Russian."))
    study_id = new_id()
    codebook, guide, stakeholders = _starter()
    with store.change(None, person, "create_study") as change:
        taken = studies.slugs(change.connection)
        if slug in taken:
            raise StudyProblem(sentence("There is already a study named {slug}. Choose another name.", slug=slug))
        name = slug or _free_slug(title, taken)
        change.insert(
            schema.study,
            {"id": study_id, "slug": name, "title_en": title_en.strip(), "title_ru": title_ru.strip(),
             "language": language, "created_at": now()},
        )  # fmt: skip
        change.adopt(study_id)
        _add_groups(change, study_id, stakeholders)
        _add_codebook(change, study_id, codebook)
        _add_guide(change, study_id, guide)
        coder = new_coder(change, study_id)
        if store.account:
            team.add_member(change.connection, study_id, store.account, Role.OWNER, coder["id"])
    return need_study(store, name)


def need_study(store: Store, slug: str) -> Row:
    """The study of that name. Raises StudyProblem when there is none."""
    with store.reading() as connection:
        row = studies.by_slug(connection, slug)
    if row is None:
        raise StudyProblem(sentence("There is no study named “{slug}”. See the list of studies.", slug=slug))
    return row


@needs(Role.READER, of_others=True)
def need_coder(store: Store, study_id: str, key: str) -> str:
    """The id of the coder of that key. Raises StudyProblem when there is none."""
    with store.reading() as connection:
        found = {coder["key"]: str(coder["id"]) for coder in studies.coders(connection, study_id)}
    if key not in found:
        raise StudyProblem(
            sentence("There is no coder {key} in this study; there are {keys}.", key=key, keys=", ".join(found))
        )
    return found[key]


@needs(Role.RESEARCHER)
def rename_study(store: Store, person: str, study_id: str, *, title_en: str, title_ru: str) -> None:
    """Change the titles; the name in addresses stays."""
    if not (title_en.strip() or title_ru.strip()):
        raise StudyProblem(sentence("A study needs a title: write one in English or in Russian."))
    with store.change(study_id, person, "rename_study") as change:
        change.update(schema.study, study_id, title_en=title_en.strip(), title_ru=title_ru.strip())


@needs(Role.OWNER)
def archive_study(store: Store, person: str, study_id: str, *, archived: bool) -> None:
    """Put a study away, or bring it back; nothing in it changes."""
    with store.change(study_id, person, "archive_study") as change:
        change.update(schema.study, study_id, archived_at=now() if archived else "")


@needs(Role.OWNER)
def delete_study(store: Store, study: Row, confirmed_slug: str) -> None:
    """Erase a study for good with its recordings, once its name has been typed.

    Published releases, backups and what lies in the inbox of recordings stay where they are.
    """
    need_confirmed(study, confirmed_slug)
    with store.writing() as connection:
        kept = recordings.ever_kept(connection, study["id"])
        studies.erase(connection, study["id"])
    store.forget_deleted()
    throw_away(settings().recordings_folder, kept)


def need_confirmed(study: Row, confirmed_slug: str) -> None:
    """Raises StudyProblem where the name that was typed is not the study's."""
    if confirmed_slug.strip() != study["slug"]:
        raise StudyProblem(
            sentence("Nothing was deleted: type the name {slug} to confirm that it shall go.", slug=study["slug"])
        )


@needs(Role.RESEARCHER)
def choose(store: Store, person: str, study_id: str, **choices: object) -> None:
    """Remember choices of the study (its segmentation, the layer that results rest on); some are for its owner."""
    with store.change(study_id, person, "choose") as change:
        if OWNERS_CHOICES & choices.keys():
            permit(change.connection, store, study_id, Role.OWNER)
        row = fetch(change.connection, schema.study, study_id)
        change.update(schema.study, study_id, choices=dict(row["choices"]) | choices)


@needs(Role.READER)
def sizes_seen(store: Store, study_id: str) -> dict[str, int]:
    """How much of everything the study holds (`store.studies.sizes`): of codings what the one who acts may see, and
    of a coder's only their own."""
    with store.reading() as connection:
        acting = permit(connection, store, study_id, Role.READER)
        own = acting.coder_key if acting and acting.role is Role.CODER else None
        seen = sight_of(connection, store, study_id)
        found = studies.sizes(connection, study_id)
        if not seen.everything:
            found["codings"] = sum(
                row["count"]
                for row in studies.coding_counts(connection, study_id)
                if (seen.sees(row["source_id"], row["coder_key"], row["layer"]) if own is None else
                    (row["coder_key"], row["layer"]) == (own, "coder"))
            )  # fmt: skip
    return found


@needs(Role.RESEARCHER, of_others=True)
def add_coder(store: Store, person: str, study_id: str, name: str) -> str:
    """Add a coder; returns the key (the next free letter)."""
    with store.change(study_id, person, "add_coder") as change:
        return str(new_coder(change, study_id, name)["key"])


def new_coder(change: Change, study_id: str, name: str = "") -> Row:
    """Add a coder under the next free letter, inside a change; returns its {id, key}."""
    taken = {coder["key"] for coder in studies.coders(change.connection, study_id)}
    key = next(letter for letter in _letters() if letter not in taken)
    (coder_id,) = change.insert(schema.coder, {"study_id": study_id, "key": key, "name": name.strip()})
    return {"id": coder_id, "key": key}


@needs(Role.RESEARCHER, of_others=True)
def rename_coder(store: Store, person: str, study_id: str, coder_id: str, name: str) -> None:
    """Give a coder another name; the key stays."""
    with store.change(study_id, person, "rename_coder") as change:
        fetch(change.connection, schema.coder, coder_id, study_id)
        change.update(schema.coder, coder_id, name=name.strip())


@cache
def _starter() -> tuple[Codebook, Guide, Stakeholders]:
    """What every new study brings, read once per process; nobody writes into it."""
    return (
        read_codebook((DOMAIN / "codebook.yaml").read_text("utf-8")),
        read_guide((DOMAIN / "interview_guide.yaml").read_text("utf-8")),
        read_stakeholders((DOMAIN / "stakeholders.yaml").read_text("utf-8")),
    )


def _letters() -> Iterator[str]:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    yield from alphabet
    for first in alphabet:
        for second in alphabet:
            yield first + second


def _free_slug(title: str, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", anyascii(title).lower()).strip("-")[:60].strip("-") or "study"
    return next(name for name in [plain, *(f"{plain}-{n}" for n in range(2, 10_000))] if name not in taken)


def _add_groups(change: Change, study_id: str, stakeholders: Stakeholders) -> None:
    change.insert(
        schema.stakeholder_group,
        [
            {"study_id": study_id, "key": row["group_id"], "position": row["order"]}
            | {
                name: row[name]
                for name in ("label_en", "label_ru", "short_en", "short_ru", "colour", "level", "sector")
            }
            for row in stakeholders.groups.to_dict("records")
        ],
    )
    change.insert(
        schema.segmentation,
        [
            {
                "study_id": study_id, "key": grouping.key, "label_en": grouping.label_en,
                "label_ru": grouping.label_ru,
                "segments": [
                    {"key": segment.key, "label_en": segment.label_en, "label_ru": segment.label_ru,
                     "group_ids": list(segment.group_ids)}
                    for segment in grouping.segments
                ],
            }
            for grouping in stakeholders.segmentations
        ],
    )  # fmt: skip


def _add_codebook(change: Change, study_id: str, codebook: Codebook) -> None:
    change.insert(
        schema.codebook,
        {
            "study_id": study_id, "key": codebook.key, "edition": codebook.version, "title_en": codebook.title_en,
            "title_ru": codebook.title_ru, "rules": [asdict(rule) for rule in codebook.rules],
            "attributes": [asdict(one) for one in codebook.attributes],
            "periods": [asdict(period) for period in codebook.periods],
            "literature": list(codebook.literature), "literature_bases": list(codebook.literature_bases),
        },
    )  # fmt: skip
    rise_version(change, study_id)
    ids = {code.key: new_id() for code in codebook.codes}
    words = ("label_en", "label_ru", "definition_en", "definition_ru", "use_en", "use_ru", "avoid_en", "avoid_ru",
             "example_en", "example_ru")  # fmt: skip
    change.insert(
        schema.code,
        [
            {
                "id": ids[code.key], "study_id": study_id, "key": code.key, "short": code.short,
                "parent_id": ids.get(code.parent or ""), "polarity": code.polarity, "colour": code.colour,
                "counterpart": code.counterpart or "", "position": position, "literature": list(code.literature),
                "literature_basis": code.literature_basis,
                "indicator": asdict(code.indicator) if code.indicator else None,
            }
            | {word: getattr(code, word) for word in words}
            for position, code in enumerate(codebook.codes)
        ],
    )  # fmt: skip


def _add_guide(change: Change, study_id: str, guide: Guide) -> None:
    change.insert(
        schema.question,
        [
            {"study_id": study_id, "key": question.key, "task": question.task, "ask_en": question.ask_en,
             "ask_ru": question.ask_ru, "position": position}
            for position, question in enumerate(guide.questions)
        ],
    )  # fmt: skip
