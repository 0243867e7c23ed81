# shellcheck shell=bash
# Sourced by the programs in deploy/bin: paths, and the build if it is missing.

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
dist="$here/jobs/target/dist"
# Set by choose_spark: Maven's words for a Spark that is not the default.
spark_option=''

# choose_spark LINE: builds for Spark 4.0 and 4.1 have their own folders; 4.2 is the default build.
choose_spark() {
    case "$1" in
        4.2)
            dist="$here/jobs/target/dist"
            spark_option=''
            ;;
        4.0 | 4.1)
            dist="$here/jobs/target/spark-$1/dist"
            spark_option="-Dspark=$1"
            ;;
        *) return 1 ;;
    esac
}

# The first number of the Java at $1 or in the PATH, without starting it; empty if unknown.
java_number() {
    local java release version=''
    java=$(command -v "${1:+$1/bin/}java") || return 0
    release="$(dirname "$(readlink -f "$java")")/../release"
    [ ! -f "$release" ] || version=$(sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$release")
    echo "$version"
}

# require_java HOME: refuses a Java that cannot read our class files.
require_java() {
    local number
    number=$(java_number "$1")
    if [ -n "$number" ] && [ "$number" -lt 17 ]; then
        echo "reverie: ${1:-the PATH} has Java $number, and Reverie needs 17 or later; set JAVA_HOME" >&2
        exit 3
    fi
}

# Whether the user id has no name, as in a container.
nameless() {
    ! id -un >/dev/null 2>&1
}

# The JVM option that gives such a user a name before Spark asks for it, given the folder of our jar. Quoted, as Spark
# splits options at spaces.
name_agent() {
    echo "\"-javaagent:$1/reverie.jar\""
}

# Maven, or its wrapper.
maven() {
    local program
    program=$(command -v mvn || echo ./mvnw)
    # Some Mavens print escape sequences even without colours.
    (cd "$here" && "$program" -q -B -Dstyle.color=never "$@" 2>&1 | LC_ALL=C sed $'s/\033\\[[0-9;]*m//g') >&2
}

# Created by Maven at `package`; contents.txt is written last.
build_dist() {
    if [ ! -f "$here/pom.xml" ] || [ -f "$dist/contents.txt" ]; then
        return
    fi
    echo "reverie: building, once (takes a few minutes; Maven downloads about 700 MB)" >&2
    # No quotes: one word or none.
    # shellcheck disable=SC2086
    maven $spark_option -Dmaven.test.skip=true -Dbuild.commit="$(git -C "$here" rev-parse --short HEAD 2>/dev/null || true)" package
}
