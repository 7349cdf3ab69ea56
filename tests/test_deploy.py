"""Two copies of the app behind Debian's nginx on loopback, by the file that compose.yaml uses."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import http.client
import os
import random
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit
import websockets

from benchmarks import _browser as browse
from benchmarks import _server as serve
from benchmarks._session import Session
from geo import frontend

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "deploy" / "nginx.conf.in"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
LINK = {"postcode": "TN355BP"}
needs_nginx = pytest.mark.skipif(
    NGINX is None, reason="NO NGINX FOUND: what deploy/ does was not tested"
)


@dataclass(frozen=True)
class Town:
    """The proxy's port, and the process of each copy behind it."""

    port: int
    copies: tuple[int, ...]

    def get(self, path: str, **headers: str):
        """An answer, its errors included."""
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            return urllib.request.urlopen(asked, timeout=30)
        except urllib.error.HTTPError as error:
            return error


@contextlib.contextmanager
def proxy(ports: list[int], folder: Path, **others: str) -> Iterator[int]:
    """nginx before copies on these ports, started as the container starts it.

    others: settings of deploy/proxy.sh besides.
    """
    port = serve.free_port()
    settings = {
        "SERVERS": " ".join(f"127.0.0.1:{copy}" for copy in ports),
        "STATIC_DIR": str(ROOT / "static"),
        "RUN_DIR": str(folder),
        "LISTEN": f"127.0.0.1:{port}",
        "PATH": f"{os.environ['PATH']}:/usr/sbin",
        **others,
    }
    with (folder / "log.txt").open("w") as log:
        running = subprocess.Popen(
            ["sh", ROOT / "deploy" / "proxy.sh"], env=settings, stdout=log, stderr=log
        )
    try:
        for _ in range(100):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
                break
            time.sleep(0.1)
        else:
            pytest.fail(f"nginx did not start:\n{(folder / 'log.txt').read_text()}")
        yield port
    finally:
        running.terminate()
        running.wait(10)


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("nginx")
    with (
        serve.app() as first,
        serve.app() as second,
        proxy([first.port, second.port], folder) as port,
    ):
        yield Town(port, (first.process, second.process))
    assert "postcode" not in (folder / "log.txt").read_text().lower()


def test_the_policy_lets_streamlits_own_line_run_and_no_other():
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    inline = re.findall(r"<script>(.*?)</script>", page.read_text("utf-8"), flags=re.DOTALL)
    wanted = {base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in inline}
    assert wanted == set(re.findall(r"'sha256-([^']+)'", CONFIG.read_text()))


def test_every_setting_is_filled_in():
    filled = set(re.findall(r"fill ([A-Z_]+) ", (ROOT / "deploy" / "proxy.sh").read_text()))
    assert filled == set(re.findall(r"@([A-Z_]+)@", CONFIG.read_text()))


