"""QR codes of links, drawn as SVG."""

from __future__ import annotations

import io

import segno

# Beyond this many modules a side, one is finer than 0.4 mm in print and phones miss it.
MOST_MODULES = 85


def qr_svg(link: str) -> str | None:
    """The QR code of a link as SVG, or None where the link is too long to be scanned in print."""
    try:
        # The correction of errors gives way, level by level, to a longer link.
        for level in ("m", "l"):
            code = segno.make(link, error=level, micro=False, boost_error=False)
            if code.symbol_size(border=0)[0] <= MOST_MODULES:
                return _svg(code)
    except segno.DataOverflowError:
        pass
    return None


def _svg(code: segno.QRCode) -> str:
    buffer = io.BytesIO()
    code.save(
        buffer, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True, light="#ffffff",
        svgclass=None, lineclass=None,
    )  # fmt: skip
    return buffer.getvalue().decode()
