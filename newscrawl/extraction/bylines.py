"""Raw byline strings -> people, each once, and the wire agency among them."""

import re
from collections.abc import Iterable

from newscrawl.extraction.outlet import mentions_outlet, words_key

# The agencies whose texts are reprinted in the region, by every name that bylines and datelines give them.
AGENCIES = re.compile(
    r"""(?:the\ )?(?:
    итар[- ]?тасс | тасс | tass | интерфакс(?:[- ]?(?:казахстан|азербайджан|украина))? | interfax(?:[- ]?kazakhstan)?
    | риа[ ]?(?:«|")?новости(?:»|")? | ria\ novosti | росс?ия\ сегодня | sputnik(?:\ \w+)? | спутник(?:\ \w+)?
    | reuters | рейтер(?:с)? | afp | афп | agence\ france[- ]presse | франс[- ]пресс | ap | associated\ press | ассошиэйтед\ пресс
    | bloomberg | блумберг | dpa(?:[-/]\w+)? | дпа | deutsche\ presse[- ]agentur | sid | epd | kna | efe | ansa | pti | ani | ians
    | xinhua(?:\ news(?:\ agency)?)? | синьхуа | anadolu(?:\ (?:agency|ajans[ıi]))? | анадолу | united\ press\ international | upi
    | қазақпарат | казинформ | kazinform | qazinform | qazaqparat | каз(?:ақ)?таг | kaztag | мтрк\ «?мир»? | dknews
    | akipress(?:\ news)? | акипресс | кабар | kabar | 24\.kg | уза | ўза | o['‘ʻʼ’]?za | uza | ховар | khovar | asia-plus | азия-плюс
    | trend | тренд | азертадж | azertac | туран | turan | белта | belta | укринформ | ukrinform | унн | туркменистан\ сегодня | tdh
    )(?:\ news\ agency)?""",
    re.IGNORECASE | re.VERBOSE,
)
AND = re.compile(r"\s*[,;|•·\n]\s*|\s+/\s+|(?<=\w)/(?=\w)|\s+(?:and|und|et|og|och|ve|y|и|және|жана|ва|va|hamda|&)\s+")
LABEL = re.compile(
    r"\A\W*(?:(?:written|story|text|reporting)\s+by|by|authors?|автор(?:ы|лар[ыи]?|лор)?(?:\s+(?:статьи|текста|материала))?|avtor(?:lar[yı]?)?|autor(?:/?in(?:nen)?|en)?"
    r"|текст|мақала авторы|мәтін(?:і)?|макала автору|муаллиф(?:лар)?(?:он)?|muallif(?:lar)?|matn|матн|дайындаған|даярдаган"
    r"|тайёрлади|подготовил[аи]?|беседовал[аи]?|text|von|par|por)\b\s*[:—–-]*\s*",
    re.IGNORECASE,
)
PHOTO_CREDIT = re.compile(r"\W*\b(?:фото|photos?|foto|сурет|сүрөт|видео|video|collage|коллаж)\w*\s*:.*", re.IGNORECASE)
IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]")
NO_NAME = re.compile(
    r"[\d@#<>{}=_…!?]|https?:|www\.|\w\.(?:kz|kg|uz|tj|ru|com|net|org|info|de|at|is|be|tr)\b", re.IGNORECASE
)
ADDRESS = re.compile(r"://|\A\s*/|\Awww\.")  # a profile's page: its parts are no names
MAILBOX = re.compile(
    r"\S{1,64}@\S{1,255}"
)  # it may stand beside the name; bounded, so that it cannot scan a line again and again
# Whole words: an editor's name never holds them, and a byline without a person consists of them.
ROLE_WORDS = frozenset({
    "editor", "editors", "editorial", "staff", "reporter", "reporters", "correspondent", "newsroom", "newsdesk",
    "desk", "admin", "administrator", "author", "journalist", "columnist", "contributor", "contributors", "team",
    "guest", "webmaster", "root", "user", "superuser", "manager", "press", "service", "agency", "news", "redaktion",
    "redaktor", "redaksiya", "redaksiyasi", "redaction", "редакция", "редакции", "редактор", "редакторы",
    "корреспондент", "корр", "корреспонденты", "собкор", "спецкор", "журналист", "журналисты", "обозреватель",
    "колумнист", "автор", "авторы", "админ", "администратор", "пресс-служба", "пресс", "служба", "агентство",
    "новости", "информагентство", "материал", "источник", "соб", "инф", "редакциясы", "тілші", "тілшісі",
    "тілшілер", "журналисі", "баспасөз", "қызметі", "кабарчы", "кабарчысы", "басма", "сөз", "кызматы", "мухбир",
    "мухбири", "таҳририят", "таҳририяти", "муҳаррир", "muxbir", "muharrir", "tahririyat", "none", "null", "unknown",
    "undefined", "anonymous", "агенттігі", "агенттиги",
})  # fmt: skip
PARTICLES = frozenset({
    "de", "da", "di", "del", "della", "der", "den", "van", "von", "zu", "la", "le", "el", "al", "bin", "ibn", "dos",
    "do", "y", "e", "ұлы", "қызы", "улы", "кызы", "уулу", "оглы", "ўғли", "қизи", "o'g'li", "qizi",
})  # fmt: skip
LONGEST_LINE = 1000  # characters; longer is a text, and the patterns here are made for lines
LONGEST_NAME = 60  # characters
MOST_WORDS = 5


def read_bylines(
    lines: Iterable[str], outlets: frozenset[str], strict: bool = False
) -> tuple[tuple[str, ...], str | None]:
    """People in order and the first agency. `strict`: the lines are running text of the page, where a name has capitals."""
    people: dict[str, str] = {}
    agency = None
    for line in lines:
        if len(line) > LONGEST_LINE or ADDRESS.search(line):
            continue
        pieces = _pieces(line)
        # "example.com, Berlin, Germany": a lone word beside the outlet's name is its place, no author
        whole_names = strict or any(mentions_outlet(p, outlets) for p in pieces)
        for piece in pieces:
            if agency_in(piece):
                agency = agency or (None if mentions_outlet(piece, outlets) else piece)
            elif is_person(piece, outlets, strict) and (not whole_names or " " in piece):
                people.setdefault(words_key(piece), piece)
    return tuple(people.values()), agency


def agency_in(text: str) -> bool:
    """Whether the text is an agency's name and nothing else."""
    return bool(AGENCIES.fullmatch(text.strip(" .«»\"'“”")))


def is_person(name: str, outlets: frozenset[str], strict: bool = False) -> bool:
    """Whether the text can be a person's name: a few words of letters, none of them a role, and not the outlet's name."""
    words = name.split()
    if not words or len(words) > MOST_WORDS or len(name) > LONGEST_NAME or len(name) < 3 or NO_NAME.search(name):
        return False
    if mentions_outlet(name, outlets) or any(w.casefold().strip(".-") in ROLE_WORDS for w in words):
        return False
    if not strict:
        return True
    return all(w.casefold() in PARTICLES or not w[:1].islower() for w in words)


def _pieces(line: str) -> list[str]:
    line = MAILBOX.sub(",", line) if "@" in line else line
    text = IN_BRACKETS.sub("", PHOTO_CREDIT.sub("", LABEL.sub("", line, count=1)))
    return [p.strip(' .,:;–—-*«»"“”') for p in AND.split(text)]
