"""Makes Qt's copy of ICU's data small: python trim_icu.py LIBICUDATA. Needs icupkg (icu-devtools) and a C compiler.

kbapp sorts by SQLite and shows dates by itself; of ICU’s 32 MB Qt needs the properties of characters, the orders of the languages
and the time zones. Left as it is when a tool is missing.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

KEPT = re.compile(
    r".*\.(icu|nrm|spp)$|coll/.*\.res$|(lang|region|zone|curr|unit|rbnf|translit)?/?(root|pool|res_index|supplementalData|keyTypeData|timezoneTypes|"
    r"zoneinfo64|metaZones|windowsZones|numberingSystems|likelySubtags|metadata|plurals|dayPeriods|genderList|icuver|icustd|pluralRanges|grammaticalFeatures|"
    r"currencyNumericCodes|units|tzdbNames)\.res$"
)


def main(library: Path) -> int:
    if not shutil.which("icupkg") or not shutil.which("gcc"):
        print("icupkg or gcc is missing; ICU's data stays whole", file=sys.stderr)
        return 0
    version = re.search(r"libicudata\.so\.(\d+)", library.name)[1]  # type: ignore[index]
    symbol = f"icudt{version}_dat"
    table = subprocess.run(["readelf", "-sW", str(library)], capture_output=True, text=True, check=True).stdout
    address, size = next((int(row[1], 16), int(row[2], 0)) for row in map(str.split, table.splitlines()) if row and row[-1] == symbol)  # fmt: skip
    sections = subprocess.run(["readelf", "-SW", str(library)], capture_output=True, text=True, check=True).stdout
    start, offset = next(
        (int(found[1], 16), int(found[2], 16))
        for found in re.finditer(r"PROGBITS\s+([0-9a-f]{16})\s+([0-9a-f]+)\s+([0-9a-f]+)", sections)
        if int(found[1], 16) <= address < int(found[1], 16) + int(found[3], 16)
    )
    at = offset + address - start
    data = library.read_bytes()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        package = folder / f"icudt{version}l.dat"
        # ICU's own size is written nowhere reliable when the symbol has none; what follows the data does no harm.
        package.write_bytes(data[at : at + size] if size > 1000 else data[at:])
        listed = subprocess.run(["icupkg", "-l", str(package)], capture_output=True, text=True, check=True).stdout.split()  # fmt: skip
        (folder / "remove.txt").write_text("\n".join(item for item in listed if not KEPT.match(item)) + "\n")
        small = folder / "small" / package.name  # the name is part of every item's
        small.parent.mkdir()
        subprocess.run(["icupkg", "-r", str(folder / "remove.txt"), str(package), str(small)], check=True)
        (folder / "data.S").write_text(
            f'.section .rodata\n.globl {symbol}\n.balign 16\n.type {symbol}, @object\n{symbol}:\n.incbin "{small}"\n.size {symbol}, .-{symbol}\n.section .note.GNU-stack,"",@progbits\n'
        )
        subprocess.run(
            ["gcc", "-shared", "-nostdlib", f"-Wl,-soname,libicudata.so.{version}", "-o", str(folder / "small.so"), str(folder / "data.S")],
            check=True,
        )  # fmt: skip
        print(
            f"ICU's data: {len(listed)} items of {len(data) >> 20} MB, {small.stat().st_size >> 10} KB kept",
            file=sys.stderr,
        )
        shutil.copyfile(folder / "small.so", library)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
