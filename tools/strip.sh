#!/usr/bin/env bash
# Makes the README's strip: three seconds dreamed alone, blended and carried. Needs ffmpeg and a build.
#
#     tools/strip.sh [CLIP] [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
clip=${1:-sample-data/clip.mp4}
folder=${2:-docs/images}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for init in none blend carry; do
    name=${init/none/alone}
    deploy/bin/reverie video --temporal "$init" --end 3 --codec ffv1 "$clip" "$work/$name.mkv"
    ffmpeg -v error -y -i "$work/$name.mkv" -vf scale=256:-2:flags=area \
        -c:v libwebp_anim -quality 55 -loop 0 -an "$folder/strip-$name.webp"
done
