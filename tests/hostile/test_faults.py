"""What breaks under the product: files, disks, ports, power. One clear line, nothing lost."""

import errno
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import streamlit as st
from made_sources import MADE_STEPS, copy_made
from streamlit.testing.v1 import AppTest
from test_build import command

from geo.build.__main__ import main, run
from geo.build.output import Output
from geo.store import DATA_DIR, DataError, Store
from pages import frame

ROOT = Path(__file__).resolve().parents[2]
APP = str(ROOT / "app.py")


# Data that is missing or damaged


@pytest.fixture
def folder(tmp_path) -> Path:
    """The data folder, file by file a link to the true one, to be damaged."""
    made = tmp_path / "data"
    for path in DATA_DIR.rglob("*"):
        if path.is_file():
            link = made / path.relative_to(DATA_DIR)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(path)
    return made


def _damaged(path: Path, content: bytes | None) -> None:
    path.unlink()
    if content is not None:
        path.write_bytes(content)


DAMAGE = {
    "missing": lambda whole: None,
    "empty": lambda whole: b"",
    "cut short": lambda whole: whole[: len(whole) // 2],
    "end lost": lambda whole: whole[:-8],
    "bytes turned": lambda whole: whole[:4] + b"\xff" * (len(whole) - 8) + whole[-4:],
    "another file": lambda whole: b"<!doctype html><title>Sign in</title>",
}


@pytest.mark.parametrize("name", ["small_areas", "access/library", "postcodes", "shapes/councils"])
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_table_is_named_in_one_line(folder, name, damage):
    path = folder / f"{name}.parquet"
    _damaged(path, DAMAGE[damage]((DATA_DIR / f"{name}.parquet").read_bytes()))
    store = Store(folder)
    reads = {
        "postcodes": lambda: store.postcodes.find("TN355BP"),
        "shapes/councils": lambda: store.shapes("councils"),
    }
    with pytest.raises(DataError) as caught:
        reads.get(name, lambda: store.table(name))()
    line = str(caught.value)
    assert path.name in line
    assert "python -m geo.build" in line
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize("damage", ["missing", "empty", "another file"])
def test_a_damaged_register_is_named_in_one_line(folder, damage):
    _damaged(folder / "sources.toml", DAMAGE[damage](b""))
    with pytest.raises(DataError, match="sources.toml"):
        _ = Store(folder).sources


@pytest.mark.parametrize("name", ["deprivation.parquet", "case_studies/*.toml"])
def test_a_page_says_which_file_is_broken_and_is_well_once_it_is_restored(
    folder, monkeypatch, name
):
    path = next(folder.glob(name))
    target = path.resolve()
    _damaged(path, b"title = ")
    monkeypatch.setattr(frame, "Store", lambda: Store(folder))
    _forget()
    try:
        app = AppTest.from_file(APP, default_timeout=120)
        app.query_params["area"] = "E01020965"
        app.run()
        assert not app.exception
        (said,) = [error.value for error in app.error]
        assert said.startswith("data/")
        assert "cannot be read" in said
        assert len(said.splitlines()) == 1
        path.unlink()
        path.symlink_to(target)
        app.run()
        assert not app.exception
        assert not app.error
    finally:
        _forget()


def _forget() -> None:
    """Has pages keep nothing of what they read, as in a server that has just been started."""
    st.cache_resource.clear()
    for name, module in list(sys.modules.items()):
        if name.startswith("pages."):
            for kept in vars(module).values():
                getattr(kept, "cache_clear", lambda: None)()


# A build that cannot go on


@pytest.fixture
def made(tmp_path):
    return copy_made(tmp_path)


def _content(made) -> dict[Path, bytes]:
    _, data, static = made
    return {
        path: path.read_bytes()
        for place in (data, static)
        for path in sorted(place.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.ENOSPC, "No space left on device"), (errno.EROFS, "Read-only file system")],
)  # fmt: skip
def test_a_disk_that_takes_no_more_stops_the_build_with_one_line(
    made, capsys, monkeypatch, number, says
):
    assert main(command(made)) == 0
    before = _content(made)
    capsys.readouterr()
    write, written = pq.write_table, []

    def fill(table, where, **options):
        written.append(where)
        if len(written) == 3:
            raise OSError(number, os.strerror(number), str(where))
        write(table, where, **options)

    monkeypatch.setattr(pq, "write_table", fill)
    assert main(command(made)) == 1
    line = capsys.readouterr().err.splitlines()[-1]
    assert says in line
    assert "the last one is as it was" in line
    assert _content(made) == before
    assert sorted(path.name for path in made[1].parent.iterdir()) == ["data", "sources", "static"]


