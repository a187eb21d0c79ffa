"""Files that are archives inside, without the moment they were made: the same content is the same bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that an archive can name."""
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*(</dcterms:)")


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive of files by their names, in that order."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = ZipInfo(name, LONG_AGO)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def timeless(content: bytes) -> bytes:
    """A Word file or a workbook that names no moment of its making."""
    with ZipFile(BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    if core in files:
        files[core] = _MOMENT.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", files[core])
    return zipped(files)
