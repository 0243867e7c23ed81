#!/usr/bin/env bash
# Generates docs/gallery.md and its pictures by running the commands that the page shows. Needs ffmpeg, a build, and
# SqueezeNet's weights: SQUEEZENET=FILE, otherwise they are downloaded. Takes about twenty minutes on 2 cores.
#
#     tools/gallery.sh [NAME...]     # makes only these pictures again; the page is always complete
set -euo pipefail
cd "$(dirname "$0")/.."
pictures=docs/images/gallery
page=docs/gallery.md
out=out/gallery
only=" $* "
columns=2
column=0
mkdir -p "$pictures" "$out"

section() { # title, text below it
  [ $column -eq 0 ] || printf '|\n' >> "$page"
  printf '\n## %s\n\n%s\n\n| | |\n|---|---|\n' "$1" "$2" >> "$page"
  column=0
}

wanted() { # name
  [ "$only" = "  " ] || [[ $only == *" $1 "* ]]
}

run() { # command, without the program's name
  local words extra=(--overwrite --quiet)
  eval "words=($1)"
  if [ -n "${SQUEEZENET:-}" ] && [[ $1 =~ squeezenet1_0|bird-dog|fever|brush-strokes ]]; then
    extra+=(--weights "$SQUEEZENET")
  fi
  deploy/bin/reverie "${words[@]:0:1}" "${extra[@]}" "${words[@]:1}"
}

publish() { # picture, name
  ffmpeg -v error -y -i "$1" -vf "scale='min(480,iw)':-2:flags=lanczos" -quality 80 "$pictures/$2.webp"
}

cell() { # name, caption, command that makes out/gallery/NAME.png
  if wanted "$1"; then
    echo "$1" >&2
    run "$3"
    publish "$out/$1.png" "$1"
  fi
  show "$@"
}

frame() { # name, caption, command that makes out/gallery/NAME.mp4, filter that chooses what is shown
  if wanted "$1"; then
    echo "$1" >&2
    run "$3"
    ffmpeg -v error -y -i "$out/$1.mp4" -vf "$4" -frames:v 1 "$out/$1.png"
    publish "$out/$1.png" "$1"
  fi
  show "$@"
}

show() { # name, caption, command
  printf '| ![%s](images/gallery/%s.webp)<br>%s<br>`deploy/bin/reverie %s` ' "$1" "$1" "$2" "$3" >> "$page"
  column=$(((column + 1) % columns))
  [ $column -ne 0 ] || printf '|\n' >> "$page"
}

dream() { # name, caption, photo, options
  cell "$1" "$2" "images --size 480x $4 $3 $out/$1.png"
}

lake=sample-data/lake.jpg
forest=sample-data/forest.jpg
clouds=sample-data/clouds.png
animals="--network squeezenet1_0"
for photo in $lake $forest $clouds; do
  name=$(basename "${photo%.*}")
  wanted "$name" && publish $photo "$name"
done

cat > "$page" <<'PAGE'
# Gallery: every way to dream

Every command on this page can be pasted into a shell at the root of the repository; together, in this order, they are
what [`tools/gallery.sh`](../tools/gallery.sh) ran to make the pictures. `squeezenet1_0` was trained on ImageNet; its
weights are downloaded on first use.

| ![lake](images/gallery/lake.webp) | ![forest](images/gallery/forest.webp) | ![clouds](images/gallery/clouds.webp) |
|---|---|---|
| `sample-data/lake.jpg` | `sample-data/forest.jpg` | `sample-data/clouds.png` |
PAGE

section "Networks and presets" "The embedded network needs no download. \`reverie preview\` shows all its presets on a photo of yours
([preview.md](preview.md)); [networks.md](networks.md) lists the networks of torchvision and Places365."
dream eyes "embedded: eyes, the default" $lake "--network embedded"
dream creatures "embedded: creatures" $forest "--network embedded --preset creatures"
dream petals "embedded: petals" $lake "--network embedded --preset petals"
dream strokes "embedded: strokes" $forest "--network embedded --preset strokes"
dream squeezenet "SqueezeNet 1.0, its default layer" $clouds "$animals"
dream squeezenet-forest "the same on another picture" $forest "$animals"

section "Drawn from noise" "Synthesize an image of a class."
cell goldfish "goldfish" "draw $animals goldfish $out/goldfish.png"
cell peacock "peacock" "draw $animals peacock $out/peacock.png"

