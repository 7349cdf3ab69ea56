"""Draws one chart and ends: run as a program of its own by `geo.chart_pictures`.

Reads a request as JSON from standard input and writes the file to standard output. spec: Vega-Lite
with its rows in it. format: "png" or "svg". scale: pixels of a "png" for one of the chart.
"""

from __future__ import annotations

import json
import sys

import vl_convert


def main() -> int:
    """Draws what standard input asks for; gives the code to end with."""
    request = json.load(sys.stdin.buffer)
    # No address at all may be asked for data or pictures.
    none: list[str] = []
    if request["format"] == "svg":
        made = vl_convert.vegalite_to_svg(request["spec"], allowed_base_urls=none).encode()
    else:
        made = vl_convert.vegalite_to_png(
            request["spec"], scale=request["scale"], allowed_base_urls=none
        )
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ValueError as error:
        sys.exit(f"{type(error).__name__}: {error}")
