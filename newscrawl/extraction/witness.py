"""Text -> how likely it is in each language that py3langid knows, by the labels of one script."""

from functools import cache
from typing import Any

# py3langid's labels by script. Left out: dialects and small languages that only steal short headlines from the large
# (pcm, la, ext, lij, gcf ...), and the label for "no language" (zxx), which other code decides.
LABELS = {
    "Cyrl": ("kk", "ky", "uz", "uzs", "tg", "ru", "uk", "be", "bg", "mk", "sr", "mn", "tt", "ba"),
    "Latn": (
        *("en", "uz", "uzs", "kk", "tr", "az", "tk", "crh", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "sl", "hr", "bs", "ro", "hu"),
        *("fi", "sv", "no", "da", "is", "et", "lv", "lt", "sq", "id", "ms", "tl", "vi", "sw", "so", "ca", "gl", "eu", "eo", "ku", "ga", "mt", "af"),
    ),
    "Arab": ("ar", "fa", "ur", "ug", "ps", "sdh"),
}


@cache
def _full_model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)


@cache
def witness(script: str | None) -> Any:
    """py3langid's identifier, restricted to a script's labels (all labels for other scripts); loaded once a process."""
    from py3langid.langid import LanguageIdentifier

    full = _full_model()
    if script not in LABELS:
        return full
    narrow = LanguageIdentifier(
        full.nb_ptc, full.nb_pc, full.nb_classes, full.tk_nextmove, full.tk_output, tk_row=full.tk_row
    )
    narrow.set_languages(LABELS[script])
    return narrow
