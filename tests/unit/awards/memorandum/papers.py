"""Invented memoranda: the Harbour Board decides on an award for the arrest of a Grey Gull pilot."""

from dataclasses import replace
from datetime import date
from typing import Any

from tipstaff.awards.memorandum.document import (
    Achieved,
    Ballot,
    Cast,
    Concurrence,
    Contribution,
    Decided,
    Factor,
    Finding,
    Memorandum,
    Offer,
    Option,
    Outcome,
    Recommendation,
    Recusal,
    Result,
    Score,
    Share,
    Signature,
    Vote,
)
from tipstaff.kernel.money import Money

DAY = date(2026, 11, 20)
MEMBERS = ("Ana Amador", "Ben Brook", "Ilse Inger", "Óscar Ortega", "Uma Underhill")
FACTORS = (
    ("Weight of the outcome", 30),
    ("New information", 25),
    ("Risk taken", 20),
    ("Cooperation", 15),
    ("Speed", 10),
)


def usd(whole: int) -> Money:
    return Money(whole * 100, "USD")


ENGLISH = Memorandum(
    ref="AWD-4KQ7-M2XC-9TRC",
    version=2,
    language="en",
    marking="TLP:AMBER+STRICT",
    record_sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    issued_on=DAY,
    office="The Harbour Board",
    title="Award for information on the pilots of the Grey Gull company",
    purpose="To decide whether two sources are paid for information that led to the arrest of a pilot of the invented "
    "Grey Gull company, how much, and how it is shared.",
    authority="Harbour Act, section 12(b)(8): an award may be paid for information leading to the arrest or conviction, "
    "in any country, of anybody who leads a company that smuggles at the old pier.\nSection 12(e)(1): no award above "
    "USD 2,000,000 without the Board’s own signature.",
    offer=Offer(
        ref="HBR-1", version=3, published_on=date(2024, 6, 11), cap=usd(2_000_000),
        condition="Arrest and/or conviction of any leader, for smuggling at the old pier.",
    ),
    outcome=Achieved(
        ref="OUT-7H2K-11QX-RT5M", kind="Arrest", on=date(2026, 3, 4), country="Ridge", paragraph="(b)(8)",
        international=True, subject="A pilot of the Grey Gull company", charge="Smuggling by water",
        court="Ridge District Court 26-0417", amount=usd(310_000),
        text="The pilot was arrested on board with papers that name the company’s accounts. Trial is set for January.",
    ),
    contributions=(
        Contribution(
            source="S-017", told_on=date(2025, 11, 2),
            told="Three boats leave the old pier on moonless Thursdays; the pilot’s brother keeps the timetable.",
            used="Patrols were moved to two Thursdays; the second led to the arrest.",
            known="The pier was known; neither the day nor the brother was.",
            corroborated="Tide tables, and photographs from the lighthouse of 6 November.",
            evidence="FND-3, DOC-11", attested_by="Ilse Inger", agency="Harbour Police",
        ),
        Contribution(
            source="S-021", told_on=date(2026, 1, 19),
            told="The company’s accounts are kept under the name محمد الفارس at two banks.",
            used="The accounts were frozen on the day of the arrest.",
            known="Not known to any agency asked.",
            corroborated="Both banks confirmed the name.",
            evidence="FND-5", attested_by="Óscar Ortega", agency="Harbour Treasury",
        ),
    ),
    factors=tuple(
        Factor(
            name=name, weight=weight, mean_hundredths=340 - 20 * at,
            scores=tuple(
                Score(member=member, score=3 + (at + place) % 2, sentence="The outcome would not have come without it.")
                for place, member in enumerate(MEMBERS)
            ),
        )
        for at, (name, weight) in enumerate(FACTORS)
    ),
    advice="Weighted sum 0.76 of the cap: USD 1,520,000. The sum is advice, not the decision.",
    findings=(
        Finding(rule="R1", citation="Harbour Act 12(b)(8)", result=Result.MET, sentence="The arrest is of the kind the offer names."),
        Finding(rule="R5", citation="Harbour Act 12(f)", result=Result.MET, sentence="Neither source is an official; both answered, sealed."),
        Finding(rule="R7", citation="Harbour Act 12(e)(2)", result=Result.NOT_APPLICABLE, sentence="No part is paid in cryptocurrency."),
        Finding(rule="R12", citation="Harbour Act 12(c)", result=Result.NOT_MET, sentence="S-021 told a newspaper first; the Board may waive this."),
    ),
    options=(
        Option(text="Pay nothing: the arrest is no conviction yet."),
        Option(text="Pay half now, half after conviction.", amount=usd(600_000)),
        Option(text="Pay in full, shared two to one.", amount=usd(1_200_000)),
    ),
    recommendation=Recommendation(
        amount=usd(1_200_000), text="Pay USD 1,200,000, shared two to one: the first source’s information led to the arrest.",
        shares=(Share(source="S-017", amount=usd(800_000)), Share(source="S-021", amount=usd(400_000))),
    ),
    vote=Vote(
        on=date(2026, 11, 12), quorum=4, in_favour=3, against=1, abstained=0,
        cast=(
            Cast(member="Ana Amador", ballot=Ballot.IN_FAVOUR, reason="The risk was real and the information new."),
            Cast(member="Ben Brook", ballot=Ballot.IN_FAVOUR, reason="As recommended."),
            Cast(member="Óscar Ortega", ballot=Ballot.IN_FAVOUR, reason="The accounts alone justify the share."),
            Cast(member="Uma Underhill", ballot=Ballot.AGAINST, reason="Too early: see the dissent."),
        ),
        dissent="An arrest may end in an acquittal. Half should wait for the court.\nI concur in the finding on eligibility.",
    ),
    recusals=(Recusal(member="Ilse Inger", reason="Attested a contribution."),),
    concurrence=Concurrence(needed=True, on=date(2026, 11, 16), ref="AG-2026-118", by="For the Attorney General: R. Rook", text="No objection."),
    decision=Decided(
        signatures=(Signature(office="Secretary of the Harbour Board", name="Vera Vane"), Signature(office="Attested: clerk of the committee")),
    ),
    protection="Family of S-017 (two persons) moves before payment. Nothing further is written here.",
    payment="Cash, in two parts, against voucher and signature.",
    distribution=("Secretary of the Harbour Board (original)", "Attorney General", "Committee’s file"),
    public_summary="Information from the public led to an arrest abroad. The Board pays an award within its published offer.",
)  # fmt: skip

SPANISH = replace(
    ENGLISH,
    language="es",
    office="La Junta del Puerto",
    title="Recompensa por información sobre los pilotos de la compañía Gaviota Gris",
    purpose="Decidir si se paga a dos fuentes por la información que condujo a la detención de un piloto de la compañía "
    "inventada Gaviota Gris, cuánto, y cómo se reparte.",
    authority="Ley del Puerto, artículo 12(b)(8): puede pagarse una recompensa por información que conduzca a la "
    "detención o condena, en cualquier país, de quien dirija una compañía dedicada al contrabando en el muelle viejo.",
    decision=Decided(
        outcome=Outcome.CHANGED, amount=usd(1_000_000), on=DAY, by="Vera Vane",
        reasons="Se paga menos de lo recomendado hasta que haya sentencia.",
        signatures=(Signature(office="Secretaria de la Junta del Puerto", name="Vera Vane"),),
    ),
)  # fmt: skip


def paper(**changes: Any) -> Memorandum:
    """The English one, with changes."""
    return replace(ENGLISH, **changes)
