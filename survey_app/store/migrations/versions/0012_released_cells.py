"""Cells that say “all of n”, released by hand; quotes released although few said so."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "released_cell",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("study_id", sa.String(length=36), nullable=False),
        *(
            sa.Column(f"{name}_key", sa.String(length=80), nullable=False)
            for name in ("segmentation", "segment", "code")
        ),
        sa.Column("n", sa.Integer(), server_default="0", nullable=False),
        sa.Column("person", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_released_cell")),
        sa.ForeignKeyConstraint(
            ["study_id"], ["study.id"], name=op.f("fk_released_cell_study_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint(
            "study_id", "segmentation_key", "segment_key", "code_key",
            name=op.f("uq_released_cell_study_id_segmentation_key_segment_key_code_key"),
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_released_cell_study_id"), "released_cell", ["study_id"])
    with op.batch_alter_table("quote_decision") as batch:
        batch.add_column(sa.Column("seen_small", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("quote_decision") as batch:
        batch.drop_column("seen_small")
    op.drop_table("released_cell")
