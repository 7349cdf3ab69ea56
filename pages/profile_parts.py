"""The parts of a profile page, each drawn from what `geo.profiles` put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from geo import (
    area_charts,
    charts,
    figures,
    legend,
    profile_map,
    profile_tables,
    releases,
    sentences,
)
from geo import profile_sentences as words
from geo.briefing_area_map import area_map
from geo.case_records import Case
from geo.downloads import picture_of_map
from geo.larger_areas import COUNCIL, WARD
from geo.profile_page import ProfilePage
from geo.profiles import Profile
from pages import downloads, frame, shown_map
from pages.html_parts import note, paragraph, strong, together
from pages.html_table import Link, table

MAP_HEIGHT = 420


def small_map(page: ProfilePage) -> None:
    """The area among its neighbours, with the places near it, and the key."""
    profile, sources = page.profile, frame.store().sources
    shown_map.draw(
        page.map,
        key="profile map",
        label="Map of the area and its neighbours. The page says the same in words.",
        height=MAP_HEIGHT,
        sources=page.map_sources,
    )
    outlines = {COUNCIL: ("council",), WARD: ()}.get(profile.level, ("selected",))
    st.html(
        legend.legend(
            profile_map.LAYER,
            sources,
            points=page.map.points,
            outlines=outlines,
            faded=profile.level == COUNCIL,
        )
    )
    if profile.level == WARD:
        frame.note(words.WARD_OUTLINE)


def standing(page: ProfilePage) -> None:
    """Plain sentences, then the tenths of every domain."""
    profile = page.profile
    frame.paragraphs(page.summary)
    drawn = charts.tenths(profile.area, frame.ink())
    for chart, name in zip(drawn, ("deprivation", "community need"), strict=True):
        frame.chart(chart, f"Tenths of {name}")
    notes = []
    if len(profile.members) > 1:
        plural = words.NOUNS[profile.level][1]
        notes.append(words.AVERAGES.format(f"England’s {profile.total:,} {plural}"))
    if profile.level == WARD:
        notes.append(words.BEST_FIT)
    together(*map(note, [*notes, sentences.NOT_EVERYONE]))


def people(profile: Profile) -> None:
    """Residents by age beside England."""
    st.header("People", anchor="people")
    frame.chart(area_charts.ages(profile.ages, frame.ink()), "Residents by age")
    frame.note("Share of residents by age, Census 2021. The red line is England.")


def past(profile: Profile) -> None:
    """The path through the releases of the Indices of Deprivation."""
    st.header("Deprivation since 2004", anchor="past")
    if profile.path is not None:
        frame.chart(_past_chart(profile, frame.ink()), "Deprivation since 2004")
        caveats = releases.caveats(profile.path)
        notes = ["White dots: " + " ".join(caveats)] if caveats else []
    else:
        frame.paragraphs([words.moved(profile)])
        frame.chart(_past_chart(profile, frame.ink()), "Deprivation since 2004")
        notes = ["Share of its small areas in England’s most deprived tenth, release by release."]
    together(*map(note, [*notes, words.RELATIVE]))


def near(page: ProfilePage) -> None:
    """Places near, or for a council the places in it; and what there is no record of."""
    profile = page.profile
    if profile.near is None:
        st.header("Places in the area", anchor="places")
        together(
            table(profile_tables.SUPPLY_HEADINGS, page.supply, flowing=True),
            note(
                "For 1,000 residents; what is for children and young people, for 1,000 residents "
                f"aged 0 to 24. {words.NO_RECORD}"
            ),
        )
        return
    st.header("Places near", anchor="places")
    measured = f"Measured in a straight line {profile.start.words}."
    together(
        paragraph(f"{measured} {sentences.DETOUR.split('. ')[1]}"),
        table(profile_tables.NEAR_HEADINGS, page.near, flowing=True),
    )
    if page.missing:
        with st.expander(f"No record of {len(page.missing)} kinds near here"):
            st.write(words.NO_RECORD)
            st.markdown("\n".join(f"- {frame.plain(text)}" for text in page.missing))


def reach(page: ProfilePage) -> None:
    """How far each kind is against areas like it, and the libraries that closed."""
    profile = page.profile
    st.header("What is far away", anchor="gaps")
    together(
        note(words.HALF if profile.is_measured else words.MIDDLE),
        table(profile_tables.REACH_HEADINGS, page.reach, flowing=True),
    )
    with st.expander("By lists that not every place is on"):
        st.write(
            "These come from voluntary lists and from the register of co-operatives. A long "
            "distance may only mean that places nearby never signed up."
        )
        st.html(table(profile_tables.REACH_HEADINGS, page.reach_lists, flowing=True))
    frame.paragraphs([words.library_hours(profile)])
    st.subheader("Libraries lost since 2010", anchor="lost")
    frame.paragraphs(page.libraries)


def alike(page: ProfilePage) -> None:
    """Five areas like this one, and the matched pair beside it."""
    st.header("Areas like this one", anchor="alike")
    headings = (
        "Area", "Council", "Closeness", "Deprivation tenth (1 = most)",
        "Community need tenth (1 = greatest)",
    )  # fmt: skip
    together(note(words.HOW_ALIKE), table(headings, _linked(page.alike)))
    st.subheader("As deprived, with much stronger social infrastructure", anchor="pair")
    if not page.pair:
        noun = words.NOUNS[page.profile.level][0]
        frame.paragraphs([words.NO_PAIR.format(noun=noun)])
        return
    st.html(table(headings, _linked(page.pair)))
    with st.expander("The two side by side", expanded=True):
        st.html(table(("Figure", *page.beside_names), page.beside))


def cases(profile: Profile) -> None:
    """Case studies: near, and of places like this one."""
    st.header("Case studies", anchor="cases")
    near_, like = st.columns(2, gap="large")
    with near_:
        st.subheader("Nearest", anchor=False)
        together(*(_case(found.case, found.words) for found in profile.cases_near))
    with like:
        st.subheader("From places most like this", anchor=False)
        together(*(_case(found.case, found.why) for found in profile.cases_alike))


def named(page: ProfilePage) -> None:
    """Programmes and published lists, and the Hyper-Local Need Measure."""
    st.header("Programmes and lists", anchor="programmes")
    frame.paragraphs(page.named)


def every_figure(page: ProfilePage) -> None:
    """All that the charts show, as a table."""
    with st.expander("Every figure as a table"):
        st.html(table(("Figure", words.short_name(page.profile)), page.figures))


def download(profile: Profile) -> None:
    """Every figure of the profile, its map and its charts as files."""
    sources = frame.store().sources
    title = words.title(profile)
    drawn: dict[str, tuple[str, Callable[[], charts.Drawing], Sequence[str]]] = {
        "Deprivation": ("deprivation", lambda: charts.tenths(profile.area)[0], ("iod2025",)),
        "Community need": ("need", lambda: charts.tenths(profile.area)[1], ("cni2023",)),
        "Ages": ("ages", lambda: area_charts.ages(profile.ages), ("census21_age",)),
        "Since 2004": ("past", lambda: _past_chart(profile, charts.INK), _releases(profile)),
    }
    downloads.popover(
        "profile",
        downloads.table(
            "The figures",
            profile.code,
            lambda: figures.credited(figures.figures(profile), sources),
            None,
        ),
        picture_of_map(
            "The map", f"{profile.code}-map", lambda: area_map(profile, frame.national())
        ),
        *(
            downloads.chart(what, f"{profile.code}-{stem}", made, f"{title}: {what}", keys)
            for what, (stem, made, keys) in drawn.items()
        ),
    )


def _past_chart(profile: Profile, ink: str) -> charts.Drawing:
    if profile.path is not None:
        return area_charts.rank_path(profile.path, ink)
    return area_charts.worst_share(profile.past, ink)


def _releases(profile: Profile) -> list[str]:
    steps = profile.past if profile.path is None else profile.path
    return [f"iod{release}" for release in steps["release"].tolist()]


def _linked(rows: list[tuple[str, str, tuple[str, ...]]]) -> list[tuple]:
    return [(Link(name, f"profile?area={code}"), *cells) for name, code, cells in rows]


def _case(case: Case, why: str) -> str:
    because = words.capital(why if why.endswith(".") else f"{why}.")
    return strong(case.title) + paragraph(because) + note(case.summary)
