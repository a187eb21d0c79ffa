"""Links by which experts fill in a questionnaire, with what they have not handed in yet."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PARENTS = ("study", "instrument", "expert")
MOMENTS = ("created_at", "expires_at", "withdrawn_at", "opened_at", "changed_at", "submitted_at", "refused_at")


def upgrade() -> None:
    op.create_table(
        "form_link",
        sa.Column("id", sa.String(length=36), nullable=False),
        *(sa.Column(f"{parent}_id", sa.String(length=36), nullable=False) for parent in PARENTS),
        sa.Column("token", sa.String(length=64), nullable=False),
        *(sa.Column(name, sa.Text(), server_default="", nullable=False) for name in (*MOMENTS, "language")),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("seqs", sa.JSON(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{parent}_id"], [f"{parent}.id"], name=op.f(f"fk_form_link_{parent}_id"), ondelete="CASCADE"
            )
            for parent in PARENTS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_link")),
        sa.UniqueConstraint("token", name=op.f("uq_form_link_token")),
        sa.UniqueConstraint("instrument_id", "expert_id", name=op.f("uq_form_link_instrument_id_expert_id")),
    )
    for parent in PARENTS:
        op.create_index(op.f(f"ix_form_link_{parent}_id"), "form_link", [f"{parent}_id"])


def downgrade() -> None:
    op.drop_table("form_link")
