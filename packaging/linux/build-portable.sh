#!/bin/sh
# Makes dist/kbapp-VERSION-linux-ARCH.tar.xz from the tree that build-deb.sh leaves in build/deb: unpack it anywhere, a stick
# included, and double-click "kbapp". It also carries the small libraries that Qt takes from the system and that not every
# system has; those that must be the system's own (libc, OpenGL, fontconfig, D-Bus) it does not.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' kbapp/__init__.py)
[ -d build/deb/opt/kbapp ] || sh packaging/linux/build-deb.sh
name=kbapp-$version-linux-$(uname -m)
tree=build/portable/$name
rm -rf build/portable
mkdir -p "$tree" dist
cp -R build/deb/opt/kbapp/. "$tree/"
cp packaging/LICENSE build/copyright "$tree/"
for library in libxcb-cursor.so.0 libxcb-icccm.so.4 libxcb-image.so.0 libxcb-keysyms.so.1 libxcb-randr.so.0 libxcb-render.so.0 \
    libxcb-render-util.so.0 libxcb-shape.so.0 libxcb-shm.so.0 libxcb-sync.so.1 libxcb-util.so.1 libxcb-xfixes.so.0 libxcb-xinerama.so.0 \
    libxcb-xkb.so.1 libxkbcommon.so.0 libxkbcommon-x11.so.0 libX11-xcb.so.1 libwayland-client.so.0 libwayland-cursor.so.0 \
    libwayland-egl.so.1 libgssapi_krb5.so.2 libkrb5.so.3 libk5crypto.so.3 libkrb5support.so.0 libcom_err.so.2 libkeyutils.so.1; do
    path=$(ldconfig -p | awk -v name="$library" '$1 == name {print $NF; exit}')
    [ -n "$path" ] || { echo "$library is missing here; install its package and build again." >&2; exit 1; }
    cp -L "$path" "$tree/_internal/"
done
tar -C build/portable -cJf "dist/$name.tar.xz" "$name"
echo "dist/$name.tar.xz"
