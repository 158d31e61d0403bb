"""The worker's keys: those it was started with, until somebody renews them.

A worker that went on with the old keys would set aside, as not for this desk, every tip that is sealed to the new one.
"""

from tipstaff.config.office import passphrase
from tipstaff.config.office.worker import Say
from tipstaff.custody.holder import Holder, NoKeyFile, TooManyMisses
from tipstaff.sealed.age import SealError
from tipstaff.sealed.keyfile import Keyring

WORKER = "system:worker"
READ_ANEW = "worker: the key file changed; its keys are read anew"
START_AGAIN = (
    "worker: the key file changed, and no file holds its passphrase: start the worker again. Until then it works "
    "without the keys, and envelopes wait sealed."
)


class WorkerKeys:
    """Gives the keys of `holder`'s file, opened anew when it changed, if a file holds the passphrase; else none."""

    def __init__(self, holder: Holder, keyring: Keyring | None, say: Say) -> None:
        self._holder = holder
        self._keyring = keyring
        self._say = say

    def __call__(self) -> Keyring | None:
        if self._keyring is not None and self._holder.stale(self._keyring):
            self._keyring = self._anew()
            self._say(READ_ANEW if self._keyring else START_AGAIN)
        return self._keyring

    def _anew(self) -> Keyring | None:
        try:
            found = passphrase.from_file()
            return None if found is None else self._holder.open(found, by=WORKER)
        except (passphrase.NoPassphrase, NoKeyFile, TooManyMisses, SealError):
            return None
