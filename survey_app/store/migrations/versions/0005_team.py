"""Coding as a team: samples, assignments, opened comparisons, decisions; accounts with a role per study."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _of_the_coding()
    _of_the_people()


def _of_the_coding() -> None:
    _table(
        "sample",
        _of("study"),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("seed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        _text("created_at"),
        unique=[["study_id", "name"]],
    )
    _table("sampled", _of("sample"), _of("statement"), unique=[["sample_id", "statement_id"]])
    _table(
        "assignment",
        _of("study"),
        _of("coder"),
        _of("source"),
        _refers("sample"),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        _text("created_at"),
        _text("finished_at"),
        unique=[["coder_id", "source_id"]],
    )
    _table("opening", _of("source"), _text("at"), _text("person"), unique=[["source_id"]])
    _table(
        "decision",
        _of("statement"),
        _of("coder"),
        _text("at"),
        _text("reason"),
        sa.Column("how", sa.String(length=20), nullable=False),
        unique=[["statement_id"]],
    )


def _of_the_people() -> None:
    _table(
        "account",
        sa.Column("login", sa.String(length=120), nullable=False),
        _text("name"),
        _text("password"),
        sa.Column("admin", sa.Boolean(), nullable=False),
        _text("language"),
        _text("created_at"),
        _text("closed_at"),
        unique=[["login"]],
    )
    _table(
        "sign_in",
        _of("account"),
        sa.Column("token", sa.String(length=64), nullable=False),
        _text("created_at"),
        _text("seen_at"),
        _text("expires_at"),
        unique=[["token"]],
    )
    _table(
        "membership",
        _of("study"),
        _of("account"),
        sa.Column("role", sa.String(length=20), nullable=False),
        _refers("coder"),
        _text("created_at"),
        unique=[["study_id", "account_id"], ["coder_id"]],
    )
    _table(
        "invitation",
        sa.Column("study_id", sa.String(length=36), nullable=True, info={"of": True}),
        sa.Column("role", sa.String(length=20), nullable=False),
        _refers("coder"),
        _text("name"),
        sa.Column("token", sa.String(length=64), nullable=False),
        _text("created_at"),
        _text("expires_at"),
        _text("used_at"),
        _text("invited_by"),
        unique=[["token"]],
    )


def _table(name: str, *columns: sa.Column, unique: list[list[str]]) -> None:
    """A table with an id; columns named after a table refer to it, and those of `_of` go with its rows."""
    of = {column.name: column.info["of"] for column in columns if "of" in column.info}
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        *columns,
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{column.removesuffix('_id')}.id"], name=op.f(f"fk_{name}_{column}"),
                ondelete="CASCADE" if goes_along else None,
            )
            for column, goes_along in of.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        *(sa.UniqueConstraint(*columns, name=op.f(f"uq_{name}_{'_'.join(columns)}")) for columns in unique),
    )  # fmt: skip
    for column in of:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def _of(table: str) -> sa.Column:
    return sa.Column(f"{table}_id", sa.String(length=36), nullable=False, info={"of": True})


def _refers(table: str) -> sa.Column:
    return sa.Column(f"{table}_id", sa.String(length=36), nullable=True, info={"of": False})


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)
