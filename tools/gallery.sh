#!/usr/bin/env bash
# Makes every picture of docs/gallery.md and the page itself. Needs ffmpeg and, for the network with animals in it,
# SqueezeNet's weights: SQUEEZENET=FILE, else they are downloaded. Takes some ten minutes on 2 cores.
set -euo pipefail
cd "$(dirname "$0")/.."
reverie=deploy/bin/reverie
pictures=docs/images/gallery
page=docs/gallery.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$pictures"
photo=sample-data/lake.jpg
animals=(--network squeezenet1_0)
[ -z "${SQUEEZENET:-}" ] || animals+=(--weights "$SQUEEZENET")
column=0

section() { # title, what is said below it
  [ $column -eq 0 ] || printf '|\n' >> "$page"
  printf '\n## %s\n\n%s\n\n| | | |\n|---|---|---|\n' "$1" "$2" >> "$page"
  column=0
}

cell() { # name, caption, words of the command
  printf '| ![%s](images/gallery/%s.webp)<br>%s<br>`%s` ' "$1" "$1" "$2" "$3" >> "$page"
  column=$(((column + 1) % 3))
  [ $column -ne 0 ] || printf '|\n' >> "$page"
}

smaller() { # any picture, name
  ffmpeg -v error -y -i "$1" -vf "scale='min(320,iw)':-2:flags=lanczos" -quality 82 "$pictures/$2.webp"
}

