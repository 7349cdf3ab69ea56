"""A small made-up place to print: three squares in a row, and a briefing about them."""

from datetime import date

import shapely

from geo import layers
from geo.briefing import NUMBER, TENTH, Briefing, Column, Point, Section, Table
from geo.build.register import Source
from geo.print_spec import MapSpec, Name, Symbols

HOSTILE = (
    '#import "x": *; #eval("1") $x^2$ [b] \\ *bold* _it_ `code` <label> @ref // /* \' & <script>'
)
LINK = "https://map.example.org/profile?area=E01000001&level=small-area"


def source(**other) -> Source:
    """A source of a register."""
    fields = {
        "key": "made",
        "title": "Made-up figures",
        "publisher": "An office",
        "vintage": "May 2025",
        "page": "https://office.example.org/",
        "licence": "Open Government Licence v3.0",
        "licence_url": "https://licence.example.org/",
        "attribution": "Contains made-up figures.",
        "caveat": "Not real.",
        "file": "made.csv",
        "sha256": "",
        "rows": 3,
        "tables": (),
    }
    return Source(**fields | other)


def spec(**other) -> MapSpec:
    """Three squares of 1 km in tenths 1, 5 and 10, the middle one chosen, the last of another
    council."""
    fields = {
        "title": "Middle: deprivation",
        "alt": "Three squares.",
        "layer": layers.layer("imd"),
        "among": "England’s small areas",
        "shapes": [shapely.box(x, 0, x + 1000, 1000) for x in (0, 1000, 2000)],
        "classes": [0, 4, 9],
        "box": (0.0, -500.0, 3000.0, 1500.0),
        "chosen": (1,),
        "chosen_label": "Middle",
        "councils": ["E1", "E1", "E2"],
        "symbols": (Symbols("Library", "diamond", "#9C1C1C", ((1500.0, 800.0), (9e6, 0.0))),),
        "names": (Name("Middle", (1,), True), Name("Right", (2,))),
        "credit": "Contains made-up figures.",
    }
    return MapSpec(**fields | other)


def briefing(**other) -> Briefing:
    """A briefing with a part of each sort."""
    standing = Table(
        (Column("Measure"), Column("Tenth", TENTH), Column("Rank", NUMBER)),
        (("Income", "1", "12"), ("Crime", "10", "33,000")),
        "1 = most deprived.",
    )
    fields = {
        "kind": "Neighbourhood briefing",
        "title": "Middle",
        "place": "Neighbourhood in Squareton",
        "lead": ("It is in the middle.", "Two more lie beside it."),
        "sections": (
            Section("Gaps", ("None is known.",), (Point("Far away.", "Library."),)),
            Section("Reach", table=standing),
        ),
        "sources": (source(),),
        "link": LINK,
        "made": date(2026, 3, 5),
        "map": spec(),
        "beside": Section("Where it stands", table=standing),
    }
    return Briefing(**fields | other)
