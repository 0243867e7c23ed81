#!/usr/bin/env bash
# Measures how long it takes to join the chunks of a long film from an object store, and how much memory that needs.
# Needs ffmpeg, ffprobe, curl, a JDK and a build.
#
#     benchmarks/long_film.sh
#
# The film is tiny (16x16 px, 25 fps, mono AAC at 48 kHz), but has all its packets. A server on this machine answers
# each request after a delay.
#
#     MINUTES  length of the film (600: 900,000 frames in 22,500 chunks)
#     DELAY    milliseconds for each request (30)
#     PORT     of the server (17171)
#     WORK     folder for the film and its chunks (a temporary one, deleted at the end)
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=${MINUTES:-600}
port=${PORT:-17171}
work=${WORK:-$(mktemp -d)}
server=''
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -n "${WORK:-}" ] || rm -rf "$work"
}
trap finish EXIT

# shellcheck source=deploy/lib/dist.sh
. deploy/lib/dist.sh
[ -n "${CLASSPATH:-}" ] || {
    build_dist
    CLASSPATH="$dist/reverie.jar:$dist/jars/*:$dist/spark/*"
}
mkdir -p "$work/conf" "$work/store/film/work"
cat > "$work/conf/core-site.xml" <<XML
<configuration>
  <property><name>fs.s3a.endpoint</name><value>http://127.0.0.1:$port</value></property>
  <property><name>fs.s3a.endpoint.region</name><value>us-east-1</value></property>
  <property><name>fs.s3a.path.style.access</name><value>true</value></property>
  <property><name>fs.s3a.access.key</name><value>any</value></property>
  <property><name>fs.s3a.secret.key</name><value>any</value></property>
</configuration>
XML
# The JVM options that Spark needs, and little heap.
mapfile -t options < <(grep -v '^#' deploy/conf/jvm.options | grep .)
film() {
    java "${options[@]}" -Xmx256m -Dai.djl.offline=true -cp "$work/conf:$CLASSPATH" benchmarks/LongFilm.java "$@"
}

if [ ! -e "$work/film.mp4" ]; then
    ffmpeg -v error -y -f lavfi -i testsrc2=size=16x16:rate=25:duration=60 -f lavfi -i sine=duration=60:sample_rate=48000 \
        -pix_fmt yuv420p -c:v mpeg4 -g 25 -c:a aac -b:a 64k -shortest "$work/minute.mp4"
    ffmpeg -v error -y -stream_loop $((minutes - 1)) -i "$work/minute.mp4" -c copy "$work/film.mp4"
fi
[ -e "$work/packets.txt" ] || film encode "$work/film.mp4" "$work/store/film/work"

java -Xmx128m benchmarks/DelayedBucket.java "$work/store" "${DELAY:-30}" "$port" &
server=$!
curl -s --retry 30 --retry-connrefused --retry-delay 1 -o /dev/null "http://127.0.0.1:$port/counts"
film join "$work/film.mp4" s3a://film/work "$work/dream.mp4"
echo "requests: $(curl -s "http://127.0.0.1:$port/counts")"
ffprobe -v error -show_entries stream=codec_name,nb_frames,duration -of compact=p=0 "$work/dream.mp4"
# The offsets of the boxes: the index comes before the packets.
ffprobe -v trace "$work/dream.mp4" 2>&1 | sed -n "s/.*type:'\(ftyp\|moov\|mdat\)' parent:'root'.*/\1/p" | uniq | paste -s -d ' '
