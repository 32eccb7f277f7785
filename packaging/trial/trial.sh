#!/bin/bash
# Tries out a package in a fresh root of Debian: install, start as systemd would, serve, reload, upgrade, remove, purge, and what
# can go wrong. Run as root, with debootstrap; everything happens in namespaces of its own.
#
#     packaging/trial/trial.sh PACKAGE.deb [OLDER.deb]
#
# OLDER is a package of a lower version: RELAYD_PACKAGE_VERSION=0.0.1 for the build makes one. The fresh root is kept in
# /tmp/relayd-trial.tar for the next time; RELAYD_TRIAL_MIRROR names another mirror. The exit status is 1 if a step failed.
set -u

if [ "${RELAYD_TRIAL_INSIDE:-}" != yes ]; then
    [ "$(id -u)" -eq 0 ] || { echo 'trial.sh: needs root' >&2; exit 2; }
    [ $# -ge 1 ] && [ -r "$1" ] || { echo 'usage: trial.sh PACKAGE.deb [OLDER.deb]' >&2; exit 2; }
    # No network but a loopback of its own; mounts and processes end with it.
    packages=()
    for package; do packages+=("$(realpath "$package")"); done
    export RELAYD_TRIAL_FOLDER
    RELAYD_TRIAL_FOLDER=$(mktemp -d /tmp/relayd-trial.XXXXXX)
    tar=/tmp/relayd-trial.tar
    if [ ! -e "$tar" ]; then
        echo 'trial: makes a fresh root'
        debootstrap --variant=minbase \
            --include=systemd,systemd-sysv,libssl3,libnftables1,iproute2,curl,logrotate,passwd,init-system-helpers \
            bookworm "$RELAYD_TRIAL_FOLDER/root" ${RELAYD_TRIAL_MIRROR:+"$RELAYD_TRIAL_MIRROR"} \
            >"$RELAYD_TRIAL_FOLDER/debootstrap.log" || exit 2
        tar -C "$RELAYD_TRIAL_FOLDER" -cf "$tar.new" root && mv "$tar.new" "$tar"
    else
        tar -C "$RELAYD_TRIAL_FOLDER" -xf "$tar"
    fi
    RELAYD_TRIAL_INSIDE=yes unshare --mount --net --pid --ipc --uts --fork --mount-proc --kill-child \
        "$BASH" "$0" "${packages[@]}"
    status=$?
    rm -rf "$RELAYD_TRIAL_FOLDER"
    exit "$status"
fi

package=$1
older=${2:-}
root=$RELAYD_TRIAL_FOLDER/root
failures=0
ip link set lo up
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs run "$root/run"
mkdir -p "$root/srv/packages"
cp "$package" "$root/srv/packages/new.deb"
[ -z "$older" ] || cp "$older" "$root/srv/packages/old.deb"

in_root() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

# step NAME COMMAND...: runs it, and tells how it went.
step() {
    local name=$1 begun ended
    shift
    begun=$(date +%s%N)
    if "$@" >"$RELAYD_TRIAL_FOLDER/said" 2>&1; then
        ended=$(date +%s%N)
        printf 'ok    %s (%d ms)\n' "$name" $(((ended - begun) / 1000000))
    else
        printf 'FAIL  %s\n' "$name"
        sed 's/^/      /' "$RELAYD_TRIAL_FOLDER/said" | tail -30
        [ ! -s "$RELAYD_TRIAL_FOLDER/log" ] || tail -5 "$RELAYD_TRIAL_FOLDER/log" | sed 's/^/      log: /'
        failures=$((failures + 1))
    fi
}

# fails COMMAND...: whether it fails; says(TEXT): whether the last step's command said it.
fails() { ! "$@"; }
says() { grep -qF -- "$1" "$RELAYD_TRIAL_FOLDER/last" || { cat "$RELAYD_TRIAL_FOLDER/last"; return 1; }; }
keep() { "$@" >"$RELAYD_TRIAL_FOLDER/last" 2>&1; local status=$?; cat "$RELAYD_TRIAL_FOLDER/last"; return "$status"; }

# within SECONDS COMMAND...: until it succeeds.
within() {
    local deadline=$(($(date +%s) + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$(date +%s)" -lt "$deadline" ] || { "$@"; return 1; }
        sleep 0.05
    done
}

# All files of the root, without those that every use of dpkg changes.
files() {
    (cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./run -o -path ./srv -o -path ./tmp \) -prune \
        -o \( -path './var/lib/dpkg/*' -o -path './var/log/*' -o -path './var/cache/*' -o -path './etc/*-' -o -name .pwd.lock \
        -o -path ./var/lib/systemd/random-seed -o -path ./etc/ld.so.cache \) -o -print) |
        sort
    sort "$root/etc/passwd" "$root/etc/group"
    [ ! -e "$root/var/log/relayd" ] || echo var/log/relayd
}

# What relayd.service does, in the root, where systemd does not run: the same programs, environment and user.
unit() { sed -n "s/^$1=//p" "$root/usr/lib/systemd/system/relayd.service" | sed 's/^-//'; }
unit_command() {
    local options=
    options=$(. "$root/etc/default/relayd" && printf '%s' "$RELAYD_OPTS")
    unit "$1" | sed "s/\\\$RELAYD_OPTS/$options/"
}
start() {
    # shellcheck disable=SC2046 # several words
    in_root $(unit_command ExecStartPre) || return 1
    # shellcheck disable=SC2046
    in_root $(unit_command ExecStart) >"$RELAYD_TRIAL_FOLDER/log" 2>&1 &
    daemon=$!
}
stop() {
    pgrep -f '[r]elayd.main.RelaydMain -d' | xargs -r kill
    wait "$daemon"
}
serves() { curl -sf --max-time 5 -o /dev/null "http://127.0.0.1:8080/$1"; }

configure() {
    cat >"$root/etc/relayd.conf" <<'C'
table <web> { 127.0.0.1 }
http protocol "web" { match request header set "X-Trial" value "$REMOTE_ADDR" }
relay "www" {
	listen on 127.0.0.1 port 8080
	protocol "web"
	forward to <web> port 8000 check tcp
}
C
}

# A web server that takes its time for /slow.
cat >"$RELAYD_TRIAL_FOLDER/origin.py" <<'P'
import http.server, time
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_GET(self):
        if self.path.startswith('/slow'):
            time.sleep(4)
        body = b'hello\n'
        self.send_response(200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *words):
        pass
http.server.ThreadingHTTPServer(('127.0.0.1', 8000), Handler).serve_forever()
P
python3 "$RELAYD_TRIAL_FOLDER/origin.py" &

files >"$RELAYD_TRIAL_FOLDER/before"

echo "trial: $(dpkg-deb -f "$package" Package Version Architecture | tr '\n' ' ')"
small_disk() {
    mount -t tmpfs -o size=20m tmpfs "$root/usr/lib/relayd" || return 1
    keep fails in_root dpkg -i /srv/packages/new.deb
    local status=$?
    umount "$root/usr/lib/relayd"
    return "$status"
}
mkdir -p "$root/usr/lib/relayd"
step 'full disk: dpkg fails' small_disk
step 'full disk: it says why' says 'No space left on device'
rmdir "$root/usr/lib/relayd" 2>/dev/null

step 'install' keep in_root dpkg -i /srv/packages/new.deb
step 'the user is there' in_root getent passwd _relayd
step 'relayd -n' in_root relayd -n
step 'relayd-compile' in_root relayd-compile --emit model
step 'no Java but its own' fails in_root sh -c 'command -v java'
step 'no natives of other systems' fails in_root sh -c 'find /usr/lib/relayd -name "*aarch*" | grep .'
step 'installed: at most 110 MB' in_root sh -c 'du -sm /usr/lib/relayd && [ "$(du -sm /usr/lib/relayd | cut -f1)" -le 110 ]'
step 'the package: at most 45 MB' sh -c "stat -c %s '$package' && [ \$(stat -c %s '$package') -le 45000000 ]"
step 'from the archives of classes' in_root sh -c 'RELAYD_JAVA_OPTS=-XX:AOTMode=on relayd -n && RELAYD_JAVA_OPTS=-XX:AOTMode=on relayctl --version'
step 'start with the configuration as installed' start
step '... its control socket' within 30 test -S "$root/run/relayd.sock"
step '... relayctl show summary' in_root relayctl show summary
step '... stop' stop

configure
step 'start' start
step '... first answer' within 30 serves first
step '... two processes, one of _relayd' in_root sh -c "ls -l /proc/[0-9]*/exe 2>/dev/null | grep -c relayd/runtime/bin/java | grep -qx 2"
sed -i 's/X-Trial/X-Other/' "$root/etc/relayd.conf"
# shellcheck disable=SC2046
step 'reload' in_root $(unit ExecReload)
step '... serves' serves reloaded
cp "$root/etc/relayd.conf" "$RELAYD_TRIAL_FOLDER/good.conf"
echo 'relay "www" {' >>"$root/etc/relayd.conf"
# shellcheck disable=SC2046
step 'reload of a broken file fails' fails in_root $(unit ExecReload)
step '... the daemon goes on' serves still
step 'ExecStartPre refuses the broken file' fails in_root relayd -n
step 'configure again with a broken file: says so, consistent' keep in_root dpkg-reconfigure -f noninteractive relayd
cp "$RELAYD_TRIAL_FOLDER/good.conf" "$root/etc/relayd.conf"
step 'a second daemon: port in use' fails timeout 60 chroot "$root" relayd -d --socket /run/second.sock
step '... the first one goes on' serves still

if [ -n "$older" ]; then
    step 'stop' stop
    step 'go back to the version before' keep in_root dpkg -i --force-downgrade /srv/packages/old.deb
    step 'start of the version before' start
    step '... serves' within 30 serves old
    old_daemon=$daemon
    curl -sf --max-time 30 -o "$RELAYD_TRIAL_FOLDER/slow" http://127.0.0.1:8080/slow &
    slow=$!
    sleep 0.5
    step 'upgrade while a request is under way' keep in_root dpkg -i /srv/packages/new.deb
    # Under systemd a restart; here what it stands for.
    in_root relayd -d --take-over >"$RELAYD_TRIAL_FOLDER/log2" 2>&1 &
    daemon=$!
    step '... the request gets its answer' sh -c "while kill -0 $slow 2>/dev/null; do sleep 0.1; done; grep -q hello '$RELAYD_TRIAL_FOLDER/slow'"
    step '... the new daemon serves, the old one has ended' within 60 sh -c "! kill -0 $old_daemon 2>/dev/null"
    step '... serves' serves new
fi

step 'configuration files are kept by a remove' keep in_root dpkg -r relayd
# In the namespace of this trial there is no other. systemd would have stopped it.
pgrep -f '[r]elayd.main.RelaydMain' | xargs -r kill
step '... no process is left' within 30 sh -c '! pgrep -f [r]elayd.main.RelaydMain'
step '... /etc/relayd.conf is there' test -e "$root/etc/relayd.conf"
step '... the programs are not' test ! -e "$root/usr/lib/relayd"
step 'purge' keep in_root dpkg -P relayd
files >"$RELAYD_TRIAL_FOLDER/after"
step '... nothing is left' diff "$RELAYD_TRIAL_FOLDER/before" "$RELAYD_TRIAL_FOLDER/after"

in_root useradd --system --no-create-home -c 'Somebody else' _relayd
step '_relayd is somebody else: installs' keep in_root dpkg -i /srv/packages/new.deb
step '... and says so' says 'is there already'
step '... purge leaves that user' sh -c "chroot '$root' dpkg -P relayd && chroot '$root' getent passwd _relayd"
in_root usermod -o -u 0 _relayd
step '_relayd is root: the package refuses' keep fails in_root dpkg -i /srv/packages/new.deb
step '... and says why' says 'with uid 0'
in_root sed -i '/^_relayd:/d' /etc/passwd /etc/shadow
in_root sed -i '/^_relayd:/d' /etc/group /etc/gshadow
step '... the next try works' keep in_root dpkg --configure relayd
in_root sh -c 'echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6' 2>/dev/null
configure
step 'no IPv6: start' start
step '... serves' within 30 serves four
step '... stop' stop
step 'purge' keep in_root dpkg -P relayd
files >"$RELAYD_TRIAL_FOLDER/after"
step '... nothing is left' diff "$RELAYD_TRIAL_FOLDER/before" "$RELAYD_TRIAL_FOLDER/after"

if [ "$failures" -eq 0 ]; then
    echo 'trial: all steps went well'
else
    echo "trial: $failures steps failed"
    exit 1
fi
