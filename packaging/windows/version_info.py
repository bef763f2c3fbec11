"""Prints the version resource of kbapp.exe for PyInstaller."""

import re
from pathlib import Path

source = (Path(__file__).parent.parent.parent / "kbapp/__init__.py").read_text("utf-8")
version = re.search(r'__version__ = "(.+)"', source)[1]
numbers = tuple([*map(int, re.findall(r"\d+", version)), 0, 0, 0, 0][:4])
print(f"""VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0),
  kids=[
    StringFileInfo([StringTable('040904B0', [
      StringStruct('CompanyName', 'The kbapp developers'),
      StringStruct('FileDescription', 'kbapp'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('LegalCopyright', 'MIT licence'),
      StringStruct('OriginalFilename', 'kbapp.exe'),
      StringStruct('ProductName', 'kbapp'),
      StringStruct('ProductVersion', '{version}')])]),
    VarFileInfo([VarStruct('Translation', [1033, 1200])])
  ]
)""")
