"""Several people write at once: everybody's change stands, none is half done, readers see whole states."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from survey_app.actions.studies import need_study
from survey_app.store import schema
from survey_app.store.log import Store

WRITERS, EACH = 6, 15


def test_many_threads_write_and_nothing_is_lost(store):
    study = need_study(store, "demo-en")["id"]

    def write(writer):
        for number in range(EACH):
            with store.change(study, str(writer), "add_group") as change:
                change.insert(
                    schema.stakeholder_group,
                    [{"study_id": study, "key": f"{writer}-{number}-{half}"} for half in ("a", "b")],
                )

    def read(_reader):
        seen = set()
        for _time in range(40):
            with store.reading() as connection:
                query = select(func.count()).where(schema.stakeholder_group.c.key.like("%-%-%"))
                seen.add(connection.scalar(query) % 2)
        return seen

    with ThreadPoolExecutor(WRITERS + 2) as pool:
        writing = [pool.submit(write, writer) for writer in range(WRITERS)]
        reading = [pool.submit(read, reader) for reader in range(2)]
        for each in writing:
            each.result()
        assert {parity for each in reading for parity in each.result()} == {0}
    with store.reading() as connection:
        made = connection.scalar(
            select(func.count()).where(schema.change.c.study_id == study, schema.change.c.verb == "add_group")
        )
        events = connection.scalar(select(func.count()).where(schema.event.c.entity == "stakeholder_group"))
        groups = connection.scalar(select(func.count()).where(schema.stakeholder_group.c.key.like("%-%-%")))
    assert made == WRITERS * EACH
    assert groups == 2 * WRITERS * EACH
    assert events >= groups


def test_two_processes_at_one_file_wait_for_each_other(store, data_folder):
    study = need_study(store, "demo-en")["id"]
    other = Store(f"sqlite:///{data_folder / 'rakurs.db'}")

    def write(number):
        with (store, other)[number % 2].change(study, "A", "add_coder") as change:
            change.insert(schema.coder, {"study_id": study, "key": f"Z{number}"})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(40)))
    with other.reading() as connection:
        assert connection.scalar(select(func.count()).where(schema.coder.c.key.like("Z%"))) == 40


def test_of_two_equal_operations_of_one_client_only_one_happens(store):
    study = need_study(store, "demo-en")["id"]

    def write(number):
        try:
            with store.change(study, "A", "add_coder", client="tab", seq=1) as change:
                change.insert(schema.coder, {"study_id": study, "key": f"Z{number}"})
        except IntegrityError:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(write, range(8))) == 1
    with store.reading() as connection:
        assert connection.scalar(select(func.count()).where(schema.coder.c.key.like("Z%"))) == 1
