"""How a person has arranged the finest groups of a topic run: a level, topics merged, split and named."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PARENTS = ("study", "topic_run")


def upgrade() -> None:
    op.create_table(
        "topic_arrangement",
        sa.Column("id", sa.String(length=36), nullable=False),
        *(sa.Column(f"{parent}_id", sa.String(length=36), nullable=False) for parent in PARENTS),
        sa.Column("level", sa.Integer(), server_default="0", nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.Text(), server_default="", nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{parent}_id"], [f"{parent}.id"], name=op.f(f"fk_topic_arrangement_{parent}_id"), ondelete="CASCADE"
            )
            for parent in PARENTS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_arrangement")),
        sa.UniqueConstraint("topic_run_id", name=op.f("uq_topic_arrangement_topic_run_id")),
    )
    for parent in PARENTS:
        op.create_index(op.f(f"ix_topic_arrangement_{parent}_id"), "topic_arrangement", [f"{parent}_id"])


def downgrade() -> None:
    op.drop_table("topic_arrangement")
