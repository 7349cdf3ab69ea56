"""Museums open in England, of every size, from Mapping Museums."""

from __future__ import annotations

from geo.build.asset_tables import place_by_degrees, write_assets
from geo.build.checks import LATITUDE, LONGITUDE
from geo.build.output import Output
from geo.build.register import Sources
from geo.placing import clean_postcode, show_postcode

SOURCE = "museums"
_OPEN = "9999:9999"
STANDINGS = ("Accredited", "Unaccredited")
_RENAMED = {
    "Museum_Name": "name",
    "Governance": "governance",
    "Accreditation": "accreditation",
    "Size": "size",
    "Subject_Matter": "subject",
    "Postcode": "postcode",
}


def build(sources: Sources, output: Output) -> None:
    """Make `assets/museums`."""
    columns = [*_RENAMED, "Latitude", "Longitude", "Admin_area", "Year_closed"]
    listed = sources.csv(SOURCE, columns)
    in_england = listed["Admin_area"].str.startswith("/England/", na=False)
    sources.expect(SOURCE, (listed["Year_closed"] == _OPEN).any(), f"open museums marked {_OPEN}")
    sources.filled(SOURCE, listed, ["Museum_Name", "Governance", "Admin_area", "Year_closed"])
    sources.codes(SOURCE, listed, "Accreditation", STANDINGS, f"one of {STANDINGS}")
    inside = listed[in_england]
    sources.figures(SOURCE, inside, {"Latitude": LATITUDE, "Longitude": LONGITUDE})
    museums = listed[in_england & (listed["Year_closed"] == _OPEN)].rename(columns=_RENAMED)
    for column in ("governance", "subject"):
        museums[column] = museums[column].str.replace("-", ": ").str.replace("_", " ")
    placed = place_by_degrees(
        museums[list(_RENAMED.values())].assign(kind="museum"),
        museums["Longitude"],
        museums["Latitude"],
        output,
    )
    placed["postcode"] = placed["postcode"].map(clean_postcode).map(show_postcode)
    placed["detail"] = placed["accreditation"] + ", " + placed["size"].fillna("size unknown")
    write_assets(placed, SOURCE, "mu", output)
