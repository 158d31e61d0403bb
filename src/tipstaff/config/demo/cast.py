"""Who works in the demo office, all invented. Pure data.

One officer for each duty of the reward road, because the roles are kept apart and nobody acts on one award in two
capacities.
"""

from dataclasses import dataclass

AGENCY = ("demo", "Demo agency")
DARIEN, HARBOUR = ("darien", "Darién"), ("harbour", "Harbour (invented)")
FOUNDERS = ("first-admin", "First Administrator"), ("second-admin", "Second Administrator")
# Who signs in first, as the terminal says.
FIRST = "rosa"


@dataclass(frozen=True, slots=True)
class Part:
    """An officer: user name, full name, and each role with its compartment."""

    username: str
    full_name: str
    roles: tuple[tuple[str, str], ...]

    @property
    def duties(self) -> str:
        """What the officer is, for people: `editor in darien, …`."""
        return ", ".join(f"{role} in {compartment}" for role, compartment in self.roles)


@dataclass(frozen=True, slots=True)
class Team:
    """Whom a compartment's rules and offers need: one proposes, two others approve the rules, the first of them the
    offers."""

    editor: str
    approvers: tuple[str, str]


def _in_harbour(username: str, full_name: str, role: str) -> Part:
    return Part(username, f"{full_name} Demo", ((role, HARBOUR[0]),))


# Rosa works: she edits, reads tips, holds the keys. Tomás is the second person whom every publication needs, and
# Elena the third whom a rule sheet needs.
_IN_DARIEN = (
    Part(
        "rosa",
        "Rosa Demo",
        (("editor", "darien"), ("analyst", "darien"), ("supervisor", "darien"), ("custodian", "office")),
    ),
    Part("tomas", "Tomás Demo", (("approver", "darien"), ("analyst", "darien"))),
    Part("elena", "Elena Demo", (("approver", "darien"),)),
)
_AT_THE_HARBOUR = (
    ("edi", "Edi", "editor"),
    ("ben", "Ben", "approver"),
    ("fay", "Fay", "approver"),
    ("hana", "Hana", "analyst"),
    ("gus", "Gus", "investigator"),
    ("eva", "Eva", "investigator"),
    ("nia", "Nia", "nominator"),
    ("hugo", "Hugo", "head-of-mission"),
    ("cora", "Cora", "clerk"),
    ("mia", "Mia", "member"),
    ("max", "Max", "member"),
    ("moe", "Moe", "member"),
    ("abel", "Abel", "attorney"),
    ("sera", "Sera", "secretary"),
    ("dell", "Dell", "delegate"),
    ("pia", "Pia", "protector"),
    ("paz", "Paz", "protector"),
    ("tess", "Tess", "treasurer"),
    ("pam", "Pam", "paymaster"),
    ("wes", "Wes", "witness"),
    ("win", "Win", "witness"),
    ("ann", "Ann", "auditor"),
)
CAST = (*_IN_DARIEN, *(_in_harbour(*each) for each in _AT_THE_HARBOUR))
TEAMS = {
    DARIEN[0]: Team("rosa", ("tomas", "elena")),
    HARBOUR[0]: Team("edi", ("ben", "fay")),
}
