"""What codes and names look like: user names, agencies, compartments. Pure."""

import re
from typing import Final

from tipstaff.kernel.decision import Refusal, Refused

CODE: Final = re.compile(r"[a-z][a-z0-9]*([._-][a-z0-9]+)*")
LONGEST_CODE: Final = 40
LONGEST_NAME: Final = 120
LONGEST_PASSWORD: Final = 128


def check_code(code: str) -> None:
    """Raise Refused unless `code` is like `ana`, `port-north` or `a.b2`, 40 characters at most."""
    if len(code) > LONGEST_CODE or not CODE.fullmatch(code):
        refusal = Refusal(
            "people.code-is-plain",
            "“{code}” is no code: it starts with a letter and holds small letters and digits "
            "with single dots, dashes or underscores between them, {most} characters at most.",
            {"code": code[:LONGEST_CODE], "most": LONGEST_CODE},
        )
        raise Refused((refusal,))


def check_full_name(name: str) -> None:
    """Raise Refused unless `name` has 1 to 120 printable characters."""
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        refusal = Refusal(
            "people.name-is-given", "A name has 1 to {most} printable characters.", {"most": LONGEST_NAME}
        )
        raise Refused((refusal,))
