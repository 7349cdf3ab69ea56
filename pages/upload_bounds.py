"""What readers' files may hold of the server's memory, each reader's and all together.

Streamlit bounds each file, not how many a session sends, and keeps a file until its session is
over. It forgets the sessions whose readers have gone only once somebody else comes.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

MB = 1024 * 1024
SESSION_BYTES, ALL_BYTES = 60 * MB, 400 * MB
FORGET_EVERY_S = 20
_UPLOADS = "/_stcore/upload_file/"


class UploadBounds:
    """ASGI middleware that refuses a file once its session, or all, hold as much as they may."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._arriving: Counter[str] = Counter()
        self._forgetting: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        session = _uploading(scope)
        if session is None:
            await self.app(scope, receive, send)
            return
        if self._forgetting is None:
            self._forgetting = asyncio.create_task(_forget_who_has_gone())
        coming = _said_bytes(scope)
        held = bytes_held()
        mine = held[session] + self._arriving[session] + coming
        if mine > SESSION_BYTES or held.total() + self._arriving.total() + coming > ALL_BYTES:
            refusal = PlainTextResponse(
                "There are too many files here already. Take some away, or try again in a minute.",
                status_code=413,
            )
            await refusal(scope, receive, send)
            return
        self._arriving[session] += coming
        try:
            await self.app(scope, receive, send)
        finally:
            self._arriving[session] -= coming
            self._arriving += Counter()


def _uploading(scope: Scope) -> str | None:
    """The session that a request brings a file to, None where it asks for something else."""
    if scope["type"] != "http" or scope["method"] not in ("PUT", "POST"):
        return None
    _, found, rest = scope["path"].partition(_UPLOADS)
    return rest.partition("/")[0] if found else None


def _said_bytes(scope: Scope) -> int:
    """Bytes that a request says it brings, which the server holds it to.

    One that does not say counts as the most that a file may have.
    """
    most: int = config.get_option("server.maxUploadSize") * MB
    said = dict(scope["headers"]).get(b"content-length", b"")
    return min(int(said), most) if said.isdigit() else most


def bytes_held() -> Counter[str]:
    """Bytes of the files that each session holds."""
    manager = Runtime.instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    with manager._lock:
        return Counter(
            {
                session: sum(len(file.data) for file in files.values())
                for session, files in manager.file_storage.items()
            }
        )


async def _forget_who_has_gone() -> None:
    """Ends sessions whose time to come back is over, files and all, though nobody else comes.

    Streamlit drops them at the next reader's leaving, and ends them when Python next clears up. A
    file that arrives once its session has ended would stay for good.
    """
    # Of the server's own kinds, which Streamlit's interfaces do not name.
    manager: Any = Runtime.instance()._session_mgr
    kept = manager._session_storage._cache
    while True:
        await asyncio.sleep(FORGET_EVERY_S)
        over = [info.session for name, info in kept._data.items() if name not in kept]
        kept.expire()
        for session in over:
            session.shutdown()
        for name in bytes_held():
            if name not in kept and not manager.is_active_session(name):
                Runtime.instance().uploaded_file_mgr.remove_session_files(name)
