"""What was released by hand is bound to the cells and the experts that the person saw.

Of what was released before nothing of that is known: such cells stay hidden, and quotes of few stay inside, until
somebody looks at them again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("quote_decision") as batch:
        batch.drop_column("seen_small")
        batch.add_column(sa.Column("seen_cells", sa.JSON(), server_default="[]", nullable=False))
    with op.batch_alter_table("released_cell") as batch:
        batch.drop_column("n")
        batch.add_column(sa.Column("members", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("released_cell") as batch:
        batch.drop_column("members")
        batch.add_column(sa.Column("n", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("quote_decision") as batch:
        batch.drop_column("seen_cells")
        batch.add_column(sa.Column("seen_small", sa.Boolean(), server_default=sa.false(), nullable=False))
