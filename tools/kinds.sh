#!/usr/bin/env bash
# kinds.sh FOLDER: makes small files of every kind that a folder of pictures and videos may hold, good ones and bad
# ones. Needs ffmpeg, imagemagick and exiftool; a kind that the installed programs cannot write is left out.
set -euo pipefail

[ $# = 1 ] || { echo "usage: kinds.sh FOLDER" >&2; exit 2; }
mkdir -p "$1"
cd "$1"

ff() { ffmpeg -nostdin -y -v error "$@"; }

# Runs a command whose last word is the file that it makes; without the file's format, there is no file.
try() {
    "$@" >/dev/null 2>&1 || rm -f "${@: -1}"
}

# A picture with all colours, 32x24, and a clip of eight frames with sound.
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
ff -f lavfi -i testsrc2=size=32x24:rate=1:duration=1 -frames:v 1 "$made/picture.png"
ff -f lavfi -i testsrc2=size=32x24:rate=8:duration=1 -f lavfi -i sine=duration=1 -c:v ffv1 -c:a pcm_s16le "$made/clip.mkv"
picture=$made/picture.png clip=$made/clip.mkv

# Stills.
for name in rgb.png rgb.jpg rgb.webp rgb.tif UPPER.PNG rgb.bmp rgb.gif rgb.heic rgb.avif rgb.exr rgb.jp2 rgb.ppm \
    rgb.psd rgb.ico; do
    try convert "$picture" "$name"
done
# ImageMagick without JPEG XL writes a PNG under that name.
try ff -i "$picture" -c:v libjxl rgb.jxl
try convert "$picture" -colorspace CMYK cmyk.jpg
try convert "$picture" -colorspace CMYK cmyk.tif
try convert "$picture" -colorspace Lab lab.tif
try convert "$picture" -depth 16 -define png:bit-depth=16 deep.png
try convert "$picture" -depth 32 -define quantum:format=floating-point float.tif
try convert "$picture" -colorspace Gray -alpha set -channel A -evaluate set 50% PNG:grey-alpha.png
try convert "$picture" -colors 16 PNG8:palette.png
try convert "$picture" -monochrome bilevel.tif
try convert "$picture" -alpha set -channel A -evaluate set 50% alpha.webp
try convert "$picture" "$picture" "$picture" pages.tif
try ff -i "$clip" -loop 0 animated.webp
try ff -i "$clip" -f apng animated.png
cp rgb.jpg rotated.jpg
exiftool -q -overwrite_original -n -Orientation=6 -Artist=Nobody -GPSLatitude=1 -GPSLatitudeRef=N rotated.jpg

# Not what they say.
echo 'no picture' >text.png
: >empty.png
head -c 300 rgb.png >truncated.png
head -c 500 rgb.jpg >truncated.jpg
cp rgb.png png-inside.jpg
mkdir -p folder.png
cp rgb.png folder.png/inside.png
ln -sfn nowhere.png dangling.png
cp rgb.png png
cp rgb.png 'space 100% é 🐦.png'
cp rgb.png _underscore.png
printf '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>' >drawing.svg
printf '%%PDF-1.4\n%%%%EOF\n' >document.pdf

# Videos.
try ff -i "$clip" -c:v libx264 -pix_fmt yuv420p -c:a aac h264.mp4
try ff -i "$clip" -c:v libx265 -pix_fmt yuv420p10le -c:a aac -tag:v hvc1 hevc.mov
try ff -i "$clip" -c:v libvpx-vp9 -c:a libopus vp9.webm
try ff -i "$clip" -c:v libaom-av1 -cpu-used 8 -c:a libopus av1.mkv
try ff -i "$clip" -c:v mpeg4 -c:a libmp3lame mpeg4.avi
try ff -i "$clip" -c:v mpeg2video -c:a mp2 mpeg2.ts
try ff -i "$clip" -c:v mpeg2video -r 25 -c:a mp2 mpeg2.mpg
try ff -i "$clip" -c:v prores_ks -c:a pcm_s16le prores.mov
try ff -i "$clip" -c:v wmv2 -c:a wmav2 wmv2.wmv
try ff -i "$clip" -c:v flv1 -ar 44100 -c:a libmp3lame flv.flv
try ff -i "$clip" -c:v libtheora -c:a libvorbis theora.ogv
try ff -i "$clip" -an -s 176x144 -c:v h263 phone.3gp
try ff -i "$clip" -an moving.gif
head -c 2000 h264.mp4 >truncated.mp4
: >empty.mp4
try ff -i "$clip" -vn -c:a aac sound-only.mp4
try ff -i "$clip" -vn -c:a libmp3lame sound.mp3
printf '1\n00:00:00,000 --> 00:00:01,000\nHello\n' >subtitles.srt
printf 'PK\003\004 not really' >letter.docx
