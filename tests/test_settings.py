"""The settings file: what it may hold, and what is said of everything else."""

from __future__ import annotations

import dataclasses
from datetime import time
from pathlib import Path

import pytest
from callplan import setting_values
from callplan.book.types import Hours
from callplan.errors import RecordError
from callplan.plan.world import Rules
from callplan.settings import Settings, load_settings
from hypothesis import given
from hypothesis import strategies as st

FULL = """\
[me]
name = "Anna Dahl"
email = "anna@dahl.example"
phone = "+45 32 12 34 00"
address = ["Strandvejen 4", "8000 Aarhus C"]
timezone = "Europe/Copenhagen"
country = "DK"
language = "en"
waking_hours = "07:00-20:00"

[calendar]
url = "https://cal.dahl.example/dav/anna/follow-up/"
username = "anna"
password_command = ["pass", "show", "caldav"]

[busy]
calendars = ["https://cal.dahl.example/dav/anna/work/", "busy.ics", "webcal://cal.dahl.example/a.ics"]

[calls]
hours = ["15:30-16:45", "08:30-10:00"]

[rules]
max_calls = 1
follow_up_after_days = 8

[feed]
days_back = 30
"""


def read(folder: Path, text: str | bytes) -> Settings:
    file = folder / "config.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_settings(file)


