"""What ten desks cost that only lie open: asking for news each second, and what running their part of the page would cost.

Prints bytes and the server's processor time for each desk and second (read from /proc, hence Linux) and asserts neither.
`RAKURS_BENCH_SECONDS` says how long each way is measured, if not thirty.
"""

import asyncio
import http.client
import os
import statistics
import time
from urllib.parse import urlencode

from tests.browser.at_desk import Place
from tests.browser.light_client import LightClient

DESKS = 10
SECONDS = int(os.environ.get("RAKURS_BENCH_SECONDS", "30"))
TICK_S = 1 / os.sysconf("SC_CLK_TCK")


def test_ten_desks_that_lie_open(own_server, capsys):
    places = [Place(own_server) for _desk in range(DESKS + 1)]
    asking, running, busy = asyncio.run(_measure(own_server, places))
    with capsys.disabled():
        print(f"\n{DESKS} desks for {SECONDS} s each way; per desk and second")
        for name, (down, up, cpu, times) in (("asking for news", asking), ("asking while another codes", busy),
                                             ("running the fragment", running)):  # fmt: skip
            print(
                f"  {name:27} {down:8.0f} bytes down {up:6.0f} up   server {1000 * cpu:6.2f} ms   "
                f"answer median {1000 * statistics.median(times):6.1f} ms"
            )
    assert asking[0] < running[0]


async def _measure(server, places):
    address = {"study": places[0].study["slug"], "source": places[0].source["key"]}
    clients = [LightClient(server.port, f"light {place.coder}", **address, coder=place.coder) for place in places[1:]]
    for client in clients:
        await client.__aenter__()
    for client in clients:
        await client.send()
    asking = await _timed(server, lambda client: asyncio.to_thread(_ask, server.port, client), clients)
    coding = asyncio.create_task(_code(server, places[0], address))
    busy = await _timed(server, lambda client: asyncio.to_thread(_ask, server.port, client), clients)
    await coding
    running = await _timed(server, _run, clients)
    for client in clients:
        await client.__aexit__(None, None, None)
    return asking, running, busy


async def _timed(server, ask, clients):
    """Bytes down and up and processor seconds for each asking, and how long the answers took."""
    began, found = _cpu_s(server), []

    async def each(client, shift):
        await asyncio.sleep(shift)
        for _second in range(SECONDS):
            start = time.monotonic()
            down, up = await ask(client)
            took = time.monotonic() - start
            found.append((down, up, took))
            await asyncio.sleep(max(0.0, 1 - took))

    await asyncio.gather(*(each(client, place / len(clients)) for place, client in enumerate(clients)))
    cpu = (_cpu_s(server) - began) / len(found)
    downs, ups, times = zip(*found, strict=True)
    return statistics.mean(downs), statistics.mean(ups), cpu, times


def _ask(port, client):
    """One question for news over a connection that stays open, as a browser's does: bytes down and up."""
    source, coder = client.desk["place"].split(" ")
    query = urlencode({"study": client.desk["doc"]["ids"]["study"], "source": source, "coder": coder,
                       "revision": client.revision, "state": client.desk["state"]})  # fmt: skip
    line = getattr(client, "line", None) or http.client.HTTPConnection("localhost", port)
    client.line = line
    line.request("GET", f"/desk-news?{query}")
    said = line.getresponse()
    assert said.status == 204
    down = sum(len(name) + len(value) + 4 for name, value in said.getheaders()) + 27 + len(said.read())
    return down, len(query) + 80


async def _run(client):
    """One run of the fragment that brings nothing new."""
    before = client.received, client.sent
    answer = await client.send()
    assert answer["changes"] == []
    return client.received - before[0], client.sent - before[1]


async def _code(server, place, address):
    """Another coder's work, one code a second."""
    client = LightClient(server.port, "busy", **address, coder=place.coder)
    async with client:
        code = next(code["id"] for code in client.desk["book"]["codes"] if code["usable"])
        for number in range(SECONDS):
            row = client.desk["doc"]["statements"][number % 100]
            await client.send({"client": "busy", "seq": number + 1, "do": "add", "code": code, "start": row["start"],
                               "end": row["end"] - number // 100, "revision": 0,
                               "coding": f"00000000-0000-4000-8000-{number:012}"})  # fmt: skip
            await asyncio.sleep(1)


def _cpu_s(server):
    with open(f"/proc/{server.process.pid}/stat", encoding="ascii") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK_S
