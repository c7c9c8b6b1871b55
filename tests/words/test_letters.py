"""E-mails and letters: what is in them, for whom, how long, and what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from callplan.book.types import Application, Decision, Fit, Noted, Notes, Question
from callplan.errors import RecordError
from callplan.settings import Settings
from callplan.words.letters.alike import MOST_ALIKE, overlap_notices, share
from callplan.words.letters.compose import BUDGETS
from callplan.words.letters.mail import mail_text
from callplan.words.letters.matter import DraftKind
from callplan.words.rendering import _environment

from tests.words.examples import ANNA, INTERVIEW, NORDLYS, NORDLYS_DA, NOW
from tests.words.letters import BOTH, INVITATION, OFFER, WRITER, draft

KINDS = list(DraftKind)


def noted(topics: tuple[Noted, ...] = (), valued: tuple[Noted, ...] = ()) -> Application:
    return replace(NORDLYS, rounds=(replace(INTERVIEW, notes=Notes(topics, valued)),))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("application", BOTH, ids=["en", "da"])
def test_full_record_gives_a_text_of_the_right_length_without_a_gap(application: Application, kind: DraftKind) -> None:
    one = draft(kind, application, accepted=kind is DraftKind.ANSWER)
    fewest, most = BUDGETS[kind]
    assert fewest <= one.words <= most
    assert one.gaps == ()
    assert one.subject
    assert one.body.count(one.salutation) == 1
    assert "Anna Dahl" in one.signature
    assert "{" not in one.body


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("application", BOTH, ids=["en", "da"])
def test_same_record_gives_the_same_text(application: Application, kind: DraftKind) -> None:
    assert draft(kind, application) == draft(kind, application)


@pytest.mark.advice("2.1.0", "2.2.c1")
def test_thank_you_thanks_names_the_talk_and_keeps_the_interest() -> None:
    one = draft()
    text = one.body
    assert text.startswith("Dear Mette Holm,\n\nThank you for taking the time to talk with me on 16 November")
    assert "our talk about moving the load forecast to streaming." in text
    assert "interest" in text
    assert text.endswith("Kind regards,\nAnna Dahl\n+45 32 12 34 00\nanna@dahl.example\n")
    assert mail_text(one).startswith("To: Mette Holm <mette.holm@nordlys.example>\nSubject: Thank you")


@pytest.mark.advice("1.1.0")
def test_thank_you_asks_for_the_date_only_where_nobody_said_it_and_only_once() -> None:
    question = "when you expect to decide"
    unknown = replace(NORDLYS, rounds=(replace(INTERVIEW, decision=Decision()),))
    asked = [question in draft(application=unknown, to=name).body for name in INTERVIEW.panel]
    assert sorted(asked) == [False, True]
    assert question not in draft().body


@pytest.mark.parametrize("application", BOTH, ids=["en", "da"])
@pytest.mark.parametrize("kind", [DraftKind.THANK_YOU, DraftKind.LETTER])
@pytest.mark.advice("3.1.b")
def test_colleagues_get_different_texts(application: Application, kind: DraftKind) -> None:
    one, other = (draft(kind, application, name) for name in INTERVIEW.panel)
    assert one.subject != other.subject
    assert share(" ".join(one.paragraphs), " ".join(other.paragraphs)) <= MOST_ALIKE
    assert overlap_notices([one, other]) == []


@pytest.mark.parametrize("application", BOTH, ids=["en", "da"])
@pytest.mark.parametrize("kind", [DraftKind.THANK_YOU, DraftKind.LETTER])
def test_three_colleagues_get_three_texts_even_with_the_same_late_notes(
    application: Application, kind: DraftKind
) -> None:
    third = replace(application.people[1], name="Ida Lund")
    panel = (*INTERVIEW.panel, "Ida Lund")
    many = replace(
        application, people=(*application.people, third), rounds=(replace(application.rounds[0], panel=panel),)
    )
    drafts = [draft(kind, many, name, late=True) for name in panel]
    assert overlap_notices(drafts) == []


def test_texts_that_are_too_alike_are_noticed_with_the_share() -> None:
    one = draft()
    (notice,) = overlap_notices([one, replace(one, person="Jonas Krag")])
    assert "Mette Holm and Jonas Krag share 100 %" in notice


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ("a b c d e", "a b c d e", 1.0),
        ("A b, c d e.", "a B c d E", 1.0),
        ("a b c d e f", "a b c d e g", 0.5),
        ("a b c d", "a b c d", 0.0),
        ("", "a b c d e", 0.0),
        ("a b c d e", "v w x y z", 0.0),
    ],
)
def test_share_is_of_runs_of_five_words(one: str, other: str, common: float) -> None:
    assert share(one, other) == common
    assert share(other, one) == common


@pytest.mark.advice("2.2.c2", "3.1.b")
def test_each_gets_what_they_asked_for_and_stressed_themselves() -> None:
    record = noted(
        topics=(Noted("tides", by="Jonas Krag"), Noted("tariffs", by="Mette Holm")),
        valued=(Noted("a dry humour", by="Jonas Krag"), Noted("punctual people", by="Mette Holm")),
    )
    mette, jonas = (draft(DraftKind.LETTER, record, name).body for name in INTERVIEW.panel)
    assert "tariffs" in mette
    assert "punctual people" in mette
    assert "tides" not in mette
    assert "humour" not in mette
    assert "tides" in jonas
    assert jonas.index("clear runbooks") < jonas.index("leads a team")


def test_letter_names_the_place_the_day_and_both_sides() -> None:
    one = draft(DraftKind.LETTER)
    assert one.sender == ("Anna Dahl", "Strandvejen 4", "8000 Aarhus C", "+45 32 12 34 00", "anna@dahl.example")
    assert one.address == ("Mette Holm, HR Manager", "Nordlys Energi", "Havnegade 12", "Aarhus")
    assert one.dateline == "7 December 2026"
    assert one.closing == "Yours sincerely,"
    assert any("place of the interview" in notice for notice in one.notices)


@pytest.mark.advice("2.2.b2")
def test_letter_completes_an_answer_that_went_badly() -> None:
    questions = (
        Question("Why us?", by="Mette Holm", rating=5, better="no need"),
        Question("How do you backfill?", by="Mette Holm", rating=2, better="Partition by meter"),
        Question("Where do you live?", by="Jonas Krag", rating=1, better="Nearby"),
    )
    record = replace(NORDLYS, rounds=(replace(INTERVIEW, notes=Notes(questions=questions)),))
    mette, jonas = (draft(DraftKind.LETTER, record, name).body for name in INTERVIEW.panel)
    assert "“How do you backfill?” Today I would say: Partition by meter." in mette
    assert "no need" not in mette
    assert "Where do you live?" in jonas
    assert "backfill" not in jonas


@pytest.mark.advice("3.1.0", "3.1.a")
def test_letter_says_more_than_the_thank_you_and_is_no_copy_of_it() -> None:
    mail, letter = draft(), draft(DraftKind.LETTER)
    assert letter.words > mail.words
    assert share(" ".join(mail.paragraphs), " ".join(letter.paragraphs)) <= MOST_ALIKE


@pytest.mark.parametrize("application", BOTH, ids=["en", "da"])
def test_letter_by_hand_is_half_a_page(application: Application) -> None:
    one = draft(DraftKind.LETTER, application, by_hand=True)
    assert 60 <= one.words <= 120
    assert one.by_hand


@pytest.mark.advice("3.3.a2", "3.3.b1", "3.3.b2", "3.3.c1")
def test_follow_up_says_who_which_job_which_day_what_for_and_asks() -> None:
    text = draft(DraftKind.FOLLOW_UP).body
    first = text.split("\n\n")[1]
    for words in ("Anna Dahl", "Data Engineer", "16 November", "Nordlys Energi", "30 November"):
        assert words in first
    assert "ran 40 DAGs at Vindby" in text
    assert "come to a decision" in text
    assert "I look forward to hearing from you soon." in text


def test_follow_up_to_somebody_else_names_who_held_the_interview() -> None:
    hr = replace(NORDLYS.people[0], name="Ida Lund")
    text = draft(DraftKind.FOLLOW_UP, replace(NORDLYS, people=(*NORDLYS.people, hr)), "Ida Lund").body
    assert "I was interviewed by Mette Holm and Jonas Krag" in text
    assert "we met" not in text


def test_follow_up_before_their_day_says_to_wait() -> None:
    early = replace(NORDLYS, rounds=(replace(INTERVIEW, decision=Decision(by=date(2026, 12, 20))),))
    one = draft(DraftKind.FOLLOW_UP, early)
    assert any("20 December 2026" in notice for notice in one.notices)
    assert "hoped to decide" not in one.body


def test_offer_is_answered_with_the_users_own_answer_and_no_other() -> None:
    assert "I accept with pleasure." in draft(DraftKind.ANSWER, accepted=True).body
    later = draft(DraftKind.ANSWER, answer_by=date(2026, 12, 11))
    assert "my answer by 11 December." in later.body
    assert "accept" not in later.body
    (gap,) = draft(DraftKind.ANSWER).gaps
    assert "--yes" in gap
    told = replace(NORDLYS, log=(replace(OFFER, date=date(2026, 12, 9)),))
    assert "my answer by 9 December." in draft(DraftKind.ANSWER, told).body


def test_invitation_is_answered_with_day_time_zone_and_place() -> None:
    second = replace(INTERVIEW, start=INTERVIEW.start + timedelta(days=29), end=INTERVIEW.end + timedelta(days=29))
    invited = replace(NORDLYS, log=(INVITATION,), rounds=(INTERVIEW, second))
    text = draft(DraftKind.ANSWER, invited).body
    assert "I will gladly be there: Tuesday 15 December 2026, 10:00, Copenhagen time, Havnegade 12, Aarhus." in text
    (gap,) = draft(DraftKind.ANSWER, replace(NORDLYS, log=(INVITATION,))).gaps
    assert "add the new round" in gap


@pytest.mark.parametrize("application", BOTH, ids=["en", "da"])
@pytest.mark.advice("4.6.0b", "4.6.a2", "4.6.b")
def test_reply_to_a_rejection_thanks_asks_once_and_blames_nobody(application: Application) -> None:
    text = draft(DraftKind.REJECTION_REPLY, application).body
    assert text.count("?") == 2
    for word in ("unfair", "disappoint", "unfortunately", "why not", "uretfærdig", "skuffe", "desværre"):
        assert word not in text.lower()


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in (DraftKind.ASK_TIMELINE, DraftKind.WITHDRAW)])
@pytest.mark.parametrize("application", BOTH, ids=["en", "da"])
@pytest.mark.advice("T.1")
def test_late_text_says_so_in_one_line_and_goes_on(application: Application, kind: DraftKind) -> None:
    on_time, late = draft(kind, application), draft(kind, application, late=True)
    assert len(late.paragraphs) <= len(on_time.paragraphs) + 1
    assert 5 <= late.words - on_time.words <= 20


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not DraftKind.LETTER])
@pytest.mark.parametrize("application", BOTH, ids=["en", "da"])
@pytest.mark.advice("2.1.a2")
def test_quick_is_three_lines(application: Application, kind: DraftKind) -> None:
    one = draft(kind, application, quick=True, accepted=True)
    assert len(one.body.splitlines()) == 3
    assert "Mette Holm" in one.body
    assert one.body.endswith("Anna Dahl\n")
    assert len(one.body) < 400


def test_missing_facts_are_gaps_that_say_how_to_fill_them() -> None:
    bare = Application(
        name="bare", id=NORDLYS.id, company="Firma", position="Clerk",
        rounds=(replace(INTERVIEW, panel=(), notes=Notes(), decision=Decision(), place=None),),
    )  # fmt: skip
    one = draft(DraftKind.FOLLOW_UP, bare, None, Settings())
    found = "\n".join(one.gaps)
    for words in ("whom to write to", "your name", "something you talked about", "what you bring", "why this company"):
        assert words in found
    assert all(gap in mail_text(one) for gap in one.gaps)
    assert one.salutation == "Dear Hiring Team,"
    assert any("A name is better" in notice for notice in one.notices)


def test_somebody_without_an_address_leaves_a_gap_in_its_place() -> None:
    one = draft(to="Jonas Krag")
    assert mail_text(one).startswith("To: [GAP: the e-mail address of Jonas Krag")
    assert one.gaps


@pytest.mark.advice("2.2.c1")
def test_text_without_a_note_in_it_is_called_generic() -> None:
    one = draft(application=noted())
    assert any("anybody's" in notice for notice in one.notices)
    assert any("topics" in gap for gap in one.gaps)


@pytest.mark.advice("I.b")
@pytest.mark.parametrize("kind", [DraftKind.THANK_YOU, DraftKind.LETTER, DraftKind.FOLLOW_UP])
def test_an_interview_that_felt_bad_is_written_about_all_the_same(kind: DraftKind) -> None:
    def felt(rating: int) -> Application:
        notes = replace(INTERVIEW.notes, questions=(Question("Why us?", rating=rating),))
        return replace(NORDLYS, rounds=(replace(INTERVIEW, notes=notes),))

    bad, good = draft(kind, felt(2)), draft(kind, felt(3))
    assert any("Write all the same" in notice for notice in bad.notices)
    assert bad.body == good.body
    assert not any("Write all the same" in notice for notice in good.notices)


@pytest.mark.parametrize(
    ("record", "words"),
    list(zip(BOTH, ["It reminds me of my own work: I", "Det minder mig om mit eget arbejde: jeg"], strict=True)),
)
def test_what_was_talked_about_is_not_named_twice_in_a_row(record: Application, words: str) -> None:
    strength = "ran 40 pipelines" if record is NORDLYS else "drev 40 pipelines"
    notes = Notes(topics=(Noted("a pipeline that never sleeps", by="Mette Holm"),))
    fit = (Fit("A pipeline that never sleeps", strength, by="Mette Holm"),)
    one = draft(application=replace(record, fit=fit, rounds=(replace(INTERVIEW, notes=notes),)))
    assert words in one.body
    assert one.body.count("pipeline that never sleeps") == 1


def test_signature_without_number_or_address_is_noticed_not_blocked() -> None:
    one = draft(settings=Settings(me=replace(ANNA, phone=None, email=None)))
    assert one.gaps == ()
    assert sum("under [me]" in notice for notice in one.notices) == 2


def test_notes_in_another_language_are_quoted_and_noticed() -> None:
    one = draft(application=replace(NORDLYS, language="da"))
    assert "Mit svar: “ran 40 DAGs" in one.body
    assert any("oversæt" in notice for notice in one.notices)


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("de", "Guten Tag Mette Holm,", "Mit freundlichen Grüßen"),
        ("fr", "Madame, Monsieur,", "Cordialement,"),
        ("es", "Estimado/a Mette Holm:", "Atentamente,"),
    ],
)
def test_other_languages_have_their_forms_and_an_english_body_with_a_note(language: str, first: str, last: str) -> None:
    one = draft(application=replace(NORDLYS, language=language))
    assert one.salutation == first
    assert one.closing == last
    assert "Thank you for taking the time" in one.body
    assert any(language in notice and "docs/templates.md" in notice for notice in one.notices)


def test_unknown_language_is_english_throughout_and_says_so() -> None:
    one = draft(application=replace(NORDLYS, language="fi"))
    assert one.salutation == "Dear Mette Holm,"
    assert any("(fi)" in notice for notice in one.notices)


def test_users_own_template_overrides_one_paragraph_or_all(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "da"
    folder.mkdir(parents=True)
    (folder / "thank-you.j2").write_text(
        '{% extends "shipped/da/thank-you.j2" %}{% block close %}Vi ses, {{ person }}.{% endblock %}', encoding="utf-8"
    )
    german = tmp_path / "templates" / "de"
    german.mkdir()
    (german / "thank-you.j2").write_text(
        "{% block subject %}Danke{% endblock %}{% block text %}vielen Dank.\n\nBis bald.{% endblock %}",
        encoding="utf-8",
    )
    settings = replace(WRITER, path=tmp_path / "config.toml")
    danish = draft(application=NORDLYS_DA, settings=settings)
    assert danish.paragraphs[-1] == "Vi ses, Mette Holm."
    assert danish.paragraphs[0].startswith("Tak, fordi du tog dig tid")
    own = draft(application=replace(NORDLYS, language="de"), settings=settings)
    assert own.subject == "Danke"
    assert own.paragraphs == ("vielen Dank.", "Bis bald.")
    assert not any("docs/templates.md" in notice for notice in own.notices)


def test_template_without_a_text_is_an_error_that_names_it(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "en"
    folder.mkdir(parents=True)
    settings = replace(WRITER, path=tmp_path / "config.toml")
    for content, fault in (
        ("{% block subject %}Hi{% endblock %}", "no block"),
        ('{% extends "en/withdraw.j2" %}', "extends itself"),
        ("{% block text %}{{ 1 / 0 }}{% endblock %}", "cannot be filled in"),
        ("{% block text %}{{ salary }}{% endblock %}", "salary"),
        ("{% block text %}{{ ''.__class__.__mro__ }}{% endblock %}", "unsafe|__class__|attribute"),
    ):
        (folder / "withdraw.j2").write_text(content, encoding="utf-8")
        _environment.cache_clear()
        with pytest.raises(RecordError, match=fault):
            draft(DraftKind.WITHDRAW, settings=settings)


def test_message_is_short_and_a_letter_has_no_short_form() -> None:
    assert len(draft(DraftKind.WITHDRAW, channel="message", quick=True).body.splitlines()) == 3
    assert draft(DraftKind.LETTER, channel="message", quick=True).words > 150


def test_nobody_is_reminded_of_a_talk_they_were_not_at() -> None:
    newcomer = replace(NORDLYS.people[1], name="Ida Lund")
    second = replace(
        INTERVIEW, start=INTERVIEW.start + timedelta(days=8), end=INTERVIEW.end + timedelta(days=8),
        panel=("Mette Holm", "Ida Lund"), notes=Notes(),
    )  # fmt: skip
    record = replace(NORDLYS, people=(*NORDLYS.people, newcomer), rounds=(INTERVIEW, second))
    for kind in (DraftKind.THANK_YOU, DraftKind.LETTER):
        new = draft(kind, record, "Ida Lund", round_number=2, among=second.panel)
        assert "load forecast" not in new.body
        assert "incident pressure" not in new.body
        assert any("Ida Lund" in gap for gap in new.gaps)
        assert "load forecast" in draft(kind, record, "Mette Holm", round_number=2, among=second.panel).body


def test_draft_before_the_interview_says_to_finish_it_afterwards() -> None:
    ahead = replace(INTERVIEW, start=NOW + timedelta(days=1), end=NOW + timedelta(days=1, hours=1))
    one = draft(application=replace(NORDLYS, rounds=(ahead,), log=()))
    assert any("still to come" in notice for notice in one.notices)
    assert not any("still to come" in notice for notice in draft().notices)


def test_facts_of_the_future_are_not_known_yet() -> None:
    later = replace(NORDLYS, log=(replace(OFFER, at=NOW + timedelta(days=1), date=date(2026, 12, 30)),))
    assert "30 December" not in draft(DraftKind.ANSWER, replace(later, log=(OFFER, *later.log))).body


def test_a_need_without_a_strength_is_never_claimed() -> None:
    record = replace(NORDLYS, fit=(Fit("Kubernetes in anger", None), *NORDLYS.fit))
    for kind in (DraftKind.LETTER, DraftKind.FOLLOW_UP, DraftKind.THANK_YOU):
        assert "Kubernetes" not in draft(kind, record).body
