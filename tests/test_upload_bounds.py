"""Readers' files hold no more of the server's memory than they may, and go with their reader."""

import asyncio
import http.client
import time
import urllib.request
import uuid
from collections import Counter

import pytest
import websockets

from benchmarks import _server as serve
from benchmarks._session import Session
from pages import upload_bounds
from pages.upload_bounds import MB, UploadBounds

PATIENCE_S = 60
FILE = b"\r\n".join(
    [
        b"--edge",
        b'Content-Disposition: form-data; name="f"; filename="a.csv"',
        b"Content-Type: text/csv",
        b"",
        b"name,postcode\n" + b"a" * (20 * MB - 2000),
        b"--edge--",
        b"",
    ]
)


@pytest.fixture
def held(monkeypatch):
    """What sessions hold, in place of a running server's."""
    holding: Counter[str] = Counter()

    async def forget():
        return None

    monkeypatch.setattr(upload_bounds, "bytes_held", lambda: Counter(holding))
    monkeypatch.setattr(upload_bounds, "_forget_who_has_gone", forget)
    return holding


async def _asked(bounds, path, method="PUT", length=None):
    """The status that a request is answered with; length: bytes it says it brings."""
    told = []

    async def send(message):
        told.append(message)

    headers = [] if length is None else [(b"content-length", str(length).encode())]
    await bounds({"type": "http", "method": method, "path": path, "headers": headers}, None, send)
    return told[0]["status"]


async def _takes(_scope, _receive, send):
    await send({"type": "http.response.start", "status": 204, "headers": []})


@pytest.mark.parametrize(
    ("holding", "status"),
    [
        ({}, 204),
        ({"mine": 40 * MB}, 204),
        ({"mine": 40 * MB + 1}, 413),
        ({"another": 60 * MB}, 204),
        ({str(number): 60 * MB for number in range(6)} | {"more": 20 * MB + 1}, 413),
    ],
)
def test_a_file_is_taken_while_its_session_and_all_have_room(held, holding, status):
    held.update(holding)
    assert asyncio.run(_asked(UploadBounds(_takes), "/_stcore/upload_file/mine/1")) == status


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/_stcore/upload_file/mine/1", "DELETE"),
        ("/_stcore/upload_file/mine/1", "OPTIONS"),
        ("/_stcore/health", "PUT"),
        ("/profile", "GET"),
    ],
)
def test_whatever_brings_no_file_is_let_through(held, path, method):
    held["mine"] = 60 * MB
    assert asyncio.run(_asked(UploadBounds(_takes), path, method)) == 204


def test_files_that_come_at_once_count_before_they_are_there(held):
    async def play():
        may_end = asyncio.Event()

        async def slow(scope, receive, send):
            await may_end.wait()
            await _takes(scope, receive, send)

        bounds = UploadBounds(slow)
        path = "/base/_stcore/upload_file/mine/"
        first = [asyncio.create_task(_asked(bounds, f"{path}{number}")) for number in range(3)]
        await asyncio.sleep(0)
        assert await _asked(bounds, f"{path}4") == 413
        may_end.set()
        assert await asyncio.gather(*first) == [204, 204, 204]
        assert await _asked(bounds, f"{path}5") == 204

    asyncio.run(play())


@pytest.mark.parametrize(
    ("length", "taken"), [(300_000, 20), (20 * MB, 3), (10**12, 3), ("-1", 3), ("many", 3)]
)
def test_files_on_their_way_count_as_what_they_say_and_no_more_than_one_may_have(
    held, length, taken
):
    async def play():
        may_end = asyncio.Event()

        async def slow(scope, receive, send):
            await may_end.wait()
            await _takes(scope, receive, send)

        bounds = UploadBounds(slow)
        path = "/_stcore/upload_file/mine/"
        asked = [
            asyncio.create_task(_asked(bounds, f"{path}{number}", length=length))
            for number in range(20)
        ]
        await asyncio.sleep(0)
        may_end.set()
        return await asyncio.gather(*asked)

    assert asyncio.run(play()).count(204) == taken


class _Named(Session):
    """A reader who knows the name of the session, as the browser does."""

    name = ""

    def _read(self, message):
        if message.WhichOneof("type") == "new_session":
            self.name = message.new_session.initialize.session_id or self.name
        return super()._read(message)


def _put(port, session, pause_s=0.0):
    """Sends a file of 20 MB, and waits after its first half; the status and what is said."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    line.request("GET", "/_stcore/health")
    answer = line.getresponse()
    answer.read()
    cookie = answer.getheader("Set-Cookie").split(";")[0]
    line.putrequest("PUT", f"/_stcore/upload_file/{session}/{uuid.uuid4()}")
    for name, value in {
        "Content-Type": "multipart/form-data; boundary=edge",
        "Content-Length": str(len(FILE)),
        "Cookie": cookie,
        "X-Xsrftoken": cookie.split("=", 1)[1].strip('"'),
    }.items():
        line.putheader(name, value)
    line.endheaders(FILE[: 10 * MB])
    time.sleep(pause_s)
    line.send(FILE[10 * MB :])
    answer = line.getresponse()
    return answer.status, answer.read().decode()


def _holds_files(port):
    asked = urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/metrics")
    return "UploadedFileManager" in asked.read().decode()


def _until_none(port):
    until = time.monotonic() + PATIENCE_S
    while _holds_files(port):
        assert time.monotonic() < until
        time.sleep(1)


@pytest.mark.slow
def test_a_file_that_arrives_after_its_session_has_ended_goes_too():
    async def play(app):
        reader = _Named(f"ws://127.0.0.1:{app.port}")
        await reader.open("your-places")
        late = asyncio.create_task(
            asyncio.to_thread(_put, app.port, reader.name, upload_bounds.FORGET_EVERY_S + 10)
        )
        await asyncio.sleep(1)
        await reader.close()
        return await late

    with serve.app(STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL="1") as app:
        status, _ = asyncio.run(play(app))
        assert status == 204
        _until_none(app.port)


@pytest.mark.slow
def test_files_are_bounded_and_go_with_their_reader_though_nobody_comes():
    async def play(app):
        reader = _Named(f"ws://127.0.0.1:{app.port}")
        await reader.open("your-places")
        answers = [await asyncio.to_thread(_put, app.port, reader.name) for _ in range(4)]
        await reader.refresh()
        await reader.close()
        return answers

    with serve.app(STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL="1") as app:
        *taken, (status, said) = asyncio.run(play(app))
        assert [answer[0] for answer in taken] == [204, 204, 204]
        assert status == 413
        assert said.startswith("There are too many files here already.")
        assert _holds_files(app.port)
        _until_none(app.port)


@pytest.mark.slow
def test_a_text_of_megabytes_closes_its_line_and_no_other():
    async def play(app):
        reader, other = (Session(f"ws://127.0.0.1:{app.port}") for _ in range(2))
        await reader.open()
        await other.open()
        await reader.choose("Find a place", "x" * 100_000, "a long text")
        with pytest.raises(websockets.ConnectionClosed):
            await reader.choose("Find a place", "x" * 2_000_000, "a longer one")
        await other.choose("Find a place", "Ore", "a name")

    with serve.app() as app:
        asyncio.run(play(app))
