"""Words -> how likely they are in each language that py3langid knows, by the labels of one script."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

# py3langid's labels by script. Left out: dialects and small languages that only steal short headlines from the large
# (pcm, la, ext, lij, gcf ...), and the label for "no language" (zxx), which other code decides. uzs is Uzbek too.
LABELS: dict[str, tuple[str, ...]] = {
    "Cyrl": ("kk", "ky", "uz", "uzs", "tg", "ru", "uk", "be", "bg", "mk", "sr", "mn", "tt", "ba"),
    "Latn": (
        *("en", "uz", "uzs", "tr", "az", "tk", "crh", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "sl", "hr"),
        *("bs", "ro", "hu", "fi", "sv", "no", "da", "is", "et", "lv", "lt", "sq", "id", "ms", "tl", "vi", "sw", "so"),
        *("ca", "gl", "eu", "eo", "ku", "ga", "mt", "af", "cy"),
    ),
    "Arab": ("ar", "fa", "ur", "ug", "ps", "sdh"),
}
_SAME = {"uzs": "uz", "wuu": "zh", "yue": "zh", "arz": "ar", "ary": "ar"}


@dataclass(frozen=True, slots=True)
class Witness:
    """py3langid's model narrowed to some languages: its own features and its own sum, without ranking 140 languages.

    starts: where each language's columns begin in `weights` (Uzbek and Serbian have one for each script).
    """

    languages: tuple[str, ...]
    starts: npt.NDArray[np.intp]
    weights: npt.NDArray[Any]
    beforehand: npt.NDArray[np.float32]
    moves: Any
    features: Any
    row_starts: list[int]

    def score(self, text: str) -> tuple[npt.NDArray[np.float32], float]:
        """(log-probability by language, the scale that makes lengths comparable: the square root of the bytes)."""
        encoded = text.encode(errors="replace")
        visits = _visit_counts()(self.moves, self.row_starts, self.features, encoded)
        heard = self.beforehand
        if visits:
            counts = np.fromiter(visits.values(), dtype=np.float32, count=len(visits))
            heard = np.log1p(counts) @ self.weights[list(visits)] + heard
        return np.maximum.reduceat(heard, self.starts), (len(encoded) or 1) ** 0.5


@cache
def witness(script: str | None) -> Witness:
    """The witness for a script (all of py3langid's languages for other scripts than the three), called once a process."""
    model = _model()
    wanted = LABELS.get(script or "") or model.nb_classes
    columns = sorted(
        (_SAME.get(label, label), column) for column, label in enumerate(model.nb_classes) if label in wanted
    )
    languages = [language for language, _ in columns]
    places = [column for _, column in columns]
    return Witness(
        tuple(dict.fromkeys(languages)),
        np.array([at for at, x in enumerate(languages) if at == 0 or languages[at - 1] != x], np.intp),
        # Single precision for the three scripts (23 MB) takes a third off a headline's time; all languages would be 57 MB.
        model.nb_ptc[:, places].astype(np.float32 if script in LABELS else np.float16),
        model.nb_pc[places].astype(np.float32),
        model.tk_nextmove,
        model.tk_output,
        [row << 8 for row in model.tk_row],
    )


@cache
def _visit_counts() -> Any:
    from py3langid.langid import visit_counts

    return visit_counts


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
