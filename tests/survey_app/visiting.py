"""Visit a page of a running server as a browser does: over its websocket, in Streamlit's own protocol."""

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect


class Visit:
    """Everything the server sent for one page."""

    def __init__(self, messages):
        self.messages = messages
        self.elements = [
            each.delta.new_element for each in messages if each.WhichOneof("type") == "delta"
        ]  # fmt: skip

    def first(self, kind):
        """The first message of that kind, as its content."""
        return next(getattr(each, kind) for each in self.messages if each.WhichOneof("type") == kind)

    @property
    def title(self):
        """What the tab of the browser says."""
        return [
            each.page_config_changed.title for each in self.messages if each.WhichOneof("type") == "page_config_changed"
        ][-1]

    @property
    def menu(self):
        """Addresses of the pages that are linked; the start's is empty."""
        return [each.page_link.page for each in self.elements if each.WhichOneof("type") == "page_link"]

    @property
    def problems(self):
        """Tracebacks on the screen."""
        return [each.exception.message for each in self.elements if each.WhichOneof("type") == "exception"]


def visit(port, page="", query="", locale="en-US"):
    """The page as a fresh tab gets it."""
    words = BackMsg()
    words.rerun_script.page_name = page
    words.rerun_script.query_string = query
    words.rerun_script.context_info.locale = locale
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as browser:
        browser.send(words.SerializeToString())
        messages = []
        while not messages or messages[-1].WhichOneof("type") != "script_finished":
            messages.append(ForwardMsg.FromString(browser.recv(timeout=60)))
    return Visit(messages)
