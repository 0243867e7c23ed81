#!/usr/bin/env bash
# Measures Spark's share of the time when many small images are dreamed: 1 - (work on the images) / (time x slots).
# Needs a JDK, two idle cores and a build.
#
#     benchmarks/small_images.sh
#
# The images are 64x64 px, dreamed with the embedded network in one octave of two iterations.
#
#     IMAGES  number of images (20000)
#     SLOTS   tasks at once (2)
#     WORK    folder for the images and results (a temporary one, deleted at the end)
set -euo pipefail
cd "$(dirname "$0")/.."
work=${WORK:-$(mktemp -d)}
[ -n "${WORK:-}" ] || trap 'rm -rf "$work"' EXIT

# shellcheck source=deploy/lib/dist.sh
. deploy/lib/dist.sh
[ -n "${CLASSPATH:-}" ] || {
    build_dist
    CLASSPATH="$dist/reverie.jar:$dist/jars/*:$dist/spark/*"
}
mapfile -t options < <(grep -v '^#' deploy/conf/jvm.options | grep .)
java "${options[@]}" -Dai.djl.offline=true "-Dlog4j2.configurationFile=$PWD/deploy/conf/log4j2.properties" \
    -cp "$CLASSPATH" benchmarks/SmallImages.java "$work" "${IMAGES:-20000}" "${SLOTS:-2}" \
    octaves.count=1 iterations=2
