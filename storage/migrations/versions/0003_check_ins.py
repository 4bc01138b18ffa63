"""Check-ins: rhythm from the first dose, the symptoms a patient names, alerts that were not useful

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "target_symptom",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("patient_id", _KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", storage.types.Sealed(), nullable=False),
        sa.Column("named_at", storage.types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("patient_id", "number", name="one_target_per_number"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("patient", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_dose_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("keep_daily", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asks", sa.String(length=60), nullable=False, server_default=""))
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("not_useful_at", storage.types.Instant(), nullable=True))
    op.execute(
        "UPDATE patient SET first_dose_on = (SELECT MIN(dose.dose_day) FROM dose"
        " WHERE dose.patient_id = patient.id AND dose.status = 'taken')"
    )


def downgrade() -> None:
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.drop_column("not_useful_at")
    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.drop_column("asks")
    with op.batch_alter_table("patient", schema=None) as batch_op:
        batch_op.drop_column("keep_daily")
        batch_op.drop_column("first_dose_on")
    op.drop_table("target_symptom")
