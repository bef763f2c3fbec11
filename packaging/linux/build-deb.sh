#!/bin/sh
# Makes dist/kbapp_VERSION_ARCH.deb from a PyInstaller bundle. Needs Debian's dpkg-dev, binutils,
# the system libraries that Qt needs, and fakeroot or root. The package runs where libc is at least as new as here.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
id=io.github.kbapp.kbapp
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' kbapp/__init__.py)
arch=$(dpkg --print-architecture)
build=$root/build
tree=$build/deb

sh packaging/bundle.sh
rm -rf "$tree"
umask 022

put() { install -D -m "$1" "$2" "$tree/$3"; }

mkdir -p "$tree/opt" "$tree/usr/bin"
cp -R "$build/bundle/kbapp" "$tree/opt/kbapp"
find "$tree/opt" -type f -exec chmod 644 {} +
chmod 755 "$tree/opt/kbapp/kbapp"
# Wheels come with debugging symbols. OpenBLAS is left alone: patchelf moved its segments, and strip breaks such files.
find "$tree/opt" -type f \( -name '*.so' -o -name '*.so.*' \) ! -path '*numpy.libs*' -exec strip --strip-unneeded {} +
for library in "$tree"/opt/kbapp/_internal/PySide6/Qt/lib/libicudata.so.*; do
    python3 packaging/linux/trim_icu.py "$library"
done
ln -s /opt/kbapp/kbapp "$tree/usr/bin/kbapp"

put 644 "resources/desktop/$id.desktop" "usr/share/applications/$id.desktop"
put 644 "resources/desktop/zz-$id.open.desktop" "usr/share/applications/zz-$id.open.desktop"
put 644 "packaging/linux/$id.metainfo.xml" "usr/share/metainfo/$id.metainfo.xml"
put 644 "resources/desktop/$id.mime.xml" "usr/share/mime/packages/$id.xml"
put 644 resources/icons/kbapp.svg "usr/share/icons/hicolor/scalable/apps/$id.svg"
for size in 16 22 24 32 48 64 128 256 512; do
    put 644 "$build/icons/kbapp-$size.png" "usr/share/icons/hicolor/${size}x$size/apps/$id.png"
done
put 644 packaging/linux/kbapp.1 usr/share/man/man1/kbapp.1
gzip -9n "$tree/usr/share/man/man1/kbapp.1"
for shell in bash:bash-completion/completions/kbapp zsh:zsh/vendor-completions/_kbapp fish:fish/vendor_completions.d/kbapp.fish; do
    _KBAPP_COMPLETE="${shell%%:*}_source" "$build/venv/bin/kbapp" completion > "$build/completion" || true
    put 644 "$build/completion" "usr/share/${shell#*:}"
done
PYTHONUTF8=1 "$build/venv/bin/python" packaging/sbom.py --copyright > "$build/copyright"
put 644 "$build/copyright" usr/share/doc/kbapp/copyright
gzip -9nc packaging/CHANGELOG.md > "$build/NEWS.gz"
put 644 "$build/NEWS.gz" usr/share/doc/kbapp/NEWS.gz
printf 'kbapp (%s) stable; urgency=medium\n\n  * Release %s; see NEWS.gz.\n\n -- The kbapp developers <kbapp@users.noreply.github.com>  %s\n' \
    "$version" "$version" "$(date -R)" | gzip -9n > "$build/changelog.gz"
put 644 "$build/changelog.gz" usr/share/doc/kbapp/changelog.gz
put 644 packaging/linux/lintian-overrides usr/share/lintian/overrides/kbapp

# What the bundle's libraries need and do not bring, with the versions that they really need. CUPS is left to Recommends:
# without it there is only no printer to choose.
mkdir -p "$build/shlibdeps/debian"
cat > "$build/shlibdeps/debian/control" <<'CONTROL'
Source: kbapp

Package: kbapp
Architecture: any
CONTROL
binaries=$(find "$tree/opt/kbapp" -type f \( -name '*.so' -o -name '*.so.*' -o -name kbapp \) ! -path '*printsupport*')
folders=$(find "$tree/opt/kbapp" -name '*.so*' -printf '-l%h\n' | sort -u)
needed=$(cd "$build/shlibdeps" && dpkg-shlibdeps -O --ignore-missing-info $folders $binaries 2> "$build/shlibdeps/log" | sed -n 's/^shlibs:Depends=//p')
[ -n "$needed" ] || {
    grep 'error:' "$build/shlibdeps/log" >&2
    echo "The bundle needs libraries that this machine lacks; install their packages and build again." >&2
    exit 1
}

mkdir -p "$tree/DEBIAN"
cat > "$tree/DEBIAN/control" <<CONTROL
Package: kbapp
Version: $version
Architecture: $arch
Maintainer: The kbapp developers <kbapp@users.noreply.github.com>
Installed-Size: $(du -sk "$tree/opt" "$tree/usr" | awk '{sum += $1} END {print sum}')
Section: text
Priority: optional
Homepage: https://kbapp.github.io/
Depends: $needed, fonts-dejavu-core | fonts-liberation | fonts-noto-core
Recommends: libssl3 | libssl3t64, ca-certificates, shared-mime-info, desktop-file-utils, libcups2 | libcups2t64
Description: private knowledge base of articles, their authors and the people in them
 Drop saved articles on the window: kbapp reads title, authors, date, source
 and text, finds the people in them, and gives every author and every person
 a page, all linked. Everything is searched at once, offline, and private
 notes are kept beside the text.
CONTROL
find "$tree" -type d -exec chmod 755 {} +
(cd "$tree" && find opt usr -type f -exec md5sum {} + > DEBIAN/md5sums)
mkdir -p dist
dpkg-deb --root-owner-group -Zxz --build "$tree" "dist/kbapp_${version}_$arch.deb" >/dev/null
echo "dist/kbapp_${version}_$arch.deb"
