"""Data and methods: every source, every measure, known limits, and each table to download."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pandas as pd
import streamlit as st

from geo import dictionary, methods, parquet_files
from geo.downloads import File
from pages import downloads, frame

MOST_ROWS = 50_000
store = frame.store()
st.title("Data and methods")
st.write(
    "Every figure here comes from a published source. This page is made from the register of "
    "sources and from the tables themselves."
)

st.header("Measures", anchor="measures")
for method in methods.METHODS:
    with st.expander(method.title):
        st.write(method.words)
        st.latex(method.formula)
        names = [store.sources[key] for key in method.sources]
        st.caption("Made from: " + "; ".join(f"{row.title} ({row.publisher})" for row in names))

st.header("Known limits", anchor="limits")
st.markdown("\n".join(f"- {limit}" for limit in methods.LIMITS))

st.header("Sources", anchor="sources")
used = [row for row in store.sources.values() if row.tables]
st.write(f"{len(used)} sources feed the tables below. Each has its licence and what to mind.")
register = pd.DataFrame(
    {
        "Title": [row.title for row in used],
        "Publisher": [row.publisher for row in used],
        "Date": [row.vintage for row in used],
        "Licence": [row.licence for row in used],
        "Rows": [row.rows for row in used],
        "What to mind": [row.caveat for row in used],
        "Publisher’s page": [row.page for row in used],
        "Text to show when you use it": [row.attribution for row in used],
    }
)
st.dataframe(
    register,
    hide_index=True,
    column_config={
        "Publisher’s page": st.column_config.LinkColumn(display_text="Open"),
        **frame.columns({"Rows": "localized"}),
    },
)
downloads.popover(
    "sources",
    downloads.table(
        "The sources",
        "sources",
        # Each source brings its own text and licence.
        lambda: register.rename(
            columns={"Text to show when you use it": "source", "Licence": "licence"}
        ),
        None,
    ),
)

st.header("Tables", anchor="tables")
st.write("Each table is a Parquet file: it opens in R, Python, QGIS, DuckDB and Excel’s queries.")
name = st.selectbox(
    "Table",
    store.table_names(),
    format_func=lambda name: f"{name} · {store.rows(name):,} rows",
    key="table of the data page",
)
st.write(dictionary.table_description(store.columns, name))
feeding = [
    row
    for row in store.sources.values()
    if any(fnmatchcase(name, pattern) for pattern in row.tables)
]
if feeding:
    st.caption(
        "From: " + "; ".join(f"{row.title}, {row.publisher}, {row.licence}" for row in feeding)
    )
explained = dictionary.column_descriptions(store.columns, name, store.column_names(name))
st.dataframe(pd.DataFrame(explained.items(), columns=["Column", "What it is"]), hide_index=True)
parquet = File(
    "As Parquet",
    f"{name.replace('/', '-')}.parquet",
    "application/vnd.apache.parquet",
    lambda: parquet_files.described(
        store.path(name),
        f"Common Ground: {name}",
        dictionary.table_description(store.columns, name),
        feeding,
    ),
)
# A workbook of more rows would keep the server busy for a minute.
others: tuple[File, ...] = ()
if feeding and store.rows(name) <= MOST_ROWS:
    others = downloads.table(
        "The table",
        name.replace("/", "-"),
        lambda: pd.read_parquet(store.path(name)),
        [row.key for row in feeding],
    )
downloads.popover("table", [parquet], others, label=f"Download {name}")