@needs_nginx
@pytest.mark.parametrize(
    ("known", "servers"),
    [
        ("10.0.0.3 STREAM app\n10.0.0.2 STREAM\n10.0.0.3 DGRAM\n", ["10.0.0.2", "10.0.0.3"]),
        ("fd00::2 STREAM app\n", ["[fd00::2]"]),
    ],
)
def test_each_copy_behind_a_name_is_one_that_a_reader_can_be_kept_at(tmp_path, known, servers):
    """nginx would ask the addresses of one name in turn, whoever the reader is."""
    looking_up = tmp_path / "getent"
    asked_for = "ahostsv6" if "::" in known else "ahostsv4"
    looking_up.write_text(f'#!/bin/sh\n[ "$1 $2" = "{asked_for} app" ] && printf "{known}"\n')
    looking_up.chmod(0o755)
    told = subprocess.run(
        ["sh", ROOT / "deploy" / "proxy.sh", "-t"],
        env={
            "SERVERS": "app:8501",
            "STATIC_DIR": str(ROOT / "static"),
            "RUN_DIR": str(tmp_path),
            "PATH": f"{tmp_path}:{os.environ['PATH']}:/usr/sbin",
        },
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stderr
    written = re.findall(r"server (\S+):8501 max_fails", (tmp_path / "nginx.conf").read_text())
    assert written == servers


def test_a_name_that_nobody_knows_is_said_in_one_line(tmp_path):
    settings = {"SERVERS": "nobody.invalid:8501", "STATIC_DIR": "static", "RUN_DIR": str(tmp_path)}
    told = subprocess.run(
        ["sh", ROOT / "deploy" / "proxy.sh"],
        env={**settings, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 1
    assert told.stderr == "SERVERS names nobody.invalid, which no address is known of\n"


@pytest.mark.slow
@needs_nginx
def test_files_are_kept_for_good_only_under_an_address_of_their_version(town):
    version = frontend.scripts(ROOT / "static").version
    path = "/app/static/tiles/england.pmtiles"
    part = town.get(path + version, Range="bytes=0-99")
    assert part.status == 206
    assert len(part.read()) == 100
    assert "immutable" in part.headers["Cache-Control"]
    whole = town.get("/app/static/points/library_council.json", **{"Accept-Encoding": "gzip"})
    assert whole.headers["Cache-Control"] == "no-cache"
    assert whole.headers["Content-Encoding"] == "gzip"
    again = town.get(
        "/app/static/points/library_council.json", **{"If-None-Match": whole.headers["ETag"]}
    )
    assert again.status == 304


@pytest.mark.slow
@needs_nginx
def test_readers_get_the_page_with_its_policy_and_not_what_is_for_the_operator(town):
    page = town.get("/?postcode=TN355BP")
    assert page.status == 200
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    embedded = town.get("/?postcode=TN355BP&embed=true")
    assert embedded.headers["Content-Security-Policy"].endswith("frame-ancestors *")
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    for path in ("metrics", "agent/interact", "script-health-check"):
        assert town.get(f"/_stcore/{path}").status == 404
    assert town.get("/app/static/../app.py").status in (400, 403, 404)


@pytest.mark.slow
@needs_nginx
def test_the_maps_frame_stands_on_other_sites_within_a_page_of_this_one_only(town):
    frame = "/component/streamlit_folium.st_folium/index.html"
    for asked_from, may in {
        "same-origin": "*", "cross-site": "'self'", "same-site": "'self'", "none": "'self'",
    }.items():  # fmt: skip
        policy = town.get(frame, **{"Sec-Fetch-Site": asked_from}).headers
        assert policy["Content-Security-Policy"].endswith(f"frame-ancestors {may}")


@pytest.mark.slow
@needs_nginx
def test_where_readers_come_by_https_cookies_and_redirects_stay_there(tmp_path):
    with serve.app() as copy, proxy([copy.port], tmp_path, HTTPS="yes") as port:
        town = Town(port, (copy.process,))
        given = [
            cookie
            for path in ("/", "/_stcore/health")
            for cookie in town.get(path).headers.get_all("Set-Cookie") or []
        ]
        assert {cookie.partition("=")[0] for cookie in given} == {"cg_group", "_streamlit_xsrf"}
        assert all("secure" in cookie.lower() for cookie in given)
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        line.request("GET", "/app/static/points")
        moved = line.getresponse()
        assert moved.status == 301
        assert moved.headers["Location"] == "/app/static/points/"


@pytest.mark.slow
@needs_nginx
def test_slow_downloads_all_arrive_and_nothing_of_them_is_put_down(tmp_path):
    made, kept = tmp_path / "made", tmp_path / "kept"
    (made / "_stcore").mkdir(parents=True)
    kept.mkdir()
    (made / "_stcore" / "health").touch()
    content = random.Random(1).randbytes(24_000_000)
    (made / "england.xlsx").write_bytes(content)
    with serve.files(made) as copy, proxy([copy], kept) as port:
        lines = [http.client.HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(6)]
        for line in lines:
            line.request("GET", "/england.xlsx")
        answers = [line.getresponse() for line in lines]
        begun = [answer.read(100_000) for answer in answers]
        time.sleep(1)
        assert _written_below(kept / "proxy") == []
        for first, answer in zip(begun, answers, strict=True):
            assert first + answer.read() == content


def _written_below(folder: Path) -> list[str]:
    """What any process has open there; nginx takes its files' names away at once."""
    found = []
    for line in Path("/proc").glob("[0-9]*/fd/*"):
        with contextlib.suppress(OSError):
            found.append(os.readlink(line))
    return [path for path in found if path.startswith(f"{folder}/")]


@pytest.mark.slow
@needs_nginx
def test_a_group_of_readers_and_no_reader_is_named_by_the_cookie(town):
    cookies = [
        cookie
        for cookie in town.get("/").headers.get_all("Set-Cookie")
        if cookie.startswith("cg_group=")
    ]
    assert len(cookies) == 1
    assert re.fullmatch(r"cg_group=[0-9a-f]{2}; Path=/; HttpOnly; SameSite=Lax", cookies[0])
    known = town.get("/", Cookie="cg_group=7f").headers.get_all("Set-Cookie") or []
    assert not any(cookie.startswith("cg_group=") for cookie in known)


@pytest.mark.slow
@pytest.mark.browser
@needs_nginx
@pytest.mark.skipif(browse.found() is None, reason="NO BROWSER FOUND: the policy was not tested")
def test_the_app_works_under_the_policy_and_in_other_sites_frames(town, tmp_path):
    said: list[str] = []
    address = f"http://127.0.0.1:{town.port}"
    with browse.chromium() as browser, browse.reader(browser) as reader:
        page = reader.page
        page.set_default_timeout(60_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(f"violates: {error}"))
        page.goto(f"{address}/?postcode=TN355BP")
        reader.map_frame()
        page.get_by_test_id("stVegaLiteChart").first.locator("canvas, svg").first.wait_for()
        page.get_by_role("button", name="Copy link to this view").wait_for()
        page.goto(f"{address}/profile?area=E02004371")
        reader.map_frame()
        page.locator(".st-key-download-profile button").first.click()
        with page.expect_download() as download:
            page.get_by_role("button", name="The figures as CSV").click()
        assert '"7,138"' in Path(download.value.path()).read_text("utf-8-sig")
        with serve.files(tmp_path) as elsewhere:
            link = f"{address}/?embed=true&council=E07000062"
            (tmp_path / "site.html").write_text(f'<iframe src="{link}" width="900" height="700">')
            page.goto(f"http://127.0.0.1:{elsewhere}/site.html")
            shown = page.frame_locator("iframe").frame_locator('iframe[title*="st_folium"]')
            shown.locator(".leaflet-container canvas").first.wait_for()
    assert [text for text in said if "violates" in text] == []


@pytest.mark.slow
@needs_nginx
def test_one_copy_is_killed_under_load_and_links_and_new_readers_go_on(town):
    asyncio.run(_killed_under_load(town))


READERS = 16


async def _killed_under_load(town: Town) -> None:
    address = f"ws://127.0.0.1:{town.port}"
    readers = [Session(address, f"cg_group={16 * n + n:02x}") for n in range(READERS)]
    await asyncio.gather(*(reader.open(**LINK) for reader in readers))
    stop = asyncio.Event()
    lost = 0

    async def stay(reader: Session) -> None:
        """Use the page until told to stop; where the line breaks, open the link again."""
        nonlocal lost
        while not stop.is_set():
            try:
                await reader.refresh()
            except (websockets.ConnectionClosed, OSError):
                lost += 1
                await reader.open(name="open again", **LINK)
            await asyncio.sleep(0.5)

    working = [asyncio.create_task(stay(reader)) for reader in readers]
    await asyncio.sleep(2)
    os.kill(town.copies[0], 9)
    newcomers = [Session(address) for _ in range(4)]
    await asyncio.gather(*(reader.open(**LINK) for reader in newcomers))
    await asyncio.sleep(2)
    stop.set()
    await asyncio.gather(*working)
    # Both copies had readers, and only those of the one that died noticed.
    assert 0 < lost < READERS
    for reader in (*readers, *newcomers):
        assert any("Hastings" in text for text in reader.texts)
        await reader.close()
