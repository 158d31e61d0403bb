"""Money: whole minor units and a currency. No floats, no Decimal context."""

from dataclasses import dataclass


class CurrencyMismatch(ValueError):
    """Two amounts in different currencies were added or compared."""


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` whole minor units (cents) of `currency` (ISO 4217, three letters)."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __gt__(self, other: "Money") -> bool:
        self._same(other)
        return self.minor > other.minor

    def __str__(self) -> str:
        sign = "-" if self.minor < 0 else ""
        whole, cents = divmod(abs(self.minor), 100)
        return f"{self.currency} {sign}{whole:,}.{cents:02d}"

    @property
    def whole(self) -> str:
        """The amount without its currency, and without cents where there are none: `2,000,000`."""
        units, cents = divmod(self.minor, 100)
        return f"{units:,}.{cents:02d}" if cents else f"{units:,}"

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} with {other.currency}")