section "Objectives" "What to amplify. Several objectives form a weighted sum; a negative weight suppresses."
dream mean "mean: weak and strong responses grow at the same rate" $lake "$animals --objective mean --layer features.10"
dream strongest "only the five strongest channels in each step" $lake "$animals --layer features.10 --channels 'strongest 5'"
dream channels "selected channels" $clouds "$animals --layer features.12 --channels 10,20,30,40,50,60"
dream class "a class" $lake "$animals --class goldfish --iterations 20"
dream guide "the features of another picture: the peacock drawn above" $forest "$animals --layer features.12 --guide $out/peacock.png --iterations 20"
dream two-layers "two layers" $clouds "$animals --set 'layers=[{layer: features.5}, {layer: features.12, weight: 2}]'"
dream negative "one layer minus another" $clouds "$animals --set 'layers=[{layer: features.10}, {layer: features.3, weight: -0.7}]'"

section "Layers" "From edges to faces: deeper layers detect larger and more complex features."
dream layer-3 "textures" $forest "$animals --layer features.3"
dream layer-5 "strokes" $forest "$animals --layer features.5"
dream layer-7 "patterns" $forest "$animals --layer features.7"
dream layer-8 "eyes" $forest "$animals --layer features.8"
dream layer-9 "more eyes" $forest "$animals --layer features.9"
dream layer-12 "parts of animals" $forest "$animals --layer features.12"

section "Priors and step rules" "How to climb."
dream pixels "steps on pixels instead of Fourier coefficients, as in 2015" $clouds "$animals --parameterisation pixels"
dream smoothing "gradient smoothing" $clouds "$animals --set smoothing.weight=3"
dream laplacian "Laplacian pyramid: all bands of the gradient normalised (pixels)" $clouds "$animals --parameterisation pixels --set laplacian=4"
dream decay "decay towards the source" $clouds "$animals --set decay=0.05"
dream each "other settings for the coarsest octave" $clouds "$animals --set 'octaves.each=[{iterations: 30, layers: [{layer: features.12}]}]'"
dream robust "random scaling and rotation in each step" $clouds "$animals --set robustness.scale=0.15 --set robustness.rotate=15"

section "Colours and strength" "Restrict the change to lightness or colour, or show less of it."
dream luma "lightness only" $forest "$animals --colours luma"
dream muted "a third of the colour" $forest "$animals --colours muted"
dream faint "a third of the strength" $forest "$animals --strength 0.33"

section "Regions" "Masks restrict where to dream ([regions.md](regions.md))."
dream mask "only the sky, with a feathered edge" $clouds "$animals --mask docs/images/gallery/sky.png --set mask.feather=12"
dream inverted "everything else" $clouds "$animals --mask docs/images/gallery/sky.png --set mask.feather=12 --set mask.invert=true"

section "Recipes" "Ready-made settings: \`reverie recipes\`. A recipe that is not listed here is a variation of one that is, or needs
a network whose weights were not available for this page.

\`deploy/bin/reverie draw --recipe class-portrait flamingo flamingo.png\`, and goldfish, peacock, pineapple, strawberry,
tabby, tarantula and zebra, by SqueezeNet. Ten further classes were drawn at random from 57 everyday ones; a
viewer who knew the list of 57 recognised all ten:

![eight classes](images/class-portraits.jpg)"
dream recipe-bird-dog "bird-dog" $lake "--recipe bird-dog"
dream recipe-fever "fever" $clouds "--recipe fever"
dream recipe-brush-strokes "brush-strokes" $lake "--recipe brush-strokes"
dream recipe-scenes "scenes" $clouds "--recipe scenes"
dream recipe-rainbow "rainbow" $clouds "--recipe rainbow $animals"
dream recipe-engraving "engraving" $lake "--recipe engraving"
dream recipe-subtle "subtle" $lake "--recipe subtle $animals"
dream recipe-classic-2015 "classic-2015" $clouds "--recipe classic-2015 $animals"
cell recipe-poster-8k "poster-8k, here 1280 px wide" "images --recipe poster-8k $animals --size 1280x $clouds $out/recipe-poster-8k.png"
frame recipe-infinite-zoom "infinite-zoom, after 60 frames" "zoom --recipe infinite-zoom $animals --size 480x --frames 60 --set zoom.loop=0 $clouds $out/recipe-infinite-zoom.mp4" "select='eq(n,59)'"
frame recipe-pulse "pulse: a loud and a quiet frame" "video --recipe pulse $animals sample-data/clip.mp4 $out/recipe-pulse.mp4" "select='eq(n,15)+eq(n,33)',scale=480:-2,tile=1x2"
[ $column -eq 0 ] || printf '|\n' >> "$page"
