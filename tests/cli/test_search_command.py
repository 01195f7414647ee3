"""`newscrawl search`: what is found, what is chosen, and what is said of nothing."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Invoke
from tests.cli.stored import writing
from tests.store.samples import SITE, URL, article, store


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A Russian and a Kazakh article on bridges, of two days and sites."""
    with writing(tmp_path) as connection:
        store(connection, article())
        kazakh = article(
            url="https://basqa.example/kopir", title="Ескі мост жөнделді", text="Мост бүгін ашылды.", language="kk",
            published_day=date(2024, 5, 1), published=None,
        )  # fmt: skip
        store(connection, kazakh, site="basqa_example")
        connection.execute("UPDATE articles SET status = 'gone' WHERE site = 'basqa_example'")
    return tmp_path


def test_an_article_is_three_lines(invoke: Invoke, data: Path) -> None:
    result = invoke("search", "мосту", "автобус", "--data", data)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "2024-05-02 11:50  Мост через Ишим открыли",
        f"    {SITE}, ru  {URL}",
        "    Движение по [мосту] началось утром. Первым проехал [автобус].",
        "",
    ]


def test_a_withdrawn_article_without_a_date_says_so(invoke: Invoke, data: Path) -> None:
    lines = invoke("search", "жөнделді", "--data", data).stdout.splitlines()
    assert lines[0] == "no date           Ескі мост жөнделді"
    assert lines[1] == "    basqa_example, kk, withdrawn  https://basqa.example/kopir"


@pytest.mark.parametrize(
    ("options", "sites"),
    [
        ([], {SITE, "basqa_example"}),
        (["--site", SITE], {SITE}),
        (["--language", "KK"], {"basqa_example"}),
        (["--since", "2024-05-02"], {SITE}),
        (["--until", "2024-05-01"], {"basqa_example"}),
        (["--since", "2024-05-01", "--until", "2024-05-02", "--limit", "1"], {SITE, "basqa_example"}),
    ],
)
def test_what_is_found_can_be_narrowed(invoke: Invoke, data: Path, options: list[str], sites: set[str]) -> None:
    found = [
        json.loads(line) for line in invoke("search", "мост", *options, "--json", "--data", data).stdout.splitlines()
    ]
    assert {record["site"] for record in found} <= sites
    assert len(found) == (1 if "--limit" in options else len(sites))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["паровоз"], 1, "nothing was found"),
        (["!!!"], 1, "nothing was found"),
        (["мост", "--site", "nobody_kz"], 2, "'nobody_kz' was never visited"),
        (["мост", "--since", "2024-05-02", "--until", "2024-05-01"], 2, "lies after"),
        (["мост", "--since", "вчера"], 2, "--since"),
        ([], 2, "WORDS"),
    ],
)
def test_nothing_and_misuse_are_told_apart(
    invoke: Invoke, data: Path, arguments: list[str], code: int, said: str
) -> None:
    result = invoke("search", *arguments, "--data", data)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
