"""The letter statistics are those of the repository's own texts, and the texts are clean."""

import gzip
import os
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from newscrawl.extraction.letter_statistics import OWN_PROFILES

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
ALPHABETS = {
    "kk": RUSSIAN + "әғқңөұүһі",
    "ky": RUSSIAN + "ңөү",
    "tg": "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя",
    "uz": "abdefghijklmnopqrstuvxyzc‘’ʻʼ'",
}
OWN_LETTERS = {"kk": "әғқңөұүі", "ky": "ңөү", "tg": "ғӣқӯҳҷ", "uz": "qx"}
MARKS = set(" .,:;!?-–—«»“”")


def lines_of(code: str) -> list[str]:
    return (BENCHMARKS / "profile_texts" / f"{code}.txt").read_text(encoding="utf-8").splitlines()


def make_profiles(target: Path, *arguments: str, seed: str = "0") -> dict[str, bytes]:
    """What the script writes, by file name."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, str(BENCHMARKS / "make_profiles.py"), *arguments, "--to", str(target)]
    subprocess.run(command, env=environment, capture_output=True, check=True)
    return {path.name: path.read_bytes() for path in target.iterdir()}


def test_released_profiles_are_those_of_the_texts_in_this_repository(tmp_path: Path) -> None:
    made = make_profiles(tmp_path)
    assert set(made) == {f"{name}.json.gz" for names in OWN_PROFILES.values() for name in names}
    released = resources.files("newscrawl.extraction").joinpath("profiles")
    for name, packed in made.items():
        # Unpacked: builds of zlib pack the same bytes differently.
        assert gzip.decompress(packed) == gzip.decompress(released.joinpath(name).read_bytes()), name


def test_profiles_of_the_same_texts_are_the_same_bytes(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for code in ALPHABETS:
        (texts / f"{code}.txt").write_text("\n".join(lines_of(code)[:20]), encoding="utf-8")
    made = [make_profiles(tmp_path / seed, str(texts), seed=seed) for seed in ("1", "2")]
    assert made[0] == made[1]
    assert set(made[0]) == {f"{name}.json.gz" for names in OWN_PROFILES.values() for name in names}


@pytest.mark.parametrize("code", ALPHABETS)
def test_text_keeps_to_its_alphabet(code: str) -> None:
    foreign = {
        line: strange
        for line in lines_of(code)
        if (strange := set(line.lower()) - set(ALPHABETS[code]) - MARKS - set("0123456789"))
    }
    assert foreign == {}


@pytest.mark.parametrize("code", ALPHABETS)
def test_text_uses_each_letter_that_its_language_is_known_by(code: str) -> None:
    text = "".join(lines_of(code)).lower()
    assert {letter: text.count(letter) for letter in OWN_LETTERS[code] if text.count(letter) < 50} == {}


@pytest.mark.parametrize("code", ALPHABETS)
def test_no_line_of_a_text_is_empty_or_stands_twice(code: str) -> None:
    lines = lines_of(code)
    assert all(line.strip() == line != "" for line in lines)
    assert len(set(lines)) == len(lines)
    assert len("\n".join(lines).encode()) > 50_000
