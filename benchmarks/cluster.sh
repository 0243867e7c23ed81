#!/usr/bin/env bash
# Measures the speed-up of two single-core executors over one when dreaming a video. Needs ffmpeg, jq, two free
# cores and a build.
#
#     benchmarks/cluster.sh
#
# The sample clip is repeated, as one shot, and split into 8 segments that share frames as usual. Each starts at the
# beginning of the clip, so all cost the same. The time is measured from the start of Spark's first task to the end of
# its last, from Spark's event log: it excludes the start-up of driver and executors and includes all waiting in
# between.
#
#     REPEATS  repetitions of the clip in each segment (3: about four minutes for one executor)
#     SIZE     frame size (320x180)
#     RUNS     runs with each number of executors (3)
set -euo pipefail
# Also fail on errors in $(...).
shopt -s inherit_errexit
cd "$(dirname "$0")/.."
repeats=${REPEATS:-3}
size=${SIZE:-320x180}
runs=${RUNS:-3}
segments=8
clip=36
overlap=16
frames=$((segments * repeats * clip + overlap))
work=$(mktemp -d)
# shellcheck disable=SC2329
finish() {
    deploy/bin/cluster stop --run "$work/cluster"
    rm -rf "$work"
}
trap finish EXIT

# Spark's event logs, one file per run.
mkdir "$work/events"
ffmpeg -v error -stream_loop -1 -i sample-data/clip.mp4 -an -vf fps=12 -frames:v "$frames" -c:v ffv1 \
    "$work/long.mkv"

SPARK_HOME=$(deploy/bin/cluster home --run "$work/cluster")
export SPARK_HOME
master=$(deploy/bin/cluster start --run "$work/cluster" --workers 2 --cores 1 --port 0)

fail() {
    echo "cluster.sh: $*" >&2
    exit 1
}

# Dreams with the given number of executors and prints the seconds.
dream() {
    local executors=$1 out=$2
    # Wait for all executors before the first task.
    deploy/bin/reverie video --quiet --overwrite --codec ffv1 --size "$size" --set video.cuts=[] \
        --set video.segment=$((repeats * clip + overlap)) --set video.overlap="$overlap" \
        "$work/long.mkv" "$out" -- --master "$master" \
        --conf spark.cores.max="$executors" --conf spark.executor.cores=1 --conf spark.executor.memory=1g \
        --conf spark.scheduler.minRegisteredResourcesRatio=1 \
        --conf spark.scheduler.maxRegisteredResourcesWaitingTime=120s \
        --conf spark.eventLog.enabled=true --conf spark.eventLog.dir="file:$work/events" \
        --conf spark.eventLog.compress=false --conf spark.eventLog.rolling.enabled=false >&2
    local seams
    seams=$(jq '[.shots[].seams | length] | add' "$out.json")
    [ "$seams" = $((segments - 1)) ] || fail "$seams seams: not $segments segments"
    jq -sr --argjson executors "$executors" '
        if ([.[] | select(.Event == "SparkListenerExecutorAdded")] | length) != $executors
        then error("not \($executors) executors") else . end
        | ([.[] | select(.Event == "SparkListenerTaskStart")."Task Info"."Launch Time"] | min) as $from
        | ([.[] | select(.Event == "SparkListenerTaskEnd")."Task Info"."Finish Time"] | max) as $to
        | ($to - $from) / 1000' "$work"/events/*
    rm -rf "$work"/events/*
}

# A hash of the decoded frames.
hash_of() {
    ffmpeg -v error -i "$1" -map 0:v -f hash -
}

median() {
    sort -n "$1" | awk '{ all[NR] = $1 } END { print (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2 }'
}

# Alternating, so that other load on the machine affects both.
for ((run = 1; run <= runs; run++)); do
    for executors in 1 2; do
        seconds=$(dream "$executors" "$work/dream-$executors.mkv")
        echo "$seconds" >>"$work/seconds-$executors"
        echo "run $run, executors $executors: $seconds s"
    done
    [ "$(hash_of "$work/dream-1.mkv")" = "$(hash_of "$work/dream-2.mkv")" ] \
        || fail "the frames differ"
done
one=$(median "$work/seconds-1")
two=$(median "$work/seconds-2")
echo "$frames frames in $segments segments, the same from both; medians of $runs: $one s and $two s, ratio" \
    "$(awk -v one="$one" -v two="$two" 'BEGIN { printf "%.2f", one / two }')"
