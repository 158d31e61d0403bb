"""Which pages stand open to whom: anonymous, still setting up, or signed in with a second factor. Pure.

Names are those of the url patterns. Every allauth page that is in none of the lists is answered as not
found: sign-up, mail addresses and password resets do not exist here.
"""

from typing import Final

# Without signing in.
OPEN: Final = frozenset(
    {
        "account_inactive",
        "account_login",
        "account_logout",
        "desk:healthz",
        "desk:set_language",
        "healthz",
        "mfa_authenticate",
        "mfa_login_webauthn",
    }
)
# With a password alone, while there is no second factor yet.
SETTING_UP: Final = frozenset(
    {
        "account_change_password",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)
# With the opening code that an administrator handed over.
OPENING: Final = frozenset({"account_change_password"})
# One's own account, signed in.
OWN_ACCOUNT: Final = SETTING_UP | {
    "mfa_deactivate_totp",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
}
_ALLAUTH: Final = ("account_", "mfa_", "socialaccount_", "usersessions_")


def exists(name: str) -> bool:
    """Is the page `name` there at all? Of allauth's pages only the listed ones are."""
    return not name.startswith(_ALLAUTH) or name in OPEN | OWN_ACCOUNT
