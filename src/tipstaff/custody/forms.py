"""The one form of custody."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_PASSPHRASE = 1024  # characters; more is refused before scrypt runs


class Passphrase(forms.Form):
    """The passphrase of the key file."""

    passphrase = forms.CharField(
        label=_("Passphrase of the key file"),
        max_length=LONGEST_PASSPHRASE,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
