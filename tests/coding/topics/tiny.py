"""A model of sentences that is made on the spot: a small BERT with chance weights, and a hub that offers it."""

import hashlib
import http.server
import json
import re
import threading
from contextlib import contextmanager

WORDS = re.findall(r"\S+", "the register portal does not know a of and реестр портал не знает о query : . data open")


def make_model(folder, hidden=24):
    """A sentence-transformers model with safetensors weights in `folder`; the same each time."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
    from tokenizers.models import WordLevel
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *dict.fromkeys(WORDS)]
    tokenizer = Tokenizer(WordLevel({word: index for index, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    plain = folder.with_name(f"{folder.name}-plain")
    torch.manual_seed(0)
    BertModel(
        BertConfig(
            vocab_size=len(words), hidden_size=hidden, num_hidden_layers=2, num_attention_heads=4,
            intermediate_size=48, max_position_embeddings=64,
        )
    ).save_pretrained(plain)  # fmt: skip
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]",
        model_max_length=64,
    ).save_pretrained(plain)  # fmt: skip
    SentenceTransformer(
        modules=[(first := Transformer(str(plain))), Pooling(first.get_embedding_dimension())], device="cpu"
    ).save_pretrained(str(folder), create_model_card=False)
    return folder


class Hub:
    """A stand-in of the Hugging Face hub on this machine: `models` is {name: {file name: bytes}}.

    `asked` are the paths of the requests with their ranges. `break_after`: bytes after which each answer with weights breaks off.
    `ranges`: whether parts of files can be asked for.
    """

    commit = "0123456789abcdef0123456789abcdef01234567"

    def __init__(self):
        self.models, self.asked, self.break_after, self.ranges, self.wrong = {}, [], None, True, set()
        self.hold = None

    def offer(self, name, folder):
        self.models[name] = {
            each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()
        }

    def listing(self, name):
        return {
            "sha": self.commit,
            "siblings": [
                {"rfilename": file, "size": len(content), "blobId": "x"}
                | ({"lfs": {"sha256": hashlib.sha256(content).hexdigest()}} if file.endswith(".safetensors") else {})
                for file, content in self.models[name].items()
            ],
        }


def _handler(hub):
    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_words):
            pass

        def do_GET(self):
            hub.asked.append((self.path, self.headers.get("range")))
            for name, files in hub.models.items():
                if self.path == f"/api/models/{name}?blobs=true":
                    return self.send(json.dumps(hub.listing(name)).encode())
                start = f"/{name}/resolve/{hub.commit}/"
                if self.path.startswith(start) and self.path.removeprefix(start) in files:
                    file = self.path.removeprefix(start)
                    content = files[file]
                    return self.send(
                        bytes(len(content)) if file in hub.wrong else content, breaking=file.endswith(".safetensors")
                    )
            self.send_error(404)
            return None

        def send(self, content, breaking=False):
            asked = self.headers.get("range")
            begin = int(asked.removeprefix("bytes=").rstrip("-")) if asked and hub.ranges else 0
            self.send_response(206 if begin else 200)
            self.send_header("Content-Length", str(len(content) - begin))
            self.end_headers()
            part = content[begin:]
            if breaking and hub.break_after is not None and len(part) > hub.break_after:
                self.wfile.write(part[: hub.break_after])
                if hub.hold is not None:
                    self.wfile.flush()
                    hub.hold.wait(60)
                self.close_connection = True
            else:
                self.wfile.write(part)

    return Handler


@contextmanager
def hub_at_work():
    """A hub and its address."""
    hub = Hub()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(hub))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield hub, f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
