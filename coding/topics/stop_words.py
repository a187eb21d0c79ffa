"""Words that name no topic, in Russian and English: function words, fillers of speech, hedges, names of people."""

from collections.abc import Iterable
from functools import cache, lru_cache

from coding.topics.language import CYRILLIC, lemma, readings

CONTENT = {"данные", "данных", "данным", "данными", "необходимости", "век", "друг", "тип", "широта"}
"""Words that name topics although spaCy's Russian list has them ("открытых данных"), or although they are the lemma
of a form that is stopped ("типа", "другом")."""

FUNCTION_WORDS = """
абсолютно буквально весьма видимо внезапно вообще вовремя временно впоследствии впервые всего-навсего вскоре втроем
вчера гораздо действительно достаточно единственный завтра заново заодно исключительно итого крайне максимально
минимально мгновенно накануне наряду нарочно настолько насколько незамедлительно неоднократно непосредственно
однозначно относительно отчасти очередной параллельно первоначально периодически повсеместно полностью порой
постепенно постоянно практически преимущественно прежний приблизительно примерно принципиально прочий ранний
регулярно сегодня сегодняшний скажем сильно скорый совершенно соответственно соответствующий специально способный
сравнительно срочно считанный тамошний теперешний тогдашний только-только ужасно фактически целиком частично
чрезвычайно чрезмерно вчерашний завтрашний здешний
другом другому другую другими некий никакой всяческий кое-какой кое-что кое-кто кое-где кто-то
что-то как-то где-то когда-то какой-то чей-то куда-то почему-то кто-нибудь что-нибудь как-нибудь где-нибудь
когда-нибудь какой-нибудь куда-нибудь либо какой-либо кто-либо что-либо все-таки всё-таки по-прежнему по-моему
по-другому по-разному из-за из-под во-первых во-вторых в-третьих так-то вот-вот
являться оказаться оказываться стать становиться иметься существовать происходить произойти получаться получиться
приходиться прийтись удаваться удаться начать начинать начинаться продолжать продолжаться остаться оставаться
относиться касаться зависеть следовать требоваться заниматься пытаться попытаться стараться постараться
использовать позволять позволить называть называться казаться показаться
год раз случай вид часть момент количество число ряд тысяча миллион миллиард
ст стр пр др им ул см ср напр тыс млн млрд трлн руб коп кв гг вв
хороший большой основной различный разный новый последний следующий первый второй третий
must shall ought onto upon per via e.g i.e etc ie eg vs cf lot lots
thing things something anything everything nothing someone somebody anyone anybody everyone everybody nobody
today yesterday tomorrow year years time times
use used using make makes made take takes took taken give gave given put need needs needed become start started
new good bad big different various certain whole able likely ever else far away
wo sha ai gon na gonna wanna gotta ta
"""
"""What spaCy's lists lack: adverbs and pronouns with hyphens, verbs that only link, words of time and amount,
short forms. Prepositions, pronouns, particles and numerals of Russian are known by their part of speech."""

SPOKEN = """
well yeah yes yep nope okay ok oh uh um er hmm mhm wow hi hello bye please thanks thank sorry hey guys
sort kind lot thing really actually basically literally totally exactly absolutely obviously definitely certainly
let say says said tell told talk speak think thought know knew mean meant want wanted come came got get gone go going
went look see seen saw like right simply quite good ago anyway stuff
ну вот да нет ага угу хм эм ммм мм эээ ээ типа короче блин слушай слушайте смотри смотрите знаешь знаете понимаете
понимаешь представляете скажем собственно просто вообще конечно наверное например допустим пожалуйста очень ладно
ясно понятно окей здравствуйте спасибо благодарю извините простите привет коллега добрый
говорить сказать рассказать мочь смочь хотеть захотеть знать узнать думать подумать понимать понять смотреть
посмотреть видеть увидеть стать идти пойти давать дать делать сделать иметь бывать хотеться считать вопрос
"""
"""Fillers, greetings and verbs of saying and thinking of transcribed speech, which lists made for written language
lack."""

HEDGES = """
maybe perhaps probably possibly presumably apparently seemingly arguably somewhat roughly approximately fairly rather
usually generally typically mostly largely frankly honestly hopefully seem seems seemed appear guess suppose believe
assume
наверно наверное возможно вероятно видимо пожалуй кажется казаться вроде якобы предположительно примерно
приблизительно относительно условно обычно зачастую честно откровенно безусловно полагать предполагать
"""
"""Words with which speakers weaken what they say (after Hyland 2005, and Russian parentheses)."""

