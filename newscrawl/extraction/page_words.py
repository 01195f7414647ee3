"""Words by which pages that hold no article say so: in titles, headings and the few lines that they have.

Languages: ru, kk, ky, uz (both scripts), tg, en. Matched in lower case; alternations of literal words, so none can run away.
"""

import re


def _words(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words))


# In a title or heading, from its start: an article's headline may hold them further on.
NOT_FOUND = _words(
    r"(?:ошибка |error |http |қате |қателік )?404\b",
    r"(?:к сожалению, )?(?:эта |такая |запрашиваемая |запрошенная )?страниц[аы] (?:не (?:найден|существует)|удал[её]н|отсутствует)",
    r"(?:материал|новость|статья|запись|публикация) (?:не найден|удал[её]н)",
    r"(?:ничего|ничто) не найден",
    r"(?:бұл |сұралған )?(?:бет|парақ|парақша|мақала|жаңалық)(?:ша)? (?:табылма|жоқ\b|өшірілген|жойылған)",
    r"(?:ештеңе|ештене) табылма",
    r"(?:bul )?bet tabylma",
    r"(?:бул )?(?:барак|баракча|бет|макала) (?:табылган жок|табылбады|жок\b)",
    r"(?:bunday )?(?:sahifa|maqola) (?:topilmadi|mavjud emas)",
    r"(?:бундай )?(?:саҳифа|мақола) (?:топилмади|мавжуд эмас)",
    r"(?:ин )?(?:саҳифа|саҳифаи \w+|мақола) (?:ёфт нашуд|вуҷуд надорад|мавҷуд нест)",
    r"(?:oops[!,.]? |sorry[!,.]? )?(?:the |this |that )?(?:page|article|post|content) (?:you \w+ \w+ \w+ )?(?:(?:was |could |can |cannot |can['’]t |is )?(?:not |no longer )?(?:be )?(?:found|exist|available)|not found|doesn['’]t exist)",
    r"(?:not|nothing) found\b",
)

ERROR = _words(
    r"(?:error |ошибка )?5\d\d\b",
    r"(?:500|502|503|504) ",
    r"(?:internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|web server is down)",
    r"(?:403 )?forbidden\b",
    r"access (?:to this page (?:has been|is) )?denied",
    r"error establishing a database connection",
    r"(?:database|application|server|fatal) error\b",
    r"(?:ошибка (?:сервера|базы данных|подключения|соединения)|внутренняя ошибка)",
    r"(?:сайт|сервис|ресурс|портал) (?:временно |сейчас )?(?:недоступен|не доступен|не работает|на (?:реконструкции|обслуживании))",
    r"(?:ведутся|проводятся|идут) (?:технические|профилактические|плановые) работы",
    r"(?:технические|профилактические) работы",
    r"доступ (?:к \w+ )?(?:запрещ|закрыт|ограничен)",
    r"(?:сайт|портал|сервер)(?:та|да)? (?:уақытша )?(?:қолжетімсіз|жұмыс істемейді)",
    r"(?:сайтта |порталда )?техникалық жұмыстар",
    r"(?:сайт|сервер) (?:убактылуу )?(?:иштебей|жеткиликсиз)",
    r"(?:sayt|server) (?:vaqtincha )?(?:ishlamayapti|mavjud emas)",
    r"(?:сайт|сомона) (?:муваққатан )?(?:дастнорас|кор намекунад)",
    r"(?:under|down for|scheduled) (?:maintenance|construction)",
    r"(?:site|website|we['’]re) (?:is )?(?:temporarily |currently )?(?:unavailable|down|offline)",
)

