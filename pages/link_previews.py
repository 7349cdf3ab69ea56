"""Puts a view's title and description into the page as it is sent, before any script runs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.headings import PLAIN, Heading
from geo.link_preview import with_heading
from pages.early_scripts import early

_log = logging.getLogger("common_ground")
# A browser asks whether its copy is still good by these; ours differs from link to link.
_ABOUT_COPIES = ("if-none-match", "if-modified-since")
EARLY = early(Path(st.__file__).parent / "static")


class LinkPreviews:
    """ASGI middleware that rewrites the head of pages and lets everything else through untouched.

    describe: from the page's address and the link's parameters to its heading; called in a thread.
    """

    def __init__(self, app: ASGIApp, describe: Callable[[str, dict[str, str]], Heading]) -> None:
        self.app = app
        self.describe = describe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = _page(scope)
        if page is None:
            await self.app(scope, receive, send)
            return
        answer = _Answer(send)
        await self.app(_for_whole_text(scope), receive, answer.take)
        if answer.start is None:
            return
        query = scope.get("query_string", b"").decode("latin-1")
        try:
            found = await run_in_threadpool(self.describe, page, dict(parse_qsl(query)))
        except Exception:
            # A preview is no reason to withhold the page: it opens and says what is wrong.
            _log.exception("no heading for %r", page)
            found = PLAIN[page]
        await answer.send_on(found)


def _page(scope: Scope) -> str | None:
    """Which page a request asks for, None where it asks for something else."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return None
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    path = scope["path"].strip("/")
    if base and path.split("/")[0] != base:
        return None
    page = path.removeprefix(base).strip("/")
    return page if page in PLAIN else None


def _for_whole_text(scope: Scope) -> Scope:
    """The request, for the whole page and not packed."""
    left_out = {name.encode() for name in (*_ABOUT_COPIES, "accept-encoding", "range")}
    return {
        **scope,
        "method": "GET",
        "headers": [(name, value) for name, value in scope["headers"] if name not in left_out],
    }


class _Answer:
    """An answer that is held back while it is a page; any other goes out as it comes."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.start: Message | None = None
        self._body = b""

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            if message["status"] == 200 and kind.startswith("text/html"):
                self.start = message
                return
        elif self.start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            return
        await self._send(message)

    async def send_on(self, heading: Heading) -> None:
        if self.start is None:
            return
        body = with_heading(self._body.decode("utf-8"), heading, EARLY).encode("utf-8")
        headers = MutableHeaders(raw=list(self.start["headers"]))
        for name in ("etag", "last-modified", "accept-ranges"):
            if name in headers:
                del headers[name]
        headers["content-length"] = str(len(body))
        await self._send({**self.start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})
