"""All tables as they were in the beginning.

Revision: 0001
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SORT_KEY = sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql")

TABLES = (
    "audit",
    "change_floor",
    "change_log",
    "company",
    "connection",
    "event_type",
    "setting",
    "store_identity",
    "person",
    "event",
    "integration",
    "cursor",
    "dirty",
    "event_link",
    "pair",
    "participant",
    "run",
    "history",
    "intent",
)


def upgrade() -> None:
    _audit()
    _change_floor()
    _change_log()
    _company()
    _connection()
    _event_type()
    _setting()
    _store_identity()
    _person()
    _event()
    _integration()
    _cursor()
    _dirty()
    _event_link()
    _pair()
    _participant()
    _run()
    _history()
    _intent()
    _person_search()
    identity = sa.table("store_identity", sa.column("id"), sa.column("identity"))
    op.execute(identity.insert().values(id=1, identity=str(uuid.uuid4())))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE person_search")
    for name in reversed(TABLES):
        op.drop_table(name)


def _person_search() -> None:
    """A trigram index over ``person.search_text``, kept in step by triggers; the text itself stays there."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE person_search USING fts5("
            "search_text, content='person', content_rowid='id', tokenize='trigram', detail='full')"
        )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("host", sa.String(length=100), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("before", JSON, nullable=True),
        sa.Column("after", JSON, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)


def _change_floor() -> None:
    op.create_table(
        "change_floor",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", SEQUENCE, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_change_floor")),
    )


