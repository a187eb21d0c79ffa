"""What could identify somebody in a text, the labels that stand for it, and how far the review of a text is."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pseudonym", _id(), _of("study"), _word("kind"), sa.Column("expert_id", sa.String(length=36)), _text("form"),
        sa.Column("written", sa.JSON(), nullable=False), _integer("number"), _text("label_en"), _text("label_ru"),
        _word("level"), _text("person"), _text("at"), sa.Column("merged_into_id", sa.String(length=36)),
        *_keys("pseudonym", "study"), _refers("pseudonym", "expert_id", "expert"),
        _refers("pseudonym", "merged_into_id", "pseudonym"),
    )  # fmt: skip
    op.create_table(
        "identifying", _id(), _of("source"), _of("pseudonym"), _integer("start"), _integer("end"), _word("kind"),
        _word("how"), _integer("risk"), _word("own_level"), *_keys("identifying", "source", "pseudonym"),
    )  # fmt: skip
    op.create_table(
        "deidentification", _id(), _of("source"), _integer("revision"),
        sa.Column("mostly_lower", sa.Boolean(), nullable=False),
        *(
            _text(name)
            for name in ("scanned_at", "finished_at", "finished_by", "signed_at", "signed_by", "signed_of")
        ),
        *_keys("deidentification", "source"),
        sa.UniqueConstraint("source_id", name=op.f("uq_deidentification_source_id")),
    )  # fmt: skip
    for table, column in (
        ("pseudonym", "study_id"), ("pseudonym", "expert_id"), ("pseudonym", "merged_into_id"),
        ("identifying", "source_id"), ("identifying", "pseudonym_id"), ("deidentification", "source_id"),
    ):  # fmt: skip
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index("ix_pseudonym_form", "pseudonym", ["study_id", "form"])


def downgrade() -> None:
    for table in ("deidentification", "identifying", "pseudonym"):
        op.drop_table(table)


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.String(length=36), nullable=False)


def _of(parent: str) -> sa.Column[str]:
    return sa.Column(f"{parent}_id", sa.String(length=36), nullable=False)


def _word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=20), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _integer(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), server_default="0", nullable=False)


def _refers(table: str, column: str, target: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


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