def faults(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(RecordError) as caught:
        read(folder, text)
    return str(caught.value).splitlines()


def fault(folder: Path, text: str | bytes) -> str:
    (only,) = faults(folder, text)
    return only


def test_every_key_of_the_contract_is_read(tmp_path: Path) -> None:
    settings = read(tmp_path, FULL)
    me = settings.me
    assert (me.name, me.email, me.phone) == ("Anna Dahl", "anna@dahl.example", "+45 32 12 34 00")
    assert me.address == ("Strandvejen 4", "8000 Aarhus C")
    assert (me.timezone, me.timezone_known, me.country, me.language) == ("Europe/Copenhagen", True, "DK", "en")
    assert me.waking_hours == Hours(time(7), time(20))
    assert settings.calendar is not None
    assert settings.calendar.url == "https://cal.dahl.example/dav/anna/follow-up/"
    assert settings.calendar.username == "anna"
    assert settings.calendar.password_command == ("pass", "show", "caldav")
    assert settings.call_hours == (Hours(time(8, 30), time(10)), Hours(time(15, 30), time(16, 45)))
    assert settings.rules == Rules(max_calls=1, follow_up_after_days=8)
    assert settings.feed_days_back == 30
    assert settings.path == tmp_path / "config.toml"


def test_a_busy_path_lies_beside_the_settings_and_webcal_means_https(tmp_path: Path) -> None:
    assert read(tmp_path, FULL).busy_calendars == (
        "https://cal.dahl.example/dav/anna/work/",
        str(tmp_path / "busy.ics"),
        "https://cal.dahl.example/a.ics",
    )


def test_no_file_at_all_is_fine(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "nowhere" / "config.toml")
    assert settings.path is None
    assert settings.calendar is None
    assert settings.rules == Rules()
    assert settings.feed_days_back == 60
    assert settings.me.timezone_known is False


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert dataclasses.replace(read(tmp_path, ""), path=None) == load_settings(tmp_path / "none.toml")


def test_without_a_timezone_the_systems_counts_and_is_marked_as_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    me = read(tmp_path, '[me]\nname = "Anna"\n').me
    assert (me.timezone, me.timezone_known) == ("Asia/Tokyo", False)


def test_a_byte_order_mark_and_dos_line_ends_do_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode()).me.name == "Anna Dahl"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[me]\nnmae = "Anna"\n', 2, ['"nmae" is no setting', 'Did you mean "name"?']),
        ("[rules]\nmax-calls = 2\n", 2, ['Did you mean "max_calls"?']),
        ("[calender]\nx = 1\n", 1, ["Did you mean [calendar]?"]),
        ('timezone = "Europe/Copenhagen"\n', 1, ["It belongs under [me]."]),
        ("[rules]\nmax_calls = 2\ndays_back = 3\n", 3, ["It belongs under [feed]."]),
        ("[zebra]\n", 1, ["The tables are [me], [calendar]"]),
        ("[feed]\nzebra = 1\n", 2, ["The keys of [feed] are days_back."]),
        ("me = 3\n", 1, ['"me" is a table']),
        ("[me]\nname = 3\n", 2, ["[me] name: 3 is no text"]),
        ('[me]\nname = " "\n', 2, ["it is empty"]),
        ('[me]\nname = "a\\u001b[31m"\n', 2, ["control character"]),
        ('[me]\nemail = "anna at dahl"\n', 2, ["no e-mail address"]),
        ('[me]\nphone = "call me"\n', 2, ["no telephone number"]),
        ('[me]\naddress = "Strandvejen 4"\n', 2, ["is no list"]),
        ('[me]\ntimezone = "Copenhagen"\n', 2, ['Did you mean "Europe/Copenhagen"?']),
        ('[me]\ntimezone = "europe/copenhagen"\n', 2, ['Did you mean "Europe/Copenhagen"?']),
        ('[me]\ntimezone = "../../etc/passwd"\n', 2, ["is no time zone"]),
        ('[me]\ncountry = "UK"\n', 2, ['Did you mean "GB"?']),
        ('[me]\ncountry = "Denmark"\n', 2, ["is no country", "two letters"]),
        ('[me]\nlanguage = "fr"\n', 2, ["en and da"]),
        ('[me]\nwaking_hours = "7-20"\n', 2, ["is no part of a day", '"08:30-10:00"']),
        ('[me]\nwaking_hours = "07:00-24:00"\n', 2, ["is no part of a day"]),
        ('[me]\nwaking_hours = "20:00-07:00"\n', 2, ["ends before it begins"]),
        ('[calls]\nhours = ["08:30-08:40"]\n', 2, ["too short"]),
        ('[calls]\nhours = ["08:30-10:00", "09:00-11:00"]\n', 2, ["overlap"]),
        ("[calls]\nhours = []\n", 2, ["empty"]),
        ("[rules]\nmax_calls = 3\n", 2, ["from 1 to 2", "two calls"]),
        ("[rules]\nmax_calls = 0\n", 2, ["calls = false"]),
        ("[rules]\nmax_calls = true\n", 2, ["whole number"]),
        ("[rules]\ngrace_days = 1.5\n", 2, ["whole number"]),
        ("[rules]\ngrace_days = -1\n", 2, ["from 0 to 30"]),
        ("[rules]\nsecond_call_min_days = 12\n", 2, ["is more than second_call_target_days (10)"]),
        ("[rules]\ntries = 1\n", 2, ["tries_a_day (2) is more than tries (1)"]),
        ("[rules]\nthank_you_hours = 1\nthank_you_after_minutes = 90\n", 3, ["own deadline"]),
        ("[feed]\ndays_back = 100000\n", 2, ["from 0 to 3650"]),
        ('[calendar]\nusername = "anna"\n', 1, ["[calendar] has no url"]),
        ('[calendar]\nurl = "cal.dahl.example"\n', 2, ["no web address"]),
        ('[calendar]\nurl = "https:///x"\n', 2, ["names no server"]),
        ('[calendar]\nurl = "https://a:b"\n', 2, ["no web address"]),
        ('[calendar]\nurl = "https://a/"\nusername = "a:b"\n', 3, ["colon"]),
        ('[calendar]\nurl = "https://a/"\npassword_command = "pass show x"\n', 3, ["list of words"]),
        ('[calendar]\nurl = "http://cal.dahl.example/"\n', 2, ["Write https://"]),
        ('[busy]\ncalendars = ["http://cal.dahl.example/a.ics"]\n', 2, ["Write https://"]),
        ('[busy]\ncalendars = ["ftp://cal.dahl.example/a.ics"]\n', 2, ['"ftp:" cannot be read']),
        ('[busy]\ncalendars = "busy.ics"\n', 2, ["is no list"]),
        ("[me\n", 1, ["this is no TOML"]),
        ('[me]\nname = "a"\nname = "b"\n', 3, ["this is no TOML"]),
    ],
)
def test_a_fault_names_file_line_key_and_remedy(tmp_path: Path, text: str, line: int, words: list[str]) -> None:
    told = fault(tmp_path, text)
    assert told.startswith(f"config.toml, line {line}: ")
    for word in words:
        assert word in told


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    told = faults(tmp_path, '[feed]\ndays_back = -1\n[me]\nnmae = "x"\ncountry = "UK"\n[rules]\ntries = 99\n')
    assert [line.split(":")[0] for line in told] == [f"config.toml, line {n}" for n in (2, 4, 5, 7)]


