"""`tipstaff hatch roles`: SQL for each site, a new password each time, and no other statement slipped in."""

import pytest

from tipstaff.config.cli import main


@pytest.mark.parametrize("site", ["door", "desk"])
def test_it_prints_statements_and_keeps_the_password_to_the_error_output_and_the_role(
    site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = []
    for _ in range(2):
        assert main(["hatch", "roles", site]) == 0
        printed.append(capsys.readouterr())

    first, second = printed
    assert first.out.startswith(f"CREATE ROLE tipstaff_{site} LOGIN NOSUPERUSER")
    assert all(line.endswith(";") for line in first.out.splitlines())
    assert first.err.startswith(f"HATCH_URL for the {site}: postgresql://tipstaff_{site}:")
    assert first.out != second.out, "a new password each time"


def test_a_role_name_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hatch", "roles", "door", "--role", "door; DROP ROLE desk"]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert "letters, digits and underscores" in captured.err
