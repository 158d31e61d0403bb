"""`tipstaff doctor`: what is missing or wrong in this office, each with what to do about it."""

from collections.abc import Iterator

from tipstaff.config.office.doctor import files, machine
from tipstaff.config.office.doctor.finding import Finding, Level

__all__ = ["Finding", "Level", "examine"]


def examine() -> Iterator[Finding]:
    """Every finding, in the order of setting up. What stands on something broken is not asked."""
    yield from files.findings()
    if not files.whole():
        return
    if (refused := machine.start_desk()) is not None:
        yield refused
        return
    yield from machine.findings()
    from tipstaff.config.office.doctor import desk  # only here: it needs the settings

    yield from desk.findings()