@pytest.mark.parametrize("key", ["password", "passwd", "pass", "Password", "secret", "token", "app_password"])
@pytest.mark.parametrize("table", ["", "[calendar]\nurl = 'https://cal.dahl.example/'\n", "[me]\n"])
def test_a_password_in_the_file_is_refused_and_never_repeated(tmp_path: Path, table: str, key: str) -> None:
    told = fault(tmp_path, f'{table}{key} = "hunter2-hunter2"\n')
    assert "never put a password into this file" in told
    assert "password_command" in told
    assert "hunter2" not in told


@pytest.mark.parametrize("line", ['[calendar]\nurl = "{}"', '[busy]\ncalendars = ["{}"]'])
@pytest.mark.parametrize("url", ["https://anna:hunter2@cal.dahl.example/", "https://hunter2@cal.dahl.example/"])
def test_an_address_with_a_login_in_it_is_refused_and_never_repeated(tmp_path: Path, line: str, url: str) -> None:
    told = fault(tmp_path, line.format(url))
    assert "never put a user name or password into the address" in told
    assert "hunter2" not in told


@pytest.mark.parametrize(
    "text",
    [
        '[calendar]\nurl = "https://a:hunter2"',
        '[calendar]\nurl = "https://cal.example/hunter2 x"',
        '[calendar]\nurl = "https://cal.example/hunter2\\n"',
        '[calendar]\nurl = "http://cal.example/hunter2"',
        '[calendar]\nurl = "https://cal.example/"\npassword_command = "hunter2"',
        '[calendar]\nurl = "https://cal.example/"\npassword = hunter2',
        '[busy]\ncalendars = "https://cal.example/hunter2.ics"',
        '[busy]\ncalendars = ["gopher://cal.example/hunter2.ics", 3]',
    ],
)
def test_no_message_repeats_what_may_be_a_secret(tmp_path: Path, text: str) -> None:
    assert "hunter2" not in "\n".join(faults(tmp_path, text))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:5232", "[::1]:5232", "cal.localhost"])
def test_plain_http_is_right_on_this_computer(tmp_path: Path, host: str) -> None:
    settings = read(tmp_path, f'[calendar]\nurl = "http://{host}/anna/"\n')
    assert settings.calendar is not None
    assert settings.calendar.url == f"http://{host}/anna/"


def test_a_language_may_carry_a_region(tmp_path: Path) -> None:
    assert read(tmp_path, '[me]\nlanguage = "da-DK"\n').me.language == "da"


def test_bytes_that_are_no_utf_8_are_told_with_their_line(tmp_path: Path) -> None:
    assert fault(tmp_path, b'[me]\nname = "S\xf8ren"\n').startswith("config.toml, line 2: this is not UTF-8")


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="cannot be read"):
        load_settings(tmp_path)


def test_every_number_of_the_plan_has_a_key_whose_default_is_in_range() -> None:
    defaults = dataclasses.asdict(Rules())
    assert set(setting_values.RULES) == set(defaults)
    for key, reader in setting_values.RULES.items():
        assert reader(defaults[key]) == defaults[key]
    assert list(setting_values.rules_that_clash({})) == []


TOML_VALUES = st.recursive(
    st.text(max_size=20) | st.integers() | st.floats() | st.booleans() | st.datetimes() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(value=TOML_VALUES)
def test_whatever_a_key_holds_its_reader_gives_a_value_or_a_sentence(value: object) -> None:
    readers = [
        setting_values.text, setting_values.email, setting_values.phone, setting_values.address,
        setting_values.timezone, setting_values.country, setting_values.language, setting_values.hours,
        setting_values.calendar_url, setting_values.username, setting_values.command,
        setting_values.busy_calendars, setting_values.call_hours, setting_values.whole_number(1, 2),
    ]  # fmt: skip
    for reader in readers:
        told = ""
        try:
            reader(value)
        except ValueError as error:
            told = str(error)
        assert not told or told.endswith((".", "?"))
        assert told.isprintable()


@given(st.times(), st.times())
def test_every_stretch_of_a_day_is_read_back_as_written(start: time, end: time) -> None:
    start, end = start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0)
    written = f"{start:%H:%M}-{end:%H:%M}"
    if start < end:
        assert setting_values.hours(written) == Hours(start, end)
    else:
        with pytest.raises(ValueError, match="ends before it begins"):
            setting_values.hours(written)
