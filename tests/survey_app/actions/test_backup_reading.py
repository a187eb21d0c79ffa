"""A copy that is broken, cut off or made up is refused in a sentence, and the store stays as it was."""

import hashlib
import json
import shutil
from hashlib import sha256
from zipfile import ZIP_BZIP2, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import MetaData

from survey_app.actions.backing_up import back_up
from survey_app.actions.backup_format import BackupProblem
from survey_app.actions.checking import check_store
from survey_app.actions.restoring_study import restore
from survey_app.actions.results import frames_of
from survey_app.actions.studies import delete_study
from survey_app.actions.undoing import undo_own
from survey_app.store import codebooks, schema
from survey_app.store.belonging import tables_of_study
from survey_app.store.log import Store
from survey_app.store.migrate import migrate


@pytest.fixture(scope="module")
def good(made, tmp_path_factory):
    """A sound copy of the small study."""
    file, study, _source = made
    return back_up(Store(f"sqlite:///{file}"), study, tmp_path_factory.mktemp("copy") / "good.rakurs.zip")


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A store into which nothing of this may come."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('empty') / 'rakurs.db'}")
    migrate(store)
    store.engine.dispose()  # so that the file alone is all of it
    return store


def rewritten(good, target, tables=lambda _name, _rows: None, manifest=lambda _said: None, extra=()):
    """The copy made anew and sealed rightly, after `tables` and `manifest` have changed what is in it."""
    with ZipFile(good) as there, ZipFile(target, "w") as made:
        said = json.loads(there.read("manifest.json"))
        for table in said["tables"]:
            name = f"tables/{table}.jsonl"
            rows = [json.loads(line) for line in there.read(name).splitlines()]
            tables(table, rows)
            content = "".join(json.dumps(row) + "\n" for row in rows).encode()
            said["tables"][table] = len(rows)
            said["members"][name] = {"bytes": len(content), "sha256": sha256(content).hexdigest()}
            made.writestr(name, content)
        for name, content in extra:
            said["members"][name] = {"bytes": len(content), "sha256": sha256(content).hexdigest()}
            made.writestr(name, content)
        manifest(said)
        made.writestr("manifest.json", json.dumps(said))
    return target


