"""Second factors' secrets at rest: sealed with a key that is not in the database.

The key derives from the desk's secret (HKDF-SHA256, info `tipstaff/v1/second-factor`), which lies in a file
of its own. A copy of the database opens no second factor; and since no page reads a factor's secret after
its set-up, an administrator cannot either. SECRET_KEY_FALLBACKS open what an older secret sealed.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class FactorUnreadable(Exception):
    """A second factor was sealed under another secret than the desk's present one (or its fallbacks)."""

    def __init__(self) -> None:
        super().__init__(
            "A second factor cannot be read: the desk's secret is not the one it was sealed with. "
            "Put the old secret back, as SECRET_KEY or as a fallback."
        )


def seal(text: str) -> str:
    """`text` sealed under the desk's present secret."""
    return _keys().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """What was sealed; FactorUnreadable when no secret we have fits, or it was altered."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise FactorUnreadable from None


def _keys() -> MultiFernet:
    return MultiFernet(
        [_key(str(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tipstaff/v1/second-factor")
    return Fernet(urlsafe_b64encode(derived.derive(secret.encode())))
