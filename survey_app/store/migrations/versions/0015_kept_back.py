"""Words that experts keep back, by their places; what was decided of other words; what a finished review was of."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SAID = """
    SELECT check_answer.expert_id, check_answer.answer, check_answer.at, check_answer.person, statement.source_id,
           statement.start, statement."end", source.revision
    FROM check_answer
    JOIN statement ON statement.id = check_answer.statement_id
    JOIN source ON source.id = statement.source_id
    WHERE check_answer.answer IN ('withdraw', 'reword')
"""


def upgrade() -> None:
    op.create_table(
        "kept_back",
        sa.Column("id", sa.String(length=36), nullable=False),
        *(sa.Column(f"{name}_id", sa.String(length=36), nullable=False) for name in ("source", "expert")),
        *(sa.Column(name, sa.Integer(), server_default="0", nullable=False) for name in ("revision", "start", "end")),
        sa.Column("answer", sa.String(length=10), nullable=False),
        *(_text(name) for name in ("at", "person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_back")),
        *(
            sa.ForeignKeyConstraint(
                [f"{name}_id"], [f"{name}.id"], name=op.f(f"fk_kept_back_{name}_id"), ondelete="CASCADE"
            )
            for name in ("source", "expert")
        ),
    )
    for name in ("source", "expert"):
        op.create_index(op.f(f"ix_kept_back_{name}_id"), "kept_back", [f"{name}_id"])
    with op.batch_alter_table("check_answer") as batch:
        batch.add_column(sa.Column("decisions", sa.JSON(), server_default="[]", nullable=False))
        batch.add_column(_text("signed_at"))
        batch.add_column(_text("signed_by"))
    with op.batch_alter_table("deidentification") as batch:
        batch.add_column(_text("finished_of"))
    if not op.get_context().as_sql:
        _bring_up_to_date(op.get_bind())


def downgrade() -> None:
    with op.batch_alter_table("deidentification") as batch:
        batch.drop_column("finished_of")
    with op.batch_alter_table("check_answer") as batch:
        for name in ("signed_by", "signed_at", "decisions"):
            batch.drop_column(name)
    op.drop_table("kept_back")


def _bring_up_to_date(connection: sa.Connection) -> None:
    """What was withdrawn or reworded lies where its statement lies; no accepted wording was looked through yet."""
    places = [dict(row) | {"id": str(uuid4())} for row in connection.execute(sa.text(SAID)).mappings()]
    names = ("id", "source_id", "expert_id", "revision", "start", "end", "answer", "at", "person")
    table = sa.table("kept_back", *(sa.column(name) for name in names))
    if places:
        connection.execute(table.insert(), places)
    connection.execute(sa.text("UPDATE check_answer SET accepted_at = '' WHERE answer = 'reword'"))


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)