def refusal(store, file):
    """The sentence; nothing of the study is in the store."""
    with pytest.raises(BackupProblem) as refused:
        restore(store, file, slug="forged")
    with store.reading() as connection:
        for table in ("study", "change", "event", "source"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
    return str(refused.value)


def change(table, **values):
    """Changes the last row of a table."""

    def apply(name, rows):
        if name == table:
            rows[-1].update(values)

    return apply


def test_made_anew_as_it_was_it_is_accepted(good, empty, tmp_path):
    store = Store(f"sqlite:///{shutil.copy(empty.engine.url.database, tmp_path / 'own.db')}")
    assert restore(store, rewritten(good, tmp_path / "same.zip")).study["slug"] == "panel"


@pytest.mark.parametrize(
    "spoil",
    [
        change("code", hidden=1),
        change("source", text=7),
        change("source", text=None),
        change("source", text="\ud800"),
        change("source", position=True),
        change("source", position=2**70),
        change("turn", start_s="soon"),
        change("code", key="k" * 81),
        change("turn", source_id="00000000-0000-0000-0000-000000000000"),
        change("code", parent_id="00000000-0000-0000-0000-000000000000"),
        change("change", study_id=None),
        change("change", target=77),
        change("event", entity="change"),
        change("event", after="all"),
        change("event", after={"id": "another"}),
        change("study", id="../../etc/passwd"),
        lambda name, rows: rows.append(dict(rows[0])) if name == "code" else None,
        lambda name, rows: rows.append(rows[0] | {"id": "b", "slug": "b"}) if name == "study" else None,
        lambda name, rows: rows.clear() if name == "study" else None,
        lambda name, rows: rows[0].pop("text") if name == "source" else None,
        lambda name, rows: rows.__setitem__(0, 5) if name == "code" else None,
        lambda name, rows: rows.append(rows[0] | {"id": "b"}) if name == "code" else None,
    ],
)
def test_a_row_that_no_study_could_have_is_refused(good, empty, tmp_path, spoil):
    assert refusal(empty, rewritten(good, tmp_path / "spoiled.zip", spoil)) == (
        "spoiled.zip is damaged: nothing was restored from it. Use another copy."
    )


def circle(name, rows, reference="parent_id"):
    if name == "code":
        rows[0][reference], rows[1][reference] = rows[1]["id"], rows[0]["id"]


def longer_circle(name, rows):
    circle(name, rows, "merged_into_id")
    if name == "code":
        rows[1]["merged_into_id"], rows[2]["merged_into_id"] = rows[2]["id"], rows[0]["id"]


@pytest.mark.parametrize(
    "spoil",
    [
        circle,
        longer_circle,
        change("code", parent_id="own"),
        change("turn", start=-1),
        change("turn", start=3, end=2),
        change("statement", end=100_000),
        change("source", text="short"),
        change("source", title="a\0b"),
        change("source", attributes={"number": ["a\0b"]}),
        change("coder", name="\0"),
    ],
)
def test_rows_that_cannot_stand_together_are_refused(good, empty, tmp_path, spoil):
    def own(name, rows):
        spoil(name, rows)
        if name == "code" and rows[-1]["parent_id"] == "own":
            rows[-1]["parent_id"] = rows[-1]["id"]

    assert refusal(empty, rewritten(good, tmp_path / "spoiled.zip", own)) == (
        "spoiled.zip is damaged: nothing was restored from it. Use another copy."
    )


def first_of(file, table):
    with ZipFile(file) as archive:
        return json.loads(archive.read(f"tables/{table}.jsonl").splitlines()[0])


@pytest.mark.parametrize(("start", "end", "refused"), [(0, 4, False), (-1, 4, True), (4, 3, True), (0, 9999, True)])
def test_a_coding_lies_in_its_text(good, empty, tmp_path, start, end, refused):
    row = {column.name: None for column in schema.coding.columns} | {
        "id": "a", "source_id": first_of(good, "source")["id"], "start": start, "end": end, "layer": "coder",
        "code_id": first_of(good, "code")["id"], "coder_id": first_of(good, "coder")["id"], "origin": "hand",
        "created_at": "", "needs_look": False, "codebook_version": 0,
    }  # fmt: skip
    file = rewritten(
        good, tmp_path / "coded.zip", lambda name, rows: rows.append(row) if name == "coding" else None
    )  # fmt: skip
    accepted_or_refused(empty, file, tmp_path, refused)


@pytest.mark.parametrize(("about", "refused"), [("code", False), ("weather", True), ("coder", True), ("event", True)])
def test_a_memo_is_about_what_memos_are_about(good, empty, tmp_path, about, refused):
    study, coder = first_of(good, "study")["id"], first_of(good, "coder")["id"]
    row = {
        "id": "a", "study_id": study, "coder_id": coder, "about": about, "about_id": first_of(good, "code")["id"],
        "text": "Hm.", "created_at": "", "changed_at": "",
    }  # fmt: skip
    file = rewritten(good, tmp_path / "memo.zip", lambda name, rows: rows.append(row) if name == "memo" else None)
    accepted_or_refused(empty, file, tmp_path, refused)


def accepted_or_refused(empty, file, tmp_path, refused):
    if refused:
        assert "damaged" in refusal(empty, file)
    else:
        store = Store(f"sqlite:///{shutil.copy(empty.engine.url.database, tmp_path / 'own.db')}")
        assert restore(store, file).notices == ()


def test_an_image_in_the_log_that_does_not_fit_its_table_is_refused(good, empty, tmp_path):
    def spoil(name, rows):
        if name == "event":
            found = next(row for row in rows if row["entity"] == "turn")
            found["after"]["start"] = "everywhere"

    assert "damaged" in refusal(empty, rewritten(good, tmp_path / "spoiled.zip", spoil))


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        ({"format": 2}, "made by a newer Rakurs. Update Rakurs first"),
        ({"format": "x"}, "is no copy of a study"),
        ({"schema": "9999"}, "made by a newer Rakurs. Update Rakurs first"),
        ({"schema": "0003"}, "damaged"),
        ({"tables": {}}, "damaged"),
        ({"tables": []}, "is no copy of a study"),
        ({"members": {}}, "damaged"),
        ({"study": {"id": "x", "slug": "x", "title_en": "", "title_ru": ""}}, "damaged"),
    ],
)
def test_a_manifest_is_believed_only_if_the_file_bears_it_out(good, empty, tmp_path, manifest, says):
    file = rewritten(good, tmp_path / "copy.zip", manifest=lambda said: said.update(manifest))
    assert says in refusal(empty, file)


@pytest.mark.parametrize("name", ["../escaped", "/etc/escaped", "tables/../escaped", "recordings/../escaped", "tables/lamp.jsonl", "recordings/nobody", "recordings/inbox", "recordings/11111111-1111-4111-8111-111111111111"])  # fmt: skip
def test_a_member_of_a_foreign_name_is_refused_and_written_nowhere(good, empty, tmp_path, name):
    file = rewritten(good, tmp_path / "copy.zip", extra=[(name, b"x")])
    assert "damaged" in refusal(empty, file)
    assert not list(tmp_path.rglob("escaped"))


