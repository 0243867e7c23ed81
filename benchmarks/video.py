#!/usr/bin/env python3
"""Measures what in-betweens and bfloat16 save, and what they change.

    benchmarks/video.py CLIP WEIGHTS [--work FOLDER] [--only NAME,...]

CLIP is a real video of 280 frames or more, WEIGHTS are SqueezeNet 1.0's. Times are seconds of one
core per frame, summed over the stages of a task; ratios compare runs of the same invocation. Run it
on an idle machine. Needs Python 3.8 with NumPy, ffmpeg on the path and a build of Reverie; compares
steps with PyTorch where python3-torch and torchvision are installed.
"""

import argparse
import json
import math
import pathlib
import subprocess
import sys
import time

import numpy

ROOT = pathlib.Path(__file__).resolve().parent.parent
REVERIE = ROOT / "deploy/bin/reverie"
WIDTH, HEIGHT = 320, 180
BLOCK = 20
LIMITS = []


class Run:
    """The program, its inputs and a folder for what it makes."""

    def __init__(self, args):
        self.args = args
        self.work = pathlib.Path(args.work).resolve()
        self.work.mkdir(parents=True, exist_ok=True)
        self.squeezenet = ["--network", "squeezenet1_0", "--weights", args.weights, "--layer",
                           "features.10", "--parameterisation", "pixels", "--octaves", "3"]

    def video(self, name, source, *words):
        """Dreams a clip and returns its sidecar."""
        out = self.work / f"{name}.mkv"
        begun = time.monotonic()
        subprocess.run([REVERIE, "video", "--quiet", "--overwrite", "--codec", "ffv1", *words,
                        str(source), str(out)], check=True)
        sidecar = json.loads((self.work / f"{name}.mkv.json").read_text())
        sidecar["wall"] = time.monotonic() - begun
        sidecar["file"] = out
        return sidecar


def overall(sidecar, key):
    """The mean over a video's shots, by frames; flicker as the root of mean squares."""
    parts = [(s["frames"], s[key]) for s in sidecar["shots"] if key in s]
    frames = sum(n for n, _ in parts)
    if key == "flicker":
        return math.sqrt(sum(n * v * v for n, v in parts) / frames)
    return sum(n * v for n, v in parts) / frames


def pixels(file):
    """The frames of a video as they are decoded."""
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", str(file), "-vf",
                          f"scale={WIDTH}:{HEIGHT}:flags=area", "-f", "rawvideo", "-pix_fmt",
                          "rgb24", "-"], check=True, stdout=subprocess.PIPE).stdout
    return numpy.frombuffer(raw, numpy.uint8).reshape(-1, HEIGHT, WIDTH, 3)


def strengths(dream, source):
    """The mean change of each block of each frame, in grey levels."""
    change = numpy.abs(dream.astype(numpy.int16) - source.astype(numpy.int16)).mean(axis=3)
    rows, columns = HEIGHT // BLOCK, WIDTH // BLOCK
    blocks = change[:, :rows * BLOCK, :columns * BLOCK]
    return blocks.reshape(len(dream), rows, BLOCK, columns, BLOCK).mean(axis=(2, 4))


def limit(what, value, low, high):
    """A value with a mark that says whether it is where it should be."""
    held = low <= value <= high
    LIMITS.append((f"{what} {value:.3f}", held))
    return f"{value:.3f}" + ("" if held else " (!)")


