"""Steps of the register of duties. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import table


def responsibilities(database: Database) -> None:
    components = table(database, "components")
    components.create(
        {
            "id": str, "team_id": str, "visibility": str, "name": str, "look_up_key": str, "kind": str, "team": str,
            "channel": str, "lead": str, "model_side": str, "product_side": str, "set_up": str, "launch_on": str,
            "created_by": str, "created_at": str, "version": int,
        },
        pk="id",
        not_null={
            "team_id", "visibility", "name", "look_up_key", "kind", "team", "channel", "lead", "model_side",
            "product_side", "set_up", "launch_on", "created_by", "created_at", "version",
        },
    )  # fmt: skip
    components.create_index(["team_id", "look_up_key", "visibility"], unique=True)
    duties = table(database, "duties")
    duties.create(
        {
            "team_id": str, "component_id": str, "duty": str, "state": str, "owner": str, "backup": str,
            "helpers": str, "claimants": str, "declined_by": str, "proposed_to": str, "proposed_by": str, "need": str,
            "reason": str, "since": str, "confirmed_at": str, "changed_at": str, "version": int,
        },
        pk=("team_id", "component_id", "duty"),
        not_null={
            "state", "owner", "backup", "helpers", "claimants", "declined_by", "proposed_to", "proposed_by", "need",
            "reason", "since", "confirmed_at", "changed_at", "version",
        },
        foreign_keys=[("component_id", "components", "id")],
    )  # fmt: skip
    duties.create_index(["team_id", "owner"])
    table(database, "duty_events").create(
        {
            "team_id": str, "component_id": str, "duty": str, "version": int, "at": str, "by": str, "what": str,
            "person": str, "note": str,
        },
        pk=("team_id", "component_id", "duty", "version"),
        not_null={"at", "by", "what", "person", "note"},
    )  # fmt: skip


def register(database: Database) -> None:
    table(database, "duty_catalogues").create({"team_id": str, "body": str}, pk="team_id", not_null={"body"})
    table(database, "duty_questions").create(
        {"team_id": str, "component_id": str, "duty": str, "user_id": str, "place": str, "asked_at": str},
        pk=("team_id", "component_id", "duty", "user_id"),
        not_null={"place", "asked_at"},
        foreign_keys=[("component_id", "components", "id")],
    )
