"""Today and now: the only place where the clock is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sptool.errors import UsageError
from sptool.text.dates import day_pretended

LONDON = ZoneInfo("Europe/London")
START_OF_WORK = time(9, 0)


@dataclass(frozen=True)
class Clock:
    """What day it is, and what moment.

    Args:
        now: the moment, UTC, whole seconds.
        pretended: whether it was set by `--today`, as only a practice folder allows for recording.
    """

    today: date
    now: datetime
    pretended: bool = False

    def after(self, last: datetime) -> datetime:
        """The moment to record at: now, but in a practice folder after the last step of the same day."""
        if self.pretended and last >= self.now and last.astimezone(LONDON).date() <= self.today:
            return last + timedelta(seconds=1)
        return self.now


def read_clock(pretend: str = "") -> Clock:
    """The clock, or a pretended day.

    Args:
        pretend: a date, or a moment `YYYY-MM-DDTHH:MM:SSZ`; empty for the real clock.

    Raises:
        UsageError: the pretended day is not one.
    """
    if not pretend:
        now = datetime.now(UTC).replace(microsecond=0)
        return Clock(now.astimezone(LONDON).date(), now)
    if pretend.endswith("Z"):
        now = _moment(pretend)
    else:
        now = datetime.combine(day_pretended(pretend), START_OF_WORK, LONDON).astimezone(UTC)
    return Clock(now.astimezone(LONDON).date(), now, pretended=True)


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise UsageError("--today is not a moment.", "Write it as YYYY-MM-DDTHH:MM:SSZ.") from None


def end_of_day(day: date) -> datetime:
    """The first moment after a day in London, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(0), LONDON).astimezone(UTC)