def heading(title, *columns):
    print(f"\n### {title}\n\n| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))


def row(*cells):
    print("| " + " | ".join(c if isinstance(c, str) else f"{c:.4g}" for c in cells) + " |")
    sys.stdout.flush()


COLUMNS = ("in-betweens", "precision", "s/frame", "ratio", "flicker", "ratio", "strength",
           "of alone", "last 40 frames of first 40", "bare places", "iterations")


def clip(run, title, name, words, limits):
    """Every frame in float32, then in-betweens in each precision."""
    heading(title, *COLUMNS)
    source = pixels(run.video("source-" + name, run.args.clip, *words, "--strength", "0")["file"])
    alone = strengths(pixels(run.video(name + "-alone", run.args.clip, *words, "--precision",
                                       "float32", "--temporal", "none")["file"]), source)
    before = None
    for inbetween, precision in (("1", "float32"), ("auto", "float32"), ("auto", "bfloat16")):
        dreamed = run.video(f"{name}-{inbetween}-{precision}", run.args.clip, *words,
                            "--inbetween", inbetween, "--precision", precision)
        shown = strengths(pixels(dreamed["file"]), source)
        before = before or dreamed
        bare = (shown < alone / 2).mean()
        bare_before = bare if before is dreamed else bare_before
        speed = dreamed["secondsPerFrame"] / before["secondsPerFrame"]
        flicker = overall(dreamed, "flicker") / overall(before, "flicker")
        part = min(40, len(shown) // 3)
        drift = shown[-part:].mean() / shown[:part].mean() * alone[:part].mean() / alone[-part:].mean()
        what = f"{name}, in-betweens {inbetween}, {precision}:"
        judged = before is not dreamed
        row(inbetween, precision, dreamed["secondsPerFrame"],
            limit(what + " time", speed, 0, limits[precision]) if judged else "1",
            overall(dreamed, "flicker"),
            limit(what + " flicker", flicker, 0, limits["flicker"]) if judged else "1",
            shown.mean(),
            limit(what + " strength", shown.mean() / alone.mean(), 0.95, 1.05),
            limit(what + " last frames", drift, 0.95, 1.05),
            limit(what + " bare places", bare, 0, max(bare_before, 1e-9)) if judged
            else f"{bare:.3f}",
            overall(dreamed, "iterations"))


def squeezenet(run):
    words = run.squeezenet + ["--size", f"{WIDTH}x{HEIGHT}"]
    clip(run, "SqueezeNet `features.10`, 3 octaves, 10 iterations, the whole clip at 320x180",
         "squeezenet", words, {"float32": 0.6, "bfloat16": 0.45, "flicker": 1.05})


def embedded(run):
    words = ["--size", f"{WIDTH}x{HEIGHT}", "--end", "3"]
    clip(run, "The embedded network, default settings, first 60 frames at 320x180", "embedded",
         words, {"float32": math.inf, "bfloat16": math.inf, "flicker": 0.6})


def step(run):
    """One step against PyTorch's eager mode in float32."""
    result = subprocess.run(
        [REVERIE, "bench", "--network", "squeezenet1_0", "--weights", run.args.weights, "--size",
         "512x512", "--precision", "float32,bfloat16", "--torch", "--json"],
        check=True, stdout=subprocess.PIPE)
    heading("One step, SqueezeNet `features.10` at 512x512", "precision", "ms", "share of limit",
            "time of PyTorch's eager mode")
    for each in json.loads(result.stdout)["steps"]:
        highest = {"float32": 0.35, "bfloat16": 0.2}[each["precision"]]
        ratio = each.get("againstTorch")
        row(each["precision"], each["seconds"] * 1e3, each.get("shareOfLimit", math.nan),
            "-" if ratio is None else limit(f"step, {each['precision']}:", ratio, 0, highest))


def sample(run):
    """The README's first command, with start and planning."""
    heading("`reverie video sample-data/clip.mp4`, from the command to the file", "in-betweens",
            "precision", "seconds", "ratio")
    before = None
    for words in (["--inbetween", "1", "--precision", "float32"], []):
        dreamed = run.video("sample", ROOT / "sample-data/clip.mp4", *words)
        before = before or dreamed
        ratio = dreamed["wall"] / before["wall"]
        spec = dreamed["provenance"]["spec"]
        row(str(spec["video"]["inbetween"]), spec["precision"], dreamed["wall"],
            limit("sample clip:", ratio, 0, 0.5) if words == [] else "1")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clip")
    parser.add_argument("weights")
    parser.add_argument("--work", default="out/video-benchmark")
    parser.add_argument("--only", default="")
    run = Run(parser.parse_args())
    tables = [step, sample, embedded, squeezenet]
    chosen = run.args.only.split(",") if run.args.only else [t.__name__ for t in tables]
    for table in tables:
        if table.__name__ in chosen:
            table(run)
    missed = [what for what, held in LIMITS if not held]
    print("\nall limits held" if not missed else "\nmissed: " + "; ".join(missed))
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
