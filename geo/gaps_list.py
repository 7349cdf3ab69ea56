"""What the Gaps page shows for a view: the ranked list, the quarters of the chart, the summary."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo import gaps, layers, selection
from geo.areas import SMALL_AREA
from geo.gaps import COMMUNITY_PARTS, DEPRIVATION_PARTS, GAP_PREFIX, QUADRANTS, Gaps
from geo.gaps_view import THRESHOLDS, WALK, GapsView
from geo.layers import FIVE_STEPS, Layer
from geo.own_access import Counted
from geo.reached import REACHED
from geo.selection import Totals

POINTS = "_points"
# Score in fifths of its range; the highest is the darkest.
SCORE = Layer(
    key="gap_score",
    label="High need and weak social infrastructure",
    short="Score",
    kind="steps",
    columns=("score",),
    unit="points of 100",
    direction="Score from 0 to 100, made of the parts you chose; 100 = highest need, weakest",
    sources=("iod2025", "cni2023"),
    colours=FIVE_STEPS,
    labels=("up to 20", "20 to 40", "40 to 60", "60 to 80", "80 to 100: highest need, weakest"),
    breaks=(20, 40, 60, 80),
)
_IDENTITY = [
    "code", "name", "neighbourhood_name", "council", "ltla24_code", "region24_code",
    "ruc21_name", "population_2022", "imd_decile", "cni_decile",
]  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """What a view of the Gaps page shows.

    frame: every area of the level in row order, with need, weakness, score (0 to 100, NaN where a
    chosen side has no record), place (1 the highest score in England), quarter (a key of QUADRANTS
    or None), {part}_points, and for each chosen kind {kind}_m (median metres) and {kind}_walk
    (share of postcodes within the walk, 0 to 1). scope: rows in the chosen councils and regions.
    keep: those of them that are listed.
    """

    frame: pd.DataFrame
    scope: np.ndarray
    keep: np.ndarray
    totals: Totals

    def row(self, code: str | None) -> pd.Series | None:
        """One area's row; None where it is not of this level or has no score."""
        rows = self.frame[self.frame["code"] == code]
        return None if rows.empty or pd.isna(rows["score"].iat[0]) else rows.iloc[0]

    def quarters(self) -> pd.DataFrame:
        """Areas and residents of each quarter in scope: quarter, areas, people."""
        inside = self.frame.loc[self.scope, ["quarter", "population_2022"]]
        people = inside.groupby("quarter")["population_2022"].agg(["size", "sum"])
        table = people.reindex(list(QUADRANTS), fill_value=0)
        return table.set_axis(["areas", "people"], axis=1).rename_axis("quarter").reset_index()


def chosen_parts(view: GapsView) -> tuple[str, ...]:
    """Every part that counts, need first, as `gaps.rank_areas` names them."""
    return view.need + view.provision


def part_label(part: str) -> str:
    """A part in words: "Income", "Civic assets", "Distance to a public library"."""
    if part in DEPRIVATION_PARTS or part in COMMUNITY_PARTS:
        return layers.layer(part).short
    return f"Far from a {REACHED[part.removeprefix(GAP_PREFIX)].singular}"


def parts(view: GapsView, national: Counted) -> pd.DataFrame:
    """The chosen parts of every area, 0 to 1 with 1 the worst, row for row with the level.

    A kind of place counts by the share of like areas that are closer, or by the share of the
    area's postcodes beyond the walk.
    """
    measures = [part for part in chosen_parts(view) if not part.startswith(GAP_PREFIX)]
    table = gaps.positions(national.level(view.level), measures)
    if view.against == WALK:
        shares = 1 - national.access(THRESHOLDS[view.threshold].column, view.level)
    else:
        shares = national.gaps(view.level).closer
    return pd.concat([table, shares[list(view.kinds)].add_prefix(GAP_PREFIX)], axis=1)


def shown(view: GapsView, national: Counted) -> Shown:
    """The list and its chart for a view whose codes are known to the tables."""
    areas = national.level(view.level)
    ranking = gaps.rank_areas(parts(view, national), view.need, view.provision)
    frame = pd.concat([areas[_IDENTITY], ranking], axis=1)
    for side in ("need", "weakness"):
        if side not in frame:
            frame[side] = np.nan
    frame["quarter"] = gaps.quadrants(frame["need"] / 100, frame["weakness"] / 100)
    metres = national.access("median_m", view.level)
    within = national.access(THRESHOLDS[view.threshold].column, view.level)
    for kind in view.kinds:
        frame[f"{kind}_m"] = metres[kind]
        frame[f"{kind}_walk"] = within[kind]
    scope = np.ones(len(frame), dtype=bool)
    for column, wanted in (("ltla24_code", view.councils), ("region24_code", view.regions)):
        if wanted:
            scope &= frame[column].isin(wanted).to_numpy()
    keep = scope & frame["score"].notna().to_numpy()
    if view.quarters:
        keep &= frame["quarter"].isin(view.quarters).to_numpy()
    if view.box:
        need_from, need_to, weak_from, weak_to = view.box
        keep &= frame["need"].between(need_from, need_to).to_numpy()
        keep &= frame["weakness"].between(weak_from, weak_to).to_numpy()
    return Shown(frame, scope, keep, selection.totals(frame, keep))


