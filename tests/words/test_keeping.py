"""Drafts as files: an edit of the user's is never lost, and only the log says that something was sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from callplan.book.types import LogEntry
from callplan.errors import RecordError
from callplan.where import Places
from callplan.words.letters.keeping import Drafts, DraftState, KeptDraft, gaps_in

from tests.words.examples import INTERVIEW, NORDLYS

SENT = LogEntry(INTERVIEW.end + timedelta(hours=1), "thank-you", "sent", to=("Mette Holm",))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(*(tmp_path / name for name in ("config.toml", "book", "state", "data")))


def draft(tmp_path: Path, person: str = "Mette Holm") -> KeptDraft:
    path = tmp_path / f"{person or 'nobody'}.txt"
    return KeptDraft(str(NORDLYS.id), 1, "thank-you", person, str(path), "")


def test_draft_is_written_and_found_again(places: Places, tmp_path: Path) -> None:
    kept, written = Drafts(places).write(draft(tmp_path), "Kære Mette\n")
    assert written
    assert Drafts(places).of(NORDLYS, "thank-you", 1, ["Mette Holm"]) == [kept]
    assert kept.text == "Kære Mette\n"
    assert Drafts(places).of(NORDLYS, "letter") == []
    assert Drafts(places).of(NORDLYS, whom=["Jonas Krag"]) == []


def test_untouched_draft_is_written_anew(places: Places, tmp_path: Path) -> None:
    Drafts(places).write(draft(tmp_path), "one")
    kept, written = Drafts(places).write(draft(tmp_path), "two")
    assert written
    assert kept.text == "two"


def test_edited_draft_is_never_written_over(places: Places, tmp_path: Path) -> None:
    kept, _ = Drafts(places).write(draft(tmp_path), "one")
    kept.file.write_text("mine", encoding="utf-8")
    assert kept.edited
    for _ in range(2):
        again, written = Drafts(places).write(draft(tmp_path), "two")
        assert not written
        assert again.text == "mine"


def test_file_that_was_there_before_is_never_written_over(places: Places, tmp_path: Path) -> None:
    (tmp_path / "Mette Holm.txt").write_text("somebody's", encoding="utf-8")
    for _ in range(2):
        kept, written = Drafts(places).write(draft(tmp_path), "two")
        assert not written
        assert kept.text == "somebody's"


def test_deleted_draft_is_no_draft_and_may_be_written_again(places: Places, tmp_path: Path) -> None:
    kept, _ = Drafts(places).write(draft(tmp_path), "one")
    kept.file.unlink()
    assert Drafts(places).of(NORDLYS) == []
    assert Drafts(places).write(draft(tmp_path), "one")[1]


@pytest.mark.advice("3.4.0")
def test_edit_after_proofreading_makes_it_a_draft_again(places: Places, tmp_path: Path) -> None:
    drafts = Drafts(places)
    kept, _ = drafts.write(draft(tmp_path), "one")
    assert drafts.state(kept, NORDLYS) is DraftState.DRAFT
    kept = drafts.mark(kept, DraftState.PROOFED)
    assert drafts.state(kept, NORDLYS) is DraftState.PROOFED
    kept = drafts.mark(kept, DraftState.REVIEWED)
    assert drafts.state(drafts.of(NORDLYS)[0], NORDLYS) is DraftState.REVIEWED
    kept.file.write_text("one, and more", encoding="utf-8")
    assert drafts.state(kept, NORDLYS) is DraftState.DRAFT


def test_only_the_log_says_sent_and_takes_it_back(places: Places, tmp_path: Path) -> None:
    drafts = Drafts(places)
    mette, _ = drafts.write(draft(tmp_path), "one")
    jonas, _ = drafts.write(draft(tmp_path, "Jonas Krag"), "two")
    sent = replace(NORDLYS, log=(SENT,))
    assert drafts.state(mette, sent) is DraftState.SENT
    assert drafts.state(jonas, sent) is DraftState.DRAFT
    undone = replace(sent, log=(SENT, replace(SENT, at=SENT.at + timedelta(minutes=1), outcome="undone")))
    assert drafts.state(mette, undone) is DraftState.DRAFT
    with pytest.raises(ValueError, match="log"):
        drafts.mark(mette, DraftState.SENT)


def test_rendering_changed_by_hand_is_left_alone(places: Places, tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    assert Drafts(places).write_rendering(path, b"1")
    assert Drafts(places).write_rendering(path, b"2")
    path.write_bytes(b"mine")
    assert not Drafts(places).write_rendering(path, b"3")
    assert path.read_bytes() == b"mine"
    assert Drafts(places).of(NORDLYS) == []


@pytest.mark.parametrize("content", [b"nonsense", b"[]", b'{"version": 2}', b'{"version": 1, "drafts": [{}]}', b"\xff"])
def test_damaged_list_is_an_error_with_a_way_out(places: Places, tmp_path: Path, content: bytes) -> None:
    Drafts(places).write(draft(tmp_path), "one")
    next(places.state.glob("drafts-*.json")).write_bytes(content)
    with pytest.raises(RecordError, match=r"Delete it|newer callplan"):
        Drafts(places).of(NORDLYS)


def test_list_and_drafts_are_the_users_alone(places: Places, tmp_path: Path) -> None:
    kept, _ = Drafts(places).write(draft(tmp_path), "one")
    for path in (kept.file, next(places.state.glob("drafts-*.json"))):
        assert path.stat().st_mode & 0o077 == 0


def test_gaps_are_found_with_their_brackets() -> None:
    text = 'Dear [GAP: your name — add name = "…" under [me] in c.toml], and [MANGLER: navn]\n[GAP: open'
    assert gaps_in(text) == ['[GAP: your name — add name = "…" under [me] in c.toml]', "[MANGLER: navn]", "[GAP: open"]
    assert gaps_in("nothing [here]") == []
