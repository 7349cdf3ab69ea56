"""How each measure is made: one row a measure, for the page of methods and for nobody to retype.

Formulas are LaTeX. `sources` are keys of the register.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Method:
    """A measure's definition in words, its formula, and what it is made from."""

    title: str
    words: str
    formula: str
    sources: tuple[str, ...]


METHODS = (
    Method(
        "Index of Multiple Deprivation (IMD) and its seven domains",
        "Each of the 33,755 small areas is ranked on seven domains; 1 is the most deprived. A "
        "domain’s rank is stretched at the deprived end, so that doing well on one domain does "
        "not hide doing badly on another, and the seven are added up with the weights below. N "
        "is the number of areas.",
        r"\begin{aligned}R &= \frac{N - \text{rank} + 1}{N} \qquad "
        r"X = -23\,\ln\!\left(1 - R\left(1 - e^{-100/23}\right)\right)\\"
        r"\text{IMD} &= 0.225\,X_{\text{income}} + 0.225\,X_{\text{employment}} + "
        r"0.135\,X_{\text{education}} + 0.135\,X_{\text{health}}\\ &+ 0.093\,X_{\text{crime}} + "
        r"0.093\,X_{\text{housing and services}} + 0.093\,X_{\text{environment}}\end{aligned}",
        ("iod2025",),
    ),
    Method(
        "Tenths (deciles)",
        "Areas are put in order of rank and cut into ten equal groups. 1 is always the most "
        "deprived tenth or the greatest need.",
        r"\text{decile} = \left\lceil \frac{10 \times \text{rank}}{N} \right\rceil",
        ("iod2025", "cni2023"),
    ),
    Method(
        "Community Needs Index (CNI) and its three domains",
        "Places to meet (civic assets), links between people and to elsewhere (connectedness), "
        "and an active and engaged community. The three ranks are stretched as above and added "
        "up with equal weight. Rank 1 is the greatest need, that is the weakest social "
        "infrastructure.",
        r"\text{CNI} = X_{\text{civic assets}} + X_{\text{connectedness}} + X_{\text{engaged}}",
        ("cni2023",),
    ),
    Method(
        "Double disadvantage",
        "An area in the worst tenth on both indices. It is a different thing from the list of "
        "225 wards of 2017 that was published in 2019, and the two are never mixed.",
        r"\text{decile}_{\text{IMD}} = 1 \;\text{and}\; \text{decile}_{\text{CNI}} = 1",
        ("iod2025", "cni2023"),
    ),
    Method(
        "Neighbourhoods and councils",
        "A larger area’s score is the average of its small areas’ scores, each counted by its "
        "residents; larger areas are then ranked among themselves. Beside it stands the share of "
        "its small areas that are in England’s worst tenth.",
        r"\text{score} = \frac{\sum_i \text{residents}_i \times \text{score}_i}"
        r"{\sum_i \text{residents}_i}",
        ("iod2025", "cni2023", "population2022", "lookup_msoa21"),
    ),
    Method(
        "Both together (two-way map)",
        "Each index is cut into thirds, which gives nine groups: from worst third on both to best "
        "third on both.",
        r"\text{third} = \left\lceil \frac{3 \times \text{rank}}{N} \right\rceil",
        ("iod2025", "cni2023"),
    ),
    Method(
        "Distance to the nearest library",
        "From every postcode in the area, in a straight line, to the nearest open public library, "
        "wherever the council’s border is. The directory mixes live and ended postcodes without "
        "saying which, so each grid reference counts once. The area’s figure is the median: half "
        "of its postcodes are nearer. Shares within a walk count a postcode at exactly the limit "
        "as within it.",
        r"d = \sqrt{(E_p - E_l)^2 + (N_p - N_l)^2}\ \text{metres on the British National Grid}",
        ("onspd", "libraries", "lsoa21_bgc"),
    ),
    Method(
        "Supply for 1,000 people, and library hours by floating catchments",
        "Places in an area for every 1,000 residents; what is for children and young people, for "
        "every 1,000 aged 0 to 24. For libraries also the careful measure: each library’s weekly "
        "hours are shared among all who live within 2 miles, and a postcode adds up the shares it "
        "can reach (Luo and Wang, 2003). Where hours are not recorded the median is taken.",
        r"R_j = \frac{S_j}{\sum_{i:\,d_{ij} \le d_0} P_i}, \qquad "
        r"A_i = \sum_{j:\,d_{ij} \le d_0} R_j, \qquad d_0 = 2\ \text{miles}",
        ("libraries", "onspd", "population2022"),
    ),
    Method(
        "Gap in access",
        "How far an area’s people are from a kind of place against all areas of the same rural or "
        "urban class: the share of those areas that are closer. Further than nine in ten is a gap. "
        "Only for lists that cover England; a voluntary list is marked as one.",
        r"\text{closer} = \frac{\#\{\text{areas of the class with a smaller median distance}\}}"
        r"{\#\{\text{areas of the class}\} - 1}, \qquad \text{gap: closer} \ge 0.9",
        ("onspd", "ruc21_lsoa", "libraries"),
    ),
    Method(
        "Score of the Gaps page",
        "Each part that the reader lets count runs from 0, the best in England, to 1, the worst. "
        "The parts of need are averaged, so are the parts of weak provision, and the score is the "
        "average of the two sides times 100. It orders areas for a closer look and is shown part "
        "by part.",
        r"\text{score} = 50\left(\frac{1}{m}\sum_{k=1}^{m} \text{need}_k + "
        r"\frac{1}{n}\sum_{l=1}^{n} \text{weakness}_l\right)",
        ("iod2025", "cni2023", "onspd"),
    ),
    Method(
        "Areas like this one",
        "Areas are alike when they are alike in what provision does not decide: the seven domains "
        "of deprivation (weight 7 together), six age bands (2) and how rural the place is (2). "
        "Domains count by the normal score of their rank, ages by their share, each in standard "
        "deviations. Social infrastructure is left out on purpose, so that it can be compared "
        "afterwards.",
        r"d(a,b) = \sqrt{\tfrac{1}{11}\sum_k w_k\left(z_k(a) - z_k(b)\right)^2}",
        ("iod2025", "census21_age", "ruc21_lsoa"),
    ),
    Method(
        "What if: closing or opening a place",
        "A small area’s residents are spread equally over its distinct postcode points. Each point "
        "goes to its nearest open place before the change and after it, in a straight line. Median "
        "and share within the walk count residents; the walk itself is within. Beyond it means "
        "further than it. Nobody is assumed to change habits, and no place has a limit.",
        r"d_i = \min_{j\ \text{open before}} d_{ij}, \quad d'_i = \min_{j\ \text{open after}} "
        r"d_{ij}, \quad \text{beyond} = \sum_i P_i\,[\,d_i \le t < d'_i\,]",
        ("onspd", "population2022", "census21_age", "libraries"),
    ),
    Method(
        "Where next: choosing places",
        "Of the candidates, the set of p is chosen that brings the most people within the walk who "
        "are not yet (maximal covering; Church and ReVelle, 1974), or that saves the most distance "
        "(p-median; Hakimi, 1964). People count equally, or only those under 25, or residents "
        "times (11 − deprivation tenth) / 10. The choice is exact where the solver proves it "
        "(HiGHS), and otherwise stands with the most that any choice could reach. The optional "
        "rule asks that at least a share q of the places stand in doubly disadvantaged areas. It "
        "knows nothing of buildings’ fitness, money, staff or roads.",
        r"\max_{S,\,|S| = p} \sum_i w_i \max_{j \in S} b_{ij} \quad \text{with} \quad "
        r"|S \cap F| \ge q\,p, \qquad b_{ij} = [\,d_{ij} \le t < d_i\,]",
        ("onspd", "population2022", "census21_age", "libraries"),
    ),
    Method(
        "Policy test",
        "Of the places that exist now, the share that stands in doubly disadvantaged small areas, "
        "beside those areas’ share of all residents and of those under 25.",
        r"\frac{\#\{\text{places in } D\}}{\#\{\text{places}\}} \quad\text{beside}\quad "
        r"\frac{\sum_{i \in D} P_i}{\sum_i P_i}",
        ("iod2025", "cni2023", "population2022", "census21_age", "libraries"),
    ),
    Method(
        "Earlier releases, 2004 to 2019",
        "Ranks of earlier releases stand on older small areas. They are carried to today’s areas "
        "through the statistics office’s exact look-ups and marked: unchanged, split (the whole "
        "area’s rank is used), merged (the average of the ranks) or irregular. Methods changed "
        "between releases, so a move says how an area stands against others, never whether it "
        "became better or worse off.",
        r"\text{rank}_{2021\text{ area}} = \overline{\text{rank}_{\text{older areas}}}",
        ("iod2004", "iod2007", "iod2010", "iod2015", "iod2019", "lookup_lsoa01", "lookup_lsoa11"),
    ),
    Method(
        "Gained, kept pace or fell back: rank paths",
        "Each area is held against all in England that began in the same twentieth of the ranking, "
        "which also takes out the drift to the middle that any bottom group shows. Its standing is "
        "the share of them that it did better than. Among the most deprived fifth at the start, "
        "gained is a standing above three quarters, fell back is a quarter or less, and the middle "
        "half kept pace. The map shows overall deprivation from 2004 to 2025.",
        r"\text{standing} = \frac{\#\{\text{began alike, moved up less}\} + "
        r"\tfrac{1}{2}\,\#\{\text{moved the same}\}}{\#\{\text{began alike}\}}",
        ("iod2004", "iod2010", "iod2025", "lookup_lsoa01", "lookup_lsoa11"),
    ),
    Method(
        "Matched pairs: as deprived, with stronger social infrastructure",
        "Each doubly disadvantaged area is paired with the area most alike on the other domains of "
        "deprivation, of the same rural or urban class, among those in community need tenths 4 to "
        "10 (also asked with 2 to 10 and 6 to 10). The domain that is compared is left out. An "
        "area may serve several times; pairs further apart than 0.3 standard deviations on the "
        "average domain are dropped.",
        r"d(a,b) = \sqrt{\tfrac{1}{6}\sum_{k=1}^{6}\left(z_k(a) - z_k(b)\right)^2} \le 0.3, "
        r"\qquad z_k = \Phi^{-1}\!\left(\frac{\text{rank}_k - 0.5}{N}\right)",
        ("iod2025", "cni2023", "ruc21_lsoa"),
    ),
    Method(
        "Intervals of the evidence page",
        "The areas are all there are, so nothing was sampled. An interval says how far a figure "
        "would move if other places happened to be in it: whole councils (for the city regions, "
        "neighbourhoods) are redrawn with replacement 2,000 times, and the middle 95 in 100 of the "
        "figures are kept. Pairs that tie two councils together are weighed by both draws.",
        r"\left[\,q_{0.025}(\theta^{*}_1,\dots,\theta^{*}_{2000}),\; "
        r"q_{0.975}(\theta^{*}_1,\dots,\theta^{*}_{2000})\,\right]",
        ("iod2025", "iod2025_indicators", "cni2023", "census21_age"),
    ),
)

LIMITS = (
    "Not everyone who lives in a deprived area is deprived, and not every deprived person lives "
    "in one.",
    "The Indices of Deprivation are relative: an area’s rank can change because others changed.",
    "The Community Needs Index counts what is recorded. A group that meets without a website, a "
    "lease or a registration may be missing from it.",
    "Lists of places are as their publishers made them. “No record” means that no list here has "
    "one; it does not mean that there is none.",
    "Distances are straight lines: rivers, railways and busy roads are ignored. On foot it is "
    "usually 1.2 to 1.3 times as far.",
    "A library that moved, closed or changed its hours since December 2023 stands as it was then.",
    "Small areas have about 1,700 people; a difference of a few ranks between two of them means "
    "nothing.",
)
