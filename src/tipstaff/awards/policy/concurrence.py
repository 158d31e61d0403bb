"""What the Attorney General's answer must say. That it is needed, the rule sheet's R4 says. Pure."""

from collections.abc import Mapping

from tipstaff.kernel.decision import Decision, Refusal

RULES: Mapping[str, str] = {
    "awards.concurrence-reference": "A concurrence that cannot be found again was not given: 22 U.S.C. 2708(c)(2).",
}
LONGEST_REFERENCE = 200


def needs_reference(reference: str) -> Decision:
    """Whether the answer names the letter it stands in."""
    if reference.strip() and len(reference) <= LONGEST_REFERENCE:
        return Decision()
    return Decision(
        (
            Refusal(
                "awards.concurrence-reference",
                "Give the reference of the letter, in at most {longest} characters.",
                {"longest": LONGEST_REFERENCE},
            ),
        )
    )
