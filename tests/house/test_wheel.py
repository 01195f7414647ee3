"""What the wheel holds."""

import subprocess
import sys
import zipfile
from pathlib import Path


def test_the_wheels_only_top_level_name_is_newscrawl(repository: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=repository,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("newscrawl-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    top = {name.split("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == {"newscrawl"}
    assert any(name.startswith("newscrawl/extraction/profiles/") for name in names)
    assert any(name.startswith("newscrawl/demo/content/") for name in names)
    assert "newscrawl/py.typed" in names
