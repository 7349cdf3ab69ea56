"""Your places: a reader's own lists on the map, for this session only."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo import layers, legend, own_places, sentences, uploads
from geo.asset_kinds import KINDS
from geo.own_places import CHOICES, MAX_FILES, OwnFile
from geo.upload_columns import PARTS
from geo.uploads import Placed, Table, UploadError
from pages import downloads, frame, shown_map
from pages import own_places as session

_TURN = "your-places turn"
_NEXT = "your-places next"
_CONFIRMED = "your-places confirmed"
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


def _uploader() -> None:
    """Takes files in and empties itself for the next."""
    turn = st.session_state.get(_TURN, 0)
    given = st.session_state.get(f"your-places files {turn}")
    if given:
        with st.spinner("Reading…"):
            numbers = [_take_in(file.name, file.getvalue()) for file in given]
        turn += 1
        st.session_state[_TURN] = turn
        for number, file in zip(numbers, given, strict=True):
            session.came(number, file.file_id)
    st.file_uploader(
        "Your files",
        type=["csv", "tsv", "txt", "geojson", "json", "pbf", "osm"],
        accept_multiple_files=True,
        key=f"your-places files {turn}",
        help="CSV, GeoJSON, or an OpenStreetMap extract (.osm.pbf, .osm, Overpass JSON). "
        "At most 20 MB and 50,000 rows a file.",
    )


def _take_in(name: str, content: bytes) -> int:
    """Reads a file into the session; its number there."""
    number = st.session_state.get(_NEXT, 0)
    if len(session.files()) >= MAX_FILES:
        session.put(number, OwnFile(name, error=f"A session takes {MAX_FILES} files."))
    else:
        session.put(number, _read(name, content))
    st.session_state[_NEXT] = number + 1
    return number


def _read(name: str, content: bytes) -> OwnFile:
    try:
        table = uploads.read_table(content, session.rules())
    except UploadError as error:
        return OwnFile(name, error=str(error))
    too_many = own_places.too_many(list(session.files().values()), len(table.rows))
    if too_many:
        return OwnFile(name, error=too_many)
    return OwnFile(name, table, columns=uploads.guess_columns(table.headings))


def _placed(file: OwnFile, table: Table) -> Placed:
    """The rows of a file as its columns and kind say."""
    store = frame.store()
    return uploads.place_rows(
        table,
        file.columns,
        find=store.postcodes.find_many,
        shapes=store.shapes("small_areas"),
        lsoa21_codes=store.table("small_areas")["lsoa21_code"],
        kind=file.kind,
        rules=session.rules(),
    )


def _place_ahead() -> None:
    """Places the rows as they were guessed while the reader looks whether the guesses are right."""
    for number, file in session.files().items():
        if file.table is not None and not (file.placed or file.ahead):
            session.put(number, replace(file, ahead=_placed(file, file.table)))


def _confirm(number: int, file: OwnFile, table: Table) -> None:
    """Which column is which, to be confirmed or put right."""
    st.write(f"{sentences.count(len(table.rows), 'row')} read. The first of them:")
    preview = st.container()
    with st.form(f"your-places columns {number}", border=False):
        if not table.is_osm:
            _columns(number, file, table)
        st.selectbox(
            "Kind, where the file does not say",
            [None, *CHOICES],
            format_func=lambda key: "Read from the name" if key is None else _capital(key),
            key=f"your-places kind {number}",
            width=360,
        )
        st.text_input(
            "What to call this list",
            value=file.name,
            max_chars=80,
            key=f"your-places name {number}",
            width=360,
        )
        st.form_submit_button(
            "Put them on the map", type="primary", on_click=_confirmed, args=(number,)
        )
    if _said(number, file, table) is None:
        st.warning("One column cannot be two things: choose each once.")
    # Last, for a browser fetches what a table needs before anything that is asked for after it.
    preview.dataframe(table.rows.head(_PREVIEW_ROWS), hide_index=True)


def _confirmed(number: int) -> None:
    st.session_state[_CONFIRMED] = number


def _said(number: int, file: OwnFile, table: Table) -> OwnFile | None:
    """The file as its form says; None where a column is said to be two things."""

    def said(of: str, otherwise):
        return st.session_state.get(f"your-places {of} {number}", otherwise)

    parts = {part: said(f"column {part}", file.columns.heading_for(part)) for part in _parts(table)}
    chosen = [heading for heading in parts.values() if heading]
    if len(set(chosen)) < len(chosen):
        return None
    columns = replace(file.columns, **parts)
    kind = said("kind", file.kind)
    same = columns == file.columns and kind == file.kind
    return replace(
        file,
        name=" ".join(said("name", "").split()) or file.name,
        columns=columns,
        kind=kind,
        ahead=file.ahead if same else None,
    )


def _place_confirmed() -> None:
    """Places the file whose form was sent, before anything is drawn of what it changes."""
    number = st.session_state.pop(_CONFIRMED, None)
    file = session.files().get(number)
    table = file.table if file else None
    said = _said(number, file, table) if file and table is not None else None
    if said is None or table is None:
        return
    with st.spinner("Finding where each place is…"):
        session.put(number, replace(said, placed=said.ahead or _placed(said, table), ahead=None))


def _parts(table: Table) -> tuple[str, ...]:
    """What its columns are asked for: where the file has shapes, they say where each place is."""
    if table.is_osm:
        return ()
    return PARTS if table.points is None else PARTS[:3]


def _columns(number: int, file: OwnFile, table: Table) -> None:
    headings = list(table.headings)
    st.markdown("**Which column is which?** These are guesses; put them right.")
    with st.container(horizontal=True, gap="small"):
        for part in _parts(table):
            guess = file.columns.heading_for(part)
            st.selectbox(
                _LABELS[part],
                [None, *headings],
                index=headings.index(guess) + 1 if guess in headings else 0,
                format_func=lambda heading: "not in the file" if heading is None else heading,
                key=f"your-places column {part} {number}",
                width=190,
            )


def _capital(key: str) -> str:
    plural = KINDS[key].plural
    return plural[:1].upper() + plural[1:]


def _result(number: int, table: Table, placed: Placed) -> None:
    """What was placed, what was not and why, and how to mend it."""
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
    problems = own_places.problem_table(placed, table)
    if len(problems):
        to_look_at = f"{sentences.count(len(problems), 'row')} to look at"
        with st.expander(to_look_at, expanded=placed.left_out > 0):
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
    swapped = replace(file, columns=replace(file.columns, swap=not file.columns.swap))
    if file.table is not None:
        session.put(number, replace(swapped, placed=_placed(swapped, file.table)))


def _again(number: int) -> None:
    file = session.files()[number]
    session.put(number, replace(file, placed=None, ahead=file.placed))


def _file(number: int, file: OwnFile) -> None:
    with st.container(border=True):
        st.subheader(frame.plain(file.name), anchor=False)
        if file.error:
            st.error(frame.plain(file.error), icon=":material/error:")
        elif file.table is not None and file.placed is None:
            _confirm(number, file, file.table)
        elif file.table is not None and file.placed is not None:
            _result(number, file.table, file.placed)
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
    shown = session.once(
        "map", lambda: own_places.map_state(session.places(), session.points(), frame.store())
    )
    shown_map.draw(
        shown, key="your-places map", label="Map of your places.", height=HEIGHT, own=True
    )
    with st.expander("Key to the map"):
        st.html(legend.legend(layers.layer("imd"), frame.store().sources, points=shown.points))
    st.write(frame.plain(own_places.what_counts(session.places())))
    with st.container(horizontal=True):
        for page, label, icon in (
            ("map", "See them on the map", ":material/map:"),
            ("gaps", "Count them in gaps", ":material/search_insights:"),
            ("what-if", "Count them in a what-if", ":material/alt_route:"),
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
    # What comes and goes above a map has a container of its own, or the map would start anew.
    with st.container():
        _place_confirmed()
    _uploader()
    placed = session.any_placed()
    listed, mapped = st.columns([5, 6], gap="large") if placed else (st.container(), None)
    # The map first: it takes the browser longer than all the rest.
    if mapped:
        with mapped:
            _map()
    with listed:
        for number, file in reversed(session.files().items()):
            _file(number, file)
    session.ready()
    _place_ahead()


_page()
