"""Statements are in order by their places; a revision keeps the words that went, not the whole text."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("statement") as batch:
        batch.drop_column("order")
    with op.batch_alter_table("revision") as batch:
        batch.drop_column("text")
        batch.add_column(sa.Column("shape", sa.Text(), server_default="", nullable=False))
        batch.add_column(sa.Column("clock", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("source") as batch:
        batch.add_column(sa.Column("version", sa.Integer(), server_default="0", nullable=False))
