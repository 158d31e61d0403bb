"""On PostgreSQL each site has a database role of its own with the least rights: the statements that grant them.

The door may add and may look up by address; it deletes nothing, reads no envelope back and no staged file.
"""

DOOR = (
    "GRANT SELECT ON hatch_notice, hatch_publichead, hatch_leaf, hatch_tile, hatch_mailbox, hatch_spenttoken TO {role}",
    "GRANT INSERT ON hatch_spenttoken, hatch_mailbox, hatch_envelope, hatch_upload, hatch_piece TO {role}",
    "GRANT INSERT ON hatch_leaf, hatch_tile TO {role}",
    "GRANT UPDATE (hashes) ON hatch_tile TO {role}",
    "GRANT SELECT, UPDATE ON hatch_loghead TO {role}",
    "GRANT SELECT (id, envelope), UPDATE (envelope) ON hatch_upload TO {role}",
)
DESK = (
    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT INSERT ON hatch_notice, hatch_publichead, hatch_leaf, hatch_tile TO {role}",
    "GRANT UPDATE (hashes) ON hatch_tile TO {role}",
    "GRANT UPDATE ON hatch_loghead TO {role}",
    "GRANT UPDATE (slots, day), DELETE ON hatch_mailbox TO {role}",
    "GRANT DELETE ON hatch_envelope, hatch_upload, hatch_piece, hatch_spenttoken TO {role}",
)


def statements(site: str, role: str, password: str) -> list[str]:
    """The SQL that makes `role` the role of `site` (`door` or `desk`), to be run by the owner of the hatch.

    Raises ValueError for a role name that is not plain letters, digits and underscores, or an empty password.
    """
    if not role.isidentifier() or not role.isascii():
        raise ValueError("a database role's name here is letters, digits and underscores")
    if not password or "'" in password or "\\" in password:
        raise ValueError("a database role needs a password without quotes and backslashes")
    grants = {"door": DOOR, "desk": DESK}[site]
    return [
        f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '{password}'",
        # Before PostgreSQL 15 everybody might make tables there.
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        *(grant.format(role=role) for grant in grants),
    ]
