"""Whose words a layer of codings covers: in a text without any, that nobody names a code says nothing."""

from coding.codings import choose_layer
from coding.counts import expert_statements
from coding.frames import Frames


def without_codings(frames: Frames, *, layer: str = "adjudicated", coder_id: str | None = None) -> list[str]:
    """Experts who spoke, and only in sessions in which this layer has no coding at all; in the experts' order.

    They stand in every n and can be in no k: a figure that counts them is a lower limit.
    """
    spoken = expert_statements(frames)
    coded = choose_layer(frames.codings, layer, coder_id)["source_id"].unique()
    covered = spoken.loc[spoken["source_id"].isin(coded), "expert_id"].unique()
    silent_here = set(spoken["expert_id"].unique()) - set(covered)
    return [str(expert) for expert in frames.experts["expert_id"] if expert in silent_here]
