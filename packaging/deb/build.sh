#!/bin/sh
# Makes the packages of a distribution: relayd_VERSION_ARCH.deb, relayd-VERSION-ARCH.tar.gz and, beside them, their
# checksums. Called by Maven (profile deb, ../pom.xml), which sets JAVA_HOME to the JDK of the build.
#
#     build.sh DISTRIBUTION CLASSES VERSION FOLDER
#
# DISTRIBUTION has bin, lib and man as "mvn package" leaves them; CLASSES are those of org.relayd.packaging; FOLDER is where
# the packages and, in FOLDER/deb, the staging tree come to be. Equal commits make equal packages: README.md says how.
set -eu
LC_ALL=C
TZ=UTC
export LC_ALL TZ
umask 022

here=$(cd "$(dirname "$0")" && pwd)
distribution=$1
classes=$2
maven_version=$3
folder=$4
stage=$folder/deb/root
program=$stage/usr/lib/relayd
doc=$stage/usr/share/doc/relayd
jdk=${JAVA_HOME:?}

say() {
    printf 'package: %s\n' "$*"
}

# Modules that something of ours or of the libraries asks for at run time; jdeps names java.sql and jdk.jfr too, which nobody loads.
modules=java.base,java.logging,java.naming,jdk.unsupported

case $(uname -m) in
x86_64)
    architecture=amd64
    netty=x86_64
    jnr=x86_64-Linux
    ;;
aarch64)
    architecture=arm64
    netty=aarch_64
    jnr=aarch64-Linux
    ;;
*)
    say "no package is made on $(uname -m)" >&2
    exit 1
    ;;
esac

# One time for all that is made here: that of the last commit.
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
    SOURCE_DATE_EPOCH=$(git -C "$here" log -1 --format=%ct 2>/dev/null) ||
        SOURCE_DATE_EPOCH=$(date -d 2026-11-21 +%s)
fi
export SOURCE_DATE_EPOCH

# A snapshot comes before its release, and after older snapshots.
case $maven_version in
*-SNAPSHOT) default=${maven_version%-SNAPSHOT}~$(date -d "@$SOURCE_DATE_EPOCH" +%Y%m%d%H%M%S) ;;
*) default=$maven_version ;;
esac
version=${RELAYD_PACKAGE_VERSION:-$default}

# one_time FILE...: gives files, and what is in folders, that time.
one_time() {
    find "$@" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

# install_file SOURCE TARGET [MODE]: a file in the staging tree.
install_file() {
    install -D -m "${3:-644}" "$1" "$stage/$2"
}

# The image, without what nobody calls: its own launchers but java, and what only compilers and debuggers read.
make_image() {
    "$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress zip-9 \
        --output "$program/runtime"
    (
        cd "$program/runtime"
        find bin -type f ! -name java -exec rm {} +
        rm -f lib/classlist lib/jexec lib/jrt-fs.jar
        if [ -e "$jdk/legal/java.base/ASSEMBLY_EXCEPTION" ]; then
            mkdir -p "$doc/openjdk"
            cp "$jdk/NOTICE" "$doc/openjdk/NOTICE" 2>/dev/null || :
        fi
        cp -R legal/java.base "$doc/openjdk/legal"
        rm -rf legal
        chmod -R u+w .
        find . -name '*.so' -exec strip --strip-unneeded {} +
        strip --strip-unneeded bin/java lib/jspawnhelper
        find lib conf -type f -exec chmod 644 {} +
        chmod 755 lib/jspawnhelper
    )
}

make_program() {
    mkdir -p "$program" "$doc"
    cp -R "$distribution/bin" "$program/bin"
    mkdir "$program/lib" "$program/lib/native"
    cp -p "$distribution"/lib/*.jar "$distribution/lib/launch.sh" "$program/lib/"
    for library in libnetty_tcnative_linux libnetty_transport_native_epoll; do
        cp "$distribution/lib/native/${library}_$netty.so" "$program/lib/native/"
    done
    strip --strip-unneeded "$program"/lib/native/*.so
    chmod 755 "$program"/bin/*
    chmod 644 "$program"/lib/*.* "$program"/lib/native/*
}

make_rest() {
    install -d "$stage/usr/sbin" "$stage/usr/bin"
    ln -s ../lib/relayd/bin/relayd "$stage/usr/sbin/relayd"
    ln -s ../lib/relayd/bin/relayctl "$stage/usr/sbin/relayctl"
    ln -s ../lib/relayd/bin/relayd-compile "$stage/usr/bin/relayd-compile"
    for page in "$distribution"/man/*.[158]; do
        name=${page##*/}
        install_file "$page" "usr/share/man/man${name##*.}/$name"
        gzip -9n "$stage/usr/share/man/man${name##*.}/$name"
    done
    install_file "$here/../systemd/relayd.service" usr/lib/systemd/system/relayd.service
    install_file "$here/../systemd/relayd-sysusers.conf" usr/lib/sysusers.d/relayd.conf
    install_file "$here/../systemd/relayd-tmpfiles.conf" usr/lib/tmpfiles.d/relayd.conf
    install_file "$here/../logrotate/relayd" etc/logrotate.d/relayd
    install_file "$here/relayd.conf" etc/relayd.conf
    install_file "$here/relayd.default" etc/default/relayd
    install_file "$here/lintian-overrides" usr/share/lintian/overrides/relayd
    install_file "$distribution/THIRD-PARTY.md" usr/share/doc/relayd/THIRD-PARTY.md
    cp -R "$distribution/licences" "$doc/licences"
    install_file "$here/copyright" usr/share/doc/relayd/copyright
    printf 'relayd (%s) unstable; urgency=medium\n\n  * Packaged from the sources; CHANGELOG there says what is new.\n\n -- %s  %s\n' \
        "$version" 'relayd for Java contributors <maintainers@relayd.org>' "$(date -R -d "@$SOURCE_DATE_EPOCH")" |
        gzip -9n >"$doc/changelog.gz"
    # What shells complete and editors colour, from the tables of the programs themselves.
    "$jdk/bin/java" -cp "$classes:$program/lib/*" org.relayd.packaging.ToolFiles "$stage"
}

