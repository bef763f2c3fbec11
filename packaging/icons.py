"""Draws the program's icon from its SVG for every system: python packaging/icons.py FOLDER."""

import sys
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def draw(svg: Path, size: int) -> QImage:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def main(folder: Path) -> int:
    svg = Path(__file__).parent.parent / "resources/icons/kbapp.svg"
    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication(["icons", "-platform", "offscreen"])
    names = {f"kbapp-{size}.png": size for size in SIZES} | {"kbapp.ico": 256, "kbapp.icns": 512}
    failed = [name for name, size in names.items() if not draw(svg, size).save(str(folder / name))]
    del application
    for name in failed:
        print(f"{folder / name} could not be written", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
