"""The words in which news sites write dates -> what each means: one table, all languages in one.

One table for all languages, since sites mix them (a Russian month on a Kazakh page) and hardly a word here means two
things; where one does (`сен` is September, and Saturday in Kazakh) the kind that a date cannot do without goes first.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, timedelta, timezone, tzinfo
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

WordKind = Literal["m", "w", "r", "q", "a", "d", "p", "z", "f", "u"]


class Word(NamedTuple):
    """One known word. kind: m month (value 1..12), w weekday (value 0..6), r day counted back from today (value days), q unit (value
    seconds), a "ago", d number, z zone (value: its key in ZONES), u "updated", f a word without weight."""

    kind: WordKind
    value: float = 0


MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86400

# ru kk ky uz tg en first, one line a month; then the months of languages met on other sites.
_MONTHS = """
январь января қаңтар қаң kantar qantar kantar yanvar янв ян january jan январ январи januar janner janvier enero gennaio janeiro januari
  stycznia styczen січня січень ocak ledna leden студзеня ianuarie yan ene gen jänner tammikuuta
февраль февраля ақпан ақп aqpan akpan fevral фев февр february feb феврал феврали februar fevrier febrero febbraio fevereiro februari
  lutego luty лютого лютий subat unora unor feber лютага februarie fev helmikuuta
март марта наурыз нау nayryz nauryz nauriz mart мар mrz march mar марти marz mars marzo marco maart marca marzec березня березень brezna сакавіка martie maaliskuuta
апрель апреля сәуір сәу sayir sauir sauir sawir aprel апр april apr апрел апрели avril abril aprile kwietnia kwiecien квітня квітень nisan dubna duben красавіка aprilie avr abr huhtikuuta
май мая мамыр мам mamyr mamir may маи mai mayo maggio maio mei maja maj травня травень mayis kvetna kveten toukokuuta
июнь июня iyn маусым мау maysym mausym mausim iyun iiun июн june jun июни juni juin junio giugno junho czerwca czerwiec червня червень haziran cervna cerven чэрвеня iunie giu kesakuuta
июль июля iyl шілде шіл shilde shilde silde iyul iiul июл july jul июли juli juillet julio luglio julho lipca lipiec липня липень temmuz cervence cervenec ліпеня iulie lug heinakuuta
август августа тамыз там tamyz tamiz avgust avg avqust авг august aug августи aout agosto augustus sierpnia sierpien серпня серпень agustos srpna srpen жніўня elokuuta
сентябрь сентября қыркүйек қыр qyrkuiek kyrkuiek qirkuyek qyrkuyek qirkuiek sentabr sentyabr sen sent сен сент сентябр сентябри сентабр september sep sept septembre septiembre settembre setembro
  wrzesnia wrzesien вересня вересень eylul zari верасня septembrie syyskuuta
октябрь октября қазан қаз qazan kazan oktabr oktyabr окт октябр октябри октабр october oct oktober okt octobre octubre ottobre outubro
  pazdziernika pazdziernik жовтня жовтень ekim rijna rijen кастрычніка octombrie ott lokakuuta
ноябрь ноября қараша қар qarasha karasha qarasa noyabr ноя нояб ноябр ноябри november nov novembre noviembre novembro
  listopada listopad листопада листопад kasim лістапада noiembrie noy marraskuuta
декабрь декабря желтоқсан жел jeltoqsan zheltoksan zeltoqsan dekabr дек декабр декабри december dec dezember dez decembre diciembre dicembre dezembro
  grudnia grudzien грудня грудзень грудень aralik prosince prosinec снежня decembrie dek dic joulukuuta
