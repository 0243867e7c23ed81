# shellcheck shell=bash
# Sourced by the programs in deploy/bin: paths, and the build if it is missing.

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
dist="$here/jobs/target/dist"

# Whether the user id has no name, as in a container.
nameless() {
    ! id -un >/dev/null 2>&1
}

# The JVM option that gives such a user a name before Spark asks for it, given the folder of our jar. Quoted, as Spark
# splits options at spaces.
name_agent() {
    echo "\"-javaagent:$1/reverie.jar\""
}

# Created by Maven at `package`; contents.txt is written last.
build_dist() {
    if [ ! -f "$here/pom.xml" ] || [ -f "$dist/contents.txt" ]; then
        return
    fi
    echo "reverie: building, once (some minutes; Maven downloads about 700 MB)" >&2
    local maven
    # Some Mavens print escape sequences even without colours.
    maven=$(command -v mvn || echo ./mvnw)
    (cd "$here" && "$maven" -q -B -Dstyle.color=never -Dmaven.test.skip=true -Dbuild.commit="$(git rev-parse --short HEAD 2>/dev/null || true)" \
        package | LC_ALL=C sed $'s/\033\\[[0-9;]*m//g') >&2
}
