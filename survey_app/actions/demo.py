"""The demo study, in both languages, from the files in `survey_app/starter/demo`: nothing of it is real."""

from collections import defaultdict

from coding.segments import Segment, Segmentation
from survey_app.actions import studies as acting
from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.deidentifying import decide_pseudonyms
from survey_app.actions.demo_coding import code_documents, code_sessions, hand_out, say_values
from survey_app.actions.demo_findings import conclude
from survey_app.actions.demo_tables import DEMO, PERSON, demo_rows, label_values
from survey_app.actions.documents import bring_in_document, recognise_document
from survey_app.actions.guide import store_sections
from survey_app.actions.identifying import look_through, texts_to_look_through
from survey_app.actions.meetings import add_meeting
from survey_app.actions.memos import write_memo
from survey_app.actions.people import confirm_speakers, import_roster
from survey_app.actions.questionnaire import import_questionnaire
from survey_app.actions.quotes import release_undecided
from survey_app.actions.released_cells import all_of_n, release_cell
from survey_app.actions.results import Layer, add_segmentation
from survey_app.actions.review_queue import review_queue, suggestions
from survey_app.actions.reviewing import finish_review
from survey_app.actions.rights import needs_admin
from survey_app.actions.survey_files import read_survey
from survey_app.actions.teams import claim_study
from survey_app.rosters.roster import read_roster
from survey_app.rosters.tables import read_table
from survey_app.store import codes as code_rows
from survey_app.store import schema, sources, studies
from survey_app.store.experts import experts as expert_rows
from survey_app.store.log import Row, Store, fetch
from transcripts.statements import locate_statements

__all__ = ["DEMO", "PERSON", "PUBLISHABLE", "SLUGS", "demo_rows", "prepare_demo", "prepare_demo_study"]

SLUGS = {"en": "demo-en", "ru": "demo-ru"}
TITLES = {
    "en": "Digitalization of public administration: expert panel (synthetic demo)",
    "ru": "Цифровизация публичного управления: экспертная панель (учебные данные)",
}
NOTE = "SYNTHETIC. Invented for testing and teaching; no real person spoke. / Вымышлено: никто этих слов не произносил."
SEGMENTS = (
    Segment(
        "upper_authorities", "Federal and regional authorities", "Федеральные и региональные органы", ("fed", "reg")
    ),
    Segment("local", "Local authorities", "Органы местного самоуправления", ("loc",)),
    Segment("state_linked", "State corporations and RMCs", "Госкорпорации и ЦУР", ("corp", "rmc")),
    Segment("civil_society", "Civil society structures", "Структуры гражданского общества", ("civ",)),
    Segment("business_science", "Business and science", "Бизнес и наука", ("bus", "sci")),
)
"""The merging that is fit to publish (D23 of the demo's known answers)."""
PUBLISHABLE = Segmentation("five_segments", "Five segments", "Пять сегментов", SEGMENTS)


@needs_admin
def prepare_demo(store: Store) -> list[Row]:
    """Make the demo's two studies where they are missing; returns both."""
    return [prepare_demo_study(store, language) for language in SLUGS]


@needs_admin
def prepare_demo_study(store: Store, language: str) -> Row:
    """Make one of the demo's studies, from Zoom files to adjudicated codings, unless it exists.

    Its coders are made up, so it is filled as by the machine; then it belongs to whoever asked for it.
    """
    with store.reading() as connection:
        present = studies.by_slug(connection, SLUGS[language])
    if present:
        return present
    study = _filled(store.acting(None), language)
    if store.account:
        claim_study(store, PERSON, study["id"])
    return study


def _filled(store: Store, language: str) -> Row:
    study = acting.create_study(
        store, PERSON, title_en=TITLES["en"], title_ru=TITLES["ru"], language=language, slug=SLUGS[language]
    )
    with store.change(study["id"], PERSON, "describe") as change:
        change.update(schema.study, study["id"], note=NOTE, choices={"segmentation": PUBLISHABLE.key})
    label_values(store, study)
    _experts(store, study, language)
    _sessions(store, study, language)
    _confirm(store, study, language)
    _sections(store, study)
    _documents(store, study, language)
    code_sessions(store, study)
    code_documents(store, study, language)
    say_values(store, study)
    hand_out(store, study)
    _memos(store, study, language)
    _questionnaire(store, study)
    add_segmentation(store, PERSON, study, PUBLISHABLE)
    _deidentify(store, study)
    release_undecided(store, PERSON, study, Layer("adjudicated"))
    _what_everybody_says(store, study)
    conclude(store, study)
    return acting.need_study(store, SLUGS[language])


def _experts(store: Store, study: Row, language: str) -> None:
    table = read_table("experts.csv", (DEMO / "experts.csv").read_bytes())
    columns = {
        "expert_id": "expert_id", "name": f"name_{language}",
        "other_names": [f"name_{'en' if language == 'ru' else 'ru'}"], "group": "group", "level": "level",
        "sector": "sector", "region": f"region_{language}", "consent": "consent_quotes",
    }  # fmt: skip
    with store.reading() as connection:
        groups = studies.groups(connection, study["id"])
    import_roster(store, PERSON, study["id"], read_roster(table, columns, groups))


