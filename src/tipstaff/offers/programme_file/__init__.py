"""The programme file: TOML in, a whole programme or every fault with its line out. Pure, no Django."""

from tipstaff.footing.toml import Fault
from tipstaff.offers.programme_file.read import FORMAT, BadProgramme, Programme, read

__all__ = ["FORMAT", "BadProgramme", "Fault", "Programme", "read"]
