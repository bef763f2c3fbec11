#!/bin/sh
# Makes dist/kbapp-VERSION-ARCH.AppImage with appimagetool, from the tree that build-deb.sh leaves in build/deb.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
id=io.github.kbapp.kbapp
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' kbapp/__init__.py)
command -v appimagetool >/dev/null 2>&1 || { echo "appimagetool is missing: https://appimage.github.io/appimagetool/" >&2; exit 1; }
[ -d build/deb/opt/kbapp ] || sh packaging/linux/build-deb.sh
tree=build/AppDir
rm -rf "$tree"
mkdir -p "$tree/usr" dist
cp -R build/deb/usr/share "$tree/usr/share"
cp -R build/deb/opt/kbapp "$tree/usr/kbapp"
cp "resources/desktop/$id.desktop" "$tree/$id.desktop"
cp resources/icons/kbapp.svg "$tree/$id.svg"
printf '#!/bin/sh\nexec "${APPDIR:-$(dirname "$(readlink -f "$0")")}/usr/kbapp/kbapp" "$@"\n' > "$tree/AppRun"
chmod 755 "$tree/AppRun"
VERSION=$version appimagetool --no-appstream "$tree" "dist/kbapp-$version-$(uname -m).AppImage"
