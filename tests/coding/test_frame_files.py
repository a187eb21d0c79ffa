"""Tables come back from a file as they went into it, and what is no such file is refused in one sentence."""

from dataclasses import fields, replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from pandas.testing import assert_frame_equal

from coding.counts import code_counts
from coding.frame_files import UnreadableTables, fingerprint, read_frames, write_frames
from coding.frames import Frames
from coding.segments import by_groups
from tests.coding.demo_study import demo


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_table_comes_back_as_it_was(language):
    frames = demo(language)
    frames = replace(frames, experts=frames.experts.assign(attributes=[{"лет": "5"}, *[{}] * 19]))
    again = read_frames(write_frames(frames))
    for field in fields(Frames):
        assert_frame_equal(getattr(again, field.name), getattr(frames, field.name).reset_index(drop=True))
    segments = by_groups(frames.groups)
    assert_frame_equal(code_counts(again, segments), code_counts(frames, segments))


def test_a_fingerprint_is_that_of_the_tables_wherever_they_were_read():
    frames = demo()
    known = fingerprint(frames)
    assert len(known) == 64
    assert fingerprint(read_frames(write_frames(frames))) == known
    one_less = replace(frames, codings=frames.codings.iloc[1:])
    assert len({known, fingerprint(one_less), fingerprint(demo("ru"))}) == 3


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", b"statement_id,text\n1,a\n"], ids=["none", "cut", "csv"]
)
def test_what_is_no_such_file_is_refused(content):
    with pytest.raises(UnreadableTables, match="no tables of a study"):
        read_frames(content)


def test_a_table_that_is_missing_or_broken_is_refused():
    written = write_frames(demo())
    for broken in (None, b"no parquet"):
        packed = BytesIO()
        with ZipFile(BytesIO(written)) as whole, ZipFile(packed, "w") as archive:
            for name in whole.namelist():
                if name == "codings.parquet" and broken is None:
                    continue
                archive.writestr(name, broken if name == "codings.parquet" else whole.read(name))
        with pytest.raises(UnreadableTables):
            read_frames(packed.getvalue())
