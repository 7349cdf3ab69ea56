"""What the server sends and takes, what is committed, and what is known of the packages."""

import json
import re
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import pytest

from deploy import audit, oldest
from geo.upload_text import MAX_BYTES

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
# Shapes of keys that give access to something.
SECRETS = re.compile(
    rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"
    rb"|\bAKIA[0-9A-Z]{16}\b"
    rb"|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_[A-Za-z0-9_]{50,}"
    rb"|\bxox[abprs]-[A-Za-z0-9-]{10,}"
    rb"|\bAIza[0-9A-Za-z_-]{35}\b"
    rb"|\b(?:sk|pk|rk)_(?:live|test)_[0-9A-Za-z]{16,}|\bsk-[A-Za-z0-9_-]{32,}"
    rb"|\bpypi-AgE[A-Za-z0-9_-]{40,}|\bnpm_[A-Za-z0-9]{36}\b"
    rb"|\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"
    rb"|//[^/\s:@\"'<>{}]{1,60}:[^/\s@\"'<>{}]{6,80}@"
    rb"|(?i:password|passwd|secret|api_?key|access_?token)\s*[:=]\s*[\"'][^\"'\s]{8,}[\"']"
)


def test_no_secret_is_committed():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    if listed.returncode:
        paths = [path for path in ROOT.rglob("*") if ".venv" not in path.parts]
    else:
        paths = [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]
    binary = {".parquet", ".pmtiles", ".pbf", ".png", ".woff2"}
    read = [path for path in paths if path.is_file() and path.suffix not in binary]
    assert len(read) > 200
    found = {
        str(path.relative_to(ROOT)): match.group()[:20]
        for path in read
        if (match := SECRETS.search(path.read_bytes()))
    }
    assert found == {}
    assert not (ROOT / ".streamlit" / "secrets.toml").exists()


@pytest.mark.parametrize(
    "secret",
    [
        "-----BEGIN RSA PRIVATE" + " KEY-----",
        "AKIA" + "A1B2C3D4E5F6G7H8",
        "ghp_" + "a1" * 18,
        "https://user:" + "hunter22@host.example/simple",
        "password = '" + "correcthorse'",
    ],
)
def test_a_secret_would_be_found(secret):
    assert SECRETS.search(secret.encode())


def test_the_server_is_told_to_be_careful():
    server = CONFIG["server"]
    assert server["enableXsrfProtection"] is True
    assert server.get("enableCORS", True) is True
    assert server["maxUploadSize"] * 1024**2 == MAX_BYTES
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The app's server, without any page being opened."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with log.open("w") as out:
        app = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}",
             "--server.headless=true", "--server.address=127.0.0.1"],
            cwd=ROOT, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(480):
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
                break
            except OSError:
                time.sleep(0.25)
        else:
            pytest.fail(f"the app did not start:\n{log.read_text()}")
        yield url
    finally:
        app.terminate()
        app.wait(20)


def _status(request: urllib.request.Request) -> int:
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code


def _put(url: str, content: bytes, **headers: str) -> int:
    name = f"/_stcore/upload_file/{uuid.uuid4()}/{uuid.uuid4()}"
    edge = "edge"
    body = (
        (
            f'--{edge}\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n'
            "Content-Type: text/csv\r\n\r\n"
        ).encode()
        + content
        + f"\r\n--{edge}--\r\n".encode()
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={edge}"} | headers
    return _status(urllib.request.Request(url + name, body, headers, method="PUT"))


def test_an_upload_to_nobody_is_refused(server):
    with urllib.request.urlopen(f"{server}/_stcore/health", timeout=30) as answer:
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
    token = cookie.partition("=")[2].strip('"')
    assert _put(server, b"name\nA\n", Cookie=cookie, **{"X-Xsrftoken": token}) == 400


def test_an_upload_from_elsewhere_is_refused(server):
    assert _put(server, b"name\nA\n") == 403
    assert _put(server, b"name\nA\n", Cookie="_streamlit_xsrf=x", **{"X-Xsrftoken": "y"}) == 403
    assert _put(server, b"name\nA\n", Origin="https://elsewhere.example") == 403


def _raw(server: str, asked: str) -> bytes:
    """What the server answers to a request that no well-meaning program would write."""
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(asked.encode())
        return line.recv(65_536)


@pytest.mark.parametrize(
    ("origin", "status"), [("https://elsewhere.example", b"403"), ("{server}", b"101")]
)
def test_a_socket_is_opened_to_our_own_pages_alone(server, origin, status):
    answer = _raw(
        server,
        f"GET /_stcore/stream HTTP/1.1\r\nHost: {server.removeprefix('http://')}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        f"Origin: {origin.format(server=server)}\r\n\r\n",
    )
    assert answer.split()[1] == status


@pytest.mark.parametrize(
    "path",
    ["/app/static/../app.py", "/app/static/..%2fapp.py", "/app/static/%2e%2e/data/sources.toml",
     "/app/static/....//app.py", "/app/static/..%5capp.py", "/app/static/%00", "/.git/config",
     "/data/sources.toml", "/.streamlit/config.toml"],
)  # fmt: skip
def test_only_static_files_are_served(server, path):
    answer = _raw(server, f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
    for inside in (b"def show()", b"[source.", b"[server]", b"[core]", b"Traceback"):
        assert inside not in answer


class TestAudit:
    ROW = {"name": "a", "version": "1", "vulns": []}
    WEAK = {"id": "PYSEC-1", "fix_versions": ["2"], "aliases": [], "description": ""}

    def told(self, *rows):
        return json.dumps({"dependencies": rows, "fixes": []})

    def test_a_known_weakness_fails(self):
        lines, status = audit.verdict(self.told(self.ROW, self.ROW | {"vulns": [self.WEAK]}))
        assert status == 1
        assert lines[-1] == "a 1: PYSEC-1, mended in 2"

    def test_none_passes(self):
        assert audit.verdict(self.told(self.ROW)) == (
            ["1 packages audited, 0 known weaknesses."],
            0,
        )

    def test_a_service_that_answers_nothing_is_said_loudly(self):
        unknown = {"name": "b", "skip_reason": "not found"}
        for told, wrong in (
            ("", "no route"),
            (self.told(unknown), ""),
            (self.told(), ""),
            ("[", ""),
        ):
            lines, status = audit.verdict(told, wrong)
            assert status == 0
            assert lines[0].startswith("NOT AUDITED")
        lines, _ = audit.verdict(self.told(self.ROW, unknown))
        assert lines[1].endswith(": b.")


def test_every_requirement_has_both_ends():
    pinned = list(oldest.lowest(ROOT / "requirements-dev.txt"))
    assert len(pinned) > 25
    # One of them is for some systems alone.
    assert {"streamlit==1.67", "uvloop==0.23"} <= set(pinned)
    assert len({line.partition("==")[0].lower() for line in pinned}) == len(pinned)


def test_a_requirement_without_an_end_is_refused(tmp_path):
    path = tmp_path / "requirements.txt"
    path.write_text("pandas>=3\n")
    with pytest.raises(ValueError, match="expected name>=lowest,<next"):
        list(oldest.lowest(path))
