"""Who may read the record. Audit stands below people, so the reader is known by what it can answer."""

from typing import Protocol

from django.http import HttpRequest

from tipstaff.footing.refusal import NotAllowed

SEE = "audit.record.see"


class Reader(Protocol):
    """Somebody with verbs: `people.access.Actor` fits."""

    @property
    def ref(self) -> str: ...
    @property
    def verbs(self) -> frozenset[str]: ...
    def may(self, verb: str) -> bool: ...
    def compartments_for(self, verb: str) -> frozenset[str]: ...


class ReaderRequest(HttpRequest):
    """A request behind the desk's sign-in, as far as this room needs to know."""

    actor: Reader


def reading(reader: Reader) -> Reader:
    """The reader, if they may see any record at all. Raises NotAllowed."""
    if SEE not in reader.verbs:
        raise NotAllowed(SEE)
    return reader


def reading_all(reader: Reader) -> Reader:
    """The reader, if they audit the office as a whole: the log is one and cannot be checked in parts."""
    if not reader.may(SEE):
        raise NotAllowed(SEE)
    return reader
