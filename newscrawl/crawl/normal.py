"""How many articles came when -> what is normal for these hours of this weekday, and whether there are too few now.

Pure arithmetic: the caller hands the visits in. A window ends with the latest visit; the same window one to five weeks earlier
tells what is normal. A site of a hundred articles a day is judged by its last hours, one of three articles a day by its last week.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from math import sqrt
from statistics import median

DAY, WEEK = timedelta(days=1), timedelta(days=7)
# No volume alarm before that: the first visit takes in what had gathered, and no weekday was seen twice.
FIRST_WEEK = WEEK
WINDOWS = (timedelta(hours=3), timedelta(hours=6), timedelta(hours=12), DAY, 2 * DAY, WEEK)
WEEKS_COMPARED, FEWEST_WEEKS = 5, 3
# Four deviations below the median, and less than four tenths of it. Of 30 sites with 3 to 200 articles a day, whose days vary by a fifth
# beyond chance, none was called silent in 630 days of hourly visits; with three deviations and half, 4 of 336 days were.
DEVIATIONS, SHARE_OF_NORMAL = 4.0, 0.4
# The deviation of a normal distribution is that many times its median absolute deviation (MAD).
MAD_TO_DEVIATION = 1.4826


class Series:
    """Counts at instants, summed over any window."""

    def __init__(self, counts: Iterable[tuple[datetime, int]]) -> None:
        told = sorted(counts)
        self._times = [at for at, _ in told]
        self._sums = [0, *accumulate(count for _, count in told)]

    def between(self, after: datetime, until: datetime) -> int:
        """The sum of what came after the one instant and no later than the other."""
        return self._sums[bisect_right(self._times, until)] - self._sums[bisect_right(self._times, after)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """What came in a window and what is normal for it. floor: fewer is too few."""

    window: timedelta
    count: int
    normal: float
    floor: float

    @property
    def is_low(self) -> bool:
        """Whether there are too few."""
        return self.count < self.floor and self.count < SHARE_OF_NORMAL * self.normal


def judged_windows(series: Series, now: datetime, since: datetime, every: timedelta) -> Iterator[Volume]:
    """The windows, the shortest first, in which so much is normal that nothing at all would be too few.

    since: when the site was first visited; every: how long lies between two visits: a window that is shorter shows nothing, and
    its edges are moved by half of that, so that a visit some minutes late counts where it belongs.
    """
    if now - since < FIRST_WEEK:
        return
    for window in WINDOWS:
        if window < every:
            continue
        found = volume_in(series, now + every / 2, window, since)
        if found is not None and found.floor > 0:
            yield found


def volume_in(series: Series, end: datetime, window: timedelta, since: datetime) -> Volume | None:
    """The window that ends there against the same hours of this weekday; while fewer than three weeks are known, against the
    leanest day of those that are, since nobody knows which days are the site's weekend."""

    def counts(step: timedelta, most: int) -> list[int]:
        ends = [end - step * back for back in range(1, most + 1)]
        return [series.between(e - window, e) for e in ends if e - window > since]

    count = series.between(end - window, end)
    weeks = counts(WEEK, WEEKS_COMPARED)
    if len(weeks) >= FEWEST_WEEKS:
        normal = median(weeks)
        deviation = MAD_TO_DEVIATION * median(abs(week - normal) for week in weeks)
    else:
        days = counts(DAY, FEWEST_WEEKS * 7)
        if len(days) < WEEK // DAY:  # this weekday was not seen yet
            return None
        normal, deviation = float(min(days)), 0.0
    # Chance alone spreads counts by their root: a spread of five weeks that is smaller was luck.
    floor = normal - DEVIATIONS * max(deviation, sqrt(normal))
    return Volume(window=window, count=count, normal=float(normal), floor=floor)
