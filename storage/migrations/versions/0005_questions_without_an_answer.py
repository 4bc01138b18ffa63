"""Questions without an answer, and thumbs under answers, by clinic

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "unanswered",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("clinic_id", _KEY, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("text", storage.types.Sealed(), nullable=True),
        sa.Column("topic", sa.String(length=40), nullable=True),
        sa.Column("at", storage.types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("unanswered", schema=None) as batch_op:
        batch_op.create_index("unanswered_of", ["clinic_id", "at"], unique=False)


def downgrade() -> None:
    op.drop_table("unanswered")
