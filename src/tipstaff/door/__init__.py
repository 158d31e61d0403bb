"""The public site: offers, the tip form, the mailbox, the log. It may read only the hatch."""
