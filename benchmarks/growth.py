#!/usr/bin/env python3
"""Plots how the cost of a dream grows with pixels, iterations, octaves, frames and workers.

    benchmarks/growth.py [--work FOLDER] [--plot FILE.svg]

Dreams the sample clip with the embedded network and its default settings but one, in float32 so that
machines can be compared. Run it on an idle machine with two cores. Needs Python 3.8, ffmpeg on the
path, matplotlib and a build of Reverie.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLIP = ROOT / "sample-data/clip.mp4"
SIZE = (320, 180)
FRAMES = 2
RATE = 12


class Run:
    """The program and a folder for what it makes."""

    def __init__(self, work):
        self.work = pathlib.Path(work).resolve()
        self.work.mkdir(parents=True, exist_ok=True)
        self.count = 0

    def seconds(self, source, *words, size=SIZE, master="local[1,4]"):
        """Seconds of one core per frame, and from start to end."""
        out = self.work / f"growth-{self.count}.mkv"
        self.count += 1
        begun = time.monotonic()
        subprocess.run([ROOT / "deploy/bin/reverie", "video", "--quiet", "--overwrite", "--precision",
                        "float32", "--codec", "ffv1", "--size", f"{size[0]}x{size[1]}", *words,
                        str(source), str(out), "--", "--master", master], check=True)
        wall = time.monotonic() - begun
        return json.loads(pathlib.Path(f"{out}.json").read_text())["secondsPerFrame"], wall

    def alone(self, *words, size=SIZE):
        return self.seconds(CLIP, "--temporal", "none", "--end", f"{FRAMES / RATE:.3f}", *words,
                            size=size)[0]

    def shots(self, count):
        """The clip several times in a row."""
        out = self.work / f"shots-{count}.mkv"
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-stream_loop", str(count - 1), "-i",
                        str(CLIP), "-an", "-c:v", "ffv1", str(out)], check=True)
        return out


def pixels(run):
    sizes = [(160, 90), (320, 180), (480, 270), (640, 360), (960, 540)]
    return "megapixels", "s per lone frame", [
        (w * h / 1e6, run.alone(size=(w, h))) for w, h in sizes]


def iterations(run):
    return "iterations per octave", "s per lone frame", [
        (n, run.alone("--iterations", str(n))) for n in (2, 5, 10, 20)]


def octaves(run):
    return "octaves", "s per lone frame", [
        (n, run.alone("--octaves", str(n))) for n in (1, 2, 3, 4, 5)]


def frames(run):
    counts = (6, 12, 24, 36)
    return "frames of a shot, carried", "s of one core", [
        (n, n * run.seconds(CLIP, "--end", f"{n / RATE:.3f}")[0]) for n in counts]


def workers(run):
    source = run.shots(4)
    return "cores, 4 shots of 36 frames", "s from start to end", [
        (n, run.seconds(source, master=f"local[{n},4]")[1]) for n in (1, 2)]


def plot(results, file):
    import matplotlib
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "growth"
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(1, len(results), figsize=(3 * len(results), 2.8))
    for axis, (x, y, points) in zip(axes, results):
        axis.plot(*zip(*points), marker="o", color="#6a3d9a")
        axis.set_xlabel(x)
        axis.set_ylabel(y)
        axis.set_xlim(left=0)
        axis.set_ylim(bottom=0)
        axis.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", default="out/growth")
    parser.add_argument("--plot", default="docs/images/growth.svg")
    args = parser.parse_args()
    run = Run(args.work)
    results = []
    for measure in (pixels, iterations, octaves, frames, workers):
        x, y, points = measure(run)
        results.append((x, y, points))
        print(f"\n| {x} | " + " | ".join(f"{p[0]:.4g}" for p in points) + " |")
        print("|---|" + "---|" * len(points))
        print(f"| {y} | " + " | ".join(f"{p[1]:.3g}" for p in points) + " |")
        sys.stdout.flush()
    plot(results, args.plot)


if __name__ == "__main__":
    main()
