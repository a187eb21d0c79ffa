"""Short answers without end, made from a grammar of eight known topics, in English and in Russian: for speed and memory
only, since topics so far apart are no test of what is found."""

import random
from itertools import islice, product

from coding.topics.result import StatementText

GROUPS = ("residents", "officials", "business", "experts")

_EN = {
    "roads": ("the road|the bridge|the pavement|the crossing|the asphalt|the bus stop|the tram line|the parking", "is breaking up|was closed|needs repair|is full of holes|was dug up|is dangerous", "for drivers|for pedestrians|for cyclists|for lorries|for prams|for buses"),
    "clinics": ("the clinic|the doctor|the nurse|the hospital|the pharmacy|the ambulance|the dentist|the waiting room", "has no appointments|comes late|lacks medicines|is overcrowded|treats badly|was moved away", "for patients|for children with fever|for pensioners in pain|for pregnant women|for chronic illness|for vaccination"),
    "schools": ("the school|the teacher|the kindergarten|the classroom|the textbook|the school canteen|the lesson|the exam", "is overloaded|lacks equipment|was cancelled|should be renewed|costs too much|starts too early", "for pupils|for first graders|for parents of pupils|for graduates|for gifted children|for homework"),
    "portal": ("the portal|the website|the application form|the personal account|the password|the electronic signature|the mobile app|the login", "crashes|hangs|asks twice|gives an error|is hard to find|loses data", "on the phone|in the browser|after the update|with the certificate|at registration|at payment online"),
    "connection": ("the internet|the mobile signal|the fibre cable|the router|the provider|the antenna|the broadband|the network", "drops out|is too slow|does not reach us|is expensive|was promised|works badly", "for video calls|for streaming|for remote villages|for downloads|for online lessons at home|for the fourth generation"),
    "waste": ("the rubbish|the bin|the landfill|the recycling point|the waste truck|the container yard|plastic packaging|the compost", "smells|is overflowing|is not collected|pollutes the soil|should be sorted|attracts rats", "behind the houses|near the water|in the forest edge|from households|with glass|with batteries"),
    "housing": ("the roof|the heating|the lift|the entrance hall|the boiler|the housing company|the rent|the cellar", "leaks|is cold|is out of order|was not renovated|rises in price|needs insulation", "for tenants|for owners of flats|on the upper floor|in old buildings|in the apartment block|after the flood"),
    "officials": ("the official|the mayor|the council|the hotline|the department|the deputy|the public hearing|the complaint", "does not answer|ignores people|decides alone|promises and forgets|explains nothing|deserves thanks", "to citizens|to voters|to initiative groups|about the budget|about the decision|about the petition"),
}  # fmt: skip
_EN_ROUND = ("in our district|in the village|in the city centre|across the river|on our street|in the suburb|near the market|in the north|in the new quarter|at the station", "every winter|since spring|again this year|on weekends|in the evening|all summer|most mornings|before holidays")  # fmt: skip
_RU = {
    "roads": ("дорога|мост в посёлке|тротуар|асфальт|переход|остановка автобуса|трамвайная линия|парковка", "разбита|в ямах|требует ремонта|перекрыта|опасна|разрушается", "для водителей|для пешеходов|для велосипедистов|для грузовиков|для колясок|для автобусов"),
    "clinics": ("поликлиника|врач|медсестра|больница|аптека|скорая помощь|стоматолог|регистратура", "без записи|опаздывает|без лекарств|переполнена|лечит плохо|закрыта", "для пациентов|для больных детей|для пенсионеров с болями|для беременных|для хронических больных|для прививок"),
    "schools": ("школа|учитель|детский сад|класс|учебник|школьная столовая|урок|экзамен", "перегружен|без оборудования|отменяется|устарел|стоит дорого|начинается рано", "для учеников|для первоклассников|для родителей учеников|для выпускников|для одарённых детей|для домашних заданий"),
    "portal": ("портал госуслуг|сайт|электронная форма|личный кабинет|пароль|электронная подпись|мобильное приложение|вход в систему", "зависает|выдаёт ошибку|не открывается|спрашивает дважды|теряет данные|работает со сбоями", "на телефоне|в браузере|после обновления|с сертификатом|при регистрации|при оплате онлайн"),
    "connection": ("интернет|мобильная связь|оптический кабель|роутер|провайдер|антенна|широкополосный доступ|сеть", "пропадает|медленная|не доходит|дорогой|обещан|ловит плохо", "для видеозвонков|для фильмов|для отдалённых сёл|для скачивания|для удалённых занятий|для четвёртого поколения"),
    "waste": ("мусор|контейнер|свалка|пункт переработки|мусоровоз|контейнерная площадка|пластиковая упаковка|компост", "пахнет|переполнен|не вывозится|загрязняет почву|не сортируется|привлекает крыс", "за домами|у воды|на опушке леса|из квартир|со стеклом|с батарейками"),
    "housing": ("крыша|отопление|лифт|подъезд|котёл|управляющая компания|квартплата|подвал", "протекает|холодное|сломан|не ремонтируется|дорожает|требует утепления", "для жильцов|для собственников квартир|на верхнем этаже|в старых зданиях|в многоквартирном доме|после затопления"),
    "officials": ("чиновник|глава администрации|совет депутатов|горячая линия|департамент|депутат|публичные слушания|жалоба", "не отвечает|игнорирует людей|решает в одиночку|обещает и забывает|ничего не объясняет|заслуживает благодарности", "гражданам|избирателям|инициативным группам|о бюджете|о решении|о петиции"),
}  # fmt: skip
_RU_ROUND = ("в нашем районе|в деревне|в центре города|за рекой|на нашей улице|в пригороде|возле рынка|на севере|в новом квартале|у вокзала", "каждую зиму|с весны|снова в этом году|по выходным|вечером|всё лето|по утрам|перед праздниками")  # fmt: skip
_GRAMMAR = {"en": (_EN, _EN_ROUND), "ru": (_RU, _RU_ROUND)}


def answers(n, language, seed=0):
    """(statements, topic of each): `n` different ones, as many of each topic; every group has its share, of unequal
    size."""
    topics, around = _GRAMMAR[language]
    drawn = random.Random(seed)
    texts = {}
    for name, parts in topics.items():
        every = [" ".join(each) for each in product(*(part.split("|") for part in (*parts, *around)))]
        drawn.shuffle(every)
        texts[name] = every
    rounds = zip(*([(name, text) for text in own] for name, own in texts.items()), strict=True)
    chosen = list(islice((pair for each in rounds for pair in each), n))
    assert len(chosen) == n
    statements = [
        StatementText(f"{row:07}", text, drawn.choices(GROUPS, (80, 14, 5, 1))[0], f"e{row % 5_000}")
        for row, (_name, text) in enumerate(chosen)
    ]
    return statements, [name for name, _text in chosen]
