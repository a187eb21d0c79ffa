"""What kind of recording a file is, by its first bytes and never by its name; only kinds that browsers play."""

from __future__ import annotations

import functools
import re
import struct
from typing import BinaryIO

KINDS = {
    "audio/mpeg": "mp3", "audio/mp4": "m4a", "video/mp4": "mp4", "audio/wav": "wav", "audio/ogg": "ogg",
    "audio/webm": "webm", "video/webm": "webm", "audio/flac": "flac",
}  # fmt: skip
"""Media types that are recognised, each with the usual ending of such a file."""
HEAD = 64 * 1024
"""Bytes that are read of a file's beginning."""
LARGEST_INDEX = 64_000_000
"""Bytes of an MP4 file's index (`moov`); that of ten hours has a few."""
MOST_BOXES = 1000
_TRACK = re.compile(rb"hdlr.{8}(vide|soun)", re.DOTALL)
_OGG_SOUND = (b"OpusHead", b"\x01vorbis", b"\x7fFLAC")
_WEBM_PICTURE = (b"V_VP8", b"V_VP9", b"V_AV1")


def media_type_of(file: BinaryIO) -> str:
    """The media type of a recording that browsers play, or "" for anything else. Moves the file's position."""
    file.seek(0)
    head = file.read(HEAD)
    if head[4:8] == b"ftyp":
        return _mp4(file, head)
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav" if _is_wav(file) else ""
    if head[:4] == b"fLaC":
        return "audio/flac"
    if head[:4] == b"OggS":
        return "audio/ogg" if any(mark in head[:512] for mark in _OGG_SOUND) else ""
    if head[:4] == b"\x1aE\xdf\xa3":
        return _webm(head)
    return "audio/mpeg" if _is_mp3(file, head) else ""


def is_picture(media_type: str) -> bool:
    """Whether there is something to see as well as to hear."""
    return media_type.startswith("video/")


def _webm(head: bytes) -> str:
    """Matroska, the wider family, is not played everywhere."""
    if b"\x42\x82\x84webm" not in head[:128]:
        return ""
    return "video/webm" if any(mark in head for mark in _WEBM_PICTURE) else "audio/webm"


def _is_mp3(file: BinaryIO, head: bytes) -> bool:
    """Frames of MPEG layer III, from the beginning or not far behind a tag (ID3v2, which may hold a large picture)."""
    if head[:3] != b"ID3":
        length = _frame_length(head)
        return bool(length) and (len(head) < length + 4 or _is_followed(head, 0))
    if len(head) < 10 or head[3] == 0xFF or any(byte >= 0x80 for byte in head[6:10]):
        return False
    size = functools.reduce(lambda total, byte: total << 7 | byte, head[6:10], 0)
    file.seek(10 + size)
    sound = file.read(HEAD)
    return any(_is_followed(sound, found.start()) for found in re.finditer(b"\xff", sound))


def _is_followed(sound: bytes, place: int) -> bool:
    """Whether a frame is there, and another where it ends."""
    length = _frame_length(sound[place : place + 4])
    return bool(length) and bool(_frame_length(sound[place + length : place + length + 4]))


def _is_wav(file: BinaryIO) -> bool:
    """Whether there is a chunk that says what the samples are, and after it some samples."""
    place, described = 12, False
    for _chunk in range(MOST_BOXES):
        file.seek(place)
        start = file.read(9)
        if len(start) < 9:
            return False
        name, size = struct.unpack("<4sI", start[:8])
        if name == b"data":
            return described and size > 0
        described = described or (name == b"fmt " and size >= 16)
        place += 8 + size + size % 2
    return False


def _frame_length(frame: bytes) -> int:
    """Bytes of a frame of MPEG layer III by its header (ISO/IEC 11172-3, 2.4.1.3 and 13818-3); 0 where it is none."""
    if len(frame) < 4 or frame[0] != 0xFF or frame[1] & 0xE6 != 0xE2:
        return 0
    version, rate, sampling = frame[1] >> 3 & 3, frame[2] >> 4, frame[2] >> 2 & 3
    if version == 1 or rate in {0, 15} or sampling == 3:
        return 0
    first = version == 3  # MPEG 1; else 2 or 2.5, with half or a quarter of its sampling rates
    rates = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
    low_rates = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
    hertz = (44100, 48000, 32000)[sampling] // {3: 1, 2: 2, 0: 4}[version]
    bits = 1000 * (rates if first else low_rates)[rate - 1]
    return (144 if first else 72) * bits // hertz + (frame[2] >> 1 & 1)


def _mp4(file: BinaryIO, head: bytes) -> str:
    """By the tracks that its index names; QuickTime and the pictures of telephones share the form and are none."""
    if head[8:12] in {b"qt  ", b"heic", b"heix", b"mif1", b"msf1", b"avif"}:
        return ""
    tracks = set(_TRACK.findall(_index_of_mp4(file)))
    if b"vide" in tracks:
        return "video/mp4"
    return "audio/mp4" if b"soun" in tracks else ""


def _index_of_mp4(file: BinaryIO) -> bytes:
    """The box `moov`, which may come after hours of sound; b"" where a file breaks off before it."""
    place = 0
    for _box in range(MOST_BOXES):
        file.seek(place)
        start = file.read(16)
        if len(start) < 8:
            return b""
        size, name = struct.unpack(">I4s", start[:8])
        if size == 1 and len(start) == 16:
            size = struct.unpack(">Q", start[8:])[0]
        if name == b"moov" and size <= LARGEST_INDEX:
            file.seek(place)
            return file.read(size or LARGEST_INDEX)
        if size < 8:  # 0: to the end of the file; else no box at all
            return b""
        place += size
    return b""
