"""Given names: which short forms, spellings and forms in other languages may be one and the same name."""

import re
from functools import cache

_FAMILIES = """
александр саша саня шура шурик alexander alex aleksandr alexandr sasha sanya олександр oleksandr aleksander
алексей лёша алёша лёха alexey alex aleksey aleksei alexei alyosha lyosha олексій oleksii oleksiy
анатолий толя толик anatoly anatoliy anatolii tolya
андрей андрюша andrew andy andrey andrei andrii андрій
антон антоша тоша anton
аркадий аркаша arkady
арсений сеня arseny
артём тёма артемий artem artyom tyoma
богдан bogdan bohdan
борис боря boris borya
вадим вадик vadim
валентин валя валик valentin valya
валерий валера valery valeriy valera
василий вася vasily vasiliy vasya василь vasyl
виктор витя victor viktor vitya
виталий виталик vitaly
владимир вова володя vladimir vlad vova volodya володимир volodymyr
владислав влад владик слава vladislav vlad slava
вячеслав слава vyacheslav viacheslav slava
геннадий гена gennady gena
георгий гоша жора george georgy georgiy gosha
герман гера german herman
глеб gleb
григорий гриша gregory greg grigory grigoriy grisha григорій hryhorii
давид david dave davyd
даниил данила данил даня daniil danila daniel dan danny данило danylo danya
денис дэн denis dennis den
дмитрий дима митя dmitry dmitri dmitriy dima mitya дмитро dmytro
евгений женя evgeny evgeni evgeniy yevgeny eugene gene zhenya євген yevhen
егор гоша egor yegor
иван ваня ivan vanya іван john jack johnny
игорь гоша igor ігор ihor
илья илюша ilya ilia ілля illia
иосиф ося iosif joseph joe
кирилл kirill cyril кирило kyrylo
константин костя konstantin constantine kostya костянтин kostiantyn
лев лёва lev leo lyova
леонид лёня leonid lenya lyonya
максим макс maxim maksim max maksym
марат marat
марк mark marc
матвей мотя matvey matthew matt
михаил миша mikhail michael mike misha mischa михайло mykhailo mick
никита nikita
николай коля nikolay nikolai nicholas nick kolya микола mykola
олег oleg oleh
павел паша pavel paul pasha павло pavlo
пётр петя pyotr petr peter pete petya петро petro
роман рома roman roma
руслан ruslan
рустам rustam
семён сёма сеня semyon semen simon
сергей серёжа серёга sergey sergei serge seryozha сергій serhii serhiy
станислав стас слава stanislav stas slava
степан стёпа stepan stephan styopa
тимофей тима timofey timothy tim
тимур тима timur
фёдор федя fyodor fedor theodore fedya
филипп филя philip phil filipp
эдуард эдик eduard edward ed eddie ted
юрий юра yuri yury yuriy yura юрій yurii iurii
яков яша yakov jacob yasha jake
ян yan jan
ярослав слава ярик yaroslav slava
ильдар ildar
айдар aidar
арман arman
бауыржан бауржан bauyrzhan baurzhan
ерлан erlan yerlan
нурлан nurlan
нурсултан nursultan
марина marina
александра саша шура alexandra sasha alex sandra aleksandra
алина аля alina
алла alla
алёна alyona alena
анастасия настя anastasia nastya anastasiya stacy
ангелина лина angelina
анна аня анюта anna ann anya anne hanna ганна annie
антонина тоня antonina tonya
асель asel
айгуль aigul
алия aliya
валентина валя valentina valya
валерия лера valeria lera
варвара варя varvara barbara varya
вера vera
вероника ника veronika veronica nika
виктория вика victoria viktoria vika vicky
галина галя galina galya
гульнара гуля gulnara gulya
дарья даша daria darya dasha дария
диана diana
динара dinara
евгения женя evgenia eugenia zhenya evgeniya
екатерина катя ekaterina catherine katherine kate katya kathryn katerina катерина kateryna kathy katie
елена лена elena helen lena helena yelena олена olena
елизавета лиза elizaveta elizabeth liza lisa liz beth betty
жанар zhanar
жанна zhanna
зинаида зина zinaida zina
зоя zoya zoe
инна inna
ирина ира irina irene ira iryna ірина
кристина christina kristina tina
ксения ксюша ksenia xenia ksyusha kseniya
лариса лара larisa larissa lara
лидия лида lidia lydia lida
любовь люба lyubov lyuba
людмила люда мила lyudmila ludmila lyuda mila
мадина madina
маргарита рита margarita margaret rita maggie peggy
мария маша maria mariya mary masha marie маруся марія
надежда надя nadezhda nadya
наталья наталия наташа natalia natalya nataliya natasha natalie nata
нина nina
оксана oksana oxana
ольга оля olga olya olha
полина поля polina pauline
раиса рая raisa raya
светлана света svetlana sveta lana
софья софия соня sofya sofia sophia sonya sophie
тамара тома tamara
татьяна таня tatiana tatyana tanya тетяна tetiana tania
ульяна уля ulyana
юлия юля yulia julia yuliya yulya julie
яна yana jana
robert bob bobby
william bill billy
thomas tom tommy
james jim jimmy
richard rick
christopher chris
christine christina chris
benjamin ben
samuel sam
samantha sam
anthony tony
jennifer jen jenny
patricia pat
patrick pat
steven stephen steve
kenneth ken
ronald ron
susan susie
deborah debbie
rebecca becky
jonathan jon
nathaniel nate
jeffrey jeff
lawrence larry
zachary zach
jessica jess
frederick fred
charles charlie
henry harry
sarah sara
"""


_FOND = re.compile(
    r"(?:(?P<short>[а-яё]{2,}?)(?:[оеё]чк|[оеь]?ньк|[уюы]шк|ишк)|(?P<stem>[а-яё]{3,}?)(?:ульк|[ую]ш|чик|ик|ьк|к|он|ян|ух|юх))"
    r"(?:а|у|е|и|ы|ой|ою|ом|ам|ами|ах)?"
)
"""Endings that make a name small, fond or rough, and the cases of what they make."""


def full_name(word: str) -> str:
    """The first name of the first family that has this word (in lower case), else the word itself."""
    numbers = _numbers().get(word)
    return _rows()[min(numbers)][0] if numbers else word


def families(word: str) -> frozenset[int]:
    """Numbers of the names that a word in lower case may be a form of. Short forms belong to several."""
    return _numbers().get(word, frozenset())


def kin(word: str) -> frozenset[int]:
    """The same for fond and rough forms in any case too («Мариночкой», «Катьке», «Димон»)."""
    found = families(word)
    fond = None if found else _FOND.fullmatch(word)
    if fond:
        stem = fond["short"] or fond["stem"]
        found = found.union(*(families(stem + ending) for ending in ("", "а", "я", "й", "ь")))
    return found


def nominative(word: str) -> str:
    """The given name whose genitive the word is («Ольги» in «айфон Ольги»), else the word."""
    if word in _numbers():
        return word
    stem = word[:-1]
    return next((name for ending in ("а", "я", "", "й", "ь") if (name := stem + ending) in _numbers()), word)


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in _FAMILIES.strip().splitlines())


@cache
def _numbers() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, row in enumerate(_rows()):
        for word in row:
            found.setdefault(word, set()).add(number)
            found.setdefault(word.replace("ё", "е"), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}
