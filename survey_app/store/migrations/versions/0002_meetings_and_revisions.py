"""Meetings with those present, revisions of a source's text, sections of the guide."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("study_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        _text("title"),
        _text("date"),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_meeting_study_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("study_id", "key", name=op.f("uq_meeting_study_id_key")),
    )
    op.create_index(op.f("ix_meeting_study_id"), "meeting", ["study_id"])
    op.create_table(
        "participant",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        _text("display_name"),
        _text("other_name"),
        _text("organisation"),
        _text("position"),
        sa.Column("minutes", sa.Float(), nullable=True),
        _text("joined"),
        _text("left"),
        _text("recording_consent"),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_participant_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
    )
    op.create_index(op.f("ix_participant_meeting_id"), "participant", ["meeting_id"])
    op.create_table(
        "revision",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("source_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), server_default="0", nullable=False),
        _text("at"),
        _text("person"),
        sa.Column("reason", sa.String(length=20), nullable=False),
        _text("file_name"),
        _text("sha256"),
        _text("text"),
        sa.Column("turns", sa.JSON(), nullable=False),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_revision_source_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("source_id", "number", name=op.f("uq_revision_source_id_number")),
    )
    op.create_index(op.f("ix_revision_source_id"), "revision", ["source_id"])
    op.create_table(
        "section",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("source_id", sa.String(length=36), nullable=False),
        sa.Column("start", sa.Integer(), server_default="0", nullable=False),
        _text("question_key"),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_section_source_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("source_id", "start", name=op.f("uq_section_source_id_start")),
    )
    op.create_index(op.f("ix_section_source_id"), "section", ["source_id"])
    with op.batch_alter_table("source") as batch:
        batch.add_column(sa.Column("meeting_id", sa.String(length=36), nullable=True))
        batch.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
        batch.add_column(sa.Column("attributes", sa.JSON(), server_default="{}", nullable=False))
        batch.create_foreign_key(op.f("fk_source_meeting_id"), "meeting", ["meeting_id"], ["id"])
        batch.create_index(op.f("ix_source_meeting_id"), ["meeting_id"])
    with op.batch_alter_table("coding") as batch:
        batch.add_column(sa.Column("needs_look", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("event") as batch:
        batch.add_column(sa.Column("revision", sa.Integer(), nullable=True))
