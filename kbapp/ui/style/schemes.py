"""One design: spacing and colour schemes, as plain values that nothing needs to be loaded for."""

from __future__ import annotations

from dataclasses import dataclass

SPACE = 8  # the step of all distances, in pixels
SERIF = ["Charter", "Source Serif 4", "Georgia", "Noto Serif", "Liberation Serif", "DejaVu Serif", "serif"]


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of one scheme; text on paper has a contrast of at least 4.5:1, quiet text too."""

    name: str
    paper: str
    surface: str
    sidebar: str
    line: str
    text: str
    quiet: str
    faint: str
    accent: str
    accent_text: str
    selected: str
    hover: str
    warn: str
    marks: tuple[tuple[str, str], ...]


LIGHT = Scheme(
    "light", "#fcfbf8", "#ffffff", "#f2f0eb", "#dfdbd2", "#1f1e1b", "#67635a", "#b9b4a8", "#1b5a85", "#ffffff", "#dbe8f1", "#eae7e0", "#a33a1b",
    (("yellow", "#fdf0a6"), ("green", "#cdebc4"), ("blue", "#cbe2f6"), ("pink", "#f8d3dc"), ("purple", "#e2d6f3")),
)  # fmt: skip
SEPIA = Scheme(
    "sepia", "#f6eedd", "#fbf5e8", "#ece2cc", "#d8cbae", "#33291a", "#6a5b41", "#b6a583", "#7a4413", "#ffffff", "#e6d7b5", "#ece2cc", "#993417",
    (("yellow", "#f4e08e"), ("green", "#cfdfae"), ("blue", "#c4d8dd"), ("pink", "#efc9bd"), ("purple", "#dccbdc")),
)  # fmt: skip
DARK = Scheme(
    "dark", "#1e1d1b", "#262522", "#191817", "#393732", "#e6e2d8", "#a8a294", "#5c584f", "#8fbfe0", "#12212c", "#2e4150", "#2d2b28", "#f0997c",
    (("yellow", "#5d5016"), ("green", "#2c4f2a"), ("blue", "#24465f"), ("pink", "#5f2d3b"), ("purple", "#47345f")),
)  # fmt: skip
