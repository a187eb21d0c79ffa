"""What readers may have although no page of ours shows it: packages, reports, versions that a copy knew."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handed_out",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("study_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        *(sa.Column(name, sa.Text(), server_default="", nullable=False) for name in ("name", "at", "person")),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("over_at", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_out")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_handed_out_study_id"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_handed_out_study_id"), "handed_out", ["study_id"])


def downgrade() -> None:
    op.drop_table("handed_out")
