"""The design as plain values, which nothing needs to be loaded for: spacing, type scale, colours."""

from __future__ import annotations

from dataclasses import dataclass

SPACE = 8  # the step of all distances, in pixels
HEAD = 48  # height of the head of every pane: one hairline runs below all of them
BAR = 40  # height of the bar above a page
SANS, SERIF = "Inter", "Source Serif 4"  # bundled; the system's typefaces serve the scripts that these lack


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of one scheme.

    Text, quiet text, accent and warnings have a contrast of at least 4.5:1 on every ground on which they stand; ``faint`` is
    for what cannot be used now, never for text that must be read.

    Attributes:
        paper, surface, sidebar, card: Grounds of pages; of lists and the inspector; of the sidebar; of fields and pop-ups.
        line, line2: Hairlines; edges of controls and axes.
        soft, selected, hover: Grounds of what is switched on, chosen, under the mouse.
        bar, bar2, bar_other: Columns of charts: these, the others, a second person.
        marks: The five colours of highlights.
        toast: Ground, text and link of a toast.
        discs: Ground and letters of initials.
    """

    name: str
    paper: str
    surface: str
    sidebar: str
    card: str
    line: str
    line2: str
    text: str
    quiet: str
    faint: str
    accent: str
    accent_text: str
    soft: str
    selected: str
    hover: str
    warn: str
    warn_soft: str
    good: str
    bar: str
    bar2: str
    bar_other: str
    marks: tuple[tuple[str, str], ...]
    toast: tuple[str, str, str]
    discs: tuple[tuple[str, str], ...]

    def chart_colours(self) -> dict[str, str]:
        """The colours by the names that charts use."""
        names = ("card", "line", "line2", "text", "quiet", "accent", "soft", "bar", "bar2")
        colours = {name: str(getattr(self, name)) for name in names} | {"bar-other": self.bar_other}
        for number, (ground, letters) in enumerate(self.discs):
            colours |= {f"disc{number}": ground, f"disc{number}-text": letters}
        return colours


_DISCS = (
    ("#c8dcea", "#164566"), ("#dcebdd", "#2a5a37"), ("#f4e3cf", "#7a4512"), ("#efdde4", "#7a2f4b"),
    ("#e5dff1", "#4f3b7c"), ("#d6eae7", "#1d5a55"), ("#f2dcd5", "#87341d"), ("#e7e5d3", "#575216"),
)  # fmt: skip

LIGHT = Scheme(
    name="light", paper="#fdfcf9", surface="#faf8f3", sidebar="#f3f0e9", card="#ffffff", line="#e6e2d9", line2="#d3cec2",
    text="#1f1e1b", quiet="#66625a", faint="#aaa598", accent="#1b5a85", accent_text="#ffffff", soft="#e6eff5",
    selected="#dde9f1", hover="#ebe7de", warn="#a33a1b", warn_soft="#f8e9e2", good="#2f6b3c",
    bar="#1b5a85", bar2="#9dbbcf", bar_other="#a8592a",
    marks=(("yellow", "#fbeb9a"), ("green", "#cdebc4"), ("blue", "#cbe2f6"), ("pink", "#f8d3dc"), ("purple", "#e2d6f3")),
    toast=("#2a2926", "#f4f1ea", "#9ccbec"), discs=_DISCS,
)  # fmt: skip
SEPIA = Scheme(
    name="sepia", paper="#f6eedd", surface="#f1e8d4", sidebar="#ebe1ca", card="#fbf5e8", line="#e0d4b9", line2="#cdbf9f",
    text="#33291a", quiet="#675840", faint="#b3a27f", accent="#7a4413", accent_text="#ffffff", soft="#eedfc2",
    selected="#e4d4b0", hover="#e6dabf", warn="#993417", warn_soft="#f3dcc9", good="#4a6022",
    bar="#7a4413", bar2="#c0a272", bar_other="#2f6a78",
    marks=(("yellow", "#f4e08e"), ("green", "#cfdfae"), ("blue", "#c4d8dd"), ("pink", "#efc9bd"), ("purple", "#dccbdc")),
    toast=("#33291a", "#f6eedd", "#e9b98a"), discs=_DISCS,
)  # fmt: skip
DARK = Scheme(
    name="dark", paper="#1e1d1b", surface="#1b1a18", sidebar="#171614", card="#272522", line="#32302c", line2="#47443e",
    text="#e8e4da", quiet="#aaa497", faint="#66625a", accent="#8fc1e3", accent_text="#0f1f2a", soft="#24333d",
    selected="#2a3c48", hover="#2a2825", warn="#f0997c", warn_soft="#3d2820", good="#8fc79a",
    bar="#7db3d8", bar2="#50687a", bar_other="#e0a070",
    marks=(("yellow", "#574b14"), ("green", "#2c4f2a"), ("blue", "#24465f"), ("pink", "#5f2d3b"), ("purple", "#47345f")),
    toast=("#e8e4da", "#1f1e1b", "#1b5a85"),
    discs=(
        ("#34536b", "#c6e1f4"), ("#2c4531", "#b5dcbc"), ("#4d3a25", "#edc79b"), ("#4a2c39", "#efb9cc"),
        ("#3c3355", "#cfc0ef"), ("#21443f", "#a6dbd3"), ("#512f25", "#f2b8a4"), ("#43401f", "#dcd69a"),
    ),
)  # fmt: skip
