"""The beginnings of recordings, as small as they may be, and files that only look like them."""

import io
import struct
import wave


def box(name, content=b""):
    return struct.pack(">I4s", 8 + len(content), name) + content


def track(kind):
    return box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + kind + bytes(12))))


def mp4(*tracks, brand=b"mp42", before=b""):
    head = box(b"ftyp", brand + bytes(4) + b"isom")
    return head + before + box(b"moov", box(b"mvhd", bytes(100)) + b"".join(track(kind) for kind in tracks))


def mp3_frames(count=3):
    """Frames of 128 kbit/s at 44.1 kHz: 417 bytes each."""
    return (b"\xff\xfb\x90\x00" + bytes(413)) * count


def wav(seconds=1.0, hertz=8000, level=0):
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((1, 2, hertz, 0, "NONE", ""))
        written.writeframes(struct.pack("<h", level) * int(seconds * hertz))
    return file.getvalue()


def ogg(codec=b"OpusHead"):
    return b"OggS\x00\x02" + bytes(20) + b"\x01\x13" + codec + bytes(40)


def webm(kind=b"webm", codec=b"A_OPUS"):
    return (
        b"\x1aE\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82" + bytes([0x80 + len(kind)]) + kind + bytes(30) + codec + bytes(40)
    )


PLAYED = {
    "tag.mp3": (b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + mp3_frames(), "audio/mpeg"),
    "picture.mp3": (
        b"ID3\x04\x00\x00\x00\x06\x00\x00" + b"APIC" + bytes(0x18000 - 4) + bytes(300) + mp3_frames(),
        "audio/mpeg",
    ),
    "bare.mp3": (mp3_frames(), "audio/mpeg"),
    "audio_only.m4a": (mp4(b"soun", brand=b"M4A "), "audio/mp4"),
    "zoom_0.mp4": (mp4(b"vide", b"soun"), "video/mp4"),
    "index_at_the_end.mp4": (mp4(b"soun", b"vide", before=box(b"mdat", bytes(100_000))), "video/mp4"),
    "long_box.mp4": (mp4(b"soun", before=struct.pack(">I4sQ", 1, b"mdat", 16 + 500) + bytes(500)), "audio/mp4"),
    "tone.wav": (wav(0.1), "audio/wav"),
    "listed.wav": (b"RIFF\x00\x00\x00\x00WAVELIST\x03\x00\x00\x00abc\x00" + wav(0.1)[12:], "audio/wav"),
    "voice.opus": (ogg(), "audio/ogg"),
    "voice.ogg": (ogg(b"\x01vorbis"), "audio/ogg"),
    "talk.webm": (webm(), "audio/webm"),
    "screen.webm": (webm(codec=b"V_VP9"), "video/webm"),
    "loss.flac": (b"fLaC\x00\x00\x00\x22" + bytes(40), "audio/flac"),
}
REFUSED = {
    "words.mp3": b"this is not sound at all, whatever its name says",
    "utf16.mp3": "\ufeffsome words".encode("utf-16-le"),
    "page.mp4": b"<!DOCTYPE html><title>Sign in - Zoom</title>",
    "stream.aac": (b"\xff\xf1\x50\x80" + bytes(400)) * 3,
    "one_frame_then_noise.mp3": b"\xff\xfb\x90\x00" + b"\x55" * 2000,
    "photo.heic": mp4(b"pict", brand=b"heic"),
    "telephone.mov": mp4(b"vide", b"soun", brand=b"qt  "),
    "broken_off.mp4": box(b"ftyp", b"mp42" + bytes(8)) + struct.pack(">I4s", 5000, b"mdat") + bytes(100),
    "no_tracks.mp4": mp4(),
    "loop.mp4": box(b"ftyp", b"mp42") + bytes(4) + b"free" + bytes(100),
    "film.avi": b"RIFF\x10\x00\x00\x00AVI LIST",
    "theora.ogv": ogg(b"\x80theora"),
    "film.mkv": webm(b"matroska"),
    "program.wav": b"MZ" + bytes(100),
    "page.mp3": b"ID3\x04\x00\x00\x00\x00\x00\x00<!DOCTYPE html><html>Hello!</html>",
    "tag_alone.mp3": b"ID3\x04\x00\x00\x00\x00\x7f\x7f" + bytes(200),
    "header.wav": b"RIFF\x04\x00\x00\x00WAVE",
    "no_samples.wav": wav(0),
    "undescribed.wav": b"RIFF\x00\x00\x00\x00WAVEdata\x04\x00\x00\x00abcd",
    "page.wav": b"RIFF\x00\x00\x00\x00WAVE<html><script>alert(1)</script></html>",
    "short.bin": b"\xff",
}
