"""A briefing as a web page by itself that prints well: the content of the PDF, none of it cut.

The page asks nobody for anything: drawings stand in it, and its policy allows no script.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from geo import letters
from geo.briefing import (
    NUMBER,
    TENTH,
    Briefing,
    Section,
    Table,
    attributions,
    by_licence,
    day,
)
from geo.print_key import key, key_words
from geo.print_map import drawing
from geo.print_spec import MapSpec
from geo.qr import qr_svg

# Drawn for paper and shown larger, so that its smallest words are 12 pixels high on a screen.
MAP_WIDTH_PT = 262.0
# The key that several maps share is as wide as they are together.
KEY_WIDTH_PT = 498.0
_STYLE = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 3rem;color:#1b2430;background:#fff;
font:1rem/1.5 "Source Sans 3","Source Sans Pro",system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:2.1rem;line-height:1.15;margin:.2rem 0 .4rem}
h2{font-size:1.2rem;color:#186290;margin:2rem 0 .5rem}
p{margin:0 0 .7rem;max-width:42rem}
a{color:#186290}
.kind{color:#186290;font-weight:600;margin:0}
.quiet{color:#4a5561}
.lead p:first-child{font-size:1.15rem;font-weight:600}
header{display:flex;gap:1.5rem;justify-content:space-between;border-bottom:2px solid #186290;
padding-bottom:1rem;margin-bottom:1.25rem}
.qr{flex:none;width:7rem;text-align:center;font-size:.85rem}
svg{width:100%;height:auto;display:block}
figure{margin:0 0 1rem;max-width:30rem}
.map svg+svg{margin-top:.75rem}
.maps{display:grid;gap:1rem;margin:1rem 0}
.maps figure{margin:0;max-width:none}
.maps figcaption{font-weight:600;margin-bottom:.25rem}
.maps .key{max-width:50rem}
table{overflow-wrap:break-word;border-collapse:collapse;width:100%;max-width:46rem;
margin:.25rem 0 .5rem}
th,td{text-align:left;padding:.25rem .6rem .25rem 0;border-bottom:1px solid #c3ccd5;
vertical-align:baseline}
thead th{border-bottom:2px solid #4a5561;font-size:.9rem;vertical-align:bottom}
tbody th{font-weight:400}
th.number,td.number{text-align:right;padding-right:0;padding-left:.6rem}
.scroll{overflow-x:auto}
.bar{display:inline-block;width:5rem;height:.6rem;margin-right:.5rem;background:
linear-gradient(#186290,#186290) no-repeat #e3e8ed;background-size:10% 100%}
footer{border-top:1px solid #c3ccd5;margin-top:2rem;padding-top:.5rem;font-size:.85rem}
footer p{max-width:none}
@media screen and (max-width:40rem){.qr{display:none}}
@media screen and (min-width:40rem),print{.maps{grid-template-columns:repeat(var(--maps),1fr)}
.maps .key{grid-column:1/-1}}
@media screen and (min-width:52rem){.two{display:grid;grid-template-columns:1fr 26rem;
grid-template-rows:auto 1fr;column-gap:2rem}.map{grid-column:2;grid-row:1/3}
.lead{grid-column:1}.beside{grid-column:1}}
@media print{@page{size:A4;margin:14mm}
body{padding:0;max-width:none;font-size:9.5pt;line-height:1.35}
h1{font-size:20pt}h2{font-size:11.5pt;break-after:avoid;margin:.8rem 0 .3rem}
p{margin-bottom:.45rem;max-width:none}.lead p:first-child{font-size:11pt}
th,td{padding-top:.1rem;padding-bottom:.1rem}tr,li{break-inside:avoid}
thead{display:table-header-group}
.two.mapped{position:relative;min-height:15cm}
.two.mapped>.lead,.two.mapped>.beside{margin-right:9.8cm}
.map{position:absolute;right:0;top:0;width:9.2cm}
footer{font-size:7pt}footer p{margin-bottom:.2rem}
.bar{width:3.4rem;print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""


def briefing_html(content: Briefing) -> str:
    """The briefing as one HTML document with everything in it."""
    title = _text(content.title)
    beside = f'<div class="beside">{_section(content.beside)}</div>' if content.beside else ""
    lead = "".join(f"<p>{_text(words)}</p>" for words in content.lead)
    parts = [
        f'<div class="two{" mapped" if content.map else ""}"><div class="lead">{lead}</div>',
        f"{_map(content.map) if content.map else ''}{beside}</div>{_maps(content.maps)}",
        *(_section(section) for section in content.sections),
    ]
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title} – {_text(content.kind)} – Common Ground</title>"
        f'<meta name="description" content="{_text(content.place)}">'
        f"<style>{_STYLE}</style></head><body>{_header(content)}<main>{''.join(parts)}</main>"
        f"{_footer(content)}</body></html>"
    )


def _text(words: str) -> str:
    return escape(letters.safe(words))


def _header(content: Briefing) -> str:
    link = escape(content.address)
    code = qr_svg(content.address)
    picture = _picture(code, "QR code of the link to the live view.") if code else ""
    scan = f'<div class="qr">{picture}Scan for the live view</div>' if code else ""
    return (
        f'<header><div><p class="kind">Common Ground · {_text(content.kind)} · '
        f"{day(content.made)}</p><h1>{_text(content.title)}</h1>"
        f'<p class="quiet">{_text(content.place)}</p>'
        f'<p>Live view: <a href="{link}">{link}</a></p></div>{scan}</header>'
    )


def _picture(svg: str, words: str) -> str:
    return svg.replace("<svg ", f'<svg role="img" aria-label="{_text(words)}" ', 1)


def _map(spec: MapSpec) -> str:
    legend, _ = key(spec, MAP_WIDTH_PT)
    return (
        f'<figure class="map">{_picture(drawing(spec, MAP_WIDTH_PT), spec.alt)}'
        f"{_picture(legend, key_words(spec))}</figure>"
    )


def _maps(specs: Sequence[MapSpec]) -> str:
    """Several maps side by side, each under its title, and the key that they share."""
    if not specs:
        return ""
    figures = "".join(
        f"<figure><figcaption>{_text(spec.title)}</figcaption>"
        f"{_picture(drawing(spec, MAP_WIDTH_PT), spec.alt)}</figure>"
        for spec in specs
    )
    legend, _ = key(specs[0], KEY_WIDTH_PT, *specs[1:])
    shared = f'<div class="key">{_picture(legend, key_words(*specs))}</div>'
    return f'<div class="maps" style="--maps:{len(specs)}">{figures}{shared}</div>'


def _section(section: Section) -> str:
    parts = [f"<section><h2>{_text(section.heading)}</h2>"]
    parts += [f"<p>{_text(words)}</p>" for words in section.sentences]
    if section.points:
        entries = [
            f"<li>{f'<strong>{_text(point.strong)}</strong> ' if point.strong else ''}"
            f"{_text(point.text)}</li>"
            for point in section.points
        ]
        parts.append(f"<ul>{''.join(entries)}</ul>")
    if section.table:
        parts.append(_table(section.table))
    return "".join(parts) + "</section>"


def _table(table: Table) -> str:
    head = "".join(
        f'<th scope="col"{_kind(column.kind)}>{_text(column.heading)}</th>'
        for column in table.columns
    )
    rows = "".join(f"<tr>{_row(table, row)}</tr>" for row in table.rows)
    note = f'<p class="quiet">{_text(table.note)}</p>' if table.note else ""
    return (
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        f"</div>{note}"
    )


def _row(table: Table, row: tuple[str, ...]) -> str:
    cells = []
    for place, (column, words) in enumerate(zip(table.columns, row, strict=True)):
        if place == 0:
            cells.append(f'<th scope="row">{_text(words)}</th>')
        elif column.kind == TENTH and words in _TENTHS:
            cells.append(f"<td>{_bar(int(words))}{words}</td>")
        else:
            cells.append(f"<td{_kind(column.kind)}>{_text(words)}</td>")
    return "".join(cells)


_TENTHS = tuple(str(number) for number in range(1, 11))


def _bar(number: int) -> str:
    at = 100 * (number - 1) / 9
    return f'<span class="bar" aria-hidden="true" style="background-position:{at:.1f}% 0"></span>'


def _kind(kind: str) -> str:
    return ' class="number"' if kind == NUMBER else ""


def _footer(content: Briefing) -> str:
    lines = [*by_licence(content.sources), " ".join(attributions(content.sources))]
    told = "".join(f"<p>{_text(line)}</p>" for line in lines if line)
    return f"<footer><h2>Sources and licences</h2>{told}<p>Made {day(content.made)}.</p></footer>"