def headings(view: GapsView) -> dict[str, str]:
    """Column → heading of the list, in the order shown; points come part by part."""
    walk = THRESHOLDS[view.threshold].label
    columns = {"place": "Place in England", "neighbourhood_name": "Neighbourhood"}
    if view.level == SMALL_AREA:
        columns["name"] = "Small area"
    columns |= {"council": "Council", "score": "Score", "population_2022": "People, mid-2022"}
    columns |= {
        f"{part}{POINTS}": f"Points: {_small(part_label(part))}" for part in chosen_parts(view)
    }
    for kind in view.kinds:
        what = REACHED[kind].singular
        columns[f"{kind}_m"] = f"Nearest {what}, metres"
        columns[f"{kind}_walk"] = f"Postcodes within {walk} of a {what}"
    return columns | {
        "imd_decile": "Deprivation tenth (1 = most)",
        "cni_decile": "Community need tenth (1 = greatest)",
        "quarter": "Quarter of the chart",
        "ruc21_name": "Urban or rural",
        "code": "Code",
    }


def listed(found: Shown, view: GapsView) -> pd.DataFrame:
    """The areas that are left, the highest score first, with the columns of `headings`."""
    table = found.frame.loc[found.keep, list(headings(view))]
    table = table.sort_values(["place", "code"], ignore_index=True)
    return table.assign(quarter=table["quarter"].map(QUADRANTS))


def on_screen(table: pd.DataFrame, view: GapsView) -> pd.DataFrame:
    """`listed` under its headings, with shares as whole percent."""
    shares = [f"{kind}_walk" for kind in view.kinds]
    return table.assign(**(100 * table[shares]).round()).rename(columns=headings(view))


def formats(view: GapsView) -> dict[str, str]:
    """How the figures of `on_screen` are written: heading → "localized" or a printf format."""
    called = headings(view)
    points = {called[f"{part}{POINTS}"]: "%.1f" for part in chosen_parts(view)}
    metres = {called[f"{kind}_m"]: "localized" for kind in view.kinds}
    shares = {called[f"{kind}_walk"]: "%.0f%%" for kind in view.kinds}
    whole = {called[name]: "localized" for name in ("place", "population_2022")}
    return points | metres | shares | whole


def first_scores(
    table: pd.DataFrame, view: GapsView, count: int
) -> tuple[pd.DataFrame, dict[str, str]]:
    """The first rows of `listed` with a name each in `what`, and column of points → its label."""
    rows = table.head(count)
    name = rows["name"] if view.level == SMALL_AREA else rows["neighbourhood_name"]
    labels = {f"{part}{POINTS}": part_label(part) for part in chosen_parts(view)}
    return rows.assign(what=name + ", " + rows["council"]), labels


def sources(view: GapsView) -> tuple[str, ...]:
    """Keys of the register that the list is made from, for the file people take away."""
    kinds = [key for kind in view.kinds for key in REACHED[kind].sources]
    return tuple(dict.fromkeys(("iod2025", "cni2023", "population2022", "ruc21_lsoa",
                                "msoa_names", "onspd", *kinds)))  # fmt: skip


def explained(found: Shown, view: GapsView, code: str) -> pd.DataFrame:
    """What one area's score is made of: part, label, points and most (the points it could give).

    Empty where the area is not of this level or has no score.
    """
    row = found.row(code)
    if row is None:
        return pd.DataFrame(columns=["part", "label", "points", "most"])
    sides = [side for side in (view.need, view.provision) if side]
    return pd.DataFrame(
        [
            (part, part_label(part), row[f"{part}{POINTS}"], 100 / len(sides) / len(side))
            for side in sides
            for part in side
        ],
        columns=["part", "label", "points", "most"],
    )


def by_council(found: Shown, view: GapsView, national: Counted) -> pd.DataFrame:
    """Councils in scope by people in the "deprived-weak" quarter, most first.

    Columns: council, code, areas, people, deprived_weak_areas, deprived_weak_people,
    deprived_weak_people_share and, for each chosen kind, {kind}_worst_tenth_areas.
    """
    whole = national.gaps(view.level)
    rows = np.flatnonzero(found.scope)
    kinds = list(view.kinds)
    some = Gaps(*(frame[kinds].iloc[rows] for frame in (whole.metres, whole.closer,
                                                         whole.worst_tenth)))  # fmt: skip
    areas = found.frame.iloc[rows]
    summary = gaps.council_summary(areas, some, areas["quarter"])
    names = areas.drop_duplicates("ltla24_code").set_index("ltla24_code")["council"]
    summary.insert(0, "council", summary["ltla24_code"].map(names))
    return summary.rename(columns={"ltla24_code": "code"}).sort_values(
        ["deprived_weak_people", "council"], ascending=[False, True], ignore_index=True
    )


def summary_headings(view: GapsView, plural: str) -> dict[str, str]:
    """Column → heading of `by_council`; plural: the level's noun ("neighbourhoods")."""
    worst = {
        f"{kind}_worst_tenth_areas": (
            f"{plural.capitalize()} in the worst tenth of their class: {REACHED[kind].singular}"
        )
        for kind in view.kinds
    }
    return {
        "council": "Council",
        "areas": plural.capitalize(),
        "people": "People, mid-2022",
        "deprived_weak_areas": "More deprived and weaker: areas",
        "deprived_weak_people": "People there",
        "deprived_weak_people_share": "Share of people",
        **worst,
        "code": "Code",
    }


def summary_on_screen(summary: pd.DataFrame, view: GapsView, plural: str) -> pd.DataFrame:
    """`by_council` under its headings, shares to whole percent."""
    called = summary_headings(view, plural)
    share = summary["deprived_weak_people_share"].round(2)
    return summary.assign(deprived_weak_people_share=share)[list(called)].rename(columns=called)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
