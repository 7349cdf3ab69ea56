"""The parts of a profile page as HTML and charts, written once for all who read the profile."""

from __future__ import annotations

from dataclasses import dataclass

from geo import area_charts, charts, profile_tables, releases, sentences
from geo import profile_sentences as words
from geo.case_records import Case
from geo.charts import Drawing
from geo.larger_areas import WARD
from geo.profile_page import ProfilePage
from geo.profiles import Profile
from pages import frame
from pages.html_parts import note, paragraph, parts, strong
from pages.html_table import Link, table

_ALIKE_HEADINGS = (
    "Area", "Council", "Closeness", "Deprivation tenth (1 = most)",
    "Community need tenth (1 = greatest)",
)  # fmt: skip


@dataclass(frozen=True)
class ProfileHtml:
    """What `profile_parts` draws. Readers share it: change nothing.

    missing: Markdown, "" where nothing is missing. moved: "" where the chart says it. pair,
    beside: "" where there is no matched pair. The rest are HTML, or charts.
    """

    summary: str
    tenths: tuple[Drawing, Drawing]
    standing: str
    ages: Drawing
    moved: str
    past: Drawing
    past_notes: str
    named: str
    near: str
    missing: str
    reach: str
    reach_lists: str
    library_hours: str
    libraries: str
    alike: str
    pair: str
    beside: str
    cases: str
    figures: str


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
        near=_near(page),
        missing=_missing(page),
        reach=parts(
            note(words.HALF if profile.is_measured else words.MIDDLE),
            table(profile_tables.REACH_HEADINGS, page.reach, flowing=True),
        ),
        reach_lists=parts(
            paragraph(
                "These come from voluntary lists and from the register of co-operatives. A long "
                "distance may only mean that places nearby never signed up."
            ),
            table(profile_tables.REACH_HEADINGS, page.reach_lists, flowing=True),
        ),
        library_hours=_paragraphs([words.library_hours(profile)]),
        libraries=_paragraphs(page.libraries),
        alike=parts(note(words.HOW_ALIKE), table(_ALIKE_HEADINGS, _linked(page.alike))),
        pair=table(_ALIKE_HEADINGS, _linked(page.pair)) if page.pair else "",
        beside=table(("Figure", *page.beside_names), page.beside) if page.pair else "",
        cases=_cases(profile),
        figures=table(("Figure", words.short_name(profile)), page.figures),
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


def _near(page: ProfilePage) -> str:
    """Places near, or for a council the places in it."""
    profile = page.profile
    if profile.near is None:
        return parts(
            table(profile_tables.SUPPLY_HEADINGS, page.supply, flowing=True),
            note(
                "For 1,000 residents; what is for children and young people, for 1,000 residents "
                f"aged 0 to 24. {words.NO_RECORD}"
            ),
        )
    measured = f"Measured in a straight line {profile.start.words}."
    return parts(
        paragraph(f"{measured} {sentences.DETOUR.split('. ')[1]}"),
        table(profile_tables.NEAR_HEADINGS, page.near, flowing=True),
    )


def _missing(page: ProfilePage) -> str:
    """The kinds there is no record of, as Markdown."""
    if not page.missing:
        return ""
    return "\n".join([words.NO_RECORD, "", *(f"- {frame.plain(text)}" for text in page.missing)])


def _linked(rows: list[tuple[str, str, tuple[str, ...]]]) -> list[tuple]:
    return [(Link(name, f"profile?area={code}"), *cells) for name, code, cells in rows]


def _cases(profile: Profile) -> str:
    """Case studies side by side: near, and of places like this one."""
    near = parts(*(_case(found.case, found.words) for found in profile.cases_near))
    like = parts(*(_case(found.case, found.why) for found in profile.cases_alike))
    return (
        f'<div class="cg-two"><div><h3 id="nearest">Nearest</h3>{near}</div><div>'
        f'<h3 id="from-places-most-like-this">From places most like this</h3>{like}</div></div>'
    )


def _case(case: Case, why: str) -> str:
    because = words.capital(why if why.endswith(".") else f"{why}.")
    return strong(case.title) + paragraph(because) + note(case.summary)
