"""Every address of the desk, by both methods, asked by everybody: nobody, each role, and another agency.

200 a page · 302 done, or sent to the sign-in page · 400, 409, 422 may do it, but not so or not now · 403 may not · 404 does
not exist for this officer · 405 nothing to read, or nothing to do. Who should be answered how stands in `table/`.
"""

import re

from tests.offices import TestOffice
from tests.security import permissions
from tests.security.expected import NO_ROW, expected
from tests.security.people import EVERYBODY
from tests.security.permissions import furnish
from tests.security.routes import patterns, routes
from tipstaff.people import gate
from tipstaff.people.roles import OFFICE, ROLES


def test_security_37_every_route_has_its_row_and_every_row_its_route() -> None:
    """A new address fails here until somebody has said who may see it and who may not."""
    there = {name for name, _ in patterns() if gate.exists(name)}

    assert {name for name, _ in expected()} == there


def test_security_37_everybody_is_answered_as_the_table_says(office: TestOffice) -> None:
    whole, table = furnish(office), expected()

    answered = permissions.ask_everybody(whole, table)

    wrong = [
        f"{who} {method} {name}: {status}, not {wanted}"
        for (name, method, who), status in answered.items()
        if status != (wanted := table.get((name, method), NO_ROW)[who])
    ]
    assert wrong == []
    assert {who for _, _, who in answered} == set(EVERYBODY)


def test_security_37_what_we_do_not_offer_is_not_there_for_anybody(office: TestOffice) -> None:
    whole = furnish(office, rewards=False)
    absent = [(name, path) for name, path in routes() if not gate.exists(name)]

    assert {"account_signup", "account_reset_password"} <= {name for name, _ in absent}
    for name, path in absent:
        for who in ("nobody", "administrator", "supervisor"):
            for method in ("GET", "POST"):
                assert whole.status(who, method, path) == 404, (name, who)


def test_security_37_another_agencys_things_and_things_that_never_were_are_answered_alike(
    office: TestOffice,
) -> None:
    """Byte for byte: a reference cannot be tried out."""
    whole = furnish(office)
    desk = whole.desk("elsewhere")
    for there, absent in (
        (f"/tips/{whole.there['tips.ref']}/", "/tips/TIP-0000-0000-0000/"),
        (f"/offers/{whole.there['offers.ref']}/", "/offers/NO-1/"),
        (whole.address("cases:case"), "/cases/CAS-0000-0000-0000/"),
        (whole.address("cases:finding"), "/cases/findings/FND-0000-0000-0000/"),
        (whole.address("cases:outcome"), "/cases/outcomes/OUT-0000-0000-0000/"),
        (whole.address("cases:contribution"), "/cases/contributions/CON-0000-0000-0000/"),
        (whole.address("rulebook:sheet"), "/rules/SHT-0000-0000-0000/"),
        (whole.address("ledger:book"), "/ledger/books/nothing/2027/"),
        (whole.address("ledger:transfer"), "/ledger/transfers/999999/"),
        (whole.address("vault:identity"), "/vault/VLT-0000-0000-0000/"),
        (whole.address("vault:agree"), "/vault/requests/REQ-0000-0000-0000/"),
        (whole.address("awards:award"), "/awards/AWD-0000-0000-0000/"),
        (whole.address("awards:begin"), "/awards/nominate/OUT-0000-0000-0000/"),
        (whole.address("awards:payment"), "/awards/AWD-0000-0000-0000/payment/"),
        (whole.address("awards:papers"), "/awards/AWD-0000-0000-0000/papers/"),
        (whole.address("awards:memorandum"), "/awards/AWD-0000-0000-0000/papers/1/"),
        (whole.address("awards:payout"), "/awards/payments/PAY-0000-0000-0000/"),
        (whole.address("awards:witness"), "/awards/payments/witness/PAY-0000-0000-0000/"),
        (whole.address("awards:committee_meeting"), "/awards/committee/MTG-0000-0000-0000/"),
        (whole.address("awards:committee_item"), "/awards/committee/MTG-0000-0000-0000/1/"),
    ):
        found, missing = desk.get(there), desk.get(absent)
        assert found.status_code == missing.status_code == 404
        assert without_token(found.content) == without_token(missing.content)


def without_token(page: bytes) -> bytes:
    """The form's token is masked anew for each page."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page)


def test_security_37_the_columns_are_all_the_roles_there_are() -> None:
    assert EVERYBODY == ("nobody", *sorted(ROLES), "auditor-of-harbour", "elsewhere")
    assert OFFICE == "office"
