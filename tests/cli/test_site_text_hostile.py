"""What a site calls itself stands in its file as quoted text, whatever it is: nothing of it runs."""

import ast
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.cli.site_text import site_text
from newscrawl.site import Site

SITE = Site(name="vesti_kz", home="https://vesti.kz/")


@given(st.text(), st.text())
def test_no_name_that_a_site_gives_itself_gets_out_of_its_quotes(outlet: str, description: str) -> None:
    tree = ast.parse(site_text(replace(SITE, outlets=(outlet,)), description, description))
    [outlets] = [node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "outlets"]
    assert ast.literal_eval(outlets) == (outlet,)
    calls = [node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    assert calls == ["Site"]
    assert len(tree.body) == 4, "docstring, two imports, the class"
