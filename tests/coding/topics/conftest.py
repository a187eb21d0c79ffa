"""The demo's topics, found once, and a guard that sees to it that no test reaches for the network."""

import ipaddress
import os
import shutil
import socket

import pytest

from tests.coding.topics.demo import demo_statements

os.environ.setdefault("OMP_NUM_THREADS", "1")  # two tests at a time must not wait for each other's threads


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory):
    """Where the Russian vectors are built once for all tests."""
    folder = tmp_path_factory.mktemp("models")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def demo_topics(models_folder):
    """`demo_topics("ru")`: fourteen topics of the demo, twice as many as it has fields."""
    from coding.topics.model import fit_topics

    found = {}

    def topics(language):
        if language not in found:
            found[language] = fit_topics(demo_statements(language), n_topics=14, seed=0, cache_folder=models_folder)
        return found[language]

    return topics


@pytest.fixture(autouse=True)
def calls_outside(monkeypatch):
    """Addresses of other machines that somebody tried to reach; each attempt fails."""
    tried = []
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6} and not ipaddress.ip_address(address[0]).is_loopback:
            tried.append(address)
            raise OSError("no network in tests")
        return connect(self, address)

    def guarded_look_up(host, *more, **named):
        if host not in {None, "", "localhost", "127.0.0.1", "::1"}:
            tried.append(host)
            raise OSError("no network in tests")
        return look_up(host, *more, **named)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
    return tried


@pytest.fixture(autouse=True)
def empty_hub(monkeypatch, tmp_path):
    """The folder in which models of the Hugging Face hub would lie on this machine: none is there."""
    folder = tmp_path / "hub"
    folder.mkdir()
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(folder))
    return folder
