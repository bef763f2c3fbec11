#!/bin/sh
# On a Mac: makes dist/kbapp-VERSION-PROCESSOR.dmg (arm64 or x86_64, as this Mac); signs it with $SIGN_IDENTITY and notarises it with the keychain profile
# $NOTARY_PROFILE when they are set.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' kbapp/__init__.py)
sh packaging/bundle.sh
app=build/bundle/kbapp.app
image=dist/kbapp-$version-$(uname -m).dmg
mkdir -p dist
if [ -n "${SIGN_IDENTITY:-}" ]; then
    codesign --deep --force --options runtime --timestamp --entitlements packaging/macos/entitlements.plist --sign "$SIGN_IDENTITY" "$app"
fi
rm -rf build/dmg "$image"
mkdir -p build/dmg
cp -R "$app" build/dmg/
ln -s /Applications build/dmg/Applications
hdiutil create -volname kbapp -srcfolder build/dmg -ov -format UDZO "$image"
if [ -n "${NOTARY_PROFILE:-}" ]; then
    codesign --timestamp --sign "$SIGN_IDENTITY" "$image"
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi
echo "$image"
