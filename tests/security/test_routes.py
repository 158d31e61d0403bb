"""Every address of the desk, by both methods, asked by everybody: nobody, each role, and another agency."""

import re

from tests.offices import TestOffice
from tests.security import permissions
from tests.security.permissions import EVERYBODY, furnish
from tests.security.routes import patterns, routes
from tipstaff.people import gate
from tipstaff.people.roles import OFFICE, ROLES

# 200 a page · 302 done, or sent to the sign-in page · 400, 409, 422 may do it, but not so or not now · 403 may not
# · 404 does not exist for this officer · 405 nothing to read, or nothing to do. Where a method has no row, nobody is
# sent to sign in and everybody else gets a 405.
TABLE = """
route                                how  nobody administrator analyst approver auditor custodian editor supervisor elsewhere
desk:home                            GET  302    200           200     200      200     200       200    200        200
desk:set_language                    GET  405    405           405     405      405     405       405    405        405
desk:set_language                    POST 302    302           302     302      302     302       302    302        302
desk:healthz                         GET  200    200           200     200      200     200       200    200        200
desk:healthz                         POST 405    405           405     405      405     405       405    405        405
account_login                        GET  200    302           302     302      302     302       302    302        302
account_login                        POST 200    302           302     302      302     302       302    302        302
account_logout                       GET  302    200           200     200      200     200       200    200        200
account_logout                       POST 302    302           302     302      302     302       302    302        302
account_inactive                     GET  200    200           200     200      200     200       200    200        200
account_inactive                     POST 405    405           405     405      405     405       405    405        405
account_reauthenticate               GET  302    200           200     200      200     200       200    200        200
account_reauthenticate               POST 302    200           200     200      200     200       200    200        200
account_change_password              GET  302    200           200     200      200     200       200    200        200
account_change_password              POST 302    200           200     200      200     200       200    200        200
mfa_index                            GET  302    200           200     200      200     200       200    200        200
mfa_authenticate                     GET  302    302           302     302      302     302       302    302        302
mfa_authenticate                     POST 302    302           302     302      302     302       302    302        302
mfa_reauthenticate                   GET  302    200           200     200      200     200       200    200        200
mfa_reauthenticate                   POST 302    200           200     200      200     200       200    200        200
mfa_activate_totp                    GET  302    302           302     302      302     302       302    302        302
mfa_activate_totp                    POST 302    302           302     302      302     302       302    302        302
mfa_deactivate_totp                  GET  302    200           200     200      200     200       200    200        200
mfa_deactivate_totp                  POST 302    200           200     200      200     200       200    200        200
mfa_view_recovery_codes              GET  302    404           404     404      404     404       404    404        404
mfa_generate_recovery_codes          GET  302    200           200     200      200     200       200    200        200
mfa_generate_recovery_codes          POST 302    302           302     302      302     302       302    302        302
mfa_list_webauthn                    GET  302    200           200     200      200     200       200    200        200
mfa_add_webauthn                     GET  302    200           200     200      200     200       200    200        200
mfa_add_webauthn                     POST 302    200           200     200      200     200       200    200        200
mfa_reauthenticate_webauthn          GET  302    302           302     302      302     302       302    302        302
mfa_reauthenticate_webauthn          POST 302    302           302     302      302     302       302    302        302
mfa_remove_webauthn                  GET  302    404           404     404      404     404       404    404        404
mfa_remove_webauthn                  POST 302    404           404     404      404     404       404    404        404
mfa_edit_webauthn                    GET  302    404           404     404      404     404       404    404        404
mfa_edit_webauthn                    POST 302    404           404     404      404     404       404    404        404
mfa_login_webauthn                   GET  302    302           302     302      302     302       302    302        302
mfa_login_webauthn                   POST 302    302           302     302      302     302       302    302        302
people:index                         GET  302    200           403     403      403     403       403    403        403
people:add                           GET  302    200           403     403      403     403       403    403        403
people:add                           POST 302    400           403     403      403     403       403    403        403
people:officer                       GET  302    200           403     403      403     403       403    403        403
people:give                          POST 302    400           403     403      403     403       403    403        403
people:confirm                       POST 302    302           403     403      403     403       403    403        403
people:end                           POST 302    302           403     403      403     403       403    403        403
audit:index                          GET  302    403           403     403      200     403       403    403        403
audit:check                          GET  302    403           403     403      200     403       403    403        403
audit:verify                         POST 302    403           403     403      200     403       403    403        403
custody:keys                         GET  302    403           403     403      403     200       403    403        403
custody:unlock                       POST 302    403           403     403      403     400       403    403        403
custody:lock                         POST 302    403           403     403      403     302       403    403        403
outbox:parcels                       GET  302    200           403     403      403     200       403    403        403
outbox:retry                         POST 302    302           403     403      403     302       403    403        403
offers:offers                        GET  302    200           200     200      200     200       200    200        200
offers:offer                         GET  302    404           200     200      404     404       200    200        404
offers:version                       GET  302    404           404     404      404     404       404    404        404
offers:draft                         GET  302    404           403     403      404     404       200    403        404
offers:draft                         POST 302    404           403     403      404     404       422    403        404
offers:begin                         POST 302    404           403     409      404     404       409    403        404
offers:drop                          POST 302    404           403     409      404     404       409    403        404
offers:propose                       POST 302    404           403     403      404     404       302    403        404
offers:return                        POST 302    404           403     409      404     404       403    403        404
offers:approve                       POST 302    404           403     409      404     404       403    403        404
offers:publish                       POST 302    404           403     409      404     404       403    403        404
offers:suspend                       POST 302    404           403     409      404     404       403    403        404
offers:resume                        POST 302    404           403     409      404     404       403    403        404
offers:withdraw                      POST 302    404           403     409      404     404       403    403        404
offers:satisfy                       POST 302    404           403     409      404     404       403    403        404
tips:queue                           GET  302    403           200     403      403     403       403    200        200
tips:envelopes                       GET  302    403           200     403      403     200       403    200        200
tips:open_again                      POST 302    404           302     404      404     302       404    302        404
tips:tip                             GET  302    404           200     403      404     404       403    200        404
tips:claim                           POST 302    404           302     403      404     404       403    302        404
tips:release                         POST 302    404           409     403      404     404       403    409        404
tips:hand_over                       POST 302    404           409     403      404     404       403    409        404
tips:reassign                        POST 302    404           403     403      404     404       403    409        404
tips:set_state                       POST 302    404           409     403      404     404       403    409        404
tips:set_urgency                     POST 302    404           302     403      404     404       403    302        404
tips:dispose                         POST 302    404           409     403      404     404       403    409        404
tips:note                            POST 302    404           409     403      404     404       403    409        404
tips:write                           POST 302    404           409     403      404     404       403    409        404
tips:erase                           POST 302    404           403     403      404     404       403    409        404
tips:save_file                       POST 302    404           200     403      404     404       403    200        404
tips:view_file                       POST 302    404           200     403      404     404       403    200        404
logbook:log                          GET  302    403           403     403      200     200       403    403        403
logbook:leaves                       GET  302    403           403     403      200     200       403    403        403
"""
OTHERWISE = (302, *(405 for _ in EVERYBODY[1:]))