# The control archive: fields, scripts, list of configuration files, checksums.
make_control() {
    control=$stage/DEBIAN
    mkdir "$control"
    size=$(find "$stage" -path "$control" -prune -o -type f -printf '%s\n' | awk '{ k += int(($1 + 1023) / 1024) } END { print k }')
    sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" \
        "$here/control.in" >"$control/control"
    for script in preinst postinst prerm postrm; do
        [ ! -e "$here/$script" ] || install -m 755 "$here/$script" "$control/$script"
    done
    (cd "$stage" && find etc -type f | sort | sed 's,^,/,' >"$control/conffiles")
    (cd "$stage" && find usr -type f | sort | xargs md5sum >"$control/md5sums")
}

rm -rf "$folder/deb"
mkdir -p "$stage"
say "image of $("$jdk/bin/java" -version 2>&1 | sed -n 2p)"
make_program
make_image
one_time "$program/runtime" "$program/lib/native"
say 'archives of classes to start from'
"$jdk/bin/java" -cp "$classes" org.relayd.packaging.PackagedProgram "$program" "$jnr" "$here/../src/training"
make_rest
find "$stage" -type d -exec chmod 755 {} +
find "$stage/usr/share" -type f -exec chmod 644 {} +
# Jars keep the time by which launchers and caches know them.
find "$stage" \( -name '*.jar' -o -name BUILD-ID \) -prune -o -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
make_control
one_time "$stage/DEBIAN"
deb=$folder/relayd_${version}_$architecture.deb
say "$deb"
dpkg-deb --root-owner-group -Zxz "-z${RELAYD_PACKAGE_LEVEL:-9}" --build "$stage" "$deb" >/dev/null

# The same without an image and the caches of it: for any JDK that is new enough.
tar=$folder/relayd-$version-$architecture.tar.gz
say "$tar"
rm -rf "$stage/DEBIAN"
tar -C "$stage" --sort=name --owner=0 --group=0 --numeric-owner --exclude='*.aot' --exclude=usr/lib/relayd/runtime \
    --exclude=usr/share/lintian --transform "s,^\\.,relayd-$version," -cf - . | gzip -9n >"$tar"
(cd "$folder" && sha256sum "${deb##*/}" "${tar##*/}") >"$folder/relayd-$version-$architecture.sha256"
