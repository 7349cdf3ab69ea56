"""Turns of readers: one at a time in their order, and nobody waits long for one who is slow."""

import threading
import time

import pytest

from pages.turns import Turns

PATIENCE_S = 10


def _started(*jobs):
    threads = [threading.Thread(target=job, daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    return threads


def test_one_at_a_time_in_the_order_in_which_they_came():
    turns, came, inside, most = Turns(late_s=PATIENCE_S), [], [], []

    def job(number):
        with turns.turn():
            inside.append(number)
            most.append(len(inside))
            came.append(number)
            time.sleep(0.002)
            inside.remove(number)

    with turns.turn():
        threads = []
        for number in range(20):
            threads += _started(lambda number=number: job(number))
            while len(turns._waiting) <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join(PATIENCE_S)
    assert came == list(range(20))
    assert most == [1] * 20


def test_who_is_slow_holds_the_next_up_for_a_moment_only():
    turns, slow_may_end, slow_has_begun = Turns(late_s=0.05), threading.Event(), threading.Event()

    def slow():
        with turns.turn():
            slow_has_begun.set()
            slow_may_end.wait(PATIENCE_S)

    (thread,) = _started(slow)
    assert slow_has_begun.wait(PATIENCE_S)
    began = time.monotonic()
    for _ in range(3):
        with turns.turn():
            assert thread.is_alive()
    assert time.monotonic() - began < PATIENCE_S / 2
    slow_may_end.set()
    thread.join(PATIENCE_S)
    assert not turns._began


def test_a_turn_ends_with_a_page_that_fails():
    turns = Turns(late_s=PATIENCE_S)
    with pytest.raises(KeyError), turns.turn():
        raise KeyError
    assert not turns._began
    with turns.turn():
        assert len(turns._began) == 1
