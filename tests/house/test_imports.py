"""The arrows between the rooms."""

import subprocess
import sys
from pathlib import Path


def test_import_arrows_are_kept(repository: Path) -> None:
    result = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_public_names_load_nothing_before_they_are_used() -> None:
    code = (
        "import sys, newscrawl; heavy = {'scrapy', 'trafilatura', 'dateparser', 'numpy', 'lxml'} & set(sys.modules); "
        "assert not heavy, heavy; assert newscrawl.extract and newscrawl.parse_date and newscrawl.identify_language"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_library_needs_no_scrapy() -> None:
    code = (
        "import sys; from newscrawl import extract; extract('<html><body><p>Салем</p></body></html>', 'https://example.kz/a'); "
        "assert 'scrapy' not in sys.modules and 'twisted' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
