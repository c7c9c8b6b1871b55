from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from callplan.errors import RecordError
from callplan.settings import Settings

from tests.words.examples import ANNA, NORDLYS
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
