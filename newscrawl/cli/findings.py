"""What a check found -> lines for people, or JSON."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

import click

from newscrawl.cli.show import json_text, plain


class Level(StrEnum):
    """How much a finding weighs."""

    OK = "ok"
    ADVICE = "advice"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. what: its name; said: what is the case; then: what a person can do, empty where nothing."""

    what: str
    level: Level
    said: str
    then: str = ""


def ok(what: str, said: str) -> Finding:
    """Nothing to do."""
    return Finding(what, Level.OK, said)


def advice(what: str, said: str, then: str) -> Finding:
    """It works, and could be better."""
    return Finding(what, Level.ADVICE, said, then)


def fault(what: str, said: str, then: str) -> Finding:
    """It does not work, or soon will not."""
    return Finding(what, Level.FAULT, said, then)


def print_findings(findings: Iterable[Finding], *, as_json: bool) -> int:
    """Print each as it comes; how many faults there are."""
    faults = 0
    told = []
    for finding in findings:
        faults += finding.level is Level.FAULT
        told.append(asdict(finding))
        if not as_json:
            click.echo(f"{finding.level:<7} {plain(finding.what)}: {plain(finding.said, longest=1000)}")
            if finding.then:
                click.echo(f"        -> {plain(finding.then)}")
    if as_json:
        click.echo(json_text(told, indent=2))
    return faults
