"""A display name as the parts of a person's name, comparable in any script: how alike are two names?"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from anyascii import anyascii
from rapidfuzz import fuzz

from transcripts.given_names import families, full_name, nominative

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\s[-–—|/]\s.*$|[|,;/].*$")
_DEVICE = re.compile(
    r"\b(?:(?:i-?phone|ipad|galaxy|redmi|huawei|samsung|xiaomi|honor(?=\s*\w*\d)|macbook|laptop|desktop|android|windows|"
    r"tablet|phone|pc|user|guest|zoom|айфон|айпад|телефон|планшет|ноутбук|гость)"
    r"(?:\s+(?:\w*\d\w*|pro|max|mini|plus|note|air|ultra|lite)\b)*)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s\b")
_CAMEL = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")
_TITLES = {
    "prof", "professor", "dr", "mr", "mrs", "ms", "doktor", "akademik", "she", "he", "her", "him", "they", "k", "d",
}  # fmt: skip
_TITLE = re.compile(
    r"\b(?:prof|professor|dr|mr|mrs|ms|sir|phd|she|he|her|hers|him|his|they|them|проф|профессор|доцент|акад|академик|"
    r"д-р|доктор|[кд]\.\s?\w{1,6}\.\s?н|moderator|host|co-host|cohost|me|expert|участник|участница|эксперт|модератор|"
    r"ведущий|ведущая|организатор|спикер|speaker|participant)\b\.?",
    re.IGNORECASE,
)
_FOLDS = [("shch", "sch"), ("kh", "h"), ("iy", "i"), ("yy", "i"), ("ij", "i"), ("ks", "x"), ("ya", "ia"), ("yu", "iu"),
          ("yo", "e"), ("ye", "e"), ("y", "i"), ("j", "i"), ("w", "v"), ("ph", "f"), ("ck", "k")]  # fmt: skip
_SOUNDS = [(re.compile(written), sound) for written, sound in (
    ("x", "ks"), ("w", "v"), ("ph", "f"), ("ck|q", "k"), ("shch|sch|sh", "s"), ("tch|tsch|ch", "5"), ("ts|tz|cz", "3"),
    ("c(?=[eiv])", "3"), ("c", "k"), ("zh", "z"), ("kh|gh|g", "h"), ("(?:off|eff)$", "ov"), ("iyu|yu|ju|iu", "iu"),
    ("[yij]{1,2}a", "ia"), ("[yji]+e", "e"), ("[yji]+", "i"), ("(?<=[^aeiou])er$", "r"),
    ("ou", "u"), ("(.)\\1+", "\\1"),
)]  # fmt: skip
_LETTER_GROUPS = {"yu", "ya", "ye", "yo", "zh", "kh", "ts", "ch", "sh"}
_PATRONYMIC = re.compile(r"(?:(?:ov|ev|iev)i5|i5na|ovna|evna|ini5na|il(?:i)?5|mi5|ovi3|uli|kizi|ohli)$")

FULL = 100.0
"""Likeness of two names of which two parts are the same."""
WITH_INITIAL = 90.0
ONE_PART = 76.0
"""Likeness where one part is the same and nothing else is said: just enough, if nobody else fits."""
_SHORT_FORM, _MISSPELT = 0.96, 0.85


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name. `sounds` are Latin keys, several where a letter may be read in two ways."""

    sounds: frozenset[str]
    given: frozenset[int] = frozenset()
    initial: bool = False
    patronymic: bool = False


def name_key(name: str) -> str:
    """A name as one Latin key: no asides, devices, titles or digits; spellings of one sound folded."""
    plain = unicodedata.normalize("NFKC", name)
    plain = _DEVICE.sub(" ", _ASIDE.sub(" ", plain))
    words = []
    for word in re.split(r"[^\w]+|[\d_]+", plain.lower()):
        latin = _fold(anyascii(full_name(word)).lower())
        if latin and latin not in _TITLES:
            words.append(latin)
    return " ".join(words)


def has_device(name: str) -> bool:
    """Whether a device is named."""
    return _DEVICE.search(name) is not None


@lru_cache(maxsize=4096)
def parts_of(words: str) -> tuple[Part, ...]:
    """The parts of a name that stands alone, without asides. Titles, pronouns and devices are no parts."""
    plain = _POSSESSIVE.sub(" ", unicodedata.normalize("NFKC", words))
    device = has_device(plain)
    plain = _CAMEL.sub(" ", _TITLE.sub(" ", _DEVICE.sub(" ", plain)))
    found = []
    for match in re.finditer(r"([^\W\d_]+(?:['’`ʼ][^\W\d_]+)?)(\.?)", plain):
        word = re.sub(r"['’`ʼ]", "", match[1].lower())
        found.append(_part(nominative(word) if device else word, dotted=bool(match[2])))
    return tuple(part for part in found if any(part.sounds))


