# shellcheck shell=sh
# What bin/relayd, bin/relayctl and bin/relayd-compile have in common: find the jars, a JDK and the start-up
# cache, then exec java. Read by them with "."; they set root (the folder above bin) and program first.
# No process is started that a start does not need: each costs a millisecond of "relayd -n".

# The oldest feature release that runs the class files.
java_needed=25
looked_at=

fail() {
    printf '%s: %s\n' "$program" "$1" >&2
    exit 1
}

# java_feature JAVA: sets feature to the JDK's feature number (25), or to nothing when JAVA is no java.
java_feature() {
    feature=
    java_home=${1%/bin/java}
    if [ ! -r "$java_home/release" ] && [ -h "$1" ]; then
        java_home=$(readlink -f "$1") && java_home=${java_home%/bin/java}
    fi
    if [ -r "$java_home/release" ]; then
        while IFS='=' read -r key value; do
            if [ "$key" = JAVA_VERSION ]; then
                feature=${value#\"}
                break
            fi
        done <"$java_home/release"
    else
        # No JDK layout around it (a wrapper script, say): ask.
        feature=$("$1" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
    fi
    feature=${feature%%[!0-9]*}
}

# consider JAVA ORIGIN: takes JAVA if it is new enough, else notes why not.
consider() {
    if [ -x "$1" ] && [ ! -d "$1" ]; then
        java_feature "$1"
        if [ "${feature:-0}" -ge "$java_needed" ]; then
            java=$1
            return 0
        fi
        looked_at="$looked_at
    $1 ($2): Java ${feature:-of unknown version}"
    else
        looked_at="$looked_at
    $1 ($2): not there"
    fi
    return 1
}

find_java() {
    if [ -x "$root/runtime/bin/java" ]; then
        java=$root/runtime/bin/java # the image that a package brings along
        return
    fi
    if [ -n "${RELAYD_JAVA:-}" ]; then
        if [ -d "$RELAYD_JAVA" ]; then
            consider "$RELAYD_JAVA/bin/java" RELAYD_JAVA && return
        else
            consider "$RELAYD_JAVA" RELAYD_JAVA && return
        fi
    fi
    if [ -n "${JAVA_HOME:-}" ]; then
        consider "$JAVA_HOME/bin/java" JAVA_HOME && return
    fi
    if on_path=$(command -v java); then
        consider "$on_path" PATH && return
    fi
    for folder in /usr/lib/jvm/* /usr/local/openjdk* /usr/local/jdk-* /opt/java/* /opt/jdk* /opt/*jdk* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        if [ -x "$folder/bin/java" ]; then
            consider "$folder/bin/java" 'install folder' && return
        fi
    done
    fail "no Java $java_needed or newer found. Set RELAYD_JAVA to one. Looked at:${looked_at:-
    nothing: RELAYD_JAVA and JAVA_HOME are not set, no java on the PATH, none in the usual folders}"
}

# find_jars: sets lib to the folder of the jars; in a checkout that was never built, builds it.
find_jars() {
    lib=$root/lib
    [ -d "$lib" ] && return
    lib=$root/target/dist/lib
    [ -r "$lib/BUILD-ID" ] && return
    . "$root/packaging/tryout.sh"
    build_tryout
}

# find_build_id: sets build_id to a checksum of all jars.
find_build_id() {
    # Neither the folder nor the language of the caller may change it.
    build_id=$(cd "$lib" && LC_ALL=C && export LC_ALL && cksum ./*.jar | cksum)
    build_id=${build_id%% *}
}

# is_as_built: whether all jars are those that BUILD-ID has the checksum of. The build gives them the time of that
# file, and nothing that replaces one of them does; asking for times takes no process and reads no jar.
is_as_built() {
    [ -r "$lib/BUILD-ID" ] || return 1
    # A shell that cannot compare times says so with another status.
    [ "$lib/BUILD-ID" -nt "$lib/BUILD-ID" ] 2>/dev/null
    [ $? -eq 1 ] || return 1
    for one in "$lib"/*.jar; do
        if [ "$one" -nt "$lib/BUILD-ID" ] || [ "$one" -ot "$lib/BUILD-ID" ]; then
            return 1
        fi
    done
}

# find_cache KIND: sets cache to the file of the start-up cache (JDK 25's AOT cache) for these very jars.
# The JVM does not notice that a jar was replaced and would run the old classes from the cache. So its name carries
# the checksum of the jars as they are now: with other jars there is no cache, and the start is only slower.
find_cache() {
    if is_as_built; then
        read -r build_id <"$lib/BUILD-ID"
    else
        find_build_id
    fi
    cache=$lib/$1-$build_id.aot
    [ ! -r "$cache" ] || return 0
    # A package has one for all tools and one for all processes of the daemon.
    case $1 in
    daemon | worker | parent)
        if [ -r "$lib/server-$build_id.aot" ]; then
            cache=$lib/server-$build_id.aot
        fi
        ;;
    *)
        if [ -r "$lib/tools-$build_id.aot" ]; then
            cache=$lib/tools-$build_id.aot
            # It fits one class path only; that of this jar names the others.
            for class_path in "$lib"/relayd-main-[0-9]*.jar; do :; done
        fi
        ;;
    esac
}

# has_rights: whether this is root on a Linux where relayd(8) makes two processes. Asks without another process.
has_rights() {
    [ -r /proc/self/status ] || return 1
    while read -r key _ effective _; do
        if [ "$key" = Uid: ]; then
            [ "$effective" = 0 ] || return 1
            break
        fi
    done </proc/self/status
    case $(uname -m) in
    x86_64 | aarch64) ;;
    *) return 1 ;;
    esac
}

line_end='
'

# add WORD...: appends words to flags, which holds one in each line.
add() {
    for word; do
        flags=$flags$word$line_end
    done
}

# find_flags KIND: sets flags to what java is started with, up to the main class.
find_flags() {
    find_cache "$1"
    # -Xlog:disable: a refused cache costs time only, and no line of the JVM may get between the program's own.
    # IgnoreUnrecognizedVMOptions: a newer JVM that has dropped one of the flags shall start all the same.
    # picocli shall not look for Groovy in every jar, nor prepare to read dates and database connections.
    flags=
    add -XX:+IgnoreUnrecognizedVMOptions -Xlog:disable -XX:-UsePerfData -XX:+UseSerialGC \
        -Dpicocli.disable.closures=true '-Dpicocli.converters.excludes=java\.(sql|time|nio)\..*'
    case $1 in
    daemon | worker | parent)
        # Compilers give way: where cores are few, what they do for later must not keep those waiting who ask now.
        # Not root, the JVM warns that it cannot do the contrary; nobody asks it to.
        add -XX:ThreadPriorityPolicy=1 -XX:CompilerThreadPriority=7 -XX:+UnlockDiagnosticVMOptions -XX:-PrintWarnings
        ;;
    esac
    case $1 in
    daemon | worker)
        # A small heap that may grow, to a quarter of the machine's memory and no more than 512 MiB: a session needs
        # 2 KiB. What the compilers have freed goes back to the system every five seconds.
        # All of the part for new objects is soon in memory: little of it, as long as the heap is small.
        # Netty and JNR call native code: allowed, so that the JVM does not warn.
        # The libraries lie unpacked beside the jars, else each start would unpack them into /tmp.
        # machineId: Netty's guess needs a hardware address and warns where there is none (a network namespace).
        # jfr: Netty's allocation events would cost a third of the time to the first answer.
        add -Xms16m -XX:NewSize=4m -XX:MaxRAM=2g -XX:TrimNativeHeapInterval=5000 -XX:+ExitOnOutOfMemoryError \
            --enable-native-access=ALL-UNNAMED \
            "-Djava.library.path=$lib/native" -Dio.netty.machineId=00:00:00:00:00:00:00:01 \
            -Dio.netty.jfr.enabled=false
        own_flags=${RELAYD_JAVA_OPTS:-}
        ;;
    parent)
        # The objects of a package's archive must fit into the part for old objects, or the JVM ends.
        # Waits most of its life, and is small meanwhile: what a large configuration takes is given back, the cache is
        # mapped where it says, so that its pages need not be written to, and nothing is compiled before it is used.
        add -Xms8m -XX:MaxRAM=2g -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:-ShrinkHeapInSteps \
            -XX:TieredStopAtLevel=1 -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining -XX:ArchiveRelocationMode=0 \
            -XX:TrimNativeHeapInterval=5000 -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED \
            "-Djava.library.path=$lib/native"
        own_flags=${RELAYD_PARENT_JAVA_OPTS:-}
        ;;
    *)
        # Gone before C2 would pay, and before compiling what the training run had compiled would.
        # The cache is mapped where it says: moving it elsewhere means to write to each of its pages.
        add -XX:TieredStopAtLevel=1 -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining -XX:ArchiveRelocationMode=0
        own_flags=${RELAYD_JAVA_OPTS:-}
        ;;
    esac
    if [ "$1" = worker ] && [ -n "${RELAYD_TRAIN_WORKER:-}" ]; then
        # The worker can write no cache beside the jars, nor start a program that would make it.
        add -XX:AOTMode=record "-XX:AOTConfiguration=$RELAYD_TRAIN_WORKER"
    elif [ "$1" = "$kind" ] && [ -n "${RELAYD_TRAIN_CACHE:-}" ]; then
        add "-XX:AOTCacheOutput=$cache" # one such run is how the build makes the cache
    else
        # Who built it was not root, or could not be anything else: what there is holds most of what is needed.
        case $1 in
        worker) other=daemon ;;
        daemon) other=worker ;;
        *) other=$1 ;;
        esac
        [ -r "$cache" ] || cache=$lib/$other-$build_id.aot
        [ ! -r "$cache" ] || add "-XX:AOTCache=$cache"
    fi
    # shellcheck disable=SC2086 # holds several words; behind all others, so that they prevail
    add $own_flags -cp "$class_path"
}

# launch KIND MAIN JAR [ARGUMENT...]: becomes java. KIND (daemon, worker, parent or the name of a tool) names the set of
# flags and the cache; MAIN is the main class, found by way of the class path in the manifest of lib/JAR-VERSION.jar.
launch() {
    kind=$1
    main=$2
    jar=$3
    shift 3
    find_java
    find_jars
    worker=
    if [ "$kind" = parent ]; then
        # The worker starts in another folder.
        case $lib in /*) ;; *) lib=$PWD/$lib ;; esac
        case $java in /*) ;; *) java=$PWD/$java ;; esac
    fi
    for class_path in "$lib/$jar"-[0-9]*.jar; do :; done
    [ -r "$class_path" ] || fail "$class_path: not there"
    if [ "$kind" = parent ]; then
        find_flags worker
        worker=$java$line_end$flags
    fi
    find_flags "$kind"
    set -f
    IFS=$line_end
    # shellcheck disable=SC2086 # a word in each line
    exec "$java" $flags ${worker:+"-Drelayd.worker=$worker"} "$main" "$@"
}
