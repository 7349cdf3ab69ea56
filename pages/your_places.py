"""Your places: a reader's own lists on the map, for this session only."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo import layers, legend, own_places, uploads
from geo.asset_kinds import KINDS
from geo.own_places import CHOICES, MAX_FILES, OwnFile
from geo.upload_columns import PARTS
from geo.uploads import UploadError
from geo.venues import load_rules
from pages import downloads, frame, scenario_data, shown_map
from pages import own_places as session

_TURN = "your-places turn"
_NEXT = "your-places next"
_LABELS = {
    "name": "Name",
    "kind": "Kind",
    "postcode": "Postcode",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "easting": "Easting",
    "northing": "Northing",
}
_PREVIEW_ROWS = 5
HEIGHT = 460


@st.cache_resource(show_spinner=False)
def _rules():
    return load_rules()


@st.cache_resource(show_spinner=False)
def _ready() -> bool:
    """Reads, while the first reader looks for his file, what it takes to place one and count it."""
    scenario_data.residents()
    return frame.store().shapes("small_areas").sindex.size > 0


def _uploader() -> None:
    """Takes files in and empties itself, so that the server keeps no copy of them."""
    turn = st.session_state.get(_TURN, 0)
    given = st.file_uploader(
        "Your files",
        type=["csv", "tsv", "txt", "geojson", "json", "pbf", "osm"],
        accept_multiple_files=True,
        key=f"your-places files {turn}",
        help="CSV, GeoJSON, or an OpenStreetMap extract (.osm.pbf, .osm, Overpass JSON). "
        "At most 20 MB and 50,000 rows a file.",
    )
    if not given:
        return
    with st.spinner("Reading…"):
        for file in given:
            _take_in(file.name, file.getvalue())
    st.session_state[_TURN] = turn + 1
    st.rerun()


def _take_in(name: str, content: bytes) -> None:
    number = st.session_state.get(_NEXT, 0)
    if len(session.files()) >= MAX_FILES:
        session.put(number, OwnFile(name, error=f"A session takes {MAX_FILES} files."))
    else:
        session.put(number, _read(name, content))
    st.session_state[_NEXT] = number + 1


def _read(name: str, content: bytes) -> OwnFile:
    try:
        table = uploads.read_table(content, _rules())
    except UploadError as error:
        return OwnFile(name, error=str(error))
    too_many = own_places.too_many(list(session.files().values()), len(table.rows))
    if too_many:
        return OwnFile(name, error=too_many)
    return OwnFile(name, table, columns=uploads.guess_columns(table.headings))


def _place(number: int, file: OwnFile) -> None:
    """Places the rows of a file as its columns now say."""
    store = frame.store()
    placed = uploads.place_rows(
        file.table,
        file.columns,
        find=store.postcodes.find_many,
        shapes=store.shapes("small_areas"),
        lsoa21_codes=store.table("small_areas")["lsoa21_code"],
        kind=file.kind,
        rules=_rules(),
    )
    session.put(number, replace(file, placed=placed))


def _confirm(number: int, file: OwnFile) -> None:
    """Which column is which, to be confirmed or put right."""
    table = file.table
    st.write(f"{len(table.rows):,} rows read. The first of them:")
    st.dataframe(table.rows.head(_PREVIEW_ROWS), hide_index=True)
    with st.form(f"your-places columns {number}", border=False):
        said = {} if table.is_osm else _columns(number, file)
        kind = st.selectbox(
            "Kind, where the file does not say",
            [None, *CHOICES],
            format_func=lambda key: "Read from the name" if key is None else _capital(key),
            key=f"your-places kind {number}",
            width=360,
        )
        name = st.text_input(
            "What to call this list",
            value=file.name,
            max_chars=80,
            key=f"your-places name {number}",
            width=360,
        )
        ready = st.form_submit_button("Put them on the map", type="primary")
    if not ready:
        return
    doubled = {heading for heading in said.values() if heading}
    if len(doubled) < sum(heading is not None for heading in said.values()):
        st.warning("One column cannot be two things: choose each once.")
        return
    with st.spinner("Finding where each place is…"):
        columns = replace(file.columns, **said)
        name = " ".join(name.split()) or file.name
        _place(number, replace(file, name=name, columns=columns, kind=kind))
    st.rerun()


def _columns(number: int, file: OwnFile) -> dict[str, str | None]:
    headings = list(file.table.headings)
    # Where the file has shapes, they say where each place is.
    parts = PARTS if file.table.points is None else PARTS[:3]
    st.markdown("**Which column is which?** These are guesses; put them right.")
    said = {}
    with st.container(horizontal=True, gap="small"):
        for part in parts:
            guess = file.columns.heading_for(part)
            said[part] = st.selectbox(
                _LABELS[part],
                [None, *headings],
                index=headings.index(guess) + 1 if guess in headings else 0,
                format_func=lambda heading: "not in the file" if heading is None else heading,
                key=f"your-places column {part} {number}",
                width=190,
            )
    return said


def _capital(key: str) -> str:
    plural = KINDS[key].plural
    return plural[:1].upper() + plural[1:]


def _result(number: int, file: OwnFile) -> None:
    """What was placed, what was not and why, and how to mend it."""
    placed = file.placed
    st.write(frame.plain(own_places.what_was_placed(placed)))
    if placed.looks_swapped:
        st.warning(
            "In some rows the two coordinates look exchanged, such as latitude under longitude."
        )
        st.button(
            "Exchange them in the whole file",
            key=f"your-places swap {number}",
            icon=":material/swap_horiz:",
            on_click=_swap,
            args=(number,),
        )
    problems = own_places.problem_table(placed, file.table)
    if len(problems):
        with st.expander(f"{len(problems):,} rows to look at", expanded=placed.left_out > 0):
            st.dataframe(problems, hide_index=True, height="content" if len(problems) < 10 else 320)
            downloads.popover(
                f"your-places {number}",
                downloads.table("The rows", "rows-to-look-at", lambda: problems, None),
            )
    st.button(
        "Choose columns and kind again",
        key=f"your-places again {number}",
        on_click=_again,
        args=(number,),
        type="tertiary",
        icon=":material/tune:",
    )


def _swap(number: int) -> None:
    file = session.files()[number]
    columns = replace(file.columns, swap=not file.columns.swap)
    _place(number, replace(file, columns=columns))


def _again(number: int) -> None:
    session.put(number, replace(session.files()[number], placed=None))


def _file(number: int, file: OwnFile) -> None:
    with st.container(border=True):
        st.subheader(frame.plain(file.name), anchor=False)
        if file.error:
            st.error(frame.plain(file.error), icon=":material/error:")
        elif file.placed is None:
            _confirm(number, file)
        else:
            _result(number, file)
        st.button(
            "Remove this file",
            key=f"your-places remove {number}",
            on_click=session.remove,
            args=(number,),
            type="tertiary",
            icon=":material/delete:",
        )


def _map() -> None:
    """Where the places are, and what else can be done with them."""
    store = frame.store()
    shown = own_places.map_state(session.places(), store)
    shown_map.draw(
        shown, key="your-places map", label="Map of your places.", height=HEIGHT, own=True
    )
    with st.expander("Key to the map"):
        st.html(legend.legend(layers.layer("imd"), store.sources, points=shown.points))
    st.write(frame.plain(own_places.what_counts(session.places())))
    with st.container(horizontal=True):
        for page, label, icon in (
            ("pages/map.py", "See them on the map", ":material/map:"),
            ("pages/gaps.py", "Count them in gaps", ":material/search_insights:"),
            ("pages/what_if.py", "Count them in a what-if", ":material/alt_route:"),
        ):
            frame.page_link(page, label=label, icon=icon)
    st.button(
        "Remove all my places",
        on_click=session.remove_all,
        icon=":material/delete:",
    )


def _page() -> None:
    st.title("Your own places", anchor=False)
    frame.paragraphs(
        [
            "Put your own list of halls, clubs, pantries or parks on the map, beside the places "
            "that ship with it. A list needs a name and a postcode, or a name and coordinates, "
            "for each place.",
            session.PRIVACY,
        ]
    )
    _uploader()
    placed = session.any_placed()
    listed, mapped = st.columns([5, 6], gap="large") if placed else (st.container(), None)
    with listed:
        for number, file in reversed(session.files().items()):
            _file(number, file)
    if mapped:
        with mapped:
            _map()
    _ready()


_page()
