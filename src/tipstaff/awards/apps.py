"""The room of awards, as a Django app: it shows what followed from an outcome at the end of the case's chain."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """Awards live in the desk's own database."""

    name = "tipstaff.awards"
    label = "awards"

    def ready(self) -> None:
        """Hang the awards at the end of every chain."""
        from tipstaff.awards.chain_end import award_ends
        from tipstaff.cases.chain import register_chain_end

        register_chain_end(award_ends)
