"""How fast the dashboard's charts are with 50 experts, 20,000 statements and 5,000 codings: at first, and after a filter
that leaves five of the eight groups. Prints figures, asserts none."""

import time
from dataclasses import replace
from functools import partial

from coding.codebook import StatementAttribute
from coding.segments import by_groups
from survey_app.views import (
    code_network,
    code_timeline,
    code_tree,
    codes_by_value,
    compare_segments,
    declared_and_reflected,
    differences,
    dominance,
    flows,
    force_field,
    group_dots,
    groups_and_codes,
    problems_and_enablers,
    saturation,
    together,
    who_speaks,
)
from tests.bench.large_panel import panel


def charts(frames):
    """Each chart's numbers, to be made; its module makes the rest."""
    groups = by_groups(frames.groups)
    two = [segment.key for segment in groups.segments if set(segment.group_ids) & set(frames.experts["group_id"])][:2]
    return [
        (problems_and_enablers, partial(problems_and_enablers.prepare, frames, groups)),
        (force_field, partial(force_field.prepare, frames, groups)),
        (groups_and_codes, partial(groups_and_codes.prepare, frames, groups)),
        (who_speaks, partial(who_speaks.prepare, frames, groups)),
        (differences, partial(differences.prepare, frames, groups)),
        (compare_segments, partial(compare_segments.prepare, frames, groups, *two)),
        (group_dots, partial(group_dots.prepare, frames, groups)),
        (together, partial(together.prepare, frames)),
        (code_network, partial(code_network.prepare, frames)),
        (flows, partial(flows.prepare, frames, groups)),
        (code_tree, partial(code_tree.prepare, frames)),
        (declared_and_reflected, partial(declared_and_reflected.prepare, frames, groups)),
        (code_timeline, partial(code_timeline.prepare, frames, groups, "t0")),
        (saturation, partial(saturation.prepare, frames, groups)),
        (dominance, partial(dominance.prepare, frames, groups)),
        (codes_by_value, partial(codes_by_value.prepare, frames, StatementAttribute("direction", "Direction", ""))),
    ]


def test_charts_of_a_large_panel(capsys):
    whole = panel()
    kept = sorted(whole.groups["group_id"])[:5]
    fewer = replace(whole, experts=whole.experts[whole.experts["group_id"].isin(kept)])
    told = []
    for name, frames in (("at first", whole), ("after a filter", fewer)):
        for view, prepare in charts(frames):
            begun = time.process_time()
            prepared = prepare()
            middle = time.process_time()
            view.finding(prepared)
            view.figure(prepared)
            view.table(prepared)
            told.append((name, view.__name__.rsplit(".")[-1], middle - begun, time.process_time() - middle))
    with capsys.disabled():
        print()
        for name, view, first, second in told:
            print(f"{name:15} {view:24} prepare {1000 * first:6.0f} ms, the rest {1000 * second:6.0f} ms")
