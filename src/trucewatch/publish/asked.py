"""What a duty asks for, in the phrases of a report's language and without naming any party."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from trucewatch.agreement import Delivery, Duty, Notice, Release, Withdrawal
from trucewatch.publish.phrases import Phrases

__all__ = ["asked"]


def asked(duty: Duty, said: Phrases) -> Iterator[str]:
    """Yield each thing that the duty asks for."""
    for line in duty.withdraw:
        yield _withdrawal(line, said)
    if duty.perform is not None:
        yield said.word("act", duty.perform)
    if duty.deliver is not None:
        yield from _delivery(duty.deliver, said)
    if duty.release is not None:
        yield from _release(duty.release, said)
    if duty.notify is not None:
        yield from _notice(duty.notify, said)
    if duty.tasks:
        listed = ", ".join(said.word("task", one) for one in duty.tasks)
        yield said.say("duty.tasks", tasks=listed)


def _withdrawal(line: Withdrawal, said: Phrases) -> str:
    what = [said.word("weapon", one) for one in line.weapons]
    if line.personnel:
        what.append(said.say("duty.personnel"))
    if line.anything:
        what.append(said.say("duty.everything"))
    if line.calibre_at_least_mm is not None:
        what.append(said.say("duty.calibre", mm=f"{line.calibre_at_least_mm:g}"))
    words = said.say("duty.withdraw", what=", ".join(what), zone=line.beyond)
    allowed = said.say("or").join(said.word("weapon", one) for one in line.allow)
    return f"{words} ({said.say('duty.except', what=allowed)})" if allowed else words


def _delivery(quota: Delivery, said: Phrases) -> Iterator[str]:
    yield said.say(
        "duty.deliver", least=f"{quota.at_least:g}", unit=quota.unit, per=_length(quota.per),
        window=_length(quota.averaged_over),
    )
    for part in quota.of_which:
        yield said.say(
            "duty.of_which", least=f"{part.at_least:g}", what=said.word("part", part.key)
        )


def _length(length: timedelta) -> str:
    days, rest = divmod(length, timedelta(days=1))
    return f"{days} d" if days and not rest else f"{length // timedelta(hours=1)} h"


def _release(release: Release, said: Phrases) -> Iterator[str]:
    count = "" if release.count is None else f"{release.count:g} "
    yield said.say("duty.release", what=f"{count}{release.of}")
    if release.ratio is not None:
        least = f"{release.ratio.at_least:g}"
        yield said.say("duty.ratio", least=least, clause=release.ratio.per)
    if release.order:
        kinds = ", ".join(said.word("part", one) for one in release.order)
        yield said.say("duty.order", kinds=kinds)


def _notice(notice: Notice, said: Phrases) -> Iterator[str]:
    yield said.say("duty.notify", what=notice.of)
    if notice.within is not None:
        yield said.say("duty.within", length=_length(notice.within))
    if notice.before is not None:
        yield said.say("duty.before", length=_length(notice.before))
