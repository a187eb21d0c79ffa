"""Ten light clients at one server, each coding once a second for ten minutes. Prints figures and asserts none of time.

`RAKURS_BENCH_MINUTES` says how long, if not ten minutes.
"""

import asyncio
import os
import statistics

from tests.browser.at_desk import Place
from tests.browser.light_client import code_at_once

CLIENTS = 10
MINUTES = float(os.environ.get("RAKURS_BENCH_MINUTES", "10"))


def test_ten_coders_for_ten_minutes(own_server, capsys):
    places = [Place(own_server) for _client in range(CLIENTS)]
    address = {"study": places[0].study["slug"], "source": places[0].source["key"]}
    actions = round(MINUTES * 60 * 0.75)
    clients = asyncio.run(code_at_once(own_server.port, address, [place.coder for place in places], actions, pause=1.0))
    times = sorted(1000 * each for client in clients for each in client.seconds)
    stored = sum(len(place.stored()) for place in places)
    with capsys.disabled():
        print(f"\n{CLIENTS} coders, {len(times)} messages, {stored} codings")
        print(
            f"  round trip (ms): median {statistics.median(times):.1f}   p95 {times[int(0.95 * len(times))]:.1f}   max {times[-1]:.1f}"
        )
    assert stored == CLIENTS * actions