"""
# `2-майы`, `2-майында`, `мамырда`, `2-mayda`, `12-декабрында`: the endings that a month takes after "the 2nd of".
_MONTH_ENDINGS = """
ы і и да де та те дағы дегі тағы тегі ының інің нын нің ында інде ындағы ү у үндө унда
i y da de ta te ida dagi ning даги ида нинг ум юм а
"""
_ENDING_BASES = """
январь январ февраль феврал март апрель апрел май ма июнь июн июль июл август сентябрь сентябр октябрь октябр ноябрь ноябр
декабрь декабр қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қыркүйег қазан қараша желтоқсан
yanvar fevral mart aprel may iyun iyul avgust sentabr sentyabr oktabr oktyabr noyabr dekabr
"""

# One line a day, Monday first; ru, kk, ky, uz, tg, en, then others.
_WEEKDAYS = """
понедельник пн пнд дүйсенбі дс dúisenbi düisenbi duysenbi дүйшөмбү дүй dushanba душанба dush душ дшб monday mon montag mo lundi lunes lunedì понеділок maandag
вторник вт втр сейсенбі сс сей seisenbi seysenbi шейшемби шейш seshanba сешанба sesh сеш сешанбе сшб tuesday tue tues dienstag di mardi martes martedì вівторок dinsdag
среда среду ср срд сәрсенбі сәр sársenbi särsenbi sarsenbi шаршемби шарш chorshanba чоршанба чоршанбе чшб wednesday wed mittwoch mi mercredi miércoles mercoledì середа woensdag
четверг чт чтв бейсенбі бс бей beisenbi beysenbi бейшемби бейш payshanba пайшанба pay пай панҷшанбе пшб thursday thu thur thurs donnerstag do jeudi jueves giovedì четвер donderdag
пятница пятницу пт птн жұма жм жұм juma zhuma жума жум jum ҷумъа ҷум friday fri freitag fr vendredi viernes venerdì vrijdag
суббота субботу сб сбт сенбі сб senbi ишемби ишм ише shanba шанба shan шан шанбе шнб saturday sat samstag sonnabend sa samedi sábado sabato субота zaterdag
воскресенье воскресение вс вск жексенбі жс жек jeksenbi zheksenbi жекшемби yakshanba якшанба yak якш якшанбе яшб sunday sun sonntag so dimanche domingo domenica неділя zondag
"""

_DAY_WORDS = {
    0: "сегодня бүгін bügin bugin búgin бүгүн bugun бугун имрӯз имруз today сьогодні heute bugün сёння hoy oggi aujourdhui",
    1: "вчера кеше keşe keshe кечээ кече kecha кеча дирӯз дируз yesterday вчора учора gestern dün hier ayer ieri",
    2: "позавчера алдыңгүні мурдагүнү позавчора vorgestern парерӯз",
}

_UNITS = {
    1: "секунда секунду секунды секунд сек секундты second seconds sec secs soniya sekund сония sekunde sekunden",
    MINUTE_S: "минута минуту минуты минут мин хв хвилин хвилини хвилину минөт мүнөт мүн дақиқа дақиқаи дақ daqiqa daq minut minyt minute minutes min mins m "
    "minuten dakika",
    HOUR_S / 2: "полчаса",
    HOUR_S: "час часа часов часы ч сағат сағ sağat sagat саат soat соат соати соате соату hour hours hr hrs h stunde stunden година годину години годин saat heures heure",
    DAY_S: "день дня дней дн сутки суток күн kün kun кун рӯз руз day days d tag tagen дні днів gün jours jour",
}

_NUMBERS = {
    0.5: "жарты жарым yarim ярим ним half jarty",
    1.5: "полтора",
    1: "один одну одна бір бир bir як one eine einer",
    2: "два две екі эки ikki икки ду two eki zwei",
    3: "три үш үч uch уч се three drei üsh",
    4: "четыре төрт tort тўрт чор four vier",
    5: "пять бес беш besh панҷ five fünf",
    6: "шесть алты olti олти шаш six",
    7: "семь жеті жети yetti етти ҳафт seven",
    8: "восемь сегіз сегиз sakkiz саккиз ҳашт eight",
    9: "девять тоғыз тогуз toqqiz тўққиз нӯҳ nine",
    10: "десять ўн даҳ ten",
}

_AGO = "назад бұрын buryn burın мурун мурда oldin олдин avval аввал пеш қабл ago тому önce vor il"

_FILLERS = """
г гг год года году ж жыл жылғы жылы жылдың жылдын жылгы jyl jyly jylgy jylğy jylı yil yilda yili yilning yilgi йилнинг йил йилда йили сол соли соле р рік року roku
число числа куни күні күнү kuni kuny рӯзи санаси sanasi
в во от на на в о на at on of the um am den le à vom a an de del и and y около примерно about шамамен болжаммен тахминан болжол менен the kl
час часов часа сағат saat uhr h hrs o'clock soat соат соати соате саат local time время времени вақти ora ore kl
st nd rd th го ое е ей му ші шы нчи нчы нчү нчу чи inchi nchi er t им ум юм да de ta da та те де
дата время публикации публикация опубликовано опубликована опубликован опубликованы размещено размещена добавлено добавлена создано создан выложено написано
жарияланды жарияланған жарияланым жариялаған жарияланымы күні уақыты мерзімі шыққан салынған jariialandy jarialandy zhariyalandy жарыяланды жарыяланган
elon qilindi qilingan chop etilgan etildi joylandi joylashtirildi sana эълон қилинди қилинган чоп этилган этилди жойлаштирилди сана
нашр шуд шудааст шуда таърихи санаи интишор интишори
last latest последнее последняя соңғы акыркы oxirgi охирги охирин дар тө
published publishing publication publish date dated posted post created added written first released released issued submitted
veroffentlicht publiziert erstellt erschienen datum publie publiee publicado pubblicato gepubliceerd opublikowano опубліковано yayin yayinlanma tarihi tarih
"""
_UPDATED = """
обновлено обновлена обновлен обновление изменено изменен отредактировано редакция жаңартылды жаңартылған жаңарту өзгертілген жаңыланды жаңыртылды
jaňartyldy yangilandi yangilangan ozgartirildi янгиланди янгиланган ўзгартирилди навсозӣ навшуда таҷдид
updated update modified edited changed aktualisiert bearbeitet geändert stand actualise actualizado aggiornato оновлено güncelleme güncellendi zaktualizowano
"""

# A text that says "now" in several words: looked up whole.
JUST_NOW = frozenset(
    """
