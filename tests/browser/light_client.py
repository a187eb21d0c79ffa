"""A coder without a browser: speaks to the desk over the websocket as Streamlit's page does, and times the answers."""

import asyncio
import json
import time
from types import TracebackType
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PATIENCE_S = 60.0


class LightClient:
    """One coder at one text. `answers` are the messages of the desk, `seconds` how long each took; `received` and
    `sent` count bytes."""

    def __init__(self, port: int, name: str, **query: str) -> None:
        self.address = f"ws://localhost:{port}/_stcore/stream"
        self.origin = f"http://localhost:{port}"
        self.name = name
        self.query = urlencode(query)
        self.number = 0
        self.revision = 0
        self.received = self.sent = 0
        self.seconds: list[float] = []
        self.answers: list[dict[str, Any]] = []
        self.desk: dict[str, Any] = {}

    async def __aenter__(self) -> "LightClient":
        self.socket: ClientConnection = await connect(
            self.address, subprotocols=["streamlit"], max_size=None, origin=self.origin
        )
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = "desk"
        await self.socket.send(message.SerializeToString())
        self.desk = await self._heard(None)
        self.revision = self.desk["revision"]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.socket.close()

    async def send(self, *operations: dict[str, Any]) -> dict[str, Any]:
        """Send operations as the desk does, and wait for the answer to this very message."""
        self.number += 1
        n = f"{self.name}:{self.number}"
        sync = {"n": n, "client": self.name, "have": self.desk["hash"], "book": self.desk["book"]["hash"],
                "terms": self.desk["terms"]["word"], "revision": self.revision,
                "out": list(operations)}  # fmt: skip
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_script_hash = self.page
        message.rerun_script.fragment_id = self.fragment
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self.widget
        state.json_value = json.dumps({"sync": sync})
        began = time.monotonic()
        self.sent += len(message.SerializeToString())
        await self.socket.send(message.SerializeToString())
        answer = await self._heard(n)
        self.seconds.append(time.monotonic() - began)
        self.revision = answer["revision"]
        self.answers.append(answer)
        return answer

    async def _heard(self, n: str | None) -> dict[str, Any]:
        """The next thing that the desk is told, as an answer to message `n`."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                message = ForwardMsg()
                frame = bytes(await self.socket.recv(decode=False))
                self.received += len(frame)
                message.ParseFromString(frame)
                if message.WhichOneof("type") == "new_session":
                    self.page = message.new_session.page_script_hash
                element = message.delta.new_element
                if message.WhichOneof("type") == "delta" and element.WhichOneof("type") == "bidi_component":
                    self.widget = element.bidi_component.id
                    self.fragment = message.delta.fragment_id
                    data: dict[str, Any] = json.loads(element.bidi_component.json)
                    if n is None or data["heard"] == n:
                        return data


async def code_at_once(
    port: int, address: dict[str, str], coders: list[str], actions: int, pause: float
) -> list[LightClient]:
    """Each coder puts `actions` codes on statements in turn, one every `pause` seconds; every third is sent twice.

    Returns the clients, with their times and answers.
    """
    clients = [LightClient(port, f"light {coder}", **address, coder=coder) for coder in coders]
    await asyncio.gather(*(_work(client, actions, pause, order / len(clients)) for order, client in enumerate(clients)))
    return clients


async def _work(client: LightClient, actions: int, pause: float, shift: float) -> None:
    async with client:
        codes = [code["id"] for code in client.desk["book"]["codes"] if code["usable"]]
        statements = client.desk["doc"]["statements"]
        await asyncio.sleep(pause * shift)
        for number in range(actions):
            statement = statements[number % len(statements)]
            adding = {"client": client.name, "seq": number + 1, "do": "add", "coding": str(uuid4()),
                      "code": codes[number // len(statements)], "start": statement["start"],
                      "end": statement["end"], "revision": 0}  # fmt: skip
            for _time in range(2 if number % 3 == 0 else 1):
                await client.send(adding)
                await asyncio.sleep(pause)
