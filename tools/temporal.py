#!/usr/bin/env python3
"""Compares flicker, strength and speed of carried dreams with frames dreamed alone.

    tools/temporal.py CLIP WEIGHTS PHOTO [--work FOLDER] [--only NAME,...]

CLIP is a real handheld video of 280 frames or more, WEIGHTS are SqueezeNet 1.0's, PHOTO is a still
for synthetic pans, zooms and camera shake. Needs Python 3.8, ffmpeg on the path and a build of Reverie.
"""

import argparse
import array
import json
import math
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SIZE = (320, 180)
LIMITS = []


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clip")
    parser.add_argument("weights")
    parser.add_argument("photo")
    parser.add_argument("--work", default="out/temporal")
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    run = Run(args)
    tables = [main_table, iterations_table, clips_table, cut_table, still_table, seams_table,
              occluder_table]
    chosen = args.only.split(",") if args.only else [t.__name__[:-6] for t in tables]
    for table in tables:
        if table.__name__[:-6] in chosen:
            table(run)
            sys.stdout.flush()
    missed = [what for what, held in LIMITS if not held]
    print("\nall limits held" if not missed else "\nmissed: " + "; ".join(missed))
    sys.exit(1 if missed else 0)


class Run:
    """The program, its inputs and a folder for what it makes."""

    def __init__(self, args):
        self.args = args
        self.work = pathlib.Path(args.work).resolve()
        self.work.mkdir(parents=True, exist_ok=True)

    def ffmpeg(self, name, *words):
        """Makes a lossless RGB clip of the standard size once."""
        out = self.work / name
        if not out.exists():
            part = self.work / ("part-" + name)
            subprocess.run(["ffmpeg", "-v", "error", "-y", *words, "-c:v", "ffv1", "-pix_fmt",
                            "bgr0", "-an", str(part)], check=True)
            part.rename(out)
        return out

    def photo_clip(self, name, frames, motion):
        """The photo, enlarged eight times so that it moves by parts of a pixel."""
        return self.ffmpeg(
            name + ".mkv", "-loop", "1", "-framerate", "25", "-i", self.args.photo, "-vf",
            f"scale=3600:2400,{motion},scale={SIZE[0]}:{SIZE[1]}:flags=area",
            "-frames:v", str(frames))

    def dream(self, name, source, *words):
        """Dreams a clip and returns its manifest."""
        out = self.work / f"dream-{name}.mkv"
        subprocess.run(
            [ROOT / "deploy/bin/reverie", "video", "--quiet", "--overwrite", "--network",
             "squeezenet1_0", "--weights", self.args.weights, "--layer", "features.10",
             "--parameterisation", "pixels", "--octaves", "3", "--size",
             f"{SIZE[0]}x{SIZE[1]}", "--codec", "ffv1", *words, str(source), str(out)],
            check=True)
        manifest = json.loads((self.work / f"dream-{name}.mkv.json").read_text())
        manifest["file"] = out
        return manifest

    def pair(self, name, source, *words):
        """The same frames dreamed alone and carried."""
        return (self.dream(name + "-alone", source, "--temporal", "none", *words),
                self.dream(name + "-carried", source, *words))


def shots(manifest):
    return manifest["shots"]


def mean(values):
    return sum(values) / len(values)


def overall(manifest, key):
    """The mean over a video's shots, by frames; flicker as the root of mean squares."""
    parts = [(s["frames"], s[key]) for s in shots(manifest) if key in s]
    if not parts:
        return float("nan")
    frames = sum(n for n, _ in parts)
    if key == "flicker":
        return math.sqrt(sum(n * v * v for n, v in parts) / frames)
    return sum(n * v for n, v in parts) / frames


def limit(what, value, low, high):
    """A value with a mark that says whether it is where it should be."""
    held = low <= value <= high
    LIMITS.append((what, held))
    return f"{value:.3f}" + ("" if held else " (!)")