said() { # the words of a command, as a shell takes them
  local word words=()
  for word in "$@"; do
    word=${word//$work\//}
    [[ $word =~ ^[A-Za-z0-9_./=,-]+$ ]] || word="'$word'"
    words+=("$word")
  done
  printf '%s' "${words[*]}"
}

dream() { # name, caption, options
  local name=$1 caption=$2
  shift 2
  echo "$name" >&2
  $reverie images --overwrite --quiet --size 320x "${net[@]}" "$@" "$photo" "$work/$name.png" 2> "$work/said" || { cat "$work/said" >&2; exit 1; }
  smaller "$work/$name.png" "$name"
  cell "$name" "$caption" "$(said "$@")"
}

draw() { # name, caption, class, options
  local name=$1 caption=$2 class=$3
  shift 3
  echo "$name" >&2
  $reverie draw --overwrite --quiet "${net[@]}" "$@" "$class" "$work/$name.png"
  local guess
  guess=$($reverie classify "${net[@]}" --top 1 "$work/$name.png" | sed "s# *$work.*##")
  smaller "$work/$name.png" "$name"
  cell "$name" "$caption (the network says: $guess)" "$(said draw "$@" "$class")"
}

cat > "$page" <<'PAGE'
# Every way to dream

Made in one go by [`examples/gallery.sh`](../examples/gallery.sh): each picture by `reverie images --size 320x` and the words
below it. Where they do not say it, the network is SqueezeNet 1.0, which knows animals, and the photo is this one.

PAGE
smaller "$photo" photo
printf '![the photo](images/gallery/photo.webp)\n' >> "$page"

net=("${animals[@]}")
echo "guides" >&2
$reverie draw --quiet "${net[@]}" peacock goldfish "$work/drawn/"
section "Objectives" "What is to grow. Several are summed by their weights; a weight below 0 suppresses."
dream l2 "l2, the default: whatever a layer sees" --layer features.10
dream mean "mean: weak responses as fast as strong ones" --objective mean --layer features.10
dream channels "some channels" --layer features.12 --channels 10,20,30,40,50,60
dream strongest "the five strongest channels of each moment" --layer features.10 --channels "strongest 5"
dream weakest "the five weakest" --layer features.10 --channels "weakest 5"
dream neuron "one neuron in the middle" --layer features.12 --objective neuron --channels 100 --iterations 30
dream class "a class" --class goldfish --iterations 20
dream mixture "a mixture of classes" --set 'layers=[{objective: class, class: {peacock: 1, goldfish: 0.6}}]' --iterations 20
dream guide "what the layer sees in another picture: in the peacock that is drawn below" --layer features.12 --guide "$work/drawn/peacock.png" --iterations 20
dream two-layers "two layers" --set 'layers=[{layer: features.5}, {layer: features.12, weight: 2}]'
dream negative "one layer without another" --set 'layers=[{layer: features.10}, {layer: features.3, weight: -0.7}]'
dream suppress "a weight below 0 alone: less of what is there" --set 'layers=[{layer: features.3, weight: -1}]'

section "Layers" "From edges to faces."
dream layer-3 "textures" --layer features.3
dream layer-5 "strokes" --layer features.5
dream layer-7 "patterns" --layer features.7
dream layer-8 "eyes" --layer features.8
dream layer-9 "more eyes" --layer features.9
dream layer-12 "parts of animals" --layer features.12

section "Priors and step rules" "All at features.10."
dream std "divided by the standard deviation" --set stepRule=std
dream clip "sparks cut off" --set clip=2
dream smoothing "a blurred copy of the gradient added" --set smoothing.weight=3
dream laplacian "all bands of the gradient alike" --set laplacian=4
dream tv "total variation climbed down" --set tv=0.25
dream l2-prior "a share of the dream taken back at each step" --set l2=0.05
dream blur "the image blurred after each step" --set blur.from=0.6 --set blur.to=0.3
dream each "settings of single sizes" --set 'octaves.each=[{iterations: 30, layers: [{layer: features.12}]}]'
dream fourier "climbed in frequencies" --set parameterisation=fourier --step 2.5
dream robust "scaled and turned at each step" --set robustness.scale=0.15 --set robustness.rotate=15
dream window "small windows, near the centre most often" --set robustness.window=96 --iterations 40
dream no-jitter "without jitter" --set jitter=0

section "Colours and strength" "What may change, and how much of it is shown."
dream luma "lightness alone" --colours luma
dream chroma "colours alone" --colours chroma
dream faint "at a third of the strength" --strength 0.33

section "Networks" "Reverie's own network is inside the program. Those of torchvision and Places365 are in
[networks.md](networks.md); their weights were not at hand for this page."
net=()
dream embedded "embedded: eyes" --network embedded --preset eyes
dream creatures "embedded: creatures" --network embedded --preset creatures
dream petals "embedded: petals" --network embedded --preset petals
net=("${animals[@]:2}")
dream squeezenet "SqueezeNet 1.0" --network squeezenet1_0
net=("${animals[@]}")

section "Tiles" "Any size in bounded memory; the same dream in tiles of 128 px, whose grid moves at each step
([sizes.md](sizes.md))."
dream untiled "as one" --layer features.10 --set tile=none
dream tiled "in tiles" --layer features.10 --set tile=128

section "Regions" "Where it dreams ([regions.md](regions.md))."
ffmpeg -v error -y -f lavfi -i "color=black:s=320x214,format=gray,geq=lum='if(lt(Y,90),255,0)'" -frames:v 1 "$work/sky.png"
dream mask "the upper part alone, its edge feathered" --set mask.file="$work/sky.png" --set mask.feather=6
dream inverted "all but that" --set mask.file="$work/sky.png" --set mask.feather=6 --set mask.invert=true
dream half-mask "the rest at half strength" --set mask.file="$work/sky.png" --set mask.feather=6 --set mask.strength=0.5

section "Drawn out of noise" "What a network takes for a thing: \`reverie draw CLASS OUT\`."
draw goldfish "goldfish" goldfish
draw peacock "peacock" peacock
draw volcano "volcano" volcano
draw deepdraw "the same in deepdraw's way" volcano --recipe deepdraw

section "Recipes" "Settings under a name: \`reverie recipes\`."
for recipe in $($reverie recipes | sed -n 's/^\([a-z0-9-]*\)  *[A-Z].*/\1/p' | grep -v '^Use$'); do
  title=$($reverie recipes "$recipe" | sed -n '1s/^# //p')
  net=("${animals[@]}")
  if $reverie recipes "$recipe" | grep -q '^network: embedded'; then net=(); fi
  case $recipe in
    class-drawing) draw recipe-$recipe "$title" daisy --recipe $recipe ;;
    deepdraw) draw recipe-$recipe "$title" hen --recipe $recipe ;;
    dive)
      echo recipe-dive >&2
      $reverie zoom --overwrite --quiet --size 320x --frames 60 --set zoom.loop=0 --recipe dive "${net[@]}" "$photo" "$work/dive.mp4"
      ffmpeg -v error -y -sseof -0.1 -i "$work/dive.mp4" -frames:v 1 "$work/dive.png"
      smaller "$work/dive.png" recipe-dive
      cell recipe-dive "$title (after 60 frames)" "zoom --recipe dive"
      ;;
    pulse)
      echo recipe-pulse >&2
      $reverie video --overwrite --quiet --recipe pulse "${net[@]}" sample-data/clip.mp4 "$work/pulse.mp4"
      ffmpeg -v error -y -i "$work/pulse.mp4" -vf "select='eq(n,15)+eq(n,33)',scale=320:-2,tile=1x2" -frames:v 1 "$work/pulse.png"
      smaller "$work/pulse.png" recipe-pulse
      cell recipe-pulse "$title (a loud frame and a quiet one)" "video --recipe pulse"
      ;;
    poster-8k) dream recipe-$recipe "$title (here 1280 px wide)" --recipe $recipe --set size=1280x ;;
    guided) dream recipe-$recipe "$title (here the drawn goldfish)" --recipe $recipe --layer features.12 --guide "$work/drawn/goldfish.png" ;;
    *) dream recipe-$recipe "$title" --recipe $recipe ;;
  esac
done
[ $column -eq 0 ] || printf '|\n' >> "$page"
echo "$page" >&2
