"""The book as a folder, and finding an application in it."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

import pytest
from callplan.book.folder import Book, find, read_book
from callplan.book.read import read_application
from callplan.errors import RecordError, UsageError

from tests.book.samples import NORDLYS


def add(folder: Path, name: str, company: str, text: str = NORDLYS) -> Path:
    path = folder / name
    text = text.replace("6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11", str(uuid4())).replace("Nordlys Energi", company)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    add(tmp_path, "nordlys.toml", "Nordlys Energi")
    add(tmp_path, "vesta.toml", "Vesta Wind")
    return tmp_path


def names(book: Book) -> list[str]:
    return [one.name for one in book.applications]


def test_applications_come_by_name(folder: Path) -> None:
    add(folder, "arla.toml", "Arla")
    assert names(read_book(folder)) == ["arla", "nordlys", "vesta"]


def test_a_missing_folder_is_an_empty_book(tmp_path: Path) -> None:
    assert read_book(tmp_path / "nowhere") == Book()


def test_other_files_and_hidden_ones_are_left_alone(folder: Path) -> None:
    for name in ("notes.txt", ".hidden.toml", "nordlys.toml~", "config.toml.bak", ".callplan-1.tmp"):
        (folder / name).write_text("[[[", encoding="utf-8")
    (folder / ".git").mkdir()
    assert read_book(folder).faults == ()


def test_one_bad_file_never_hides_the_good_ones(folder: Path) -> None:
    (folder / "broken.toml").write_text("company = \n", encoding="utf-8")
    (folder / "empty.toml").write_text("", encoding="utf-8")
    book = read_book(folder)
    assert names(book) == ["nordlys", "vesta"]
    assert [line.split(":")[0] for line in book.faults] == ["broken.toml, line 1", *["empty.toml"] * 3]
    assert book.faulty == ("broken", "empty")


def test_two_files_with_one_id_are_both_named_and_neither_is_used(folder: Path) -> None:
    (folder / "copy.toml").write_bytes((folder / "nordlys.toml").read_bytes())
    book = read_book(folder)
    assert names(book) == ["vesta"]
    assert book.faulty == ("copy", "nordlys")
    assert [line.startswith(("copy.toml: its id", "nordlys.toml: its id")) for line in book.faults] == [True, True]
    assert all("nordlys.toml" in line and "copy.toml" in line for line in book.faults)


def test_a_copy_of_syncthing_is_a_fault_and_the_other_file_still_counts(folder: Path) -> None:
    name = "nordlys.sync-conflict-20261116-120000-ABCDEFG.toml"
    (folder / name).write_bytes((folder / "nordlys.toml").read_bytes())
    book = read_book(folder)
    assert names(book) == ["nordlys", "vesta"]
    assert book.faults[0].startswith(f"{name} is Syncthing's copy")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def broken_link(path: Path) -> None:
    path.symlink_to("nowhere.toml")


UNREADABLE = [
    (Path.mkdir, "x.toml is a folder, and its name says it is an application. Rename it."),
    (os.mkfifo, "x.toml is no file (a pipe or a device), and its name says it is an application. Rename it."),
    (loop, "x.toml is a link that leads back to itself."),
    (broken_link, "x.toml is a link to a file that is not there."),
    (
        lambda path: path.write_bytes(b"company = '\xe6'\n"),
        "x.toml, line 1: the byte 0xe6 is no UTF-8. Save the file as UTF-8.",
    ),
    (lambda path: path.write_text(NORDLYS, "utf-16"), "x.toml: this is UTF-16. Save it as UTF-8."),
    (
        lambda path: path.write_bytes(b"#" * 1_000_001),
        "x.toml is larger than a million bytes: that is no application. Move it elsewhere.",
    ),
]


@pytest.mark.parametrize(
    ("make", "sentence"), UNREADABLE, ids=lambda value: value[:30] if isinstance(value, str) else "made"
)
def test_what_cannot_be_read_is_told_in_a_sentence(folder: Path, make: object, sentence: str) -> None:
    assert callable(make)
    make(folder / "x.toml")
    book = read_book(folder)
    assert book.faults == (sentence,)
    assert names(book) == ["nordlys", "vesta"]
    with pytest.raises(RecordError):
        read_application(folder / "x.toml")


def test_a_file_without_permission_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: Path, flags: int, *rest: int) -> int:
        if Path(path).name == "vesta.toml":
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *rest)

    monkeypatch.setattr(os, "open", refuse)
    assert read_book(folder).faults == ("vesta.toml may not be opened: you lack the permission.",)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"^x\.toml is not there\.$"):
        read_application(tmp_path / "x.toml")


@pytest.mark.parametrize(
    "name", [b"a\x1b[2Jb.toml", "a\u202eb.toml".encode(), b"a\xffb.toml", b" x.toml", b"a\nb.toml"]
)
def test_a_file_whose_name_cannot_be_shown_is_told_without_it(folder: Path, name: bytes) -> None:
    (folder / "vesta.toml").rename(os.fsdecode(os.fsencode(folder) + b"/" + name))
    book = read_book(folder)
    assert names(book) == ["nordlys"]
    assert "the name of this file holds characters that cannot be shown. Rename it." in book.faults[0]
    assert all(line.isprintable() for line in book.faults)


def test_a_byte_order_mark_is_no_fault(folder: Path) -> None:
    path = folder / "nordlys.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_book(folder).faults == ()


def test_a_book_that_is_a_file_is_refused(folder: Path) -> None:
    with pytest.raises(RecordError, match=r"is a file. It must be a folder"):
        read_book(folder / "nordlys.toml")


@pytest.mark.parametrize("part", ["nordlys", "NORD", "nordlys.toml", "Nordlys Energi", "energi", " lys "])
def test_any_part_of_the_name_or_the_company_will_do(folder: Path, part: str) -> None:
    assert find(folder, part).name == find(read_book(folder), part).name == "nordlys"


def test_the_whole_name_goes_before_a_part_of_one(folder: Path) -> None:
    add(folder, "nordlys-2.toml", "Nordlys Energi")
    assert find(folder, "nordlys").name == "nordlys"
    assert find(folder, "nordlys-2").name == "nordlys-2"


def test_a_part_of_several_names_them_all(folder: Path) -> None:
    add(folder, "westwind.toml", "Westwind")
    with pytest.raises(UsageError, match=r'"win" may be vesta \(Vesta Wind\) or westwind\. Say more of the name\.'):
        find(folder, "win")


@pytest.mark.parametrize(("part", "meant"), [("old", "oldmill"), ("mill", "grain-mill"), ("rain", "grain-mill")])
def test_how_a_name_begins_goes_before_a_word_in_it_and_that_before_a_part(folder: Path, part: str, meant: str) -> None:
    for name, company in (("oldmill", "Oldmill"), ("grain-mill", "Grain Mill"), ("gold", "The Old Gold")):
        add(folder, f"{name}.toml", company)
    assert find(folder, part).name == meant


@pytest.mark.parametrize(("wrong", "near"), [("nordlis", "nordlys"), ("Vesta Wnd", "vesta")])
def test_a_wrong_name_brings_the_near_ones(folder: Path, wrong: str, near: str) -> None:
    with pytest.raises(UsageError, match=rf"There is no application \"{wrong}\". Did you mean {near}\?"):
        find(folder, wrong)


def test_a_name_that_is_like_none_points_to_the_list(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"callplan list shows them all"):
        find(folder, "qqqq")
    with pytest.raises(UsageError, match=r"callplan add begins one"):
        find(tmp_path / "nowhere", "qqqq")
    with pytest.raises(UsageError, match=r"Which application"):
        find(folder, "  ")


def test_a_name_of_a_faulty_file_tells_its_faults_rather_than_taking_another(folder: Path) -> None:
    add(folder, "nordlys-2.toml", "Nordlys Energi")
    (folder / "nordlys.toml").write_text("company = \n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"^nordlys\.toml, line 1: this is no TOML"):
        find(folder, "nordlys")
    with pytest.raises(UsageError, match=r"nordlys \(faulty\) or nordlys-2"):
        find(folder, "nordl")
    assert find(folder, "nordlys-2").name == "nordlys-2"
