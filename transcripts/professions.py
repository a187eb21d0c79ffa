"""Words for what somebody is by work: offices that one holds, professions, and what is said before them."""

from functools import cache

from transcripts.russian_words import plain

_OFFICES = """
администратор акционер атаман атташе аудитор бизнесмен бригадир вице-губернатор вице-мэр вице-президент владелец
гендиректор глава госслужащий губернатор декан делопроизводитель депутат директор диспетчер заведующий завкафедрой
завлаб завуч зам замдекана замдиректора заместитель замминистра замначальника зампред инспектор командир командующий
комендант консул координатор куратор мастер менеджер методист министр мэр начальник основатель партнер помощник
посол предприниматель председатель представитель президент премьер префект прокурор прораб проректор ревизор ректор
референт руководитель секретарь сенатор следователь служащий собственник советник совладелец соучредитель староста
старшина судья топ-менеджер уполномоченный управляющий учредитель чиновник
"""
_PROFESSIONS = """
агроном адвокат академик актер актриса акушер акушерка аллерголог аналитик археолог архивариус архитектор аспирант
аспирантка астроном бармен библиотекарь бизнес-аналитик биолог бортпроводник брокер бухгалтер верстальщик ветеринар
винодел водитель водопроводчик военнослужащий военный воспитатель воспитательница врач геодезист геолог гид
гинеколог грузчик дворник дерматолог диетолог дизайнер дирижер доктор домохозяйка доцент доярка егерь журналист
журналистка землеустроитель инженер инженер-программист инкассатор искусствовед историк кадастровик кадровик
каменщик капитан кардиолог кассир кассирша кинолог кладовщик композитор кондитер кондуктор конструктор консультант
копирайтер корректор корреспондент косметолог крановщик крестьянин кузнец курьер лаборант лейтенант лесник летчик
лингвист логист логопед майор маляр маркетолог маркшейдер массажист математик машинист медбрат медик медработник
медсестра метеоролог механизатор механик микробиолог минер модельер монтажник монтер моряк музыкант нарколог
невролог невропатолог нотариус няня озеленитель окулист онколог оператор операционист ортопед отоларинголог офицер
официант официантка охранник оценщик парикмахер пастух педагог педиатр пекарь пенсионер пенсионерка переводчик
переводчица писатель писательница плотник повар пограничник пожарный полицейский полковник портниха портной
почтальон поэт преподаватель преподавательница провизор проводник проводница программист продавец продавщица
проектировщик профессор психиатр психоаналитик психолог психотерапевт публицист рабочий раввин радиолог разработчик
реаниматолог редактор режиссер рекрутер репетитор реставратор риелтор риэлтор рыбак садовник санитар санитарка
сантехник сапожник сварщик священник сержант сиделка синоптик скульптор слесарь сметчик сотрудник социолог
соцработник спасатель статистик стилист столяр стоматолог страховщик строитель студент студентка телеведущий
терапевт тестировщик тестировщица технолог товаровед токарь торговец травматолог тракторист тренер уборщик уборщица
урбанист уролог ученый учитель учительница фармацевт фельдшер фермер физик физиолог филолог философ финансист
флорист фотограф фрезеровщик фрилансер химик хирург хореограф художник художница чертежник шахтер швея шеф-повар
школьник школьница шофер эколог экономист экскурсовод экспедитор электрик электромонтажник электромонтер
эндокринолог энергетик эпидемиолог ювелир юрисконсульт юрист
"""
_GENERAL = """
администратор владелец военный глава доктор донор зам инспектор историк капитан консультант мастер математик
оператор партнер помощник представитель проводник рабочий секретарь служащий собственник сотрудник строитель
торговец ученый физик философ
"""
_ADJECTIVES = """
бывший ведущий военный генеральный главный городской государственный детский заслуженный исполнительный классный
коммерческий младший муниципальный народный научный областной первый полномочный районный региональный семейный
социальный старший судебный технический участковый федеральный финансовый цифровой частный чрезвычайный школьный
штатный
"""
_ENGLISH = """
accountant actor actress actuary administrator adviser advisor agronomist ambassador analyst anthropologist
archaeologist architect archivist artist assistant attaché attorney auditor author baker banker barber barista
barrister bartender biologist bookkeeper broker builder butcher carer caretaker carpenter cashier ceo cfo chair
chairman chairperson chairwoman chancellor chef chemist chief chief-executive cio civil-servant cleaner clerk
co-founder coach commissioner composer consul consultant contractor coo cook coordinator councillor counsellor
courier cto dancer dean dentist deputy designer detective developer dietitian director doctor driver ecologist
economist editor electrician engineer entrepreneur estate-agent farmer firefighter fisherman florist founder
freelancer gardener geographer geologist governor guard hairdresser head historian housewife illustrator inspector
interpreter janitor jeweller journalist judge laboratory-technician lawyer lecturer librarian lifeguard linguist
logistician machinist manager marketer mathematician mayor mechanic member-of-parliament meteorologist midwife miner
minister musician nanny notary nurse nutritionist officer official optician owner paediatrician painter paramedic
pensioner pharmacist philosopher photographer physician physicist physiotherapist plumber poet policeman policewoman
postman president priest prime-minister producer professor programmer prosecutor provost psychiatrist psychologist
psychotherapist realtor receptionist recruiter rector reporter researcher sailor salesman saleswoman scientist
secretary senator shopkeeper singer social-worker sociologist soldier solicitor statistician student superintendent
supervisor surgeon surveyor tailor teacher technician therapist tour-guide trainer translator tutor vet veterinarian
waiter waitress welder writer
"""
ENGLISH = "|".join(_ENGLISH.split()).replace("-", "[ -]")
"""Alternatives of a pattern."""
ENGLISH_RANKS = (
    "first|deputy|vice|acting|former|senior|junior|chief|principal|leading|head|assistant|associate|executive|managing|"
    "general|regional|district|municipal|city|town|federal|state|digital|technical|software|product|project|graphic|"
    "bus|taxi|truck|police|shop|sales|tax|health|school|university|primary|family|data|systems?|business"
)
_ENGLISH_OFFICES = """
head chief deputy director manager minister secretary chair chairman chairwoman chairperson president governor mayor
dean rector commissioner inspector prosecutor ambassador officer coordinator supervisor founder owner superintendent ceo
"""
ENGLISH_OFFICES = frozenset(_ENGLISH_OFFICES.split())
"""Whoever holds one holds it of something: “head of the tax office”."""
_ENGLISH_GENERAL = """
head chief deputy secretary assistant manager director chair owner clerk author producer builder official officer
student driver guard coach painter cook trainer developer administrator judge artist baker banker barber singer
dancer sailor
contractor analyst designer supervisor founder coordinator consultant cleaner miner reporter
"""
ENGLISH_GENERAL = frozenset(_ENGLISH_GENERAL.split())
"""Alone these are said of anybody or of things; with what they head, or a rank before them, they are a position."""


@cache
def russian_positions() -> frozenset[str]:
    """Dictionary forms of offices and professions."""
    return _words(_OFFICES) | _words(_PROFESSIONS)


@cache
def russian_general() -> frozenset[str]:
    """Those said of anybody or of things: a position with more words only («глава района»)."""
    return _words(_GENERAL)


@cache
def russian_ranks() -> frozenset[str]:
    """Adjectives that belong to a position («главный бухгалтер»)."""
    return _words(_ADJECTIVES)


def _words(written: str) -> frozenset[str]:
    return frozenset(plain(written).split())
