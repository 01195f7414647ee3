"""A folder of plain texts -> the letter statistics in `newscrawl/extraction/profiles/`.

    python benchmarks/make_profiles.py [FOLDER] [--to FOLDER]

The texts are `benchmarks/profile_texts`, written for this project: kk.txt (Kazakh in Cyrillic), ky.txt (Kyrgyz), tg.txt
(Tajik) and uz.txt (Uzbek in Latin), UTF-8, a sentence or headline a line, 60 to 72 kB each. They are news prose of all
kinds with the loanwords and foreign names that news has, in one language and its alphabet, no line twice. Another FOLDER
holds files of the same names; texts that the result is measured on must not be among them.

Kazakh in its Latin spellings and Uzbek in Cyrillic are made by respelling (`newscrawl/extraction/spellings.py`).
The same texts give the same bytes: counting and pruning are langdetect's own, n-grams are sorted, gzip carries no time.
"""

import argparse
import gzip
import json
from collections.abc import Iterable
from pathlib import Path

from langdetect.utils.lang_profile import LangProfile

from newscrawl.extraction.letter_statistics import count_ready
from newscrawl.extraction.letters import clean, script_of, words_of
from newscrawl.extraction.spellings import KAZAKH_LATIN, spell_kazakh_in_latin, spell_uzbek_in_cyrillic

SOURCES = Path(__file__).parent / "profile_texts"
TARGET = Path(__file__).parent.parent / "newscrawl" / "extraction" / "profiles"
MAX_GRAMS = 8_000
"""What is rarer than the 8,000th n-gram of a text lies below langdetect's floor (0.00005) and only costs space."""


def main() -> None:
    """Write all profiles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=SOURCES)
    parser.add_argument("--to", type=Path, default=TARGET)
    args = parser.parse_args()
    args.to.mkdir(exist_ok=True)
    texts = {
        code: (args.folder / f"{code}.txt").read_text(encoding="utf-8").splitlines()
        for code in ("kk", "ky", "tg", "uz")
    }
    for code, lines in texts.items():
        write_profile(args.to, code, lines)
    write_profile(args.to, "uz-cyrl", map(spell_uzbek_in_cyrillic, texts["uz"]))
    for spelling in KAZAKH_LATIN:
        write_profile(args.to, spelling, [spell_kazakh_in_latin(line, spelling) for line in texts["kk"]])


def write_profile(folder: Path, name: str, lines: Iterable[str]) -> None:
    """Count one language's letters and write them as langdetect does (name, freq, n_words), packed."""
    profile = LangProfile(name)
    for line in lines:
        cleaned = clean(line)
        profile.update(count_ready(" ".join(words_of(cleaned, script_of(cleaned))).lower()))
    profile.omit_less_freq()
    kept = sorted(profile.freq.items(), key=lambda counted: (-counted[1], counted[0]))[:MAX_GRAMS]
    counts = {"name": name, "freq": dict(sorted(kept)), "n_words": profile.n_words}
    packed = gzip.compress(json.dumps(counts, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)
    (folder / f"{name}.json.gz").write_bytes(packed)
    print(f"{name}: {len(kept)} n-grams, {len(packed)} bytes")


if __name__ == "__main__":
    main()
