#!/bin/sh
# Proves the .deb by double-clicking, in a clean Debian: sh tests/e2e/installed.sh DEB OUTPUT_FOLDER [ROOT_FOLDER]
# Needs root and debootstrap. Screenshots, timings and the log go to the output folder. Slow (some minutes), so no part of the tests.
set -eu

deb=$(readlink -f "$1")
mkdir -p "$2"
out=$(readlink -f "$2")
tree=${3:-$(mktemp -d)/debian}
here=$(dirname "$(readlink -f "$0")")
samples=$here/../../resources/samples

if [ ! -x "$tree/usr/bin/apt-get" ]; then
    debootstrap --variant=minbase "$(. /etc/os-release; echo "$VERSION_CODENAME")" "$tree" >/dev/null
fi
cp -R /etc/apt/. "$tree/etc/apt/"
cp /etc/resolv.conf "$tree/etc/resolv.conf"
cp "$deb" "$tree/kbapp.deb"
for each in proc dev sys; do mountpoint -q "$tree/$each" || mount --rbind "/$each" "$tree/$each"; done
trap 'for each in proc dev sys; do umount -lR "$tree/$each"; done' EXIT

chroot "$tree" sh -eu <<'INSIDE'
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y install --no-install-recommends /kbapp.deb >/kbapp-install.log 2>&1
command -v kbapp
kbapp --version
# Only for looking at it: a screen, a window manager, a file manager, hands.
apt-get -qq -y install --no-install-recommends xvfb openbox pcmanfm xdotool procps imagemagick shared-mime-info desktop-file-utils dbus-x11 >/dev/null 2>&1
id reader >/dev/null 2>&1 || useradd -m reader
INSIDE

mkdir -p "$tree/home/reader/Desktop" "$tree/shots"
cp "$tree/usr/share/applications/io.github.kbapp.kbapp.desktop" "$tree/home/reader/Desktop/kbapp.desktop"
cp "$samples/brandt-retires.txt" "$tree/home/reader/Desktop/retires.txt"
chmod 755 "$tree/home/reader/Desktop/kbapp.desktop"
cat > "$tree/double-click.sh" <<'INSIDE'
#!/bin/sh
# Runs as the user "reader" inside the clean system.
set -eu
export HOME=/home/reader DISPLAY=:77 XDG_CONFIG_HOME=/home/reader/.config
mkdir -p "$HOME/.config/pcmanfm/default" "$HOME/.config/libfm"
printf '[config]\nquick_exec=1\n' > "$HOME/.config/libfm/libfm.conf"
printf '[*]\nwallpaper_mode=color\ndesktop_bg=#456078\ndesktop_fg=#ffffff\nshow_documents=0\nshow_trash=0\nshow_mounts=0\n' > "$HOME/.config/pcmanfm/default/desktop-items-0.conf"
Xvfb :77 -screen 0 1280x800x24 >/dev/null 2>&1 &
sleep 2
openbox >/dev/null 2>&1 &
pcmanfm --desktop >/dev/null 2>&1 &
sleep 4
double_click() { # a hand that comes from elsewhere; the file manager misses a click that comes out of nowhere
    xdotool mousemove 600 760 click 1 sleep 1 mousemove "$1" "$2" sleep 0.3 mousedown 1 mouseup 1 mousedown 1 mouseup 1
}
shot() { import -window root "/shots/$1.png"; }
await() { # a window whose title fits, for some seconds
    n=0
    while ! xdotool search --onlyvisible --name "$1" >/dev/null 2>&1; do
        n=$((n + 1)); [ $n -lt 80 ] || return 1
        sleep 0.1
    done
}
open_it() { # X Y TITLE: the file manager now and then misses a double click, as people know
    for attempt in 1 2 3; do
        double_click "$1" "$2"
        begin=$(date +%s%N)
        if await "$3"; then
            echo "double click to “$3”: $(( ($(date +%s%N) - begin) / 1000000 )) ms (attempt $attempt)"
            return
        fi
    done
    shot failed
    echo "no window named $3" >&2
    exit 1
}
shot 1-desktop
open_it "$1" "$2" kbapp
sleep 3
shot 2-window
xdotool search --onlyvisible --name kbapp windowsize 900 700 windowmove 340 40
sleep 1
open_it "$3" "$4" "Thirty-One Years"
sleep 2
shot 3-article
echo "windows of the program: $(xdotool search --onlyvisible --name kbapp | wc -l)"
kbapp list articles
pkill -u reader -f kbapp || true
pkill pcmanfm; pkill openbox; pkill Xvfb
INSIDE
chmod 755 "$tree/double-click.sh"
chroot "$tree" sh -c 'chown -R reader: /home/reader /shots; su reader -s /bin/sh -c "xdg-mime --version >/dev/null 2>&1; mkdir -p ~/.config; printf \"[Default Applications]\ntext/plain=io.github.kbapp.kbapp.desktop\n\" > ~/.config/mimeapps.list; dbus-run-session -- /double-click.sh 60 35 60 140"' 2>&1 | tee "$out/log.txt"
cp "$tree"/shots/*.png "$out/"
