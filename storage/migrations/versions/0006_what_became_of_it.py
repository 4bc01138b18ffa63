"""Who took up a question, and what became of questions and alerts

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KEEP_IDS = {"sqlite_autoincrement": True}  # a table that SQLite has to write anew would lose it


def upgrade() -> None:
    with op.batch_alter_table("question", schema=None, table_kwargs=_KEEP_IDS) as batch_op:
        batch_op.add_column(sa.Column("taken_by", _KEY, nullable=True))
        batch_op.add_column(sa.Column("taken_at", storage.types.Instant(), nullable=True))
        batch_op.add_column(sa.Column("outcome", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("closed_at", storage.types.Instant(), nullable=True))
        batch_op.create_foreign_key("question_taken_by", "clinician", ["taken_by"], ["id"])
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outcome", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("closed_at", storage.types.Instant(), nullable=True))
        batch_op.add_column(sa.Column("reached", sa.String(length=8), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.drop_column("reached")
        batch_op.drop_column("closed_at")
        batch_op.drop_column("outcome")
    with op.batch_alter_table("question", schema=None, table_kwargs=_KEEP_IDS) as batch_op:
        batch_op.drop_constraint("question_taken_by", type_="foreignkey")
        batch_op.drop_column("closed_at")
        batch_op.drop_column("outcome")
        batch_op.drop_column("taken_at")
        batch_op.drop_column("taken_by")