PHRASES = (
    "sort of", "kind of", "a lot of", "lots of", "at the end of the day", "in terms of", "point of view",
    "to be honest", "as a matter of fact", "as far as", "more or less", "in general", "for example", "for instance",
    "of course", "per cent", "in fact", "in a way", "in other words", "at the same time", "first of all", "by the way",
    "on the one hand", "on the other hand", "as a rule", "in principle", "on the whole", "in my opinion",
    "in my view", "so to speak", "the fact that", "in the first place", "thank you very much", "thank you",
    "на самом деле", "в принципе", "в общем", "в целом", "по сути", "по сути дела", "в общем-то", "так сказать",
    "как бы", "как говорится", "как правило", "в том числе", "в первую очередь", "в свою очередь",
    "в последнюю очередь", "таким образом", "каким образом", "главным образом", "с точки зрения", "с моей точки зрения",
    "на мой взгляд", "на наш взгляд", "в любом случае", "в данном случае", "в таком случае", "в этом случае",
    "во всяком случае", "в частности", "по крайней мере", "по большому счету", "по меньшей мере", "в той или иной мере",
    "в какой-то мере", "в значительной степени", "в какой-то степени", "на сегодняшний день", "на данный момент",
    "в данный момент", "в конце концов", "в конечном итоге", "в конечном счете", "в итоге", "в результате",
    "в рамках", "за счет", "в случае", "в виде", "в ходе", "в течение", "в отношении", "в связи с", "в силу",
    "в качестве", "в зависимости от", "со стороны", "с одной стороны", "с другой стороны", "по поводу",
    "по отношению к", "в соответствии с", "на основе", "на основании", "при помощи", "с помощью", "то есть",
    "тем не менее", "так или иначе", "само собой", "само собой разумеется", "имеет смысл", "имеет место",
    "дело в том", "речь идет", "добрый день", "доброе утро", "добрый вечер", "спасибо большое", "большое спасибо",
    "честно говоря", "грубо говоря", "мягко говоря", "иначе говоря", "откровенно говоря", "короче говоря",
    "между прочим", "к сожалению", "к счастью", "друг друга", "друг с другом",
)  # fmt: skip
"""Turns of phrase whose words would name topics elsewhere: "в первую очередь" is no queue."""

_FUNCTION_TAGS = {"PREP", "CONJ", "PRCL", "INTJ", "NPRO", "PRED", "NUMR"}
"""Parts of speech of OpenCorpora (pymorphy3) that name nothing."""

LIKELY = 0.1
"""Probability from which a reading of a Russian word form is taken into account."""

_PEOPLE_TAGS = {"Name", "Patr", "Surn"}


@cache
def stop_lemmas(own: frozenset[str] = frozenset()) -> frozenset[str]:
    """Stop words of both languages, as written and as lemmas: spaCy's, the lists above, and the caller's `own`.

    spaCy's Russian list (768 forms) is completed by FUNCTION_WORDS, both by SPOKEN and HEDGES; CONTENT is taken out.
    """
    from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH
    from spacy.lang.ru.stop_words import STOP_WORDS as RUSSIAN

    general = {*ENGLISH, *RUSSIAN, *FUNCTION_WORDS.split(), *SPOKEN.split(), *HEDGES.split()} - CONTENT
    plain = {word.lower().replace("ё", "е") for word in general}
    content = {lemma(word) for word in CONTENT}
    wished = {word.lower().replace("ё", "е") for word in own}
    return frozenset((plain | ({lemma(word) for word in plain} - content)) | wished | {lemma(word) for word in wished})


@lru_cache(maxsize=200_000)
def names_something(word: str) -> bool:
    """False for Russian prepositions, pronouns, particles and the like, and for Russian names of people."""
    if not CYRILLIC.search(word):
        return True
    tags = [each.tag for each in readings(word.lower()) if each.score >= LIKELY]
    person = word[0].isupper() and any(_PEOPLE_TAGS & tag.grammemes for tag in tags)
    return not person and not any(tag.POS in _FUNCTION_TAGS for tag in tags[:1])


def parts_of_names(people: Iterable[str]) -> frozenset[str]:
    """Lemmas of each part of people's names ("Галина Пригорская": two); initials and numbers are none."""
    parts = "".join(letter if letter.isalpha() or letter in "-’'" else " " for name in people for letter in f"{name} ")
    return frozenset(lemma(part) for part in parts.split() if len(part) > 1)
