"""Working out where the next places should go, beside everything else and stoppable.

`work` answers one question. `Runs` keeps the answers to the last questions for all readers and
lets one question at a time be about all England, which takes half a minute and the memory of a
page; a `Run` is one reader's, in a thread of its own.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from geo import memory, siting, siting_view
from geo.location_models import Enough, RuleCannotHold, never
from geo.national import National
from geo.residents import Residents
from geo.siting_view import BUILDINGS, CENTRES, SitingView

# For each of up to three choices: with the rule, without it, and with everyone counted alike.
TIME_LIMIT_S = 20.0
KEPT = 64
GATHERING, WAITING = "gathering", "waiting"


@dataclass(frozen=True)
class Result:
    """The answer to a question.

    answers: `siting.compare`. rule_kept: whether the rule could be kept at all. candidates: how
    many places could be chosen; favoured_candidates: how many of them where the rule wants them.
    open_places: places that counted as open, in the area. people: its residents. grid_m: see
    `siting.Case`. stopped: by the reader. seconds: for all of it.
    """

    answers: dict[str, siting.Answer]
    rule_kept: bool
    candidates: int
    favoured_candidates: int
    open_places: int
    people: float
    grid_m: int
    stopped: bool
    seconds: float

    @property
    def chosen(self) -> siting.Answer:
        """The answer under the reader's own choices."""
        return self.answers["chosen"]


class CannotChoose(Exception):
    """There is nothing to choose from or too much; the text is one line for people."""


def candidates(view: SitingView, national: National, residents: Residents) -> pd.DataFrame:
    """The buildings, or middles of areas, that a new place could be in."""
    kinds = [kind for sort in view.candidates for kind in BUILDINGS.get(sort, ())]
    found = national.places[national.places["kind"].isin(kinds)]
    columns = ["asset_id", "kind", "name", "easting", "northing", "i"]
    if CENTRES not in view.candidates:
        return found[columns].reset_index(drop=True)
    middles = siting.centre_candidates(national.store.small_areas, residents)
    return pd.concat([found[columns], middles[columns]], ignore_index=True)


def work(
    view: SitingView,
    national: National,
    services: pd.DataFrame,
    residents: Residents,
    progress: Enough = never,
) -> Result:
    """Answer the question that a view asks. Raises CannotChoose, with the reason.

    services: `what_if_places.services`. Where the rule cannot be kept the places are chosen
    without it.
    """
    began = time.monotonic()
    areas = national.store.small_areas
    region = siting_view.members(view.area, areas)
    offered = candidates(view, national, residents)
    open_places = services[services["service"].isin(view.open_now)]
    stopped = False

    def enough(share: float, step: str) -> bool:
        nonlocal stopped
        stopped = stopped or progress(share, step)
        return stopped

    try:
        case = siting.prepare(
            residents,
            areas,
            region,
            offered,
            open_places,
            areas["double"].to_numpy(),
            view.threshold.metres,
            siting_view.AIMS[view.aim],
        )
    except ValueError as error:
        raise CannotChoose(f"Nothing could be chosen: {error}.") from error
    rule_kept = True
    try:
        answers = siting.compare(
            case, view.count, view.whose, view.rule / 100, TIME_LIMIT_S, enough
        )
    except RuleCannotHold:
        rule_kept = False
        answers = siting.compare(case, view.count, view.whose, 0.0, TIME_LIMIT_S, enough)
    return Result(
        answers=answers,
        rule_kept=rule_kept,
        candidates=len(case.candidates),
        favoured_candidates=int(case.candidates["favoured"].sum()),
        open_places=int(region[open_places["i"]].sum()),
        people=float(areas.loc[region, "population_2022"].sum()),
        grid_m=case.grid_m,
        stopped=stopped,
        seconds=time.monotonic() - began,
    )


class Run:
    """One reader's question being answered. `result` or `error` is there once it is done."""

    def __init__(self, question: SitingView) -> None:
        self.question = question
        self.result: Result | None = None
        self.error: Exception | None = None
        self.step, self.share = GATHERING, 0.0
        self.began = time.monotonic()
        self._stop, self._done = threading.Event(), threading.Event()

    def stop(self) -> None:
        """Be content with the best so far."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Whether it is done, after waiting for it so long at most."""
        return self._done.wait(seconds)

    @property
    def is_done(self) -> bool:
        """Whether there is a result or an error."""
        return self._done.is_set()

    @property
    def seconds(self) -> float:
        """How long it has been going on."""
        return time.monotonic() - self.began

    def _progress(self, share: float, step: str) -> bool:
        self.share, self.step = share, step
        return self._stop.is_set()


class Runs:
    """Answers questions for all readers. `answer` is `work` with the tables it needs."""

    def __init__(self, answer: Callable[[SitingView, Enough], Result]) -> None:
        self._answer = answer
        self._finished: OrderedDict[SitingView, Result] = OrderedDict()
        self._lock = threading.Lock()
        self._england = threading.Lock()

    def finished(self, question: SitingView) -> Result | None:
        """The answer, where somebody asked the same before."""
        with self._lock:
            if question in self._finished:
                self._finished.move_to_end(question)
            return self._finished.get(question)

    def start(self, question: SitingView) -> Run:
        """Begin to answer; at once where the answer is known."""
        run = Run(question)
        if found := self.finished(question):
            run.result = found
            run._done.set()
        else:
            threading.Thread(target=self._go, args=(run,), daemon=True).start()
        return run

    def _go(self, run: Run) -> None:
        try:
            if run.question.is_quick:
                run.result = self._answer(run.question, run._progress)
            else:
                run.result = self._in_turn(run)
        except Exception as error:
            run.error = error
        else:
            if not run.result.stopped:
                self._keep(run.question, run.result)
        finally:
            run._done.set()

    def _in_turn(self, run: Run) -> Result:
        run.step = WAITING
        while not self._england.acquire(timeout=0.2):
            if run._stop.is_set():
                raise CannotChoose("Stopped before it began.")
        try:
            run.step = GATHERING
            # Somebody before us in the queue may have asked the same.
            return self.finished(run.question) or self._answer(run.question, run._progress)
        finally:
            self._england.release()
            memory.release()

    def _keep(self, question: SitingView, result: Result) -> None:
        with self._lock:
            self._finished[question] = result
            while len(self._finished) > KEPT:
                self._finished.popitem(last=False)
