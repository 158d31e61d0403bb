"""The verbs of the vault, by what they do. An identity is opened and destroyed by two officers, never by one."""

from tipstaff.vault.actions.destroying import ask_to_destroy, destroy_identity
from tipstaff.vault.actions.opening import ask_to_open, open_identity
from tipstaff.vault.actions.sealing import seal_identity

__all__ = ["ask_to_destroy", "ask_to_open", "destroy_identity", "open_identity", "seal_identity"]
