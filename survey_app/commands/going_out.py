"""Commands that write what a study has yielded, and copies of it."""

import argparse

from survey_app.actions import studies as acting
from survey_app.actions.backing_up import back_up, missing_recordings
from survey_app.actions.exporting import export as write_export
from survey_app.actions.restoring_study import restore as restore_study
from survey_app.commands.answers import Answer, open_store, tell
from survey_app.language import label
from survey_app.settings import settings


def publish(arguments: argparse.Namespace) -> Answer:
    """Freeze and write a release, after telling what the gate notices."""
    from survey_app.actions.gate import Own, gate
    from survey_app.actions.publishing import publish as publish_version
    from survey_app.actions.standing import standing_releases
    from survey_app.actions.withdrawing import publish_instead

    store = open_store()
    study = acting.need_study(store, arguments.study)
    given = {
        "slug": arguments.slug, "segmentation_keys": arguments.segmentation, "folder": arguments.to,
        "accepted_words": arguments.accept_words,
    }  # fmt: skip
    own = Own(slug=arguments.slug, accepted=frozenset(arguments.accept_words))
    replacing = [row["id"] for row in standing_releases(store, study)] if arguments.replace else []
    for notice in gate(store, study, arguments.segmentation, replacing=replacing, own=own).notices:
        tell(notice)
    if not arguments.replace:
        return Answer({"study": study["slug"], "release": str(publish_version(store, "", study, **given))})
    done = publish_instead(store, "", study, **given)
    for problem in done.problems:
        tell(problem)
    return Answer({"study": study["slug"], "release": str(done.made[0]), "withdrawn": done.withdrawn})


def report(arguments: argparse.Namespace) -> Answer:
    """Write a report: for readers, through the gate, or for the team alone."""
    from survey_app.actions.report_files import write_report

    store = open_store()
    study = acting.need_study(store, arguments.study)
    written = write_report(
        store, study, arguments.to, internal=arguments.internal, forms=arguments.form,
        accepted_words=arguments.accept_words, tell=tell,
    )  # fmt: skip
    return Answer([{"study": study["slug"], "file": str(file), "internal": arguments.internal} for file in written])


def export(arguments: argparse.Namespace) -> Answer:
    """Write the coded statements, or the deposit package."""
    store = open_store()
    rows = write_export(
        store, acting.need_study(store, arguments.study), arguments.format, arguments.to,
        accepted_words=arguments.accept_words, tell=tell,
    )  # fmt: skip
    return Answer({"file": str(arguments.to), "rows": rows})


def backup(arguments: argparse.Namespace) -> Answer:
    """Copy a study to one file."""
    store = open_store()
    study = acting.need_study(store, arguments.study)
    recordings = None if arguments.without_recordings else settings().recordings_folder
    file = back_up(store, study, arguments.to, recordings=recordings)
    for notice in missing_recordings(store, study, recordings) if recordings is not None else []:
        tell(notice)
    return Answer({"study": study["slug"], "file": str(file), "bytes": file.stat().st_size})


def restore(arguments: argparse.Namespace) -> Answer:
    """Bring a study back from its copy."""
    restored = restore_study(open_store(), arguments.file, slug=arguments.slug, recordings=settings().recordings_folder)
    for notice in restored.notices:
        tell(notice)
    study = restored.study
    return Answer({"study": study["slug"], "title": label(study, "title"), "of": restored.at})
