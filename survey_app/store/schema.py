"""The tables. Every row has a text UUID `id`; `key` is a name of its own that is unique within its study.

Times are UTC in ISO 8601 text, so that a row and its event read the same on every database.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[str]:
    return Column("id", String(36), primary_key=True)


def _of(table: str) -> Column[str]:
    """A reference to a parent that takes its children along when it is deleted."""
    return Column(f"{table}_id", String(36), ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False, index=True)


def _refers(name: str, table: str) -> Column[str]:
    """A reference that may be empty and that keeps its target from being deleted."""
    return Column(name, String(36), ForeignKey(f"{table}.id"), nullable=True, index=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="", server_default="")


def _integer(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, default=0, server_default="0")


def _bilingual(name: str) -> tuple[Column[str], Column[str]]:
    return _text(f"{name}_en"), _text(f"{name}_ru")


study = Table(
    "study", metadata, _id(), Column("slug", String(80), nullable=False, unique=True), *_bilingual("title"),
    _text("language"), _text("note"), _text("created_at"), _text("archived_at"),
    Column("choices", JSON, nullable=False, default=dict),
)  # fmt: skip
stakeholder_group = Table(
    "stakeholder_group", metadata, _id(), _of("study"), Column("key", String(80), nullable=False),
    *_bilingual("label"), *_bilingual("short"), _text("colour"), _text("level"), _text("sector"),
    _integer("position"), UniqueConstraint("study_id", "key"),
)  # fmt: skip
segmentation = Table(
    "segmentation", metadata, _id(), _of("study"), Column("key", String(80), nullable=False),
    *_bilingual("label"), Column("segments", JSON, nullable=False, default=list),
    UniqueConstraint("study_id", "key"),
)  # fmt: skip
expert = Table(
    "expert", metadata, _id(), _of("study"), Column("key", String(80), nullable=False), _text("name"),
    Column("other_names", JSON, nullable=False, default=list), _refers("group_id", "stakeholder_group"),
    _text("level"), _text("sector"), _text("region"),
    Column("consent", String(20), nullable=False, default="unknown"),
    Column("attributes", JSON, nullable=False, default=dict), _integer("position"),
    _text("withdrawn_at"),  # from then on in nothing that is counted, quoted or taken out
    UniqueConstraint("study_id", "key"),
)  # fmt: skip
question = Table(
    "question", metadata, _id(), _of("study"), Column("key", String(80), nullable=False), _text("task"),
    *_bilingual("ask"), _integer("position"), UniqueConstraint("study_id", "key"),
)  # fmt: skip
meeting = Table(
    "meeting", metadata, _id(), _of("study"), Column("key", String(80), nullable=False), _text("title"),
    _text("date"), UniqueConstraint("study_id", "key"),
)  # fmt: skip
participant = Table(
    "participant", metadata, _id(), _of("meeting"), _text("display_name"), _text("other_name"),
    _text("organisation"), _text("position"), Column("minutes", Float), _text("joined"), _text("left"),
    _text("recording_consent"),
)  # fmt: skip
source = Table(
    "source", metadata, _id(), _of("study"), Column("key", String(80), nullable=False),
    Column("kind", String(20), nullable=False), _text("title"), _text("language"), _text("shape"), _text("clock"),
    _text("date"), _text("file_name"), _text("sha256"), _text("text"), _text("created_at"), _integer("position"),
    _refers("meeting_id", "meeting"),
    _integer("revision"),  # of its text
    _integer("version"),  # of all that a coder reads of it: rises with its text, its turns and its statements
    Column("attributes", JSON, nullable=False, default=dict),  # of a document: number, issuer, level
    UniqueConstraint("study_id", "key"),
)  # fmt: skip
revision = Table(
    "revision", metadata, _id(), _of("source"), _integer("number"), _text("at"), _text("person"),
    Column("reason", String(20), nullable=False), _text("file_name"), _text("sha256"), _text("shape"),
    _text("clock"),
    Column("turns", JSON, nullable=False, default=list),  # as they were; [] where they only moved with the words
    Column("edits", JSON, nullable=False, default=list),  # [start, end, new length, old words] towards number + 1
    UniqueConstraint("source_id", "number"),
)  # fmt: skip
section = Table(
    "section", metadata, _id(), _of("source"), _integer("start"), _text("question_key"),
    Column("kind", String(20), nullable=False),  # question, follow_up, intro, off_guide
    UniqueConstraint("source_id", "start"),
)  # fmt: skip
speaker = Table(
    "speaker", metadata, _id(), _of("source"), _text("display_name"),
    Column("role", String(20), nullable=False, default="unknown"), _refers("expert_id", "expert"),
    Column("confirmed", Boolean, nullable=False, default=False), UniqueConstraint("source_id", "display_name"),
)  # fmt: skip
turn = Table(
    "turn", metadata, _id(), _of("source"), _integer("index"), _text("speaker"), _integer("start"),
    _integer("end"), Column("start_s", Float), Column("end_s", Float),
    Column("folded", Boolean, nullable=False, default=False), UniqueConstraint("source_id", "index"),
)  # fmt: skip
statement = Table(
    "statement", metadata, _id(), _of("source"), _text("label"), _integer("turn"), _integer("start"),
    _integer("end"), Column("start_s", Float), Column("end_s", Float), _text("question_key"),
    Column("attributes", JSON, nullable=False, default=dict),
)  # fmt: skip
code = Table(
    "code", metadata, _id(), _of("study"), Column("key", String(80), nullable=False), _refers("parent_id", "code"),
    _text("short"), Column("polarity", String(20), nullable=False, default="neutral"), *_bilingual("label"),
    *_bilingual("definition"), *_bilingual("use"), *_bilingual("avoid"), *_bilingual("example"), _text("colour"),
    _text("counterpart"), _integer("position"), Column("archived", Boolean, nullable=False, default=False),
    Column("literature", JSON, nullable=False, default=list), _text("literature_basis"), Column("indicator", JSON),
    _refers("merged_into_id", "code"), UniqueConstraint("study_id", "key"),
)  # fmt: skip
codebook = Table(  # what a codebook says besides its codes; one row a study
    "codebook", metadata, _id(), _of("study"), _text("key"), _text("edition"), *_bilingual("title"),
    *(Column(name, JSON, nullable=False, default=list) for name in
      ("rules", "attributes", "periods", "literature", "literature_bases")),
    UniqueConstraint("study_id"),
)  # fmt: skip
coder = Table(
    "coder", metadata, _id(), _of("study"), Column("key", String(80), nullable=False), _text("name"),
    UniqueConstraint("study_id", "key"),
)  # fmt: skip
coding = Table(
    "coding", metadata, _id(), _of("source"), _integer("start"), _integer("end"), _of("code"), _of("coder"),
    Column("layer", String(20), nullable=False, default="coder"),
    Column("origin", String(30), nullable=False, default="hand"), _text("created_at"),
    Column("needs_look", Boolean, nullable=False, default=False),  # a correction cut its words
    _integer("codebook_version"),  # under which it was made; 0: before there were versions
    Index("ix_coding_desk", "source_id", "coder_id", "layer"),
)  # fmt: skip
review = Table(
    "review", metadata, _id(), _of("statement"), _of("coder"), UniqueConstraint("statement_id", "coder_id"),
)  # fmt: skip
flag = Table(
    "flag", metadata, _id(), _of("statement"), _of("coder"), UniqueConstraint("statement_id", "coder_id"),
)  # fmt: skip
statement_value = Table(  # what a coder says of a statement besides its codes
    "statement_value", metadata, _id(), _of("statement"), _of("coder"), Column("attribute", String(80), nullable=False),
    _text("value"), UniqueConstraint("statement_id", "coder_id", "attribute"),
)  # fmt: skip
memo = Table(
    "memo", metadata, _id(), _of("study"), _of("coder"),
    Column("about", String(20), nullable=False),  # study, source, expert, code, statement, coding
    Column("about_id", String(36), nullable=False, index=True), _text("text"), _text("created_at"),
    _text("changed_at"), UniqueConstraint("coder_id", "about", "about_id"),
)  # fmt: skip
recording = Table(  # sound or picture of a session; the file itself lies in the data folder
    "recording", metadata, _id(), _of("source"), _text("file_name"), _text("media_type"), _text("sha256"),
    _integer("bytes"), Column("shift_s", Float, nullable=False, default=0.0), _text("created_at"),
    UniqueConstraint("source_id"),
)  # fmt: skip
saved_query = Table(
    "saved_query", metadata, _id(), _of("study"), _of("coder"), Column("name", String(120), nullable=False),
    Column("query", JSON, nullable=False, default=dict), _text("created_at"), UniqueConstraint("coder_id", "name"),
)  # fmt: skip
summary = Table(  # a cell of the framework matrix: what one expert says of one question or code, in the coder's words
    "summary", metadata, _id(), _of("study"), _of("coder"), _of("expert"),
    Column("column", String(90), nullable=False),  # question:Q1 or code:prob.skills
    _text("text"), Column("quotes", JSON, nullable=False, default=list),  # ids of statements
    _text("changed_at"), UniqueConstraint("coder_id", "expert_id", "column"),
)  # fmt: skip
instrument = Table(  # a questionnaire; a study may have several
    "instrument", metadata, _id(), _of("study"), Column("key", String(40), nullable=False), _text("version"),
    *_bilingual("title"), Column("definition", JSON, nullable=False, default=dict),  # {}: it came without one
    Column("origin", String(20), nullable=False, default="import"),  # import, form, guide
    _text("created_at"), _integer("position"), UniqueConstraint("study_id", "key"),
)  # fmt: skip
item = Table(
    "item", metadata, _id(), _of("study"), Column("key", String(120), nullable=False), _text("parent_key"),
    Column("type", String(20), nullable=False), *_bilingual("label"),
    Column("scale", JSON, nullable=False, default=list), _text("code_key"), _integer("position"),
    _refers("instrument_id", "instrument"), _text("section"), Column("reverse", Boolean, nullable=False, default=False),
    UniqueConstraint("study_id", "key"),
)  # fmt: skip
response = Table(  # all that one expert answered to the closed items of one questionnaire
    "response", metadata, _id(), _of("study"), _of("instrument"), _of("expert"), _text("file_name"),
    _integer("row"),  # of the file; 0: filled in here
    _text("at"), _text("language"), Column("answers", JSON, nullable=False, default=dict),  # see store.answers
    UniqueConstraint("instrument_id", "expert_id"),
)  # fmt: skip
mapping_profile = Table(  # what the columns of a questionnaire's file are, as a person has confirmed it, by header
    "mapping_profile", metadata, _id(), _of("study"), Column("name", String(120), nullable=False), _text("platform"),
    Column("mapping", JSON, nullable=False, default=dict), _text("created_at"), UniqueConstraint("study_id", "name"),
)  # fmt: skip
topic_run = Table(
    "topic_run", metadata, _id(), _of("study"), _text("created_at"), _text("model"), _integer("seed"),
    _integer("n"), Column("result", JSON, nullable=False, default=dict),
)  # fmt: skip
topic_arrangement = Table(  # of the topics of a run, by a person; none: as the run itself shows them
    "topic_arrangement", metadata, _id(), _of("study"), _of("topic_run"),
    _integer("level"),  # from which it began
    Column("groups", JSON, nullable=False, default=list),  # the leaves of each topic; []: the level as it is
    Column("names", JSON, nullable=False, default=list),  # {leaves, name_en, name_ru}
    _text("changed_at"), UniqueConstraint("topic_run_id"),
)  # fmt: skip
quote_decision = Table(
    "quote_decision", metadata, _id(), _of("statement"), Column("decision", String(20), nullable=False),
    _text("person"), _text("at"), UniqueConstraint("statement_id"),
    Column("seen_cells", JSON, nullable=False, default=list),  # cells of one or two that the person was shown
)  # fmt: skip
released_cell = Table(  # all n experts of the segment said it, and readers may know
    "released_cell", metadata, _id(), _of("study"), Column("segmentation_key", String(80), nullable=False),
    Column("segment_key", String(80), nullable=False), Column("code_key", String(80), nullable=False),
    _text("person"), _text("at"), Column("members", JSON, nullable=False, default=list),  # the experts' keys
    UniqueConstraint("study_id", "segmentation_key", "segment_key", "code_key"),
)  # fmt: skip
finding = Table(  # a conclusion of the researcher's: sentences in an order
    "finding", metadata, _id(), _of("study"), _integer("position"), _text("created_at"),
)  # fmt: skip
finding_sentence = Table(
    "finding_sentence", metadata, _id(), _of("finding"), _integer("position"), *_bilingual("text"),
    Column("claim", JSON, nullable=False, default=dict),  # see coding.claim_form; {}: it names no numbers
    Column("views", JSON, nullable=False, default=list),  # {page, query}: addresses of ours that show it
)  # fmt: skip
finding_quote = Table(  # a statement that speaks for a sentence or against it
    "finding_quote", metadata, _id(), _of("finding_sentence"), _of("statement"),
    Column("stance", String(10), nullable=False),  # for, against
    UniqueConstraint("finding_sentence_id", "statement_id"),
)  # fmt: skip
release = Table(
    "release", metadata, _id(), _of("study"), Column("slug", String(80), nullable=False), _integer("version"),
    _text("segmentation_key"), _text("created_at"), Column("manifest", JSON, nullable=False, default=dict),
    UniqueConstraint("slug", "version"),
)  # fmt: skip
handed_out = Table(  # what readers may have although no page of ours shows it
    "handed_out", metadata, _id(), _of("study"), Column("kind", String(10), nullable=False),  # deposit, report, copy
    _text("name"), _text("at"), _text("person"), Column("kept", JSON, nullable=False, default=dict),  # as of a release
    _text("over_at"),  # from then on nobody can read it any more
)  # fmt: skip

# ------------------------------------------------------------------ what could identify somebody; never goes out
pseudonym = Table(  # the key: whom or what labels stand for, through the whole study
    "pseudonym", metadata, _id(), _of("study"), Column("kind", String(20), nullable=False),
    _refers("expert_id", "expert"),
    _text("form"),  # what its places have in common; "" for an expert
    Column("written", JSON, nullable=False, default=list),  # as it stands in texts
    _integer("number"), *_bilingual("label"),  # words within the brackets; "": the usual ones
    Column("level", String(20), nullable=False, default=""),  # see store.deidentification; "": nobody has decided
    _text("person"), _text("at"), _refers("merged_into_id", "pseudonym"),
    Index("ix_pseudonym_form", "study_id", "form"),
)  # fmt: skip
identifying = Table(  # a place in a text that could identify somebody
    "identifying", metadata, _id(), _of("source"), _of("pseudonym"), _integer("start"), _integer("end"),
    Column("kind", String(20), nullable=False), Column("how", String(20), nullable=False), _integer("risk"),
    Column("own_level", String(20), nullable=False, default=""),  # decided otherwise than its pseudonym
)  # fmt: skip
deidentification = Table(  # how far the review of a text is
    "deidentification", metadata, _id(), _of("source"), _integer("revision"),  # of the text that was looked through
    Column("mostly_lower", Boolean, nullable=False, default=False),  # no recogniser sees names in it
    _text("scanned_at"), _text("finished_at"), _text("finished_by"), _text("signed_at"), _text("signed_by"),
    _text("finished_of"), _text("signed_of"),  # what was finished and signed, as a hash: it holds for nothing else
    UniqueConstraint("source_id"),
)  # fmt: skip

# ------------------------------------------------------------------ coding as a team
sample = Table(  # statements drawn by chance, to be coded by two or more
    "sample", metadata, _id(), _of("study"), Column("name", String(120), nullable=False), _integer("seed"),
    Column("plan", JSON, nullable=False, default=dict),  # what was wanted: size, precision
    _text("created_at"), UniqueConstraint("study_id", "name"),
)  # fmt: skip
sampled = Table(
    "sampled", metadata, _id(), _of("sample"), _of("statement"), UniqueConstraint("sample_id", "statement_id"),
)  # fmt: skip
assignment = Table(  # who codes what: a whole source, or those of its statements that are in a sample
    "assignment", metadata, _id(), _of("study"), _of("coder"), _of("source"), _refers("sample_id", "sample"),
    Column("mode", String(20), nullable=False, default="blind"),  # blind, open
    Column("purpose", String(20), nullable=False, default="work"),  # work, training
    _text("created_at"), _text("finished_at"), UniqueConstraint("coder_id", "source_id"),
)  # fmt: skip
opening = Table(  # of the comparison of a source: from then on its coders see each other's work
    "opening", metadata, _id(), _of("source"), _text("at"), _text("person"), UniqueConstraint("source_id"),
)  # fmt: skip
decision = Table(  # that the adjudicated codings of a statement are settled: by whom and why
    "decision", metadata, _id(), _of("statement"), _of("coder"), _text("at"), _text("reason"),
    Column("how", String(20), nullable=False, default="decided"),  # decided, agreed (nobody differed)
    UniqueConstraint("statement_id"),
)  # fmt: skip

# ------------------------------------------------------------------ people who sign in; of the machine, not of a study
account = Table(
    "account", metadata, _id(), Column("login", String(120), nullable=False, unique=True), _text("name"),
    _text("password"),  # argon2id
    Column("admin", Boolean, nullable=False, default=False), _text("language"), _text("created_at"),
    _text("closed_at"),
)  # fmt: skip
sign_in = Table(
    "sign_in", metadata, _id(), _of("account"), Column("token", String(64), nullable=False, unique=True),  # SHA-256
    _text("created_at"), _text("seen_at"), _text("expires_at"),
)  # fmt: skip
membership = Table(
    "membership", metadata, _id(), _of("study"), _of("account"),
    Column("role", String(20), nullable=False),  # owner, researcher, coder, reader
    _refers("coder_id", "coder"),  # under which key this person codes and acts; none: a reader
    _text("created_at"), UniqueConstraint("study_id", "account_id"), UniqueConstraint("coder_id"),
)  # fmt: skip
invitation = Table(
    "invitation", metadata, _id(),
    Column("study_id", String(36), ForeignKey("study.id", ondelete="CASCADE"), index=True),
    Column("role", String(20), nullable=False),  # of a membership; admin: no study, the first account
    _refers("coder_id", "coder"), _text("name"), Column("token", String(64), nullable=False, unique=True),  # SHA-256
    _text("created_at"), _text("expires_at"), _text("used_at"), _text("invited_by"),
)  # fmt: skip

# ------------------------------------------------------------------ the form; of the machine, as invitations are
form_link = Table(  # by which one expert fills in a questionnaire; the draft is counted nowhere
    "form_link", metadata, _id(), _of("study"), _of("instrument"), _of("expert"),
    Column("token", String(64), nullable=False, unique=True),  # SHA-256
    _text("created_at"), _text("expires_at"), _text("withdrawn_at"), _text("opened_at"),  # opened: has agreed
    _text("changed_at"), _text("submitted_at"), _text("refused_at"),  # refused: has withdrawn the consent
    _text("language"), Column("draft", JSON, nullable=False, default=dict),
    Column("seqs", JSON, nullable=False, default=dict),  # of the last message of each page that sent some
    UniqueConstraint("instrument_id", "expert_id"),
)  # fmt: skip

# ------------------------------------------------------------------ the expert's own check of quotes
check_link = Table(  # by which an expert looks at their own quotes before anybody else does
    "check_link", metadata, _id(), _of("study"), _of("expert"),
    Column("token", String(64), nullable=False, unique=True),  # SHA-256
    _text("created_at"), _text("expires_at"), _text("withdrawn_at"), _text("opened_at"), _text("answered_at"),
    _text("language"), UniqueConstraint("expert_id"),
)  # fmt: skip
check_answer = Table(  # what an expert says of a statement of theirs as a quote
    "check_answer", metadata, _id(), _of("statement"), _of("expert"),
    Column("answer", String(10), nullable=False),  # release, reword, withdraw
    _text("wording"), Column("shown", String(64), nullable=False),  # SHA-256 of the words that were before them
    _text("at"), _text("person"),  # person: who wrote it down for the expert; "": the expert by the link
    Column("decision_before", String(20), nullable=False, default=""),  # on the quote, before it was withdrawn
    _text("accepted_at"), _text("refused_at"), _text("decided_by"),  # a wording, by a researcher
    Column("decisions", JSON, nullable=False, default=list),  # on what could identify somebody in an accepted wording
    _text("signed_at"), _text("signed_by"),  # an accepted wording, by a second person
    UniqueConstraint("statement_id", "expert_id"),
)  # fmt: skip
kept_back = Table(  # words that their expert keeps back, whatever statements they are cut into
    "kept_back", metadata, _id(), _of("source"), _of("expert"), _integer("revision"), _integer("start"),
    _integer("end"), Column("answer", String(10), nullable=False),  # withdraw; reword: not in these words
    _text("at"), _text("person"),
)  # fmt: skip

# ------------------------------------------------------------------ the log
change = Table(
    "change", metadata, Column("id", Integer, primary_key=True, autoincrement=True),
    Column("study_id", String(36), ForeignKey("study.id", ondelete="CASCADE"), index=True), _text("at"),
    _text("person"), Column("verb", String(60), nullable=False),
    Column("kind", String(10), nullable=False, default="do"),  # do, undo, redo, passed
    Column("target", Integer),  # the change that an undo or redo turns, or could not turn and passed over
    Column("undone", Boolean, nullable=False, default=False),
    Column("scope", String(36), nullable=False, default="", index=True),  # the source on the desk, or ""
    Column("client", String(64)), Column("seq", Integer), UniqueConstraint("client", "seq"),
    sqlite_autoincrement=True,
)  # fmt: skip
codebook_version = Table(  # which change made it; what differs is read from that change's events
    "codebook_version", metadata, _id(), _of("study"), _integer("number"),
    Column("change_id", Integer, ForeignKey("change.id", ondelete="CASCADE"), nullable=False, index=True),
    UniqueConstraint("study_id", "number"),
)  # fmt: skip
event = Table(
    "event", metadata, Column("id", Integer, primary_key=True, autoincrement=True),
    Column("change_id", Integer, ForeignKey("change.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("entity", String(40), nullable=False), Column("entity_id", String(36), nullable=False, index=True),
    Column("source_id", String(36), index=True), Column("before", JSON), Column("after", JSON),
    Column("revision", Integer),  # of the source's text, to which the places in before and after refer; none: 0
    sqlite_autoincrement=True,
)  # fmt: skip
