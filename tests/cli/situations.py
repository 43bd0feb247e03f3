"""What each story of the demonstration must show, told from what `sptool show --json` answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from tests.conftest import DemoRun

Body = Mapping[str, object]


@dataclass(frozen=True)
class Deadline:
    """A deadline as shown."""

    id: str
    state: str
    started_on: date | None
    due: date | None


@dataclass(frozen=True)
class Shown:
    """A case as shown.

    Args:
        case: its reference.
        stage: its stage.
        closed: whether it is closed.
        loud: the kinds of things to look at first.
        duty_not_followed: whether it is marked so.
        new_since: how many records are new since one of its decisions.
        another_look: how many corrections a decision did not know.
        deadlines: its deadlines.
        bodies: its records, oldest first.
        standing: the ids of the records that stand.
    """

    case: str
    stage: str
    closed: bool
    loud: tuple[str, ...]
    duty_not_followed: bool
    new_since: int
    another_look: int
    deadlines: tuple[Deadline, ...]
    bodies: tuple[Body, ...]
    standing: frozenset[str]

    def all(self, kind: str) -> list[Body]:
        """The records of a kind, oldest first."""
        return [body for body in self.bodies if str(body["record"]).split("/")[0] == kind]

    def last(self, kind: str) -> Body:
        """The newest record of a kind."""
        return self.all(kind)[-1]

    def kinds(self) -> list[str]:
        """The kinds of its records, oldest first."""
        return [str(body["record"]).split("/")[0] for body in self.bodies]

    def states(self, deadline: str) -> set[str]:
        """How the deadlines of one rule stand."""
        return {one.state for one in self.deadlines if one.id == deadline}

    def deadline(self, name: str) -> Deadline:
        """The only deadline of a rule."""
        (found,) = [one for one in self.deadlines if one.id == name]
        return found


def shown(run: DemoRun, story: str) -> Shown:
    """A story's case as `show` has it."""
    data = json.loads(run.ask("show", run.reference(story), "--json")[1])
    records = sorted((entry["record"] for entry in data["records"]), key=lambda body: str(body["recorded_at"]))
    return Shown(
        case=data["case"],
        stage=data["stage"],
        closed=data["closed"],
        loud=tuple(thing["kind"] for thing in data["look_first"]),
        duty_not_followed=data["duty_not_followed"],
        new_since=sum(len(decision.get("new_since", ())) for decision in data["decisions"]),
        another_look=sum(len(decision.get("needs_another_look", ())) for decision in data["decisions"]),
        deadlines=tuple(
            Deadline(one["deadline"], one["state"], _day(one["started_on"]), _day(one["due"]))
            for one in data["deadlines"]
        ),
        bodies=tuple(records),
        standing=frozenset(entry["id"] for entry in data["records"] if entry["stands"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _reviewed_in_time(case: Shown, today: date) -> None:
    for rule in ("notify", "tell-partners", "rapid-review", "panel"):
        assert case.states(rule) == {"met"}, rule
    assert case.last("panel-reply")["position"] == "agrees"
    assert [told["who"] for told in case.all("informed")].count("leadership") == 2
    assert case.states("action") == {"met", "open"}
    assert {"agency-return", "attachment", "document-sent", "briefing", "action-assurance"} <= set(case.kinds())


def _notified_late(case: Shown, today: date) -> None:
    assert case.states("notify") == {"met-late"}
    assert case.last("notification")["late_reason"]
    assert case.states("panel-reply") == {"open"}
    assert {"constraint", "constraint-lifted"} <= set(case.kinds())


def _below_the_threshold(case: Shown, today: date) -> None:
    assert case.last("notification-decision")["outcome"] == "do-not-notify"
    assert case.last("learning-outcome")["approaches"] == ["learning-review"]
    due = case.deadline("action").due
    assert case.states("action") == {"open"}
    assert due is not None
    assert due < today


def _looked_after(case: Shown, today: date) -> None:
    assert case.last("notification")["grounds"] == ["two"]
    assert case.states("rapid-review") | case.states("panel") == set()
    assert case.stage == "ready to close"


def _siblings(case: Shown, today: date) -> None:
    criteria = case.last("notification-decision")["criteria"]
    assert isinstance(criteria, list)
    assert [entry["child"] for entry in criteria] == ["child-a", "child-b"]
    assert criteria[0]["answers"] != criteria[1]["answers"]
    assert case.states("rapid-review") == {"open"}


def _half_sibling(case: Shown, today: date) -> None:
    assert case.last("notification-decision")["outcome"] == "another-area-notifies"
    assert case.last("link")["relation"] == "same-incident"
    assert case.closed
    assert case.last("closure")["receipt"]


def _clarification(case: Shown, today: date) -> None:
    assert case.states("clarification") == {"open"}
    assert case.states("notify") == {"open"}


def _panel_disagrees(case: Shown, today: date) -> None:
    assert case.last("panel-reply")["position"] == "disagrees"
    first, again = case.all("local-review-decision")
    assert (first["outcome"], again["outcome"]) == ("no-lcspr", "lcspr")
    replaces = again["replaces"]
    assert isinstance(replaces, dict)
    assert (replaces["record"], replaces["as"], replaces["asked_by"]) == (first["id"], "reconsideration", "The Panel")
    assert first["id"] not in case.standing
    assert case.stage == "local review (LCSPR)"
    assert case.states("publish") == {"open"}


def _nomination(case: Shown, today: date) -> None:
    assert case.kinds()[:2] == ["nomination", "referral"]
    nomination, referral = case.bodies[:2]
    assert referral["from_nomination"] == nomination["id"]
    assert referral["happened_on"] == nomination["happened_on"]
    assert case.states("notify") == {"open"}


def _already_notified(case: Shown, today: date) -> None:
    assert case.kinds()[:3] == ["referral", "notification", "notification-decision"]
    assert all(body["out_of_order"] for body in case.bodies[:3])
    assert case.states("notify") == {"met"}
    due = case.deadline("rapid-review").due
    assert case.states("rapid-review") == {"open"}
    assert due is not None
    assert due < today


def _across_christmas(case: Shown, today: date) -> None:
    notify = case.deadline("notify")
    assert notify.state == "met"
    assert notify.started_on is not None
    assert notify.due is not None
    assert notify.started_on < date(notify.started_on.year, 12, 25) < notify.due < today
    assert case.states("panel") == {"met"}


def _bank_holiday(case: Shown, today: date) -> None:
    notify = case.deadline("notify")
    assert notify.started_on is not None
    assert notify.due is not None
    assert (notify.due - notify.started_on).days > 7
    assert notify.started_on.month not in (12, 1)
    assert case.closed


def _safety(case: Shown, today: date) -> None:
    assert "safety" in case.loud


def _clock_unknown(case: Shown, today: date) -> None:
    assert "clock-unknown" in case.loud
    assert case.states("notify") == {"clock-unknown"}


def _duty_not_followed(case: Shown, today: date) -> None:
    assert case.duty_not_followed
    assert "duty-not-followed" in case.loud
    assert case.new_since == 1
    assert case.another_look == 0


def _corrected(case: Shown, today: date) -> None:
    assert "needs-another-look" in case.loud
    assert case.another_look == 1
    assert "withdrawal" in case.kinds()


def _erased(case: Shown, today: date) -> None:
    assert case.closed
    assert case.kinds()[-1] == "erasure"


SITUATIONS: Mapping[str, Callable[[Shown, date], None]] = {
    "01-reviewed-in-time": _reviewed_in_time,
    "02-notified-late": _notified_late,
    "03-below-the-threshold": _below_the_threshold,
    "04-looked-after": _looked_after,
    "05-siblings": _siblings,
    "06-half-sibling": _half_sibling,
    "07-clarification": _clarification,
    "08-panel-disagrees": _panel_disagrees,
    "09-nomination": _nomination,
    "10-already-notified": _already_notified,
    "11-across-christmas": _across_christmas,
    "12-bank-holiday": _bank_holiday,
    "13-safety-not-confirmed": _safety,
    "14-clock-unknown": _clock_unknown,
    "15-duty-not-followed": _duty_not_followed,
    "16-corrected": _corrected,
    "17-erased": _erased,
}
