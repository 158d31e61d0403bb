"""Settings from the environment: each is read by kind, and nonsense stops the process with a sentence.

An empty variable counts as absent: a deployment file that says `NAME=` means "I did not set it".
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

TRUE: Final = frozenset({"1", "true", "yes", "on"})
FALSE: Final = frozenset({"0", "false", "no", "off"})
SHORTEST_SECRET: Final = 40  # characters; 32 random bytes in base 64 are 43


class BadSetting(ValueError):
    """A setting is missing or makes no sense. The sentence names it and never repeats a secret's value."""

    def __init__(self, name: str, wrong: str, expected: str) -> None:
        super().__init__(f"The setting {name} {wrong}. Expected {expected}.")
        self.name = name


class Environment:
    """Typed reading of a mapping of names to texts, usually `os.environ`."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str, default: str | None = None) -> str:
        """The setting as it stands, or `default`; BadSetting when there is neither."""
        return self._read(name, default, "a text")

    def path(self, name: str, default: Path | None = None) -> Path:
        """A path in the file system; `~` is the home folder. It need not exist yet."""
        text = self._read(name, None if default is None else str(default), "a path to a file or folder")
        if "\0" in text:
            raise BadSetting(name, "holds a zero byte", "a path to a file or folder")
        return Path(text).expanduser()

    def hosts(self, name: str, default: Sequence[str] | None = None) -> list[str]:
        """Host names separated by commas. A lone `*` is refused: a site must know its own names."""
        expected = "host names separated by commas, such as `tips.example.org,localhost`"
        text = self._read(name, None if default is None else ",".join(default), expected)
        hosts = [host.strip().lower() for host in text.split(",")]
        for host in hosts:
            if not _is_host(host):
                raise BadSetting(name, f"holds `{host}`, which is not a host name", expected)
        return hosts

    def url(self, name: str, default: str | None = None) -> str:
        """An address with a scheme, such as `https://…`, `sqlite:///…`; errors do not repeat it."""
        expected = "an address that starts with a scheme, such as `postgresql://…` or `https://…`"
        text = self._read(name, default, expected)
        try:
            scheme = urlsplit(text).scheme
        except ValueError:
            scheme = ""
        if not scheme or "://" not in text:
            raise BadSetting(name, "has no scheme", expected)
        return text

    def flag(self, name: str, default: bool | None = None) -> bool:
        """Yes or no: `1 true yes on`, `0 false no off`, in any case."""
        expected = "`yes` or `no`"
        text = self._read(name, None if default is None else str(default), expected).strip().lower()
        if text not in TRUE | FALSE:
            raise BadSetting(name, f"is `{text}`", expected)
        return text in TRUE

    def number(self, name: str, default: int | None = None, *, least: int = 0, most: int = 2**31) -> int:
        """A whole number from `least` to `most`."""
        expected = f"a whole number from {least} to {most}"
        text = self._read(name, None if default is None else str(default), expected).strip()
        if not (text.isascii() and text.isdigit() and len(text) < 20):
            raise BadSetting(name, f"is `{text}`", expected)
        if not least <= int(text) <= most:
            raise BadSetting(name, f"is {text}", expected)
        return int(text)

    def seconds(
        self, name: str, default: int | None = None, *, least: int = 1, most: int = 366 * 86400
    ) -> int:
        """A length of time in whole seconds."""
        return self.number(name, default, least=least, most=most)

    def secret(self, name: str, file: Path | None = None) -> str:
        """A secret of at least 40 characters: from `name`, from the file that `name`_FILE names, or from
        `file`.

        A file is better than a variable: it is not handed on to every process that is started.
        """
        expected = (
            f"{SHORTEST_SECRET} random characters or more, in {name} or in the file that {name}_FILE names"
        )
        if name in self._values and f"{name}_FILE" in self._values:
            raise BadSetting(name, f"is given twice, also by {name}_FILE", "one of the two")
        text = self._values.get(name, "").strip()
        named = self._values.get(f"{name}_FILE", "").strip()
        source = Path(named).expanduser() if named else file
        if not text and source is not None:
            text = _secret_in(name, source, expected)
        if not text:
            raise BadSetting(name, "is missing", expected)
        if len(text) < SHORTEST_SECRET:
            raise BadSetting(name, f"has only {len(text)} characters", expected)
        return text

    def _read(self, name: str, default: str | None, expected: str) -> str:
        text = self._values.get(name, "")
        if text.strip():
            return text
        if default is None:
            raise BadSetting(name, "is missing", expected)
        return default


def _secret_in(name: str, source: Path, expected: str) -> str:
    try:
        return source.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise BadSetting(name, f"could not be read from {source}", expected) from None


def _is_host(host: str) -> bool:
    name = host.removeprefix(".")  # Django's way to say "and every name under it"
    if name.startswith("[") and name.endswith("]"):
        return set(name[1:-1]) <= set("0123456789abcdef:.") and ":" in name
    return bool(name) and name.isascii() and set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-_")
