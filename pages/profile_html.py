"""The parts of a profile page as HTML and charts, written once for all who read the profile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geo import area_charts, charts, profile_tables, releases, sentences
from geo import profile_sentences as words
from geo.case_records import Case
from geo.charts import Drawing
from geo.larger_areas import WARD
from geo.profile_page import ProfilePage
from geo.profiles import Profile
from pages.html_parts import bullets, fold, note, paragraph, parts, strong, subheading
from pages.html_table import Link, table

_ALIKE_HEADINGS = (
    "Area", "Council", "Closeness", "Deprivation tenth (1 = most)",
    "Community need tenth (1 = greatest)",
)  # fmt: skip


@dataclass(frozen=True)
class ProfileHtml:
    """What `profile_parts` draws. Readers share it: change nothing.

    moved: "" where the chart says it. The rest are HTML, or charts; what stands between two of
    Streamlit's headers is one piece, as each element takes the server nearly a millisecond.
    """

    summary: str
    tenths: tuple[Drawing, Drawing]
    standing: str
    ages: Drawing
    moved: str
    past: Drawing
    past_notes: str
    named: str
    places: str
    reach: str
    alike: str
    cases: str


def made(page: ProfilePage, ink: str) -> ProfileHtml:
    """A profile in the words and rows of its page. ink: the colour of text in its charts."""
    profile = page.profile
    is_path = profile.path is not None
    return ProfileHtml(
        summary=_paragraphs(page.summary),
        tenths=charts.tenths(profile.area, ink),
        standing=_standing(profile),
        ages=area_charts.ages(profile.ages, ink),
        moved="" if is_path else _paragraphs([words.moved(profile)]),
        past=past_chart(profile, ink),
        past_notes=_past_notes(profile),
        named=_paragraphs(page.named),
        places=parts(*_places(page)),
        reach=parts(*_reach(page)),
        alike=parts(*_alike(page)),
        cases=parts(
            _cases(profile),
            fold(
                "Every figure as a table",
                table(("Figure", words.short_name(profile)), page.figures),
            ),
        ),
    )


def past_chart(profile: Profile, ink: str) -> Drawing:
    """The path through the releases of the Indices of Deprivation."""
    if profile.path is not None:
        return area_charts.rank_path(profile.path, ink)
    return area_charts.worst_share(profile.past, ink)


def _paragraphs(texts) -> str:
    return "".join(map(paragraph, texts))


def _standing(profile: Profile) -> str:
    """What to mind about where it stands."""
    notes = []
    if len(profile.members) > 1:
        plural = words.NOUNS[profile.level][1]
        notes.append(words.AVERAGES.format(f"England’s {profile.total:,} {plural}"))
    if profile.level == WARD:
        notes.append(words.BEST_FIT)
    return parts(*map(note, [*notes, sentences.NOT_EVERYONE]))


def _past_notes(profile: Profile) -> str:
    if profile.path is not None:
        caveats = releases.caveats(profile.path)
        notes = ["White dots: " + " ".join(caveats)] if caveats else []
    else:
        notes = ["Share of its small areas in England’s most deprived tenth, release by release."]
    return parts(*map(note, [*notes, words.RELATIVE]))


def _places(page: ProfilePage) -> Iterator[str]:
    """Places near, or for a council the places in it; and what there is no record of."""
    profile = page.profile
    if profile.near is None:
        yield table(profile_tables.SUPPLY_HEADINGS, page.supply, flowing=True)
        yield note(
            "For 1,000 residents; what is for children and young people, for 1,000 residents "
            f"aged 0 to 24. {words.NO_RECORD}"
        )
        return
    measured = f"Measured in a straight line {profile.start.words}."
    yield paragraph(f"{measured} {sentences.DETOUR.split('. ')[1]}")
    yield table(profile_tables.NEAR_HEADINGS, page.near, flowing=True)
    if page.missing:
        yield fold(
            f"No record of {len(page.missing)} kinds near here",
            paragraph(words.NO_RECORD) + bullets(page.missing),
        )


def _reach(page: ProfilePage) -> Iterator[str]:
    """How far each kind is against areas like it, and the libraries that closed."""
    headings, profile = profile_tables.REACH_HEADINGS, page.profile
    yield note(words.HALF if profile.is_measured else words.MIDDLE)
    yield table(headings, page.reach, flowing=True)
    about = paragraph(
        "These come from voluntary lists and from the register of co-operatives. A long distance "
        "may only mean that places nearby never signed up."
    )
    listed = table(headings, page.reach_lists, flowing=True)
    yield fold("By lists that not every place is on", parts(about, listed))
    yield _paragraphs([words.library_hours(profile)])
    yield subheading("Libraries lost since 2010", "lost") + _paragraphs(page.libraries)


def _alike(page: ProfilePage) -> Iterator[str]:
    """Five areas like this one, and the matched pair beside it."""
    yield note(words.HOW_ALIKE)
    yield table(_ALIKE_HEADINGS, _linked(page.alike))
    pair = subheading("As deprived, with much stronger social infrastructure", "pair")
    if not page.pair:
        yield pair + paragraph(words.NO_PAIR.format(noun=words.NOUNS[page.profile.level][0]))
        return
    yield pair + table(_ALIKE_HEADINGS, _linked(page.pair))
    yield fold(
        "The two side by side", table(("Figure", *page.beside_names), page.beside), is_open=True
    )


def _linked(rows: list[tuple[str, str, tuple[str, ...]]]) -> list[tuple]:
    return [(Link(name, f"profile?area={code}"), *cells) for name, code, cells in rows]


def _cases(profile: Profile) -> str:
    """Case studies side by side: near, and of places like this one."""
    near = parts(*(_case(found.case, found.words) for found in profile.cases_near))
    like = parts(*(_case(found.case, found.why) for found in profile.cases_alike))
    return (
        f'<div class="cg-two"><div>{subheading("Nearest", "nearest")}{near}</div><div>'
        f"{subheading('From places most like this', 'from-places-most-like-this')}{like}"
        "</div></div>"
    )


def _case(case: Case, why: str) -> str:
    because = words.capital(why if why.endswith(".") else f"{why}.")
    return strong(case.title) + paragraph(because) + note(case.summary)
