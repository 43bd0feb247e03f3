"""`sptool chase --email`: a draft for each agency that is chased."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from tests.cli.cases import notified
from tests.cli.running import Desk, desk, pattern

__all__ = ["desk", "pattern"]

DAY = "2026-03-05"
LATE = "2026-03-25"
REQUESTS = [{"agency": "police", "return_by": "2026-03-20"}, {"agency": "cnwl", "return_by": "2026-03-27"}]


@pytest.fixture
def case(desk: Desk) -> str:
    """A case in which two agencies have not answered, one of them late."""
    reference = notified(desk)
    desk.record("scope", reference, answers={"happened_on": DAY, "requests": REQUESTS}, today=DAY)
    return reference


def drafts(desk: Desk) -> list[Path]:
    """What stands beside the case folder; nothing of it is among the records."""
    assert list(desk.folder.rglob("*.eml")) == []
    return sorted(desk.folder.parent.glob("*-chaser-*"))


def opened(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_each_agency_that_is_chased_gets_a_draft_with_its_request(desk: Desk, case: str) -> None:
    ran = desk.call("chase", case, "--all-outstanding", "--how", "email", "--email", today=LATE, code=0)
    record = desk.newest_id()
    names = [f"{case}-chaser-{agency}-{record}.{end}" for agency in ("cnwl", "police") for end in ("eml", "txt")]
    assert [path.name for path in drafts(desk)] == names
    assert "Nothing was sent" in ran.err
    message = opened(drafts(desk)[2])
    assert message["X-Unsent"] == "1"
    assert message["To"] is None
    assert message["Subject"] == f"Our reference {case}"
    attached = [part.get_filename() or "" for part in message.iter_attachments()]
    assert attached[0] == f"{case}-scoping-request-police.docx"
    assert all(case in name for name in attached)
    desk.assert_sound()


def test_the_draft_says_since_when_the_agency_is_awaited(desk: Desk, case: str) -> None:
    desk.call("chase", case, "--all-outstanding", "--email", today=LATE, code=0)
    cnwl, police = (path.read_text("utf-8") for path in drafts(desk) if path.suffix == ".txt")
    assert police.startswith(f"Subject: Our reference {case}\n\nFor Metropolitan Police\n")
    assert "On Thursday 5 March 2026 we asked you" in police
    assert "We needed it by Friday 20 March 2026." in police
    assert "We need it by Friday 27 March 2026." in cnwl
    body = opened(drafts(desk)[2]).get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") in police


def test_a_second_reminder_leaves_the_first_draft_alone(desk: Desk, case: str) -> None:
    desk.call("chase", case, "--agency", "police", "--on", LATE, "--email", today=LATE, code=0)
    first = {path: path.read_bytes() for path in drafts(desk)}
    desk.call("chase", case, "--agency", "police", "--on", LATE, "--email", today=LATE, code=0)
    assert len(drafts(desk)) == 2 * len(first)
    assert {path: path.read_bytes() for path in first} == first


@pytest.mark.parametrize("more", [("--dry-run", "--email"), ()])
def test_no_draft_without_a_record_or_unasked(desk: Desk, case: str, more: tuple[str, ...]) -> None:
    desk.call("chase", case, "--all-outstanding", *more, today=LATE, code=0)
    assert drafts(desk) == []


def test_chasing_everywhere_writes_drafts_for_every_case(desk: Desk, case: str) -> None:
    other = notified(desk)
    desk.record("scope", other, answers={"happened_on": DAY, "requests": REQUESTS[:1]}, today=DAY)
    desk.call("chase", "--all-outstanding", "--email", today=LATE, code=0)
    assert len([path for path in drafts(desk) if path.suffix == ".eml"]) == 3


def test_a_refused_reminder_writes_no_draft(desk: Desk) -> None:
    reference = notified(desk)
    before = desk.state()
    desk.call("chase", reference, "--agency", "police", "--on", DAY, "--email", today=DAY, code=1)
    assert desk.state() == before
    assert drafts(desk) == []
