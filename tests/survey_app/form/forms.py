"""A form with every kind of question, and a browser before it."""

from survey_app.questionnaires.instrument import Instrument, Item, Option, Section

CANNOT = Option("cannot", ("Cannot say", "Затрудняюсь ответить"), 98, cannot_say=True)
SCALE = tuple(
    Option(f"p{number}", (english, russian), float(number))
    for number, (english, russian) in enumerate(
        [("Disagree", "Не согласен"), ("In between", "Нечто среднее"), ("Agree", "Согласен")], 1
    )
)
ROADS = (
    Option("bus", ("Bus", "Автобус"), 1), Option("tram", ("Tram", "Трамвай"), 2), Option("foot", ("On foot", "Пешком"), 3),
)  # fmt: skip
OTHER = Option("other", ("Something else", "Другое"), 9, other=True)

EVERYTHING = Instrument(
    key="all", title=("On the city", "О городе"), consent=("You may stop at any time.", "Можно прекратить в любой момент."),
    sections=(Section("you", ("About your work", "О вашей работе")), Section("city", ("The city", "Город")),
              Section("end", ("In the end", "В конце"), relevant="${tenure} > 2")),
    items=(
        Item("role", "single", ("What do you do?", "Чем вы занимаетесь?"), section="you", required=True,
             options=(Option("plan", ("I plan", "Планирую"), 1), Option("build", ("I build", "Строю"), 2), OTHER, CANNOT)),
        Item("tenure", "numeric", ("For how many years?", "Сколько лет?"), section="you", lowest=0, highest=70),
        Item("since", "date", ("Since which day?", "С какого дня?"), section="you", relevant="${role} = 'plan'"),
        Item("read", "note", ("Now about the city.", "Теперь о городе."), section="city"),
        Item("ways", "multi", ("How do people come?", "Как люди добираются?"), section="city", options=(*ROADS, OTHER),
             fewest=1, most=2),
        Item("agree", "likert", ("How far do you agree?", "Насколько вы согласны?"), section="city",
             options=(*SCALE, CANNOT), required=True),
        Item("agree.noise", "likert", ("It is loud", "Шумно"), parent="agree"),
        Item("agree.clean", "likert", ("It is clean", "Чисто"), parent="agree"),
        Item("order", "rank", ("What comes first?", "Что важнее?"), section="city", options=ROADS, most=2),
        Item("mood", "likert", ("It is a good place", "Это хорошее место"), section="end", options=(*SCALE, CANNOT)),
        Item("word", "open", ("In one word?", "Одним словом?"), section="end"),
        Item("why", "open", ("Why?", "Почему?"), section="end", long=True,
             constraint="string-length(.) > 3", constraint_words=("Write a little more.", "Напишите чуть больше.")),
    ),
)  # fmt: skip
