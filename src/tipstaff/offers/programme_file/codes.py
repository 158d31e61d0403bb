"""Codes that a programme file uses: languages, telephone numbers and addresses."""

import re
from urllib.parse import urlsplit

# ISO 639-1. A language without a two-letter code is taken in its three-letter form (K'iche': quc).
_TWO_LETTERS = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie
    ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv
    mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm
    rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts
    tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu""".split()
)
_SCRIPT_AND_REGION = re.compile(r"(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")
_TELEPHONE = re.compile(r"\+?[0-9](?:[0-9 ()-]*[0-9])?")


def is_language(code: str) -> bool:
    """Whether `code` is a language code: ISO 639-1, or three letters; script and region may follow."""
    primary = re.match(r"[a-z]{2,3}", code)
    if not primary or not _SCRIPT_AND_REGION.fullmatch(code, primary.end()):
        return False
    return len(primary.group()) == 3 or primary.group() in _TWO_LETTERS


def is_telephone(value: str) -> bool:
    """Whether `value` is a telephone number of 3 to 15 digits, in any usual grouping."""
    return bool(_TELEPHONE.fullmatch(value)) and 3 <= sum(c.isdigit() for c in value) <= 15


def is_https(value: str) -> bool:
    """Whether `value` is a whole https address. No other scheme may become a link on a public page."""
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018  reading it is what checks it
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not any(c.isspace() for c in value)
