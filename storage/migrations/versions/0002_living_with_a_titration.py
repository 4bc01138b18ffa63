"""Living with a titration: rhythm, pauses, journeys, steps that wait, supply

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "supply",
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("doses_left", sa.Integer(), nullable=False),
        sa.Column("counted_at", storage.types.Instant(), nullable=False),
        sa.Column("beyond_use_on", sa.Date(), nullable=True),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("ran_out_at", storage.types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patient.id"],
        ),
        sa.PrimaryKeyConstraint("patient_id"),
    )
    with op.batch_alter_table("patient", schema=None) as batch_op:
        batch_op.add_column(sa.Column("weekend_wall", storage.types.Wall(length=5), nullable=True))
        batch_op.add_column(sa.Column("second_wall", storage.types.Wall(length=5), nullable=True))
        batch_op.add_column(sa.Column("at_bedtime", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("cadence", sa.String(length=12), nullable=False, server_default="day"))
        batch_op.add_column(sa.Column("cadence_anchor", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("cadence_days", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("dose_zone", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("paused_at", storage.types.Instant(), nullable=True))
        batch_op.add_column(sa.Column("paused_until", sa.Date(), nullable=True))

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("outbox_budget", ["person_id", "sent_at"], unique=False)

    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("kind", sa.String(length=12), nullable=False, server_default="question")
        )

    with op.batch_alter_table("titration_step", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(length=12), nullable=False, server_default="active"))
        batch_op.add_column(sa.Column("starts", sa.String(length=8), nullable=False, server_default="date"))
        batch_op.add_column(sa.Column("waits_for", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("seen_at", storage.types.Instant(), nullable=True))
    # Whoever enrolled before has confirmed the plan on the way.
    op.execute("UPDATE titration_step SET seen_at = recorded_at")


def downgrade() -> None:
    with op.batch_alter_table("titration_step", schema=None) as batch_op:
        batch_op.drop_column("seen_at")
        batch_op.drop_column("waits_for")
        batch_op.drop_column("starts")
        batch_op.drop_column("state")

    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_column("kind")

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("outbox_budget")

    with op.batch_alter_table("patient", schema=None) as batch_op:
        batch_op.drop_column("paused_until")
        batch_op.drop_column("paused_at")
        batch_op.drop_column("dose_zone")
        batch_op.drop_column("cadence_days")
        batch_op.drop_column("cadence_anchor")
        batch_op.drop_column("cadence")
        batch_op.drop_column("at_bedtime")
        batch_op.drop_column("second_wall")
        batch_op.drop_column("weekend_wall")

    op.drop_table("supply")
