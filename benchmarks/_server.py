"""The app on a port of its own, and a counter of every byte that leaves it."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import http.server
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_CHUNK_BYTES = 1 << 16


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@dataclass(frozen=True)
class App:
    port: int
    process: int

    def memory_mb(self) -> float:
        """Memory of the server that is resident now."""
        status = Path(f"/proc/{self.process}/status").read_text()
        line = next(row for row in status.splitlines() if row.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def processor_s(self) -> float:
        """Seconds of processor time that the server has used so far, all its threads together."""
        stat = Path(f"/proc/{self.process}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def app(script: str = "app.py", **settings: str) -> Iterator[App]:
    """The product, or another script, started as the README starts it.

    settings: for its environment. Raises `RuntimeError` if it does not answer.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}",
               "--server.headless=true", "--server.address=127.0.0.1"]  # fmt: skip
    running = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
    )  # fmt: skip
    try:
        for _ in range(120):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2)
                break
            time.sleep(0.25)
        else:
            raise RuntimeError("the app did not start")
        yield App(port, running.pid)
    finally:
        running.terminate()
        running.wait(10)


@contextlib.contextmanager
def files(folder: Path) -> Iterator[int]:
    """A plain server of the files in a folder; gives its port."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@dataclass
class Wire:
    """Bytes from a server to the browser, as they travel: compressed, with their headers.

    Kept by what was asked: "socket" (the app's own messages), "tiles", "points", "scripts" (of
    the map) and "shell" (Streamlit's page itself).
    """

    port: int = 0
    sent: dict[str, int] = field(default_factory=dict)

    def reset(self) -> None:
        self.sent.clear()

    def kb(self, *kinds: str) -> float:
        return sum(self.sent.get(kind, 0) for kind in kinds) / 1000


def _kind(path: str) -> str:
    for part, kind in (
        ("_stcore/stream", "socket"),
        ("/static/tiles/", "tiles"),
        ("/static/points/", "points"),
        ("/static/vendor/", "scripts"),
    ):
        if part in path:
            return kind
    return "shell"


@contextlib.contextmanager
def wire(target_port: int) -> Iterator[Wire]:
    """A relay before a server on this machine that counts what passes through it."""
    counted = Wire()
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up, down = await asyncio.open_connection("127.0.0.1", target_port)
        asked = ["shell"]

        async def pump(source, sink, note) -> None:
            with contextlib.suppress(OSError):
                while data := await source.read(_CHUNK_BYTES):
                    note(data)
                    sink.write(data)
                    await sink.drain()
            sink.close()

        def note_request(data: bytes) -> None:
            # A browser asks for the next thing on a connection once it has the last.
            if data.startswith(b"GET "):
                asked[0] = _kind(data.split(b" ", 2)[1].decode("latin-1"))

        def note_reply(data: bytes) -> None:
            counted.sent[asked[0]] = counted.sent.get(asked[0], 0) + len(data)

        await asyncio.gather(pump(reader, down, note_request), pump(up, writer, note_reply))

    async def serve() -> None:
        server = await asyncio.start_server(relay, "127.0.0.1", 0)
        counted.port = server.sockets[0].getsockname()[1]
        ready.set()

    loop.create_task(serve())
    threading.Thread(target=loop.run_forever, daemon=True).start()
    ready.wait()
    yield counted
    # What was under way is cut off; that is no news.
    loop.set_exception_handler(lambda *_: None)
    asyncio.run_coroutine_threadsafe(_end_all(), loop).result()
    loop.call_soon_threadsafe(loop.stop)


async def _end_all() -> None:
    """Cancel what still runs on this loop, so that nothing is left to complain as it goes."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