def _build(made, **options) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "geo.build", *command(made)],
        cwd=ROOT, stderr=subprocess.PIPE, text=True, **options,
    )  # fmt: skip


@pytest.mark.slow
def test_a_file_that_may_not_grow_stops_the_build_with_one_line(made):
    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))

    before = _content(made)
    build = _build(made, preexec_fn=small)
    told = build.communicate(timeout=120)[1]
    assert build.returncode == 1
    assert "Traceback" not in told
    assert "the last one is as it was" in told.splitlines()[-1]
    assert _content(made) == before


@pytest.mark.slow
def test_a_build_that_is_killed_leaves_the_last_one_and_the_next_is_whole(made):
    before = _content(made)
    staged = made[1].with_name("data.building")
    build = _build(made)
    until = time.monotonic() + 120
    while not list(staged.rglob("*.parquet")) and build.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.002)
    build.send_signal(signal.SIGKILL)
    build.wait(30)
    build.stderr.close()
    if build.returncode != 0:  # it was not too quick for us
        assert staged.exists()
        assert _content(made) == before
    run(*made, MADE_STEPS)
    assert not staged.exists()
    assert (made[1] / "small_areas.parquet").exists()


def test_what_a_stopped_build_left_is_never_taken_for_data(made):
    left = made[1].with_name("data.building") / "small_areas.parquet"
    left.parent.mkdir()
    left.write_bytes(b"half")
    before = _content(made)
    with Output(made[1], made[2]):
        assert not left.exists()
    assert _content(made) == before


def test_a_build_killed_while_it_renames_is_finished_by_the_next(made, monkeypatch):
    _, data, static = made
    replace, moved = os.replace, []

    def cut(source, target):
        if len(moved) == 1:
            raise KeyboardInterrupt
        moved.append(target)
        replace(source, target)

    output = Output(data, static)
    for name in ("first.txt", "second.txt"):
        output.data_file(name).write_text(name)
    output.file("third.txt").write_text("third.txt")
    monkeypatch.setattr(os, "replace", cut)
    with pytest.raises(KeyboardInterrupt), output:
        output.commit()
    monkeypatch.undo()
    assert not (data / "second.txt").exists()
    with Output(data, static):
        pass
    for path in (data / "first.txt", data / "second.txt", static / "third.txt"):
        assert path.read_text() == path.name
    assert not (data / ".whole").exists()
    assert not data.with_name("data.building").exists()


# The server


def _serve(port: int, **options) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}",
         "--server.headless=true", "--server.address=127.0.0.1"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options,
    )  # fmt: skip


def test_a_port_in_use_is_said_in_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = _serve(taken.getsockname()[1])
        told = server.communicate(timeout=120)[0]
    assert server.returncode != 0
    assert "Traceback" not in told
    assert "not available" in told or "in use" in told


def test_the_start_warns_of_nothing():
    start = (
        "import threading; from pages import frame; frame.warm_up()\n"
        "for thread in threading.enumerate():\n"
        "    thread.name == 'warm-up' and thread.join()\n"
        "assert frame._OPENED.is_set()"
    )
    told = subprocess.run(
        [sys.executable, "-c", start], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.slow
def test_a_server_killed_in_the_middle_of_a_request_starts_again_as_it_was():
    before = {path: path.stat().st_mtime_ns for path in DATA_DIR.rglob("*")}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def healthy(server) -> None:
        for _ in range(480):
            assert server.poll() is None
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                    line.sendall(b"GET /_stcore/health HTTP/1.0\r\n\r\n")
                    if b" 200 " in line.recv(4_096):
                        return
            except OSError:
                time.sleep(0.25)
        pytest.fail("the app did not start")

    for _ in range(2):
        server = _serve(port)
        try:
            healthy(server)
            with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
                line.sendall(
                    b"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                    b"Content-Length: 1000000\r\n\r\nhalf of it"
                )
                server.kill()
                server.wait(30)
        finally:
            server.kill()
            server.stdout.close()
    assert {path: path.stat().st_mtime_ns for path in DATA_DIR.rglob("*")} == before
