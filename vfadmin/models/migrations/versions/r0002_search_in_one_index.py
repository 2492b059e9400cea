"""The search reads one index that holds all it looks at; the trigram index of SQLite is gone.

Measured at 100,000 persons (`python -m benchmarks.window_search`): reading the texts in the order of the
names takes a third less time than finding most of them by trigrams and sorting them afterwards, and a
write has three triggers less to run. PostgreSQL reads the table whatever the index holds (40 ms), and refuses
an index row of more than 2.7 kB: there the texts are in none.

Revision: 0002
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_VIEW = "ix_person_search_view"
_COLUMNS = ["active", "sort_name", "id", "search_text"]


_ON_A_SERVER = "ix_person_in_order"


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.create_index(_ON_A_SERVER, "person", ["active", "sort_name", "id", "mobile_sync"], unique=False)
        return
    for moment in ("inserted", "updated", "deleted"):
        op.execute(f"DROP TRIGGER IF EXISTS person_search_{moment}")
    op.execute("DROP TABLE person_search")
    op.drop_index(_VIEW, "person")
    op.create_index(_VIEW, "person", [*_COLUMNS, "mobile_sync"], unique=False)


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.drop_index(_ON_A_SERVER, "person")
        return
    op.drop_index(_VIEW, "person")
    op.create_index(_VIEW, "person", _COLUMNS, unique=False)
    op.execute(
        "CREATE VIRTUAL TABLE person_search USING fts5("
        "search_text, content='person', content_rowid='id', tokenize='trigram', detail='full')"
    )