def _sessions(store: Store, study: Row, language: str) -> None:
    saved = defaultdict(list)
    for row in demo_rows("statements.csv"):
        saved[row["session"]].append(row)
    meetings: dict[str, str] = {}
    for session in demo_rows("sessions.csv"):
        with store.change(study["id"], PERSON, "new_meeting") as change:
            meetings[session["session"]] = add_meeting(
                change, study["id"], session[f"title_{language}"], session["date"]
            )
        file = DEMO / session[f"transcript_{language}"]
        found = recognise_file(store, study["id"], file.name, file.read_bytes())
        assert found.transcript is not None
        ours = saved[session["session"]]
        spoken = [(row[f"display_name_{language}"], row[f"text_{language}"]) for row in ours]
        bring_in_file(
            store, PERSON, study, found, key=session["session"], title=session[f"title_{language}"],
            date=session["date"], meeting_id=meetings[session["session"]],
            saved=locate_statements(found.transcript.turns, spoken),
            labels=[row["statement_id"] for row in ours], questions=[row["guide_question"] for row in ours],
        )  # fmt: skip
    for session in demo_rows("sessions.csv"):
        file = DEMO / session[f"chat_{language}"]
        found = recognise_file(store, study["id"], file.name, file.read_bytes())
        bring_in_file(
            store, PERSON, study, found, key=f"{session['session']}-chat", title=session[f"title_{language}"],
            date=session["date"], meeting_id=meetings[session["session"]],
        )  # fmt: skip


def _documents(store: Store, study: Row, language: str) -> None:
    for row in demo_rows("documents.csv"):
        file = DEMO / row[f"file_{language}"]
        found = recognise_document(store, study["id"], file.name, file.read_bytes())
        source_id = bring_in_document(store, PERSON, study, found)
        with store.change(study["id"], PERSON, "describe_documents", scope=source_id) as change:
            source = fetch(change.connection, schema.source, source_id)
            change.update(schema.source, source_id, attributes=source["attributes"] | {"stage": row["stage"]})


def _sections(store: Store, study: Row) -> None:
    """The question of every turn of the moderator, as the statements that answer it say."""
    with store.reading() as connection:
        found = sources.sources(connection, study["id"], "session")
        moderators = {
            (row["source_id"], row["display_name"])
            for row in sources.speakers(connection, study["id"], "session")
            if row["role"] == "moderator"
        }
    for source in found:
        with store.change(study["id"], PERSON, "confirm_sections", scope=source["id"]) as change:
            turns = sources.turns(change.connection, source["id"])
            answers = sources.statements(change.connection, source["id"])
            chosen: list[tuple[int, str, str]] = []
            for turn in turns:
                if (source["id"], turn["speaker"]) not in moderators:
                    continue
                said = next((row for row in answers if row["turn"] > turn["index"]), answers[-1])
                key = said["question_key"]
                again = bool(chosen) and chosen[-1][2] == key
                kind = "intro" if key == "intro" else "follow_up" if again else "question"
                chosen.append((turn["index"], kind, key))
            store_sections(change, source["id"], turns, chosen)


def _confirm(store: Store, study: Row, language: str) -> None:
    people = {
        (row["session"], row["display_name"]): row for row in demo_rows("aliases.csv") if row["language"] == language
    }
    with store.reading() as connection:
        speakers = sources.speakers(connection, study["id"])
    decisions = []
    for speaker in speakers:
        known = people.get((speaker["source_key"].removesuffix("-chat"), speaker["display_name"]))
        if known is not None:
            expert = known["person_id"] if known["role"] == "expert" else ""
            decisions.append(
                {"id": speaker["id"], "display_name": speaker["display_name"], "role": known["role"],
                 "expert_key": expert}
            )  # fmt: skip
    confirm_speakers(store, PERSON, study["id"], decisions)


def _what_everybody_says(store: Store, study: Row) -> None:
    """Cells that all experts of a segment are in are released: nobody is behind them, and every word is known."""
    for row in all_of_n(store, study):
        release_cell(store, PERSON, study, (row["segmentation"], row["segment"], row["code_id"]))


def _memos(store: Store, study: Row, language: str) -> None:
    """The coders' memos; one on the method is about the whole study."""
    with store.reading() as connection:
        coders = {row["key"]: row["id"] for row in studies.coders(connection, study["id"])}
        ids = {
            "source": {row["key"]: row["id"] for row in sources.sources(connection, study["id"])},
            "expert": {row["key"]: row["id"] for row in expert_rows(connection, study["id"])},
            "code": {row["key"]: row["id"] for row in code_rows.codes(connection, study["id"])},
        }
    for row in demo_rows("memos.csv"):
        about = row["kind"] if row["kind"] in ids else "study"
        about_id = ids[about][row["target"]] if about in ids else str(study["id"])
        write_memo(
            store, row["author"], study["id"], coders[row["author"]], about=about,
            about_id=about_id, text=f"{row[f'title_{language}']}\n{row[f'text_{language}']}",
        )  # fmt: skip


def _deidentify(store: Store, study: Row) -> None:
    """Every word of the demo is known, so what is proposed is decided, and the reviews are finished."""
    texts = texts_to_look_through(store, study["id"])
    look_through(store, PERSON, study, texts)
    decide_pseudonyms(store, PERSON, study["id"], suggestions(review_queue(store, study["id"])))
    for source_id in texts:
        finish_review(store, PERSON, study["id"], source_id)


def _questionnaire(store: Store, study: Row) -> None:
    name = "questionnaire_google_forms.csv"
    survey = read_survey(store, study, name, (DEMO / name).read_bytes())
    import_questionnaire(
        store, PERSON, study, survey.items, survey.answers, survey.open_answers, file_name=name,
        title=("Questionnaire", "Анкета"), filled=survey.filled,
    )  # fmt: skip
