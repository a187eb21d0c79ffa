"""Links by which experts check their own quotes, what they answer, and experts who have withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LINK_MOMENTS = ("created_at", "expires_at", "withdrawn_at", "opened_at", "answered_at")


def upgrade() -> None:
    op.add_column("expert", _text("withdrawn_at"))
    op.create_table(
        "check_link",
        sa.Column("id", sa.String(length=36), nullable=False),
        *_parents("study", "expert"),
        sa.Column("token", sa.String(length=64), nullable=False),
        *(_text(name) for name in (*LINK_MOMENTS, "language")),
        *_keys("check_link", "study", "expert"),
        sa.UniqueConstraint("token", name=op.f("uq_check_link_token")),
        sa.UniqueConstraint("expert_id", name=op.f("uq_check_link_expert_id")),
    )
    op.create_table(
        "check_answer",
        sa.Column("id", sa.String(length=36), nullable=False),
        *_parents("statement", "expert"),
        sa.Column("answer", sa.String(length=10), nullable=False),
        _text("wording"),
        sa.Column("shown", sa.String(length=64), nullable=False),
        *(_text(name) for name in ("at", "person")),
        sa.Column("decision_before", sa.String(length=20), nullable=False),
        *(_text(name) for name in ("accepted_at", "refused_at", "decided_by")),
        *_keys("check_answer", "statement", "expert"),
        sa.UniqueConstraint(
            "statement_id", "expert_id", name=op.f("uq_check_answer_statement_id_expert_id")
        ),
    )  # fmt: skip
    for table, parent in (
        ("check_link", "study"), ("check_link", "expert"), ("check_answer", "statement"), ("check_answer", "expert"),
    ):  # fmt: skip
        op.create_index(op.f(f"ix_{table}_{parent}_id"), table, [f"{parent}_id"])


def downgrade() -> None:
    for table in ("check_answer", "check_link"):
        op.drop_table(table)
    op.drop_column("expert", "withdrawn_at")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _parents(*parents: str) -> list[sa.Column[str]]:
    return [sa.Column(f"{parent}_id", sa.String(length=36), nullable=False) for parent in parents]


def _keys(table: str, *parents: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint(
                [f"{parent}_id"], [f"{parent}.id"], name=op.f(f"fk_{table}_{parent}_id"), ondelete="CASCADE"
            )
            for parent in parents
        ),
    ]
