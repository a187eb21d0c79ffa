"""Findings of the researcher's: sentences in both languages, each with what it claims, views and quotes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "finding", _id(), _of("study"), _position(),
        sa.Column("created_at", sa.Text(), server_default="", nullable=False),
        *_keys("finding", "study"),
    )  # fmt: skip
    op.create_table(
        "finding_sentence", _id(), _of("finding"), _position(),
        *(sa.Column(f"text_{language}", sa.Text(), server_default="", nullable=False) for language in ("en", "ru")),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("claim", "views")),
        *_keys("finding_sentence", "finding"),
    )  # fmt: skip
    op.create_table(
        "finding_quote", _id(), _of("finding_sentence"), _of("statement"),
        sa.Column("stance", sa.String(length=10), nullable=False),
        *_keys("finding_quote", "finding_sentence", "statement"),
        sa.UniqueConstraint(
            "finding_sentence_id", "statement_id", name=op.f("uq_finding_quote_finding_sentence_id_statement_id")
        ),
    )  # fmt: skip
    for table, parent in (
        ("finding", "study"), ("finding_sentence", "finding"), ("finding_quote", "finding_sentence"),
        ("finding_quote", "statement"),
    ):  # fmt: skip
        op.create_index(op.f(f"ix_{table}_{parent}_id"), table, [f"{parent}_id"])


def downgrade() -> None:
    for table in ("finding_quote", "finding_sentence", "finding"):
        op.drop_table(table)


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.String(length=36), nullable=False)


def _of(parent: str) -> sa.Column[str]:
    return sa.Column(f"{parent}_id", sa.String(length=36), nullable=False)


def _position() -> sa.Column[int]:
    return sa.Column("position", sa.Integer(), server_default="0", nullable=False)


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
