"""Where the next places should go, in plain words; figures come from `geo.siting`."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo import siting
from geo.asset_kind import Kind
from geo.reached import REACHED
from geo.sentences import count, distance, people
from geo.siting_run import TIME_LIMIT_S, Result
from geo.siting_view import CENTRES, NEAREST, SitingView

WHOSE_LABELS = {
    siting.EVERYONE: "Everyone alike",
    siting.YOUNG: "People under 25",
    siting.DEPRIVED: "People in deprived areas most",
}
WHOSE_MEANS = {
    siting.EVERYONE: "Every resident counts once.",
    siting.YOUNG: "Only residents under 25 count, by the Census ages of their small area.",
    siting.DEPRIVED: (
        "Someone in the most deprived tenth of areas counts ten times as much as someone in the "
        "least deprived, and the tenths between in equal steps."
    ),
}
AIM_LABELS = {"within": "Most people within the walk", "nearest": "Shortest distance in all"}
CANDIDATE_LABELS = {
    "libraries": "Libraries, open or closed",
    "schools": "Schools and colleges",
    "hubs": "Hubs and centres",
    "halls": "Halls",
    CENTRES: "The middle of any small area",
}
WAY_LABELS = {
    "chosen": "As you chose",
    "without_rule": "Without the rule",
    "everyone_equally": "Everyone counted alike, no rule",
}
IN_ORDER = "Places are in the order of what they bring those you count; the table counts everyone."
UNKNOWN = (
    "Whether a building is fit, free or for sale.",
    "What it would cost, and who would run and staff it.",
    "Main roads, rivers and railways in the way: distances are straight lines.",
    "How many people one place can serve.",
    "Buildings that are on none of these lists; halls and hubs are on a list that is voluntary.",
)
# A share of the best smaller than this is told as nothing.
_NOTHING = 0.0005


def question(view: SitingView, area: str) -> str:
    """What is asked: "Where should 3 new public libraries in Hastings go?"."""
    kind = REACHED[view.kind]
    places = count(view.count, f"new {kind.singular}", f"new {kind.plural}")
    return f"Where should {places} in {area} go?"


def headline(view: SitingView, result: Result, area: str) -> str:
    """The answer in a sentence or two."""
    kind, answer = REACHED[view.kind], result.chosen
    places = count(len(answer.places), f"new {kind.singular}", f"new {kind.plural}")
    before, after = answer.curve.iloc[0], answer.curve.iloc[-1]
    gained = after["people_within"] - before["people_within"]
    walk = view.threshold.label
    if view.aim == NEAREST:
        if not np.isfinite(before["mean_m"]):
            return (
                f"{places} in {area} would be {distance(after['mean_m'])} away on average, "
                f"with {_percent(after['share_within'])} of residents within {walk}."
            )
        return (
            f"{places} in {area} could bring the average distance to the nearest from "
            f"{distance(before['mean_m'])} to {distance(after['mean_m'])}."
        )
    if gained < 1:
        return (
            f"None of these buildings would bring anyone in {area} within {walk} who is not "
            f"within it already: {_percent(before['share_within'])} of residents are."
        )
    return (
        f"{places} in {area} could bring {people(round(gained))} within {walk} of one who are not "
        f"now: {_shares(after['share_within'], before['share_within'])}."
    )


def _shares(now: float, before: float) -> str:
    """Two shares of residents, with a decimal where whole per cents would hide the difference."""
    digits = 1 if abs(now - before) < 0.02 else 0
    return f"{100 * now:.{digits}f}% of residents instead of {100 * before:.{digits}f}%"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def proof(result: Result) -> str:
    """How sure it is that no other choice is better."""
    solution, many = result.chosen.solution, f"{result.candidates:,} candidates"
    if solution.gap == 0:
        return f"Proved best: no other choice among the {many} does better."
    why = ""
    if result.stopped:
        why = "It was stopped before it could be proved. "
    elif solution.stopped:
        why = f"After {TIME_LIMIT_S:.0f} seconds the proof was left off. "
    # A hundredth of a per cent is the least that is told.
    return (
        f"{why}The best found among the {many}: no other could do better by more than "
        f"{max(solution.gap, 0.0001):.2%}."
    )


def shortfalls(view: SitingView, result: Result, area: str) -> list[str]:
    """What could not be had as asked: too few buildings, or a rule that cannot hold."""
    lines = []
    got = len(result.chosen.places)
    if got < view.count:
        lines.append(f"There are only {count(got, 'candidate')} in {area}, so all were taken.")
    if not result.rule_kept:
        where = (
            "No candidate there stands"
            if result.favoured_candidates == 0
            else f"Only {result.favoured_candidates:,} of the candidates there stand"
        )
        lines.append(
            f"{where} in a doubly disadvantaged small area, so the rule of {view.rule}% could not "
            "be kept; these places were chosen without it."
        )
    return lines


def costs(view: SitingView, result: Result) -> list[str]:
    """What the rule and the weighing cost against free choice and counting everyone alike."""
    ways = siting.comparison(result.answers).set_index("way")
    lines = []
    if view.rule and result.rule_kept and "without_rule" in ways.index:
        lines.append(_rule(view, ways))
    if view.whose != siting.EVERYONE and "everyone_equally" in ways.index:
        lines.append(_weighing(view, ways))
    if "everyone_equally" not in ways.index:
        lines.append("It was stopped before all other choices were worked out.")
    return lines


def _rule(view: SitingView, ways: pd.DataFrame) -> str:
    free, chosen = ways.loc["without_rule"], ways.loc["chosen"]
    stand = (
        f"{int(chosen['favoured_places'])} of the places instead of "
        f"{int(free['favoured_places'])} would stand in doubly disadvantaged areas"
    )
    if int(chosen["favoured_places"]) == int(free["favoured_places"]):
        return (
            f"The rule of {view.rule}% costs nothing: free choice too would put "
            f"{int(free['favoured_places'])} of the places in doubly disadvantaged areas."
        )
    return f"By the rule of {view.rule}%, {stand}. {_against(view, free, chosen, 'Free choice')}"


def _weighing(view: SitingView, ways: pd.DataFrame) -> str:
    alike, chosen = ways.loc["everyone_equally"], ways.loc["chosen"]
    words = _against(view, alike, chosen, "Counting everyone alike, without a rule,")
    young = chosen["young_within"] - alike["young_within"]
    if view.whose == siting.YOUNG and abs(young) >= 5:
        words += f" Of people under 25 it would reach {_difference(-young)}."
    return words


def _against(view: SitingView, other: pd.Series, chosen: pd.Series, who: str) -> str:
    if view.aim == NEAREST:
        nearer = chosen["mean_m"] - other["mean_m"]
        if abs(nearer) < 0.5:
            return f"{who} would leave people as far away on average."
        word = "nearer" if nearer > 0 else "further"
        return f"{who} would leave people {abs(nearer):.0f} m {word} on average."
    more = other["people_within"] - chosen["people_within"]
    if abs(more) <= _NOTHING * max(chosen["people_within"], 1):
        return f"{who} would bring as many people within {view.threshold.label}."
    return f"{who} would bring {_difference(more)} within {view.threshold.label}."


def _difference(more: float) -> str:
    number = people(round(abs(more))).split(" ", 1)[0]
    return f"{number} {'more' if more > 0 else 'fewer'} people"


def worked_out(view: SitingView, result: Result) -> list[str]:
    """How it was worked out, for those who ask."""
    solution = result.chosen.solution
    lines = [
        f"{result.candidates:,} candidates, {result.favoured_candidates:,} of them in doubly "
        f"disadvantaged small areas; {result.open_places:,} places in the area count as open "
        "already, and those beyond its border count too.",
        WHOSE_MEANS[view.whose],
        "A first choice takes the place of most gain again and again; swaps and an upper bound by "
        "Lagrangian relaxation follow, and an integer programme (HiGHS) settles what is left. "
        f"Gap to the bound: {solution.gap:.2%}. Time limit: {TIME_LIMIT_S:.0f} seconds a choice; "
        f"it took {result.seconds:.1f} in all.",
        f"The first choice alone is sure to reach {solution.greedy_share:.0%} of the best; here "
        f"it reached {_share(solution.greedy_value, solution.value)} of this answer.",
    ]
    if result.grid_m:
        lines.append(
            f"People were gathered in squares of {result.grid_m} m for the choice; the figures "
            "are counted from every postcode."
        )
    return lines


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.1%}" if whole > 0 else "all"


def policy(table: pd.DataFrame, kinds: dict[str, Kind]) -> str:
    """Whether places stand where need is greatest, kind by kind, in one sentence.

    table: `siting.policy_share` with `kind` a key of `kinds`.
    """
    first = table.iloc[0]
    parts = [
        f"{_tenths(row.share_of_places)} of {kinds[row.kind].plural}"
        for row in table.itertuples()
        if row.kind in kinds and row.places
    ]
    return (
        f"Doubly disadvantaged small areas have {_tenths(first['share_of_people'])} of residents "
        f"and {_tenths(first['share_of_young'])} of those under 25, and "
        f"{', '.join(parts[:-1])} and {parts[-1]}."
        if len(parts) > 1
        else f"Doubly disadvantaged small areas have {_tenths(first['share_of_people'])} of "
        f"residents and {_tenths(first['share_of_young'])} of those under 25."
    )


def _tenths(share: float) -> str:
    return f"{100 * share:.1f}%"
