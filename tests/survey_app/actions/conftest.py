"""A small study with two coders and one text in two languages: what the tests of the desk work on."""

import shutil
from types import SimpleNamespace

import pytest

from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.desk_paper import open_desk
from survey_app.actions.studies import add_coder, create_study
from survey_app.store import codes as code_rows
from survey_app.store import studies
from survey_app.store.log import Store
from survey_app.store.migrate import migrate

SAID = [
    ("Moderator", "Welcome, everybody. Shall we begin?"),
    ("Anna", "Skills are missing 👩‍👩‍👧 everywhere, and nobody trains anybody. That is what I see every single day."),
    ("Moderator", "Thank you."),
    ("Борис", "Обмен данными идёт бума\u0301жной почтой, и это надолго. Мы ждём ответа по три недели."),
    ("Anna", "With us it is the other way round: the answers come, only nobody can read them any more."),
    ("Moderator", "And what would help?"),
    ("Борис", "Один реестр вместо пяти, и чтобы его вели те, кто им пользуется каждый день."),
]
TEXT = "WEBVTT\n\n" + "\n".join(
    f"{n}\n00:{n:02}:00.000 --> 00:{n:02}:50.000\n{who}: {words}\n" for n, (who, words) in enumerate(SAID, start=1)
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A database with a study of two coders and one text; tests copy it."""
    file = tmp_path_factory.mktemp("desk") / "rakurs.db"
    store = Store(f"sqlite:///{file}")
    migrate(store)
    study = create_study(store, "A", title_en="Panel")
    add_coder(store, "A", study["id"], "Second")
    source = bring_in_file(store, "A", study, recognise_file(store, study["id"], "panel.vtt", TEXT.encode()))
    store.engine.dispose()
    return file, study, source


@pytest.fixture
def make_place(made, tmp_path):
    """Makes a copy of the study, and the desks of its two coders at its text."""

    def make(number=0):
        file, study, source = made
        url = f"sqlite:///{shutil.copy(file, tmp_path / f'rakurs{number}.db')}"
        store = Store(url)
        with store.reading() as connection:
            coders = {row["key"]: row for row in studies.coders(connection, study["id"])}
            codes = {row["key"]: row["id"] for row in code_rows.codes(connection, study["id"])}
        paper = open_desk(store, study, source, coders["A"])
        return SimpleNamespace(
            url=url, store=store, study=study, source=source, coders=coders, codes=codes, paper=paper,
            desk=paper.desk, other=open_desk(store, study, source, coders["B"]).desk, said=SAID,
            text="\n".join(turn["text"] for turn in paper.turns),
        )  # fmt: skip

    return make


@pytest.fixture
def place(make_place):
    """One such copy."""
    return make_place()
