"""What a link to the evidence page can say: which recommendation's list is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo import links
from geo.evidence_lists import LISTS
from geo.links import Parameter


@dataclass(frozen=True)
class EvidenceView:
    """list: a key of `evidence_lists.LISTS`."""

    list: str = LISTS[0].key


_PARAMETERS = (Parameter("list", "list", links.choice([row.key for row in LISTS])),)


def parse(query: Mapping[str, object]) -> tuple[EvidenceView, tuple[str, ...]]:
    """The view that a link asks for, and a notice for each parameter that could not be read."""
    return links.parse(EvidenceView(), _PARAMETERS, query)


def query(view: EvidenceView) -> dict[str, str]:
    """The parameters of the link to `view`, without those at their default."""
    return links.query(EvidenceView(), _PARAMETERS, view)
