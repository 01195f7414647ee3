"""A host's country -> the time zones that its sites may write their clocks in, the likeliest first."""

# By the last label of a host: what tzdata lists for the country, the capital's or the largest city's first.
ZONES = {
    "kz": ("Asia/Almaty", "Asia/Qyzylorda", "Asia/Qostanay", "Asia/Aqtobe", "Asia/Aqtau", "Asia/Atyrau", "Asia/Oral"),
    "kg": ("Asia/Bishkek",),
    "uz": ("Asia/Tashkent", "Asia/Samarkand"),
    "tj": ("Asia/Dushanbe",),
    "tm": ("Asia/Ashgabat",),
    "ru": ("Europe/Moscow", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Novosibirsk"),
    "mn": ("Asia/Ulaanbaatar", "Asia/Hovd"),
    "az": ("Asia/Baku",),
    "am": ("Asia/Yerevan",),
    "ge": ("Asia/Tbilisi",),
    "by": ("Europe/Minsk",),
    "ua": ("Europe/Kyiv",),
    "cn": ("Asia/Shanghai", "Asia/Urumqi"),
    "af": ("Asia/Kabul",),
}
CENTRAL_ASIA = ("Asia/Almaty", "Asia/Bishkek", "Asia/Tashkent", "Asia/Dushanbe", "Asia/Ashgabat")


def likely_zones(host: str) -> tuple[str, ...]:
    """The zones of the host's country; of a host that names none, those of the region's capitals."""
    return ZONES.get(host.partition(":")[0].rpartition(".")[2].lower(), CENTRAL_ASIA)
