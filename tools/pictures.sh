#!/usr/bin/env bash
# Makes the pictures of the README's strip and of docs/schedules.md, regions.md and zoom.md, by the commands that these
# pages show. Needs ffmpeg, a build and, for one of them, SqueezeNet's weights (SQUEEZENET=FILE, or they are downloaded).
#
#     tools/pictures.sh [strip|schedules|regions|zoom]...
set -euo pipefail
cd "$(dirname "$0")/.."
images=docs/images
clip=sample-data/clip.mp4
lake=sample-data/lake.jpg
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

reverie() {
  deploy/bin/reverie "$1" --quiet "${@:2}"
}

sheet() { # video, numbers of the frames, columns x rows, width, picture
  local number filter=
  for number in $2; do filter+="+eq(n,$number)"; done
  ffmpeg -v error -y -i "$1" -vf "select='${filter#+}',scale=$4:-2:flags=lanczos,tile=$3" -frames:v 1 -q:v 4 -quality 80 "$5"
}

strip() {
  local temporal name
  for temporal in none blend carry; do
    name=${temporal/none/alone}
    reverie video --temporal $temporal --codec ffv1 $clip "$work/$name.mkv"
    ffmpeg -v error -y -i "$work/$name.mkv" -vf scale=320:-2:flags=area \
      -c:v libwebp_anim -quality 50 -loop 0 -an "$images/strip-$name.webp"
  done
}

schedules() {
  reverie video --codec ffv1 --set 'strength=[{time: 0, value: 0}, {time: 1, value: 1, easing: smooth},
    {time: 2, value: 1}, {time: 2.8, value: 0, easing: smooth}]' $clip "$work/strength.mkv"
  sheet "$work/strength.mkv" "0 4 8 12 18 24 28 31 35" 3x3 320 $images/schedule-strength.jpg
  reverie video --codec ffv1 --set 'layers=[
    {layer: conv4.3, weight: [{time: 0.5, value: 1}, {time: 2.5, value: 0, easing: smooth}]},
    {layer: conv5.1, weight: [{time: 0.5, value: 0}, {time: 2.5, value: 1, easing: smooth}]}]' $clip "$work/fade.mkv"
  sheet "$work/fade.mkv" "0 6 10 14 18 22 26 30 35" 3x3 320 $images/schedule-fade.jpg
  ffmpeg -v error -y -i $clip -f lavfi -i "aevalsrc=0.8*sin(2*PI*60*t)*exp(-8*mod(t\,0.75)):d=3" \
    -map 0:v -map 1:a -c:v copy -c:a aac "$work/beat.mp4"
  reverie video --codec ffv1 --set 'strength={audio: bass, from: 0.25, scale: 1, smoothing: 0.04}' "$work/beat.mp4" "$work/pulse.mkv"
  sheet "$work/pulse.mkv" "9 10 11 12 13 14 15 16 17" 3x3 320 $images/schedule-pulse.jpg
}

regions() {
  local mask=$images/regions/mask.png
  reverie images --mask $mask --set mask.feather=8 $lake "$work/sky.png"
  reverie images --mask $mask --set mask.feather=8 --set mask.invert=true $lake "$work/ground.png"
  ffmpeg -v error -y -i $lake -i "$work/sky.png" -i "$work/ground.png" \
    -filter_complex "[0][1][2]hstack=3,scale=1440:-2:flags=lanczos" -q:v 4 $images/regions/sky.jpg
  reverie video --codec ffv1 --mask $images/regions/peak.png --set mask.feather=8 $clip "$work/follow.mkv"
  sheet "$work/follow.mkv" "0 11 23 35" 2x2 480 $images/regions/follow.jpg
}

zoom() {
  reverie zoom --size 480x --preset creatures --frames 161 --codec ffv1 --set zoom.loop=0 $lake "$work/creatures.mkv"
  sheet "$work/creatures.mkv" "0 40 80 120 160" 5x1 320 $images/zoom/creatures.webp
  reverie zoom --size 480x --network squeezenet1_0 ${SQUEEZENET:+--weights "$SQUEEZENET"} --octaves 3 --frames 161 --codec ffv1 \
    --set zoom.loop=0 $lake "$work/squeezenet.mkv"
  sheet "$work/squeezenet.mkv" "0 40 80 120 160" 5x1 320 $images/zoom/squeezenet.webp
  reverie video --size 480x --set camera.zoom=1.03 --codec ffv1 $clip "$work/zoom.mkv"
  sheet "$work/zoom.mkv" "0 8 16 24" 4x1 320 $images/zoom/video.webp
}

for chapter in "${@:-strip schedules regions zoom}"; do
  for name in $chapter; do
    echo "$name" >&2
    "$name"
  done
done