def expected() -> dict[tuple[str, str], tuple[int, ...]]:
    """The table, read."""
    heading, *lines = [line.split() for line in TABLE.strip().splitlines()]
    assert tuple(heading[2:]) == EVERYBODY
    return {(name, method): tuple(map(int, statuses)) for name, method, *statuses in lines}


def test_security_37_every_route_has_its_row_and_every_row_its_route() -> None:
    """A new address fails here until somebody has said who may see it and who may not."""
    there = {name for name, _ in patterns() if gate.exists(name)}

    assert {name for name, _ in expected()} == there


def test_security_37_everybody_is_answered_as_the_table_says(office: TestOffice) -> None:
    whole, table = furnish(office), expected()

    answered = permissions.ask_everybody(whole, set(table))

    wrong = [
        f"{who} {method} {name}: {status}, not {wanted}"
        for (name, method, who), status in answered.items()
        if status != (wanted := table.get((name, method), OTHERWISE)[EVERYBODY.index(who)])
    ]
    assert wrong == []


def test_security_37_what_we_do_not_offer_is_not_there_for_anybody(office: TestOffice) -> None:
    whole = furnish(office)
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
        (f"/tips/{whole.tip}/", "/tips/TIP-0000-0000-0000/"),
        (f"/offers/{whole.offer}/", "/offers/NO-1/"),
    ):
        found, missing = desk.get(there), desk.get(absent)
        assert found.status_code == missing.status_code == 404
        assert without_token(found.content) == without_token(missing.content)


def without_token(page: bytes) -> bytes:
    """The form's token is masked anew for each page."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page)


def test_security_37_the_columns_are_all_the_roles_there_are() -> None:
    assert EVERYBODY == ("nobody", *sorted(ROLES), "elsewhere")
    assert OFFICE == "office"
