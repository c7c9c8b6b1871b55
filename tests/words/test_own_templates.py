from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from callplan.errors import RecordError
from callplan.settings import Settings
from callplan.words.letters.matter import DraftKind

from tests.words.examples import ANNA, NORDLYS
from tests.words.letters import draft
from tests.words.scripts import SECOND, TWICE, said, script


def test_users_own_template_replaces_ours(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "en"
    folder.mkdir(parents=True)
    (folder / "second-call.j2").write_text(
        '{% extends "en/call.j2" %}{% block close %}Bye, {{ callee }}.{% endblock %}', encoding="utf-8"
    )
    settings = Settings(me=ANNA, path=tmp_path / "config.toml")
    assert said(script(TWICE, SECOND, settings), "close") == "Bye, Mette Holm."


def test_users_own_language_is_used_where_there_is_a_template(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "de"
    folder.mkdir(parents=True)
    (folder / "call.j2").write_text(
        "{% block opening %}Wir sprachen am {{ interview_day }}.{% endblock %}", encoding="utf-8"
    )
    one = script(replace(NORDLYS, language="de-DE"), settings=Settings(me=ANNA, path=tmp_path / "config.toml"))
    assert said(one, "opening") == "Wir sprachen am 16. November."
    assert one.words_per_minute == 125


def test_fault_in_a_users_template_names_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "en"
    folder.mkdir(parents=True)
    (folder / "call.j2").write_text("{% block opening %}\n{{ nobody }\n{% endblock %}", encoding="utf-8")
    with pytest.raises(RecordError, match=r"call\.j2, line 2"):
        script(settings=Settings(me=ANNA, path=tmp_path / "config.toml"))


def test_unknown_value_in_a_users_template_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "en"
    folder.mkdir(parents=True)
    (folder / "call.j2").write_text("{% block opening %}{{ salary }}{% endblock %}", encoding="utf-8")
    with pytest.raises(RecordError, match="salary"):
        script(settings=Settings(me=ANNA, path=tmp_path / "config.toml"))


DOCS = Path(__file__).parents[2] / "docs" / "templates.md"


def documented() -> tuple[list[str], list[str]]:
    """The names that docs/templates.md says can be filled in: of letters, and the further ones of scripts."""
    text = DOCS.read_text(encoding="utf-8").split("## What you can fill in")[1]
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    paragraph = text.split("In scripts also", 1)[1].split("as in ours", 1)[0]
    return [name for row in rows for name in re.findall(r"`(\w+)`", row)], re.findall(r"`(\w+)`", paragraph)


def test_every_documented_name_can_be_filled_in(tmp_path: Path) -> None:
    letters, scripts = documented()
    assert len(letters) > 25
    folder = tmp_path / "templates" / "en"
    folder.mkdir(parents=True)
    settings = Settings(me=ANNA, path=tmp_path / "config.toml")
    block = "".join(f"{{{{ {name} }}}}\n" for name in letters if name not in ("salutation", "closing"))
    (folder / "withdraw.j2").write_text(f"{{% block text %}}x\n{block}{{% endblock %}}", encoding="utf-8")
    assert draft(DraftKind.WITHDRAW, settings=settings).paragraphs
    block = "".join(f"{{{{ {name} }}}}\n" for name in scripts)
    (folder / "call.j2").write_text(f"{{% block close %}}x\n{block}{{% endblock %}}", encoding="utf-8")
    assert said(script(settings=settings), "close")


@pytest.mark.parametrize("number", [0, 1])
def test_examples_of_the_documentation_work(tmp_path: Path, number: int) -> None:
    example = re.findall(r"```jinja\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)[number]
    folder = tmp_path / "templates" / "en"
    folder.mkdir(parents=True)
    (folder / "thank-you.j2").write_text(example, encoding="utf-8")
    one = draft(settings=Settings(me=ANNA, path=tmp_path / "config.toml"))
    assert any("dahl.example" in text or "vielen Dank" in text for text in one.paragraphs)