def likeness(shown: tuple[Part, ...], known: tuple[Part, ...]) -> float:
    """0 to 100: how well a display name fits a name of the roster. 0 where a part contradicts.

    Another given name, surname or patronymic contradicts, and so does the surname of the other sex (Иванов, Иванова).
    """
    together = _written_together(shown, known)
    if together:
        return together
    alikes = ((_alike(a, b), mine, other) for mine, a in enumerate(shown) for other, b in enumerate(known))
    pairs = sorted((pair for pair in alikes if pair[0]), reverse=True)
    mine_left, known_left = set(range(len(shown))), set(range(len(known)))
    same, quality, full, initials = 0, 1.0, 0, 0
    for alike, mine, other in pairs:
        if mine not in mine_left or other not in known_left:
            continue
        mine_left.remove(mine)
        known_left.remove(other)
        same += 1
        by_initial = shown[mine].initial or known[other].initial
        initials += by_initial
        full += not by_initial
        quality *= 1.0 if by_initial else alike
    if not full or _contradict([shown[place] for place in mine_left], [known[place] for place in known_left]):
        return 0.0
    if same == 1:
        return (FULL if len(known) == 1 == len(shown) else ONE_PART) * quality
    return (FULL if full >= 2 else WITH_INITIAL) * quality


def _contradict(shown: list[Part], known: list[Part]) -> bool:
    """Whether what is left over on both sides says two different things."""
    mains = [part for part in known if not part.patronymic]
    if any(part.patronymic for part in known) and any(part.patronymic or part.initial for part in shown):
        return True
    return bool(mains) and any(not part.patronymic for part in shown)


def _alike(a: Part, b: Part) -> float:
    """0, or how surely two parts are the same: 1 as they sound, less for short forms and slips of the pen."""
    if a.initial or b.initial:
        return 0.5 if any(_begins(x, y) for x in a.sounds for y in b.sounds) else 0.0
    if a.sounds & b.sounds:
        return 1.0
    if a.given & b.given:
        return _SHORT_FORM
    if (a.given and b.given) or a.patronymic != b.patronymic:
        return 0.0
    return _MISSPELT if any(_misspelt(x, y) for x in a.sounds for y in b.sounds) else 0.0


def _begins(x: str, y: str) -> bool:
    short, long = sorted((x, y), key=len)
    return bool(short) and long.startswith(short)


def _misspelt(x: str, y: str) -> bool:
    if min(len(x), len(y)) < 6 or x[0] != y[0] or _other_sex(x, y):
        return False
    return fuzz.ratio(x, y) >= 87


def _other_sex(x: str, y: str) -> bool:
    """Ivanov and Ivanova, Lugovoi and Lugovaia, Kowalski and Kowalska."""
    stems = [re.sub(r"(?:aia|ia|oi|ei|a|i)$", "", each) for each in (x, y)]
    return stems[0] == stems[1] and x.endswith("a") != y.endswith("a")


def _written_together(shown: tuple[Part, ...], known: tuple[Part, ...]) -> float:
    """`ivanpetrov`, `ipetrov`, names in scripts that part no words: one part that is two."""
    one, several = (shown, known) if len(shown) == 1 else (known, shown)
    if len(one) != 1 or not 2 <= len(several) <= 3 or one[0].initial or any(part.initial for part in several):
        return 0.0
    mains = [min(part.sounds) for part in several if not part.patronymic]
    if len(mains) != 2:
        return 0.0
    for first, second in permutations(mains):
        if first + second in one[0].sounds:
            return FULL * _SHORT_FORM
        if len(second) >= 5 and first[0] + second in one[0].sounds:
            return WITH_INITIAL * _SHORT_FORM
    return 0.0


def _part(word: str, dotted: bool) -> Part:
    latin = re.sub(r"[^a-z]", "", anyascii(word).lower())
    initial = len(word) == 1 or (dotted and latin in _LETTER_GROUPS)
    variants = {latin, latin.replace("j", "zh"), re.sub("[yji]o", "e", latin), re.sub("[yji]o", "o", latin),
                re.sub("(?<=[aou])e", "", latin)}  # fmt: skip
    sounds = frozenset(_sound(each) for each in (variants | {"e"} if latin == "y" else variants))
    patronymic = not initial and any(_PATRONYMIC.search(each) for each in sounds)
    return Part(sounds, families(word), initial, patronymic)


def _sound(latin: str) -> str:
    for written, sound in _SOUNDS:
        latin = written.sub(sound, latin)
    return latin


def _fold(word: str) -> str:
    word = re.sub(r"[^a-z]", "", word)
    for written, folded in _FOLDS:
        word = word.replace(written, folded)
    return re.sub(r"(.)\1+", r"\1", word)
