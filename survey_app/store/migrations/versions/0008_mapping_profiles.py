"""Mappings of a questionnaire's columns that were confirmed once, to be proposed again."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mapping_profile",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("study_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("platform", sa.Text(), server_default="", nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["study_id"], ["study.id"], name=op.f("fk_mapping_profile_study_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mapping_profile")),
        sa.UniqueConstraint("study_id", "name", name=op.f("uq_mapping_profile_study_id_name")),
    )
    op.create_index(op.f("ix_mapping_profile_study_id"), "mapping_profile", ["study_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_mapping_profile_study_id"), table_name="mapping_profile")
    op.drop_table("mapping_profile")
