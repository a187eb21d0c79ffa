"""What many tests need: a store with the demo in it (made once), and a copy of it to change."""

import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

settings.register_profile("house", deadline=None)  # a deadline would assert a time
settings.load_profile("house")

HERE = Path(__file__).parent
CORPORA = HERE.parent.parent / "shared" / "corpora"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """The tests of a file stay on one worker, where they are of no larger group: what its fixtures make is made once."""
    for item in items:
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.relative_to(HERE).as_posix()))


@pytest.fixture(scope="session", autouse=True)
def _own_surroundings(tmp_path_factory):
    """Nothing that this machine's person has set or published is seen or touched by a test, nor by what a test starts:
    where no fixture says otherwise, the data folder is an empty one."""
    from survey_app.settings import settings

    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("RAKURS_")]:
            patch.delenv(name)
        patch.delenv("DATABASE_URL", raising=False)
        patch.delenv("DASK_SCHEDULER_ADDRESS", raising=False)
        patch.setenv("RAKURS_DATA", str(tmp_path_factory.mktemp("no-data")))
        settings.cache_clear()
        yield
    settings.cache_clear()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory, worker_id):
    """A data folder with the demo's two studies; tests only read it. Made once for all workers, and copied for each."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    with FileLock(shared / "demo.lock"):
        if not (shared / "demo").is_dir():
            _prepare_demo(shared / "demo-unfinished")
            (shared / "demo-unfinished").rename(shared / "demo")
    return shutil.copytree(shared / "demo", own / "demo-to-read")


def _prepare_demo(folder):
    from survey_app.actions.demo import prepare_demo
    from survey_app.store.log import Store
    from survey_app.store.migrate import migrate

    folder.mkdir()
    store = Store(f"sqlite:///{folder / 'rakurs.db'}")
    migrate(store)
    prepare_demo(store)
    store.engine.dispose()


@pytest.fixture(scope="session")
def demo_store(demo_folder):
    """The demo to read from."""
    from survey_app.store.log import Store

    return Store(f"sqlite:///{demo_folder / 'rakurs.db'}")


@pytest.fixture
def data_folder(demo_folder, tmp_path, monkeypatch):
    """A data folder of one's own, with the demo, that the application is told to use."""
    yield from _in_use(demo_folder, tmp_path / "data", monkeypatch)


@pytest.fixture
def store(data_folder):
    """The demo to change."""
    from survey_app.store.log import Store

    return Store(f"sqlite:///{data_folder / 'rakurs.db'}")


@pytest.fixture
def unopened(store):
    """The demo to change, as if nothing had been assigned and no comparison opened yet."""
    from survey_app.store import schema

    with store.writing() as connection:
        connection.execute(schema.assignment.delete())
        connection.execute(schema.opening.delete())
    return store


@pytest.fixture
def team(unopened):
    """The English demo with an account for each role: {role: (store in their hands, coder's row or None)}.

    Nothing is assigned and no comparison is open.
    """
    store = unopened
    from survey_app.actions.studies import need_study
    from survey_app.store import schema, studies
    from survey_app.store.log import new_id

    study = need_study(store, "demo-en")
    with store.writing() as connection:
        coders = studies.coders(connection, study["id"])
        found = {}
        for role, coder in zip(("owner", "researcher", "coder", "reader"), [*coders[:3], None], strict=True):
            account = new_id()
            connection.execute(schema.account.insert().values(id=account, login=role, name=role, admin=False))
            connection.execute(
                schema.membership.insert().values(
                    id=new_id(), study_id=study["id"], account_id=account, role=role, coder_id=coder and coder["id"]
                )
            )
            found[role] = (store.acting(account), coder)
    return study, found


@pytest.fixture(scope="session")
def blank_folder(tmp_path_factory):
    """A data folder whose database has every table and no row; tests only copy it."""
    from survey_app.store.log import Store
    from survey_app.store.migrate import migrate

    folder = tmp_path_factory.mktemp("blank")
    store = Store(f"sqlite:///{folder / 'rakurs.db'}")
    migrate(store)
    store.engine.dispose()
    return folder


@pytest.fixture
def empty_folder(blank_folder, tmp_path, monkeypatch):
    """A data folder without any study that the application is told to use."""
    yield from _in_use(blank_folder, tmp_path / "empty", monkeypatch)


@pytest.fixture
def fresh_store(empty_folder):
    """A store without any study."""
    from survey_app.store.log import Store

    return Store(f"sqlite:///{empty_folder / 'rakurs.db'}")


@pytest.fixture(scope="session")
def released(demo_folder, tmp_path_factory):
    """A data folder in which the demo is published in both languages, each once; tests only read it."""
    from survey_app.actions.publishing import publish
    from survey_app.actions.studies import need_study
    from survey_app.store.log import Store

    folder = tmp_path_factory.mktemp("released") / "data"
    shutil.copytree(demo_folder, folder)
    store = Store(f"sqlite:///{folder / 'rakurs.db'}")
    for slug in ("demo-en", "demo-ru"):
        publish(store, "A", need_study(store, slug), folder=folder / "releases")
    store.engine.dispose()
    return folder


def _in_use(original, folder, monkeypatch):
    """A copy of a data folder, for as long as a test lasts the one that the application works in."""
    from survey_app.settings import settings

    shutil.copytree(original, folder)
    monkeypatch.setenv("RAKURS_DATA", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings.cache_clear()
    yield folder
    settings.cache_clear()
