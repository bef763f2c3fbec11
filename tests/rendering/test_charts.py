"""Charts: every number has its place, at every width, in words too."""

import itertools
import re
import xml.etree.ElementTree as ElementTree

import pytest

from kbapp.rendering import charts

COUNTS = (("2022-11", 1), ("2023-03", 3), ("2023-05", 6), ("2024-02", 1))
COLOURS = {
    **dict.fromkeys(("bar", "bar2", "bar-other", "line", "line2", "quiet", "accent"), "#123456"),
    **{f"disc{n}{kind}": "#abcdef" for n in range(charts.DISCS) for kind in ("", "-text")},
}
ALL = [
    charts.MonthColumns(COUNTS, "in words", ("2023-01", "2023-12")),
    charts.MonthColumns((), "nothing"),
    charts.YearColumns(((2019, 2), (2023, 5)), "in words"),
    charts.PairedMonths(COUNTS, COUNTS[1:], "in words"),
    charts.Spark(COUNTS, "in words"),
    charts.Bar(3, 8, "3 of 8", pale=1),
    charts.Disc("Karl-Heinz <Brandt>", 5),
    charts.RoleMark(True),
]


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: type(chart).__name__)
@pytest.mark.parametrize("right_to_left", [False, True])
def test_a_chart_is_whole_at_every_width(chart: charts.Chart, right_to_left: bool) -> None:
    for width in (40, 320, 1400):
        svg = charts.in_colours(chart.svg(width, right_to_left=right_to_left), COLOURS)
        root = ElementTree.fromstring(svg)
        assert (int(root.get("width", 0)), int(root.get("height", 0))) == chart.size(width)
        assert "var(" not in svg
        for part in root.iter("{http://www.w3.org/2000/svg}rect"):
            assert float(part.get("width", 0)) > 0 and float(part.get("x", 0)) >= -4
        if chart.alt:
            assert root.findtext("{http://www.w3.org/2000/svg}title") == chart.alt


def test_months_are_even_and_empty_ones_keep_their_place() -> None:
    svg = charts.MonthColumns(COUNTS, "").svg(424)
    middles = [float(x) + float(w) / 2 for x, w in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg)]
    steps = [round((b - a) / (400 / 16)) for a, b in itertools.pairwise(middles)]
    assert steps == [4, 2, 9]  # November to March, March to May, May to February


def test_the_month_under_the_pointer() -> None:
    chart = charts.MonthColumns(COUNTS, "")
    assert chart.month_at(1, 424) == "2022-11" and chart.month_at(399, 424) == "2024-02"
    assert chart.month_at(410, 424) is None
    assert chart.month_at(423, 424, right_to_left=True) == "2022-11"


def test_columns_outside_the_chosen_months_step_back() -> None:
    svg = charts.MonthColumns(COUNTS, "", ("2023-01", "2023-12")).svg(424)
    assert svg.count("var(--bar)") == 2 and svg.count("var(--bar2)") == 2


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Karl-Heinz Brandt", "KB"), ("Nadia al-Rashid", "NR"), ("Hanneke van der Velde", "HV"), ("Pelé", "P"), ("王小明", "王"),
        ("김 민수", "김"), ("Éric O’Neil", "ÉO"), ("—", "?"), ("", "?"), ("محمد الفارسي", "ما"),
    ],
)  # fmt: skip
def test_initials(name: str, letters: str) -> None:
    assert charts.initials(name) == letters


def test_the_colours_of_a_person_never_change() -> None:
    assert charts.Disc("A B", 7).svg(36) == charts.Disc("A B", 7).svg(36)
    assert len({re.search(r"disc\d", charts.Disc("A B", key).svg(36))[0] for key in range(60)}) == charts.DISCS  # type: ignore[index]