def test_members_that_are_there_twice_or_packed_strangely_are_refused(good, empty, tmp_path):
    twice = shutil.copy(good, tmp_path / "twice.zip")
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(twice, "a") as archive:
        archive.writestr("manifest.json", "{}")
    assert "damaged" in refusal(empty, twice)
    packed = tmp_path / "packed.zip"
    with ZipFile(packed, "w", ZIP_BZIP2) as archive:
        archive.writestr("manifest.json", "[" * 100_000)
    assert "no copy of a study" in refusal(empty, packed)


def test_what_is_no_copy_at_all_is_refused(empty, tmp_path):
    for name, content in [("empty.zip", b""), ("text.zip", b"a,b\n1,2\n"), ("zip.zip", b"PK\x03\x04" + b"\0" * 200)]:
        (tmp_path / name).write_bytes(content)
        assert refusal(empty, tmp_path / name) == f"{name} is damaged: nothing was restored from it. Use another copy."
    with ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("letter.txt", "Dear all")
    assert refusal(empty, tmp_path / "other.zip") == "other.zip is no copy of a study that Rakurs has made."
    for nowhere in (tmp_path, tmp_path / "nowhere.zip"):
        assert "cannot be read" in refusal(empty, nowhere)


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_cut_off_or_garbled_anywhere_it_is_refused_or_the_very_same(good, empty, tmp_path, data):
    whole = good.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        content = whole[:place]
    else:
        piece = data.draw(st.binary(min_size=1, max_size=40))
        content = whole[:place] + piece + whole[place + len(piece) :]
    if content == whole:
        return
    file = tmp_path / "garbled.zip"
    file.write_bytes(content)
    try:
        restored = restore(empty, file)
    except BackupProblem:
        pass
    else:  # a place that says nothing: an attribute or a date of a member
        assert restored.study["slug"] == "panel"
        delete_study(empty, restored.study, "panel")
    with empty.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM study").scalar() == 0


def of_the_third_revision(good, target):
    """The copy as the version before the workbench would have made it."""
    store = Store(f"sqlite:///{target}.db")
    migrate(store, to="0003")
    then = MetaData()
    then.reflect(store.engine)

    def without_later_columns(name, rows):
        for row in rows:
            for column in set(row) - set(then.tables[name].c.keys() if name in then.tables else row):
                del row[column]

    made = rewritten(good, target, without_later_columns, lambda said: said.update(schema="0003"))
    older = target.with_name(f"older-{target.name}")
    with ZipFile(made) as there, ZipFile(older, "w") as archive:
        said = json.loads(there.read("manifest.json"))
        said["tables"] = {name: count for name, count in said["tables"].items() if name in then.tables}
        said["members"] = {f"tables/{name}.jsonl": said["members"][f"tables/{name}.jsonl"] for name in said["tables"]}
        for name in said["members"]:
            archive.writestr(name, there.read(name))
        for name in {table.name for table in tables_of_study(then)} - set(said["tables"]):  # there is one no longer
            said["tables"][name] = 0
            said["members"][f"tables/{name}.jsonl"] = {"bytes": 0, "sha256": hashlib.sha256().hexdigest()}
            archive.writestr(f"tables/{name}.jsonl", b"")
        archive.writestr("manifest.json", json.dumps(said))
    return older


def test_a_copy_of_an_earlier_version_is_brought_up_to_date(good, empty, tmp_path):
    store = Store(f"sqlite:///{shutil.copy(empty.engine.url.database, tmp_path / 'own.db')}")
    restored = restore(store, of_the_third_revision(good, tmp_path / "old.zip"), slug="older")
    assert restored.notices == ()
    assert restored.study["slug"] == "older"
    assert frames_of(store, restored.study["id"]).statements.text.tolist()
    with store.reading() as connection:
        assert codebooks.codebook_of(connection, restored.study["id"])["rules"]
    assert check_store(store) == []
    with store.writing() as connection:
        assert undo_own(connection, "A", restored.study["id"], ["bring_in_file"])


def test_a_forged_copy_of_an_earlier_version_is_refused_as_well(good, empty, tmp_path):
    older = of_the_third_revision(good, tmp_path / "old.zip")
    assert "damaged" in refusal(empty, rewritten(older, tmp_path / "a.zip", change("code", parent_id="nobody")))
    assert "damaged" in refusal(empty, rewritten(older, tmp_path / "b.zip", change("code", indicator=None)))