только что/прямо сейчас/менее минуты назад/меньше минуты назад/жаңа ғана/қазір ғана/осы қазір/жаңа гана/жана гана/jana gana/jana gana/qazir gana
жаңы эле/азыр эле/азыр гана/ушул азыр/жаны эле/hozirgina/hozir/hozirgina/ҳозиргина/ҳамин ҳозир/ҳозир/хозиргина/лаҳзае пеш
just now/moments ago/a few seconds ago/несколько секунд назад/бірнеше секунд бұрын/бирнече секунд мурун/якчанд сония пеш/bir necha soniya oldin
бир неча сония олдин/a moment ago/less than a minute ago/щойно/gerade eben
""".strip()
    .replace("\n", "/")
    .split("/")
)
# Phrases that the table of words takes for one word, or that carry nothing.
PHRASES = {
    "алдыңғы күні": "позавчера",
    "бұрнағы күні": "позавчера",
    "мурдагы күнү": "позавчера",
    "мурунку күнү": "позавчера",
    "otgan kuni": "позавчера",
    "the day before yesterday": "позавчера",
    "day before yesterday": "позавчера",
    " по времени ": " ",
    "по астан": "астан",
    "по алмат": "алмат",
    "по москв": "москв",
    " уақыты бойынша": "",
}

_MSK = timezone(timedelta(hours=3))
# RFC 822's names, and the region's. ET is two zones, IST three and BST two: a clock beside such a name has no zone.
ZONES: tuple[tzinfo | None, ...] = (
    UTC,
    _MSK,
    ZoneInfo("Asia/Almaty"),
    ZoneInfo("Asia/Bishkek"),
    ZoneInfo("Asia/Tashkent"),
    ZoneInfo("Asia/Dushanbe"),
    *(timezone(timedelta(hours=h)) for h in (-8, -7, -6, -5, -4, 0, 1, 2)),
    None,
)
_ZONE_NAMES = """
utc gmt z ut
мск msk москве москвы московскому
астане астаны астана алматы алмате almaty astana
бишкеке бишкека bishkek бишкеку
ташкенте ташкента tashkent toshkent ташкенту
душанбе dushanbe
pst
pdt mst
cst mdt
est cdt
edt
wet
cet mez
cest mesz eet
bst ist ast aest aedt sgt hkt jst kst eest et pt ct mt
"""


_MONTH_LINES = _MONTHS.strip().replace("\n  ", " ").split("\n")
_WEIGHTLESS: tuple[tuple[str, WordKind], ...] = ((_AGO, "a"), (_UPDATED, "u"))


def _letter_folds() -> dict[int, str | None]:
    folds: dict[int, str | None] = dict.fromkeys(
        map(ord, "'’‘ʻʼ`´ʹ′\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff\u0307\u0301")
    )
    folds |= dict.fromkeys(map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000\t\r\n_"), " ")
    folds |= dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
    folds |= {ord("ё"): "е", ord("ı"): "i", ord("ł"): "l", ord("ø"): "o", ord("ß"): "ss", ord("："): ":"}
    for point in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        base = unicodedata.normalize("NFD", chr(point))[0]
        if base.isascii() and base.isalpha():
            folds[point] = base
    return folds


_FOLDS = _letter_folds()
_FOLDABLE = re.compile("[" + "".join(re.escape(chr(point)) for point in _FOLDS) + "\u0300-\u036f]")


def fold(text: str) -> str:
    """The text in lower case, without accents on Latin letters, with plain dashes and spaces and no apostrophes.

    Kazakh in Latin script has five official and home-made spellings: without accents they fall together.
    """
    low = text.lower()
    return unicodedata.normalize("NFC", low).translate(_FOLDS) if _FOLDABLE.search(low) else low


def _tables() -> Iterator[tuple[str, WordKind, float]]:
    """(words, kind, value) in the order in which a word that two lines hold is decided."""
    yield from ((line, "m", number) for number, line in enumerate(_MONTH_LINES, 1))
    yield from ((text, "r", days) for days, text in _DAY_WORDS.items())
    yield from ((text, "q", seconds) for seconds, text in _UNITS.items())
    yield from ((text, "d", amount) for amount, text in _NUMBERS.items())
    yield from ((line, "z", index) for index, line in enumerate(_ZONE_NAMES.strip().split("\n")))
    yield from ((text, kind, 0) for text, kind in _WEIGHTLESS)
    yield from ((line, "w", weekday) for weekday, line in enumerate(_WEEKDAYS.strip().split("\n")))
    yield _FILLERS, "f", 0


def _make_words() -> dict[str, Word]:
    words: dict[str, Word] = {}
    for text, kind, value in _tables():
        for name in fold(text).split():
            words.setdefault(name, Word(kind, value))
    for base in _ENDING_BASES.split():
        month = words.get(base) or words.get(base + "й") or words[base.removesuffix("г") + "к"]
        for ending in _MONTH_ENDINGS.split():
            words.setdefault(base + ending, month)
    return words


WORDS: Final = _make_words()
