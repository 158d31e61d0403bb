"""The two answers of a room that will not: "there is no such thing" and "not you".

They stand here, below every room, so that audit's own pages can give them; rooms import them from
`people.access`.
"""


class NotVisible(Exception):
    """To this actor the thing does not exist: another compartment's, or none at all. Pages answer 404."""


class NotAllowed(Exception):
    """The actor may see it but not do this. Its text is the verb that is missing. Pages answer 403."""
