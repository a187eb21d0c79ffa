"""The workbench: what a codebook says besides its codes, its versions, values and flags of statements, memos,
recordings, saved queries, summaries."""

import json
from dataclasses import asdict
from importlib.resources import files
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from coding.codebook import read_codebook

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _of_the_codebook()
    _of_statements()
    _of_sources_and_studies()


def _of_the_codebook() -> None:
    with op.batch_alter_table("code") as batch:
        batch.add_column(sa.Column("literature", sa.JSON(), server_default="[]", nullable=False))
        batch.add_column(_text("literature_basis"))
        batch.add_column(sa.Column("indicator", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("merged_into_id", sa.String(length=36), nullable=True))
        batch.create_foreign_key(op.f("fk_code_merged_into_id"), "code", ["merged_into_id"], ["id"])
        batch.create_index(op.f("ix_code_merged_into_id"), ["merged_into_id"])
    with op.batch_alter_table("coding") as batch:
        batch.add_column(sa.Column("codebook_version", sa.Integer(), server_default="0", nullable=False))
    _table(
        "codebook",
        _of("study"),
        _text("key"),
        _text("edition"),
        _text("title_en"),
        _text("title_ru"),
        *(_json(name) for name in ("rules", "attributes", "periods", "literature", "literature_bases")),
        unique=["study_id"],
    )
    _table(
        "codebook_version",
        _of("study"),
        sa.Column("number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        unique=["study_id", "number"],
        refers={"change_id": "change"},
    )
    _give_every_study_the_starter()


def _of_statements() -> None:
    _table("flag", _of("statement"), _of("coder"), unique=["statement_id", "coder_id"])
    _table(
        "statement_value",
        _of("statement"),
        _of("coder"),
        sa.Column("attribute", sa.String(length=80), nullable=False),
        _text("value"),
        unique=["statement_id", "coder_id", "attribute"],
    )


def _of_sources_and_studies() -> None:
    _table(
        "memo",
        _of("study"),
        _of("coder"),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("about_id", sa.String(length=36), nullable=False),
        _text("text"),
        _text("created_at"),
        _text("changed_at"),
        unique=["coder_id", "about", "about_id"],
    )
    op.create_index(op.f("ix_memo_about_id"), "memo", ["about_id"])
    _table(
        "recording",
        _of("source"),
        *(_text(name) for name in ("file_name", "media_type", "sha256")),
        sa.Column("bytes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("shift_s", sa.Float(), server_default="0", nullable=False),
        _text("created_at"),
        unique=["source_id"],
    )
    _table(
        "saved_query",
        _of("study"),
        _of("coder"),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        _text("created_at"),
        unique=["coder_id", "name"],
    )
    _table(
        "summary",
        _of("study"),
        _of("coder"),
        _of("expert"),
        sa.Column("column", sa.String(length=90), nullable=False),
        _text("text"),
        _json("quotes"),
        _text("changed_at"),
        unique=["coder_id", "expert_id", "column"],
    )


def _give_every_study_the_starter() -> None:
    """Studies made before this version began with the starter codebook, whose rules and attributes were not kept."""
    if op.get_context().as_sql:
        return  # written out as a script it is for an empty database
    starter = read_codebook((files("survey_app") / "starter" / "domain" / "codebook.yaml").read_text("utf-8"))
    connection = op.get_bind()
    for study_id in connection.execute(sa.text("SELECT id FROM study")).scalars().all():
        row = {
            "id": str(uuid4()), "study_id": study_id, "key": starter.key, "edition": starter.version,
            "title_en": starter.title_en, "title_ru": starter.title_ru,
            "rules": json.dumps([asdict(one) for one in starter.rules]),
            "attributes": json.dumps([asdict(one) for one in starter.attributes]),
            "periods": json.dumps([asdict(one) for one in starter.periods]),
            "literature": json.dumps(starter.literature), "literature_bases": json.dumps(starter.literature_bases),
        }  # fmt: skip
        names = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        connection.execute(sa.text(f"INSERT INTO codebook ({names}) VALUES ({values})"), row)  # noqa: S608 (names are ours)


def _table(name: str, *columns: sa.Column, unique: list[str], refers: dict[str, str] | None = None) -> None:
    """A table with an id; columns named after a table refer to it and go with its rows."""
    of = {column.name: column.name.removesuffix("_id") for column in columns if column.info.get("of")}
    of |= refers or {}
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        *columns,
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"), ondelete="CASCADE")
            for column, table in of.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint(*unique, name=op.f(f"uq_{name}_{'_'.join(unique)}")),
    )
    for column in of:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def _of(table: str) -> sa.Column:
    return sa.Column(f"{table}_id", sa.String(length=36), nullable=False, info={"of": True})


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _json(name: str) -> sa.Column:
    return sa.Column(name, sa.JSON(), nullable=False)
