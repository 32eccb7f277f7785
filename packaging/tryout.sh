# shellcheck shell=sh
# Builds a checkout that was never built, so that its programs can be tried out. Read by launch.sh with ".", which has
# set root, program and java. Leaves out what serves no try-out: tests, Error Prone, start-up caches (START-UP.md).

# build_tryout: builds, and says at least every five seconds how far it is.
build_tryout() {
    command -v mvn >/dev/null || fail 'not built yet, and no mvn on the PATH to build it with'
    build_log=$root/target/tryout.log
    mkdir -p "$root/target" && : >"$build_log" || fail "not built yet, and $root/target cannot be written"
    printf '%s: not built yet: mvn builds it to be tried out; the first time it also gets libraries\n' "$program" >&2
    begun=$(date +%s)
    # The JDK that was found may be one that Maven's own search does not know.
    JAVA_RELAYD_HOME=${java%/bin/java} mvn -B -f "$root/pom.xml" -Ptryout -Dmaven.test.skip -pl packaging -am package \
        >"$build_log" 2>&1 </dev/null &
    maven=$!
    # What runs in the background does not hear of Ctrl-C.
    trap 'kill "$maven" 2>/dev/null; exit 130' INT
    trap 'kill "$maven" 2>/dev/null; exit 143' TERM
    said_module=
    said_at=0
    running=yes
    while [ "$running" = yes ]; do
        sleep 1
        kill -0 "$maven" 2>/dev/null || running=no
        say_progress
    done
    if ! wait "$maven"; then
        grep -v '^\[INFO\]' "$build_log" >&2
        fail 'the build failed; the lines above say why'
    fi
    trap - INT TERM
    printf '%s: built in %d s. Programs start faster after: mvn -q -pl packaging -am -DskipTests package\n' \
        "$program" "$(($(date +%s) - begun))" >&2
}

# say_progress: one line when another module is built, or when the last line is five seconds old.
say_progress() {
    elapsed=$(($(date +%s) - begun))
    # "[INFO] Building relayd-ir 0.1.0-SNAPSHOT  [2/9]", then "[INFO] --- maven-compiler-plugin:3.16.0:compile ..."
    progress=$(awk '
        /^\[INFO\] Building .* \[[0-9]+\/[0-9]+\]$/ { place = $NF; module = $3; goal = "" }
        /^\[INFO\] --- .*:.* / { goal = $3; sub(/.*:/, ": ", goal) }
        END { print (module == "" ? "mvn starts" : place " " module goal) }' "$build_log")
    module=${progress%%:*}
    if [ "$module" != "$said_module" ] || [ "$elapsed" -ge $((said_at + 5)) ]; then
        printf '%s: %d s: %s\n' "$program" "$elapsed" "$progress" >&2
        said_module=$module
        said_at=$elapsed
    fi
}
