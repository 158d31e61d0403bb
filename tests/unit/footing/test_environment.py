"""Settings are read by kind; nonsense stops the process with a sentence that names the setting."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipstaff.footing.environment import BadSetting, Environment

LONG = "x" * 43


def test_every_kind_of_setting_is_read() -> None:
    environment = Environment(
        {
            "NAME": "Harbour",
            "FOLDER": "/var/lib/tipstaff",
            "HOSTS": "tips.example.org, LOCALHOST,[::1],.example.net",
            "URL": "postgresql://desk:word@127.0.0.1:5432/desk",
            "HTTPS": "Yes",
            "IDLE": "1800",
            "SECRET": LONG,
        }
    )

    assert environment.text("NAME") == "Harbour"
    assert environment.path("FOLDER") == Path("/var/lib/tipstaff")
    assert environment.hosts("HOSTS") == ["tips.example.org", "localhost", "[::1]", ".example.net"]
    assert environment.url("URL") == "postgresql://desk:word@127.0.0.1:5432/desk"
    assert environment.flag("HTTPS") is True
    assert environment.seconds("IDLE") == 1800
    assert environment.secret("SECRET") == LONG


def test_an_absent_or_empty_setting_takes_its_default() -> None:
    environment = Environment({"EMPTY": "  "})

    assert environment.text("EMPTY", "Harbour") == "Harbour"
    assert environment.path("ABSENT", Path("data")) == Path("data")
    assert environment.hosts("ABSENT", ["localhost"]) == ["localhost"]
    assert environment.url("ABSENT", "sqlite:///desk.sqlite3") == "sqlite:///desk.sqlite3"
    assert environment.flag("ABSENT", default=False) is False
    assert environment.seconds("ABSENT", 60) == 60


@pytest.mark.parametrize(
    "kind, value, sentence",
    [
        ("text", None, "The setting S is missing. Expected a text."),
        ("path", "a\0b", "The setting S holds a zero byte. Expected a path to a file or folder."),
        ("flag", "perhaps", "The setting S is `perhaps`. Expected `yes` or `no`."),
        ("seconds", "soon", "The setting S is `soon`. Expected a whole number from 1 to 31622400."),
        ("seconds", "0", "The setting S is 0. Expected a whole number from 1 to 31622400."),
        ("seconds", "-5", "The setting S is `-5`. Expected a whole number from 1 to 31622400."),
        ("seconds", "1.5", "The setting S is `1.5`. Expected a whole number from 1 to 31622400."),
        ("seconds", "٣", "The setting S is `٣`. Expected a whole number from 1 to 31622400."),
        ("seconds", "9" * 30, f"The setting S is `{'9' * 30}`. Expected a whole number from 1 to 31622400."),
    ],
)
def test_nonsense_is_refused_with_a_sentence(kind: str, value: str | None, sentence: str) -> None:
    environment = Environment({} if value is None else {"S": value})

    with pytest.raises(BadSetting) as refused:
        getattr(environment, kind)("S")

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "value", ["*", "tips.example.org,", "https://tips.example.org", "a b", "näher.example", "[::1"]
)
def test_a_site_must_know_its_own_names(value: str) -> None:
    with pytest.raises(BadSetting, match="The setting HOSTS holds"):
        Environment({"HOSTS": value}).hosts("HOSTS")


@pytest.mark.parametrize("value", ["desk.sqlite3", "localhost:5432", "//host/name"])
def test_an_address_has_a_scheme_and_is_never_repeated(value: str) -> None:
    with pytest.raises(BadSetting) as refused:
        Environment({"URL": value}).url("URL")

    assert value not in str(refused.value)


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{LONG}\n")

    assert Environment({"SECRET_FILE": str(file)}).secret("SECRET") == LONG
    assert Environment({}).secret("SECRET", file=file) == LONG


def test_a_secret_given_twice_absent_short_or_unreadable_is_refused_and_never_repeated(
    tmp_path: Path,
) -> None:
    short = "swordfish"
    (tmp_path / "binary").write_bytes(b"\xff\xfe" * 30)
    worlds = [
        {},
        {"SECRET": short},
        {"SECRET": LONG, "SECRET_FILE": "/etc/secret"},
        {"SECRET_FILE": str(tmp_path / "nowhere")},
        {"SECRET_FILE": str(tmp_path / "binary")},
    ]

    for world in worlds:
        with pytest.raises(BadSetting) as refused:
            Environment(world).secret("SECRET")
        assert "SECRET" in str(refused.value)
        assert short not in str(refused.value)
        assert LONG not in str(refused.value)


@given(st.text(max_size=40))
def test_whatever_stands_there_a_flag_is_true_false_or_refused(text: str) -> None:
    try:
        value = Environment({"FLAG": text}).flag("FLAG", default=False)
    except BadSetting:
        assert text.strip()
    else:
        assert value == (text.strip().lower() in {"1", "true", "yes", "on"})