def _change_log() -> None:
    op.create_table(
        "change_log",
        sa.Column("seq", SEQUENCE, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change_log")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_log_event", "change_log", ["event_id", "person_id", "seq"], unique=False)
    op.create_index("ix_change_log_person_seq", "change_log", ["person_id", "seq"], unique=False)


def _company() -> None:
    op.create_table(
        "company",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint("name", name=op.f("uq_company_name")),
    )


def _connection() -> None:
    op.create_table(
        "connection",
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("protocol", sa.String(length=10), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("account", sa.String(length=320), nullable=True),
        sa.Column("auth", sa.String(length=10), nullable=True),
        sa.Column("server_version", sa.String(length=10), nullable=False),
        sa.Column("ca_file", sa.Text(), nullable=True),
        sa.Column("options", JSON, nullable=False),
        sa.Column("blocked_code", sa.String(length=40), nullable=True),
        sa.Column("blocked_params", JSON, nullable=False),
        sa.Column("blocked_since", TIME, nullable=True),
        sa.Column("blocked_until", TIME, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_connection")),
    )


def _event_type() -> None:
    op.create_table(
        "event_type",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_type")),
        sa.UniqueConstraint("name", name=op.f("uq_event_type_name")),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )


def _store_identity() -> None:
    op.create_table(
        "store_identity",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("identity", sa.String(length=36), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_store_identity_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_identity")),
    )


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sort_name", SORT_KEY, nullable=False),
        sa.Column("email", sa.String(length=320), server_default="", nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=10), server_default="person", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("mobile_sync", sa.String(length=10), server_default="none", nullable=False),
        sa.Column("mobile_sync_used", TIME, nullable=True),
        sa.Column("search_text", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("kind in ('person', 'resource')", name=op.f("ck_person_kind")),
        sa.CheckConstraint(
            "mobile_sync in ('none', 'activesync', 'syncml')", name=op.f("ck_person_mobile_sync")
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_person_company_id_company")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_company_id"), "person", ["company_id"], unique=False)
    op.create_index("ix_person_sort_name", "person", ["sort_name", "id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.create_index(
            "ix_person_search_view", "person", ["active", "sort_name", "id", "search_text"], unique=False
        )


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("location", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("starts_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("all_day", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("zone", sa.String(length=64), server_default="Europe/Helsinki", nullable=False),
        sa.Column("private", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("show_as", sa.String(length=10), server_default="busy", nullable=False),
        sa.Column("reminder_minutes", sa.Integer(), nullable=True),
        sa.Column("acknowledged", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("rrule", sa.Text(), nullable=True),
        sa.Column("exceptions", JSON, server_default=sa.text("'[]'"), nullable=False),
        sa.Column("deleted_occurrences", JSON, server_default=sa.text("'[]'"), nullable=False),
        sa.Column("uid", sa.Text(), nullable=True),
        sa.Column("original_start", TIME, nullable=True),
        sa.Column("external_organizer", sa.String(length=320), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("modified_at", TIME, nullable=False),
        sa.Column("deleted_at", TIME, nullable=True),
        sa.Column("sync_key", sa.String(length=36), nullable=True),
        sa.Column("sync_stamp", sa.String(length=36), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "show_as in ('free', 'tentative', 'busy', 'oof', 'elsewhere')", name=op.f("ck_event_show_as")
        ),
        sa.CheckConstraint("ends_at >= starts_at", name=op.f("ck_event_order")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_event_owner_id_person")),
        sa.ForeignKeyConstraint(["type_id"], ["event_type.id"], name=op.f("fk_event_type_id_event_type")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("owner_id", "sync_key", name=op.f("uq_event_owner_id_sync_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_owner_ends", "event", ["owner_id", "ends_at"], unique=False)
    op.create_index("ix_event_uid", "event", ["uid", "original_start"], unique=False)


def _integration() -> None:
    op.create_table(
        "integration",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=320), nullable=False),
        sa.Column("login_key", sa.String(length=640), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("calendar", sa.String(length=10), nullable=False),
        sa.Column("calendar_name", sa.String(length=255), nullable=False),
        sa.Column("connection", sa.String(length=50), nullable=True),
        sa.Column("mailbox", sa.String(length=320), nullable=True),
        sa.Column("mailbox_identity", sa.Text(), nullable=True),
        sa.Column("folder_identity", sa.Text(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("matched", sa.Boolean(), nullable=False),
        sa.Column("error_code", sa.String(length=40), nullable=True),
        sa.Column("error_params", JSON, nullable=False),
        sa.Column("error_since", TIME, nullable=True),
        sa.Column("failing_since", TIME, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_run_at", TIME, nullable=True),
        sa.Column("last_synced_at", TIME, nullable=True),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.String(length=100), nullable=True),
        sa.Column("lease_until", TIME, nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("calendar in ('default', 'new')", name=op.f("ck_integration_calendar")),
        sa.CheckConstraint(
            "state in ('active', 'passive', 'error', 'unused')", name=op.f("ck_integration_state")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_integration_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_integration")),
        sa.UniqueConstraint("login_key", name=op.f("uq_integration_login_key")),
        sa.UniqueConstraint("mailbox", name=op.f("uq_integration_mailbox")),
    )
    op.create_index("ix_integration_due", "integration", ["state", "next_run_at"], unique=False)
    op.create_index(op.f("ix_integration_error_code"), "integration", ["error_code"], unique=False)


def _cursor() -> None:
    op.create_table(
        "cursor",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["integration.person_id"], name=op.f("fk_cursor_person_id_integration")
        ),
        sa.PrimaryKeyConstraint("person_id", "side", name=op.f("pk_cursor")),
    )


def _dirty() -> None:
    op.create_table(
        "dirty",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=True),
        sa.Column("not_before", TIME, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.String(length=40), nullable=True),
        sa.Column("inferred", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["integration.person_id"], name=op.f("fk_dirty_person_id_integration")
        ),
        sa.PrimaryKeyConstraint("person_id", "side", "item_id", name=op.f("pk_dirty")),
    )


def _event_link() -> None:
    op.create_table(
        "event_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("ref", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), server_default="", nullable=False),
        sa.CheckConstraint("kind in ('customer', 'contact')", name=op.f("ck_event_link_kind")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_link_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_link")),
        sa.UniqueConstraint("event_id", "kind", "ref", name=op.f("uq_event_link_event_id_kind_ref")),
    )


def _pair() -> None:
    op.create_table(
        "pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("valueframe_id", sa.Text(), nullable=True),
        sa.Column("exchange_id", sa.Text(), nullable=True),
        sa.Column("valueframe_version", sa.Text(), nullable=True),
        sa.Column("exchange_version", sa.Text(), nullable=True),
        sa.Column("uid", sa.Text(), nullable=True),
        sa.Column("base", JSON, nullable=True),
        sa.Column("seen_valueframe", JSON, nullable=True),
        sa.Column("seen_exchange", JSON, nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("error_code", sa.String(length=40), nullable=True),
        sa.Column("error_params", JSON, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", TIME, nullable=True),
        sa.CheckConstraint(
            "status in ('ok', 'quarantined', 'held', 'frozen', 'closed')", name=op.f("ck_pair_status")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["integration.person_id"], name=op.f("fk_pair_person_id_integration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair")),
        sa.UniqueConstraint("key", name=op.f("uq_pair_key")),
        sa.UniqueConstraint("person_id", "exchange_id", name=op.f("uq_pair_person_id_exchange_id")),
        sa.UniqueConstraint("person_id", "valueframe_id", name=op.f("uq_pair_person_id_valueframe_id")),
    )
    op.create_index(op.f("ix_pair_person_id"), "pair", ["person_id"], unique=False)


def _participant() -> None:
    op.create_table(
        "participant",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("acknowledged", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("declined", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=True),
        sa.Column("show_as", sa.String(length=10), nullable=True),
        sa.Column("reminder_minutes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_participant_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_participant_person_id_person")),
        sa.PrimaryKeyConstraint("event_id", "person_id", name=op.f("pk_participant")),
    )
    op.create_index(op.f("ix_participant_person_id"), "participant", ["person_id"], unique=False)


def _run() -> None:
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("finished_at", TIME, nullable=True),
        sa.Column("pulled", sa.Integer(), nullable=False),
        sa.Column("pushed", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Integer(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.String(length=40), nullable=True),
        sa.Column("error_params", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["integration.person_id"], name=op.f("fk_run_person_id_integration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_index("ix_run_person_started", "run", ["person_id", "started_at"], unique=False)


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("pair_key", sa.String(length=36), nullable=True),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("operation", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("before", JSON, nullable=True),
        sa.Column("after", JSON, nullable=True),
        sa.Column("detail", JSON, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["integration.person_id"], name=op.f("fk_history_person_id_integration")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_history_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    op.create_index(op.f("ix_history_pair_key"), "history", ["pair_key"], unique=False)
    op.create_index("ix_history_person_at", "history", ["person_id", "at"], unique=False)
    op.create_index(op.f("ix_history_run_id"), "history", ["run_id"], unique=False)


def _intent() -> None:
    op.create_table(
        "intent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("operation", sa.String(length=10), nullable=False),
        sa.Column("stamp", sa.String(length=36), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("expected_version", sa.Text(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_intent_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["integration.person_id"], name=op.f("fk_intent_person_id_integration")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_intent_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intent")),
        sa.UniqueConstraint("pair_id", name=op.f("uq_intent_pair_id")),
    )
    op.create_index(op.f("ix_intent_person_id"), "intent", ["person_id"], unique=False)
