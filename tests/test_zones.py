"""Zone names, and the zone this computer is set to."""

from __future__ import annotations

from pathlib import Path

import pytest
from callplan.zones import is_zone, system_zone, zone_name


@pytest.fixture
def etc(tmp_path: Path) -> Path:
    folder = tmp_path / "etc"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        ("Europe/Copenhagen", "Europe/Copenhagen"),
        (":Europe/Copenhagen", "Europe/Copenhagen"),
        ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("", "UTC"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", None),
        ("Nowhere/Land", None),
    ],
)
def test_tz_goes_before_everything(etc: Path, told: str, zone: str | None) -> None:
    (etc / "timezone").write_text("America/New_York\n")
    assert system_zone({"TZ": told}, etc) == zone


def test_the_link_names_the_zone_even_where_that_file_is_a_link_to_another(etc: Path) -> None:
    files = etc / "zoneinfo" / "Europe"
    files.mkdir(parents=True)
    (files / "Berlin").write_bytes(b"")
    (files / "Copenhagen").symlink_to("Berlin")
    (etc / "alternative").symlink_to("zoneinfo/Europe/Copenhagen")
    (etc / "localtime").symlink_to("alternative")
    assert system_zone({}, etc) == "Europe/Copenhagen"


def test_without_a_link_the_text_file_is_read(etc: Path) -> None:
    (etc / "localtime").write_bytes(b"TZif")
    (etc / "timezone").write_text("America/New_York\n")
    assert system_zone({}, etc) == "America/New_York"


def test_a_computer_that_does_not_say_has_no_zone(etc: Path) -> None:
    assert system_zone({}, etc) is None
    (etc / "timezone").write_text("Somewhere\n")
    assert system_zone({}, etc) is None


def test_links_in_a_circle_end(etc: Path) -> None:
    (etc / "localtime").symlink_to("localtime")
    assert system_zone({}, etc) is None


@pytest.mark.parametrize("name", ["", "localtime", "../../etc/passwd", "/etc/localtime", "Europe", "a\0b", "Mars/Base"])
def test_what_is_no_zone_name_is_none(name: str) -> None:
    assert not is_zone(name)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("new york", "America/New_York"), ("Europe/Kopenhagen", "Europe/Copenhagen"), ("asia/tokyo", "Asia/Tokyo")],
)
def test_a_wrong_zone_name_suggests_the_right_one(written: str, meant: str) -> None:
    with pytest.raises(ValueError, match=f'Did you mean "{meant}"?'):
        zone_name(written)
