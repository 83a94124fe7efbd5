"""Whether the policies of PostgreSQL hold for the role that the bot signs in as."""

from storage.engine.interface import Reader


def unbound_role(reader: Reader) -> str:
    """Return the name of the bot's role where no policy holds for it, else an empty text.

    https://www.postgresql.org/docs/current/ddl-rowsecurity.html: superusers and roles with BYPASSRLS are past them all.
    """
    row = reader.one("SELECT rolname AS name FROM pg_roles WHERE rolname = CURRENT_USER AND (rolsuper OR rolbypassrls)")
    return str(row["name"]) if row is not None else ""