def heading(title, *columns):
    print(f"\n### {title}\n\n| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))


def row(*cells):
    print("| " + " | ".join(c if isinstance(c, str) else f"{c:.4g}" for c in cells) + " |")


COLUMNS = ("clip", "frames", "flicker alone", "carried", "ratio", "strength alone", "carried",
           "ratio", "young", "old", "iterations", "s/frame alone", "carried", "ratio")


def comparison(name, alone, carried):
    ratio = {k: overall(carried, k) / overall(alone, k)
             for k in ("flicker", "strength", "young", "old")}
    speed = carried["secondsPerFrame"] / alone["secondsPerFrame"]

    def checked(key, low, high):
        known = not math.isnan(ratio[key])
        return limit(f"{name} {key}", ratio[key], low, high) if known else "-"

    row(name, str(carried["frames"]), overall(alone, "flicker"), overall(carried, "flicker"),
        checked("flicker", 0, 0.25), overall(alone, "strength"), overall(carried, "strength"),
        checked("strength", 0.9, 1.1), checked("young", 0.75, 1.25), checked("old", 0.75, 1.25),
        overall(carried, "iterations"), alone["secondsPerFrame"], carried["secondsPerFrame"],
        speed_limit(name, speed))


def speed_limit(name, speed):
    """With T = 5 one iteration alone is a fifth of a lone dream's: no limit there."""
    return f"{speed:.3f}" if name == "T = 5" else limit(f"{name} time", speed, 0, 0.20)


def main_table(run):
    heading("The clip, all frames", *COLUMNS)
    alone, carried = run.pair("clip", run.args.clip)
    comparison("clip", alone, carried)
    strength = [v for s in shots(carried) for v in s["perFrame"]["strength"]]
    drift = mean(strength[-40:]) / mean(strength[1:41])
    print("\nStrength of the last 40 frames, relative to the first 40 carried ones: "
          + limit("drift", drift, 0.9, 1.1))
    shares = ", ".join(f"{k} {v:.0%}" for k, v in carried["timeShares"].items())
    print(f"\nTime of the carried dream: {shares}.")


def iterations_table(run):
    heading("Other numbers of iterations, the first 60 frames", *COLUMNS)
    clip = run.ffmpeg("first60.mkv", "-i", run.args.clip, "-frames:v", "60", "-vf",
                      f"scale={SIZE[0]}:{SIZE[1]}:flags=area")
    for t in ("5", "20"):
        comparison(f"T = {t}", *run.pair("t" + t, clip, "--iterations", t))


def clips(run):
    pan = "crop=2560:1440:x='100+n*12':y=480"
    shake = ("crop=2560:1440:x='520+200*sin(n/9)+60*sin(n/2.3)+24*sin(n*1.7)'"
             ":y='480+160*cos(n/11)+48*sin(n/2.9)+24*cos(n*1.3)'")
    zoom = "zoompan=z='1+0.012*on':d=1:x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':s=2560x1440:fps=25"
    return {"pan": run.photo_clip("pan", 60, pan),
            "zoom": run.photo_clip("zoom", 60, zoom),
            "handheld": run.photo_clip("handheld", 60, shake)}


def clips_table(run):
    heading("Other motion, 60 frames each", *COLUMNS)
    for name, clip in clips(run).items():
        comparison(name, *run.pair(name, clip))


def cut_table(run):
    heading("A hard cut", "cut detected at frame", "correlation with the dream before the cut",
            "strength of the first frame over a lone dream's", "of the ten after it")
    first = run.ffmpeg("first60.mkv", "-i", run.args.clip, "-frames:v", "60", "-vf",
                       f"scale={SIZE[0]}:{SIZE[1]}:flags=area")
    second = clips(run)["handheld"]
    both = run.ffmpeg("cut.mkv", "-i", str(first), "-i", str(second), "-filter_complex",
                      "[0]trim=end_frame=40,setpts=N/25/TB[a];[1]trim=end_frame=40,setpts=N/25/TB[b];"
                      "[a][b]concat=n=2:v=1:a=0,fps=25")
    alone, carried = run.pair("cut", both)
    source, dream = frames(both), frames(carried["file"])
    residual = [subtract(dream[i], source[i]) for i in (39, 40)]
    strength = [v for s in shots(carried) for v in s["perFrame"]["strength"]]
    lone = [v for s in shots(alone) for v in s["perFrame"]["strength"]]
    found = [round(c * 25) for c in carried["cuts"]]
    LIMITS.append(("one cut at 40", found == [40]))
    row(str(found), limit("old dream", correlation(*residual), -0.05, 0.05),
        limit("first frame", strength[40] / lone[40], 0.95, 1.05),
        limit("frames after", mean(strength[41:51]) / mean(lone[41:51]), 0.9, 1.1))


def still_table(run):
    heading("A still as a video of 300 frames", "strength of frames 21-40", "of the last 20",
            "ratio", "colour of frames 21-40", "of the last 20", "largest change of a channel",
            "flicker")
    still = run.photo_clip("still", 300, "crop=2560:1440:x=520:y=480")
    carried = run.dream("still", still, "--set", "video.segment=400")
    strength = shots(carried)[0]["perFrame"]["strength"]
    early, late = mean(strength[20:40]), mean(strength[-20:])
    dream = frames(carried["file"])
    colour = [[mean([channel_means(f)[c] for f in part]) for c in range(3)]
              for part in (dream[20:40], dream[-20:])]
    change = max(abs(a / b - 1) for a, b in zip(colour[1], colour[0]))
    steady = [abs(mean(strength[i:i + 20]) / early - 1) for i in range(20, 300, 20)]
    LIMITS.append(("still, all the way", max(steady) <= 0.05))
    row(early, late, limit("still strength", late / early, 0.95, 1.05),
        "/".join(f"{c:.1f}" for c in colour[0]), "/".join(f"{c:.1f}" for c in colour[1]),
        limit("still colour", change, 0, 0.05), overall(carried, "flicker"))


def seams_table(run):
    heading("The clip as one shot in 4 segments", "seam at", "flicker", "inside (median)", "ratio",
            "strength", "ratio")
    carried = run.dream("seams", run.args.clip, "--set", "video.segment=82", "--set",
                        "video.cuts=[]")
    for shot in shots(carried):
        inside = shot["medianFlickerOutsideSeams"]
        for seam in shot["seams"]:
            name = f"{seam['start']:.2f} s"
            row(name, seam["flicker"], inside,
                limit("seam flicker " + name, seam["flicker"] / inside, 0, 1.15),
                seam["strength"],
                limit("seam strength " + name, seam["strength"] / shot["strength"], 0.9, 1.1))
    hashes = {}
    for slots in ("1", "2", "4"):
        out = run.work / f"slots-{slots}.mkv"
        subprocess.run(
            [ROOT / "deploy/bin/reverie", "video", "--quiet", "--overwrite", "--size", "160x90",
             "--octaves", "2", "--iterations", "3", "--set", "video.segment=51", "--codec", "ffv1",
             "--end", "4", run.args.clip, str(out), "--", "--master", f"local[{slots},4]"],
            check=True)
        hashes[slots] = subprocess.run(
            ["ffmpeg", "-v", "error", "-i", str(out), "-map", "0:v", "-f", "md5", "-"],
            check=True, stdout=subprocess.PIPE, text=True).stdout
    same = len(set(hashes.values())) == 1
    LIMITS.append(("1, 2 and 4 slots", same))
    print(f"\nRuns with 1, 2 and 4 task slots give {'identical' if same else 'different (!)'} decoded frames")


def occluder_table(run):
    heading("A square that moves over a background", "dream", "correlation with the square's dream",
            "strength just behind the square over elsewhere")
    still = run.photo_clip("still", 300, "crop=2560:1440:x=520:y=480")
    square, step, top = 64, 4, 58
    clip = run.ffmpeg(
        "occluder.mkv", "-i", str(still), "-i", str(clips(run)["pan"]), "-filter_complex",
        f"[1]trim=end_frame=1,loop=-1:1,setpts=N/25/TB,crop={square}:{square}:200:20,hue=h=90[s];"
        f"[0][s]overlay=x='n*{step}':y={top}:shortest=1,fps=25", "-frames:v", "50")
    alone, carried = run.pair("occluder", clip)
    source = frames(clip)
    numbers = {}
    for name, manifest in (("alone", alone), ("carried", carried)):
        dream = frames(manifest["file"])
        old, new, behind, elsewhere = [], [], [], []
        for i in range(10, 50):
            before = subtract(dream[i - 1], source[i - 1])
            now = subtract(dream[i], source[i])
            # What the square has just left, and what it showed there one frame ago.
            strip = [(x, y) for y in range(top, top + square)
                     for x in range((i - 1) * step, i * step)]
            old += pick(before, strip)
            new += pick(now, strip)
            behind.append(mean([abs(v) for v in pick(now, strip)]))
            far = [(x, y) for y in range(top, top + square)
                   for x in range(i * step + square + 8, i * step + square + 8 + step)]
            elsewhere.append(mean([abs(v) for v in pick(now, far)]))
        numbers[name] = correlation(old, new), mean(behind) / mean(elsewhere)
    for name, (smear, strength) in numbers.items():
        checked = f"{smear:.3f}" if name == "alone" else limit(
            "smear", smear - numbers["alone"][0], -1, 0.05)
        row(name, f"{smear:.3f}" if name == "alone" else f"{smear:.3f} (beyond alone: {checked})",
            strength)


def frames(video):
    """All frames as arrays of RGB bytes."""
    size = SIZE[0] * SIZE[1] * 3
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", str(video), "-map", "0:v", "-f",
                          "rawvideo", "-pix_fmt", "rgb24", "-"], check=True,
                         stdout=subprocess.PIPE).stdout
    return [raw[i:i + size] for i in range(0, len(raw), size)]


def subtract(a, b):
    return array.array("h", (x - y for x, y in zip(a, b)))


def pick(frame, places):
    return [frame[(y * SIZE[0] + x) * 3 + c] for x, y in places for c in range(3)]


def channel_means(frame):
    return [sum(frame[c::3]) * 3 / len(frame) for c in range(3)]


def correlation(a, b):
    top = sum(x * y for x, y in zip(a, b))
    return top / math.sqrt(max(1, sum(x * x for x in a) * sum(y * y for y in b)))


if __name__ == "__main__":
    main()
