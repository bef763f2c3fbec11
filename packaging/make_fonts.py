"""Makes resources/fonts/ from the npm packages of Fontsource, whose files are split by script: one TrueType file a weight.

    npm pack @fontsource/inter @fontsource/source-serif-4       # unpack both below FOLDER
    pip install fonttools brotli
    python packaging/make_fonts.py FOLDER

Both families stand under the SIL Open Font License, whose texts are kept beside them.
"""

import sys
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

SCRIPTS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "vietnamese")
FACES = {
    "inter": ("Inter", ("400-normal", "400-italic", "500-normal", "600-normal")),
    "source-serif-4": ("Source Serif 4", ("400-normal", "400-italic", "600-normal", "600-italic")),
}
STYLES = {
    "400-normal": "Regular", "400-italic": "Italic", "500-normal": "Medium", "600-normal": "SemiBold", "600-italic": "SemiBold Italic",
}  # fmt: skip


def main(folder: Path) -> None:
    target = Path(__file__).parent.parent / "resources" / "fonts"
    target.mkdir(exist_ok=True)
    for package, (family, faces) in FACES.items():
        (files,) = {path.parent for path in folder.rglob(f"{package}-latin-400-normal.woff2")}
        (target / f"{family.replace(' ', '')}-OFL.txt").write_bytes((files.parent / "LICENSE").read_bytes())
        for face in faces:
            parts = [path for script in SCRIPTS if (path := files / f"{package}-{script}-{face}.woff2").exists()]
            style = STYLES[face]
            merged(parts, family, style).save(target / f"{family.replace(' ', '')}-{style.replace(' ', '')}.ttf")


def merged(parts: list[Path], family: str, style: str) -> TTFont:
    """The scripts in one font, named so that every system groups its weights under ``family``."""
    plain = []
    for number, path in enumerate(parts):
        font = TTFont(path)
        font.flavor = None
        plain.append(Path(f"/tmp/part-{number}.ttf") if sys.platform != "win32" else Path(f"part-{number}.ttf"))
        font.save(plain[-1])
    font = Merger().merge([str(path) for path in plain])
    for path in plain:
        path.unlink()
    # Localised forms of one script's file name glyphs of another's once they are merged: every A became a foreign one.
    # Ligatures and alternates have no letter of their own, so that text printed to PDF could not be copied or found.
    for record in font["GSUB"].table.FeatureList.FeatureRecord:
        if record.FeatureTag in ("locl", "liga", "clig", "rlig", "calt"):
            record.Feature.LookupListIndex, record.Feature.LookupCount = [], 0
    names = font["name"]
    names.names = [record for record in names.names if record.nameID not in (1, 2, 4, 6, 16, 17, 21, 22, 25)]
    old_style = "Italic" if "Italic" in style else "Regular"
    short = family if style in ("Regular", "Italic") else f"{family} {style.replace(' Italic', '')}"
    for number, text in (
        (1, short), (2, old_style), (4, f"{family} {style}"), (6, f"{family}-{style}".replace(" ", "")), (16, family), (17, style),
    ):  # fmt: skip
        names.setName(text, number, 3, 1, 0x409)
    return font


if __name__ == "__main__":
    main(Path(sys.argv[1]))
