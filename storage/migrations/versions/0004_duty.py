"""Duty: opening hours, who is away and who covers, alerts that nobody took up, test alerts

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "clinic_hour",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("clinic_id", _KEY, nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", storage.types.Wall(length=5), nullable=False),
        sa.Column("closes", storage.types.Wall(length=5), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("clinic_id", "weekday", name="one_opening_per_weekday"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "clinic_closed",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("clinic_id", _KEY, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("clinic_id", "day", name="one_closed_day"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "clinician_away",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("clinician_id", _KEY, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("cover_id", _KEY, nullable=True),
        sa.ForeignKeyConstraint(["clinician_id"], ["clinician.id"]),
        sa.ForeignKeyConstraint(["cover_id"], ["clinician.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("clinician_id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("clinician", schema=None) as batch_op:
        batch_op.add_column(sa.Column("next_test_at", storage.types.Instant(), nullable=True))
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("next_at", storage.types.Instant(), nullable=True))
        batch_op.create_index("ix_escalation_next_at", ["next_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.drop_index("ix_escalation_next_at")
        batch_op.drop_column("next_at")
        batch_op.drop_column("asked")
    with op.batch_alter_table("clinician", schema=None) as batch_op:
        batch_op.drop_column("next_test_at")
    op.drop_table("clinician_away")
    op.drop_table("clinic_closed")
    op.drop_table("clinic_hour")
