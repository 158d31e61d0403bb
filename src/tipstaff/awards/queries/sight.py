"""The items of a docket as somebody looks at them: rows of the committee, each through the filter of blindness."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import FETCH_RAISE, Prefetch, QuerySet

from tipstaff.awards import access
from tipstaff.awards.models import Conflict, Count, Item, Motion, ScoreSheet, Vote
from tipstaff.awards.policy.blindness import Part, Standing, Viewer, phase_of, standing_of

STANDINGS = {access.CONVENE: Standing.CLERK, access.SEE: Standing.READER}


@dataclass(frozen=True, slots=True)
class Sight:
    """An item with all its rows, and the one who looks. Only what `viewer` may read leaves this class."""

    item: Item
    viewer: Viewer
    seats: tuple[str, ...]

    @property
    def declarations(self) -> dict[str, Conflict]:
        """Who declared what. Everybody at the meeting may know that somebody is recused; why is for the minutes."""
        return {each.officer: each for each in self.item.conflicts.all()}

    @property
    def recused(self) -> tuple[str, ...]:
        """Members who declared a conflict, in the order of the seats."""
        found = self.declarations
        return tuple(officer for officer in self.seats if officer in found and found[officer].conflicted)

    @property
    def sitting(self) -> tuple[str, ...]:
        """Members who declared none."""
        found = self.declarations
        return tuple(officer for officer in self.seats if officer in found and not found[officer].conflicted)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Members who have not declared yet."""
        return tuple(officer for officer in self.seats if officer not in self.declarations)

    @property
    def scored(self) -> tuple[str, ...]:
        """Who has submitted scores, as far as the viewer may know."""
        if not self.viewer.reads(Part.WHO_SCORED):
            return ()
        return tuple(sheet.officer for sheet in _submitted(self.item.score_sheets.all()))

    @property
    def sheets(self) -> tuple[ScoreSheet, ...]:
        """The submitted score sheets that the viewer may read."""
        rows = _submitted(self.item.score_sheets.all())
        return self.viewer.filtered(rows, own=Part.OWN_SCORES, every=Part.ALL_SCORES)

    @property
    def own_sheet(self) -> ScoreSheet | None:
        """The viewer's own sheet, submitted or still a draft."""
        if not self.viewer.reads(Part.OWN_SCORES):
            return None
        return next(
            (each for each in self.item.score_sheets.all() if each.officer == self.viewer.officer), None
        )

    @property
    def advising(self) -> tuple[ScoreSheet, ...]:
        """The sheets that advice is reckoned from, for whoever may read the advice: levels, and not whose."""
        return _submitted(self.item.score_sheets.all()) if self.viewer.reads(Part.ADVICE) else ()

    @property
    def motions(self) -> tuple[Motion, ...]:
        """The motions put on the item, the first first."""
        return tuple(self.item.motions.all()) if self.viewer.reads(Part.MOTIONS) else ()

    def voted(self, motion: Motion) -> tuple[str, ...]:
        """Who has voted on a motion, as far as the viewer may know."""
        return tuple(vote.officer for vote in motion.votes.all()) if self.viewer.reads(Part.WHO_VOTED) else ()

    def votes(self, motion: Motion) -> tuple[Vote, ...]:
        """The votes on a motion that the viewer may read: of a motion that is counted all, of another their own."""
        viewer = Viewer(self.viewer.officer, self.viewer.standing, phase_of(1, count_of(motion) is not None))
        return viewer.filtered(motion.votes.all(), own=Part.OWN_VOTE, every=Part.ALL_VOTES)


def count_of(motion: Motion) -> Count | None:
    """The motion's count, None while it is open."""
    return getattr(motion, "count", None)


def with_rows(items: QuerySet[Item]) -> QuerySet[Item]:
    """The items with all their rows, in a number of queries that does not grow."""
    motions = Motion.objects.order_by("number").select_related("count")
    return (
        items.select_related("award", "meeting")
        .prefetch_related(
            "conflicts",
            "score_sheets",
            Prefetch("motions", motions),
            Prefetch("motions__votes", Vote.objects.order_by("id")),
        )
        .order_by("place")
        .fetch_mode(FETCH_RAISE)
    )


def seen_through(item: Item, *, officer: str, verb: str, seats: Sequence[str]) -> Sight:
    """The item, made `with_rows`, as `officer` looks at it by `verb`."""
    motions = item.motions.all()
    phase = phase_of(len(motions), sum(count_of(motion) is not None for motion in motions))
    own = next((each.conflicted for each in item.conflicts.all() if each.officer == officer), None)
    return Sight(item, Viewer(officer, STANDINGS.get(verb, standing_of(own)), phase), tuple(seats))


def _submitted(sheets: Iterable[ScoreSheet]) -> tuple[ScoreSheet, ...]:
    return tuple(sheet for sheet in sheets if sheet.submitted_at is not None)