CHALLENGE = _words(
    r"just a moment\b",
    r"attention required",
    r"один момент",
    r"одну минут(?:у|очку)",
    r"ddos-?(?:guard|protection)",
    r"(?:checking|verifying|making sure) (?:your browser|you are (?:not a bot|human)|you['’]re not a bot)",
    r"(?:проверка|проверяем) (?:вашего |ваш )?(?:браузер|что вы не робот|безопасности)",
    r"(?:вы не робот|я не робот|подтвердите, что (?:вы не робот|запросы отправляли вы|вы человек))",
    r"(?:are you (?:a )?(?:human|robot)|verify (?:that )?you are (?:a )?human|i['’]?m not a robot|human verification|security check|bot verification)",
    r"(?:сіз|сиз) робот (?:емес|эмес)",
    r"(?:браузер|шолғыш)(?:іңіз|ді|ыңызды)? текс",
    r"(?:enable javascript and cookies to continue|please enable cookies)",
    r"captcha\b",
    r"введите (?:код|символы) с картинки",
)

LOGIN = _words(
    r"(?:вход|войти|войдите|авторизация|авторизуйтесь|регистрация|личный кабинет|логин)\b",
    r"(?:log ?in|sign ?in|sign ?up|register|create (?:an |your )?account|my account)\b",
    r"(?:кіру|жүйеге кіру|тіркелу|авторландыру|жеке кабинет)\b",
    r"(?:кирүү|катталуу|системага кирүү)\b",
    r"(?:kirish|tizimga kirish|ro[‘'’ʻ`]?yxatdan o[‘'’ʻ`]?tish)",
    r"(?:кириш|тизимга кириш|рўйхатдан ўтиш)\b",
    r"(?:даромад|воридшавӣ|бақайдгирӣ)",
)

CONSENT = _words(
    r"cookies?\b",
    r"куки",
    r"файл\w* cookie",
    r"before you continue",
    r"(?:we|our partners) (?:value|care about) your privacy",
    r"privacy (?:settings|preferences|policy)",
    r"персональных данных",
    r"жеке деректер",
    r"(?:shaxsiy ma[‘'’ʻ`]?lumot|шахсий маълумот)",
)

# Said where the text breaks off.
PAYWALL = _words(
    r"(?:чтобы|что бы) (?:читать|прочитать|дочитать|продолжить (?:чтение|читать))[^.!]{0,60}",
    r"(?:полн(?:ый|ая) (?:текст|версия)[^.!]{0,40}|материал|статья|контент)[^.!]{0,30}(?:доступ\w+|открыт\w*) (?:только )?(?:для |по )?(?:подписчик|подписк|зарегистрированн|авторизованн)",
    r"(?:только для|доступно) (?:наших )?подписчик",
    r"оформите (?:\w+ )?подписку",
    r"(?:толық|мақаланы толық)[^.!]{0,40}(?:оқу үшін|жазыл)",
    r"тек жазылушылар",
    r"tek jazyl[uy][sş]ylar",
    r"oqu [uüú][sş][iıı]n jazyl",
    r"(?:жазылуучулар|катталгандар) үчүн гана",
    r"(?:faqat obunachilar|фақат обуначилар)",
    r"танҳо барои муштариён",
    r"(?:subscribe|sign up|sign in|register|log in|become a (?:member|subscriber))[^.!]{0,40}(?:to (?:continue|keep|read|unlock|get full access)|for full access)",
    r"(?:this|the full) (?:article|story|content)[^.!]{0,30}(?:for|to|available to|reserved for|exclusive to) (?:\w+ )?(?:subscribers|members)",
    r"(?:to (?:continue|keep) reading|continue reading)[^.!]{0,60}(?:subscri|sign|register|account|trial)",
    r"(?:already a|for) (?:subscriber|member)s?\b",
)

NEEDS_SCRIPT = _words(
    r"(?:enable|requires?|need|turn on|activate)[^.]{0,20}javascript",
    r"javascript (?:is )?(?:disabled|required|not enabled|to run)",
    r"(?:включ\w+|необходим\w*|требуется|поддержк\w+)[^.]{0,30}javascript",
    r"javascript[^.]{0,30}(?:отключ|включ|необходим|қосыңыз|іске қос|yoqing)",
    r"javascript[^.]{0,20}(?:күйгүз|фаъол)",
)
