#!/usr/bin/env python3
"""Shows that the driver's memory depends neither on a film's length nor on the number of videos.

    benchmarks/chains.py film [--frames N] [--work FOLDER] [--program CMD]
    benchmarks/chains.py videos [--count N] [--work FOLDER] [--program CMD]

`film` dreams one film of tiny frames, each by itself, with a heap of 512 MB and messages of at most
1 MB, and prints the heap's old generation over time and how many bytes the tasks returned. `videos`
dreams short videos of one to three seconds in one run, and prints when the first result was there,
and the threads and the memory of the driver. Needs Python 3.8, a JDK, ffmpeg on the path and a build of
Reverie; another program with the same command line can be measured with --program.
"""

import argparse
import json
import os
import pathlib
import random
import shlex
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
RATE = 8
TINY = ["--size", "32x32", "--iterations", "1", "--octaves", "1", "--temporal", "none"]
FASTEST = [*TINY, "--layer", "conv1", "--parameterisation", "pixels", "--set",
           "video.flow.method=ultrafast"]


def film(path, frames, seed=0):
    """A film of 16x16 px."""
    if not path.exists():
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i",
                        f"testsrc2=s=16x16:r={RATE},hue=h={seed % 360}", "-frames:v", str(frames),
                        "-c:v", "libx264", "-preset", "ultrafast", "-g", "250", str(path)], check=True)


def java(pid):
    """The Java process that a command has become or started."""
    try:
        if pathlib.Path(f"/proc/{pid}/comm").read_text().strip() == "java":
            return pid
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return None
    return next(filter(None, (java(int(child)) for child in children)), None)


class Sample:
    """The old generation of the heap, and the threads, of a process at one moment."""

    def __init__(self, pid, begun):
        self.seconds = time.monotonic() - begun
        words = subprocess.run(["jstat", "-gc", str(pid)], capture_output=True, text=True).stdout.split()
        columns = dict(zip(words[:len(words) // 2], words[len(words) // 2:]))
        self.old = float(columns.get("OU", "nan")) / 1024
        stacks = subprocess.run(["jstack", str(pid)], capture_output=True, text=True).stdout
        self.chains = sum(line.startswith('"chain-') for line in stacks.splitlines())
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        self.threads = int(status.split("Threads:")[1].split()[0])
        self.resident = int(status.split("VmRSS:")[1].split()[0]) / 1024


def run(program, work, arguments, pause):
    """Runs the program; returns its seconds, samples, event log and when it began."""
    events = work / "events"
    shutil.rmtree(events, ignore_errors=True)
    events.mkdir()
    command = [*shlex.split(program), *arguments, "--", "--master", "local[2,4]",
               "--conf", "spark.rpc.message.maxSize=1", "--conf", "spark.eventLog.enabled=true",
               "--conf", "spark.eventLog.rolling.enabled=false",
               "--conf", "spark.eventLog.compress=false",
               "--conf", f"spark.eventLog.dir=file:{events}"]
    begun = time.monotonic()
    since = time.time()
    samples = []
    with open(work / "log.txt", "w") as log:
        process = subprocess.Popen(command, env={**os.environ, "REVERIE_MEMORY": "512m"}, stdout=log,
                                   stderr=log)
        while process.poll() is None:
            try:
                process.wait(pause)
            except subprocess.TimeoutExpired:
                pid = java(process.pid)
                if pid:
                    try:
                        samples.append(Sample(pid, begun))
                    except (OSError, IndexError):
                        pass
    seconds = time.monotonic() - begun
    if process.returncode != 0:
        print(f"exit code {process.returncode}; the last lines of {work / 'log.txt'}:")
        print("\n".join((work / "log.txt").read_text().splitlines()[-5:]))
    logs = [file for file in events.iterdir() if file.is_file()]
    return seconds, samples, logs, since


def results(logs):
    """Bytes that each task returned, in order of time."""
    sizes = []
    for log in logs:
        with open(log) as lines:
            for line in lines:
                if line.startswith('{"Event":"SparkListenerTaskEnd"'):
                    metrics = json.loads(line).get("Task Metrics")
                    if metrics:
                        sizes.append(metrics["Result Size"])
    return sizes


def show(samples):
    print("seconds  old generation MB  resident MB  threads  of chains")
    step = max(1, len(samples) // 12)
    for each in samples[::step]:
        print(f"{each.seconds:7.0f}  {each.old:17.1f}  {each.resident:11.0f}  {each.threads:7d}"
              f"  {each.chains:9d}")


def measure_film(options):
    work = options.work / f"film-{options.frames}"
    work.mkdir(parents=True, exist_ok=True)
    source = work / "film.mp4"
    film(source, options.frames)
    seconds, samples, logs, _ = run(options.program, work, ["video", "--quiet", "--overwrite", *FASTEST,
                                                            str(source), str(work / "dream.mp4")], 10)
    sizes = results(logs)
    print(f"{options.frames} frames in {seconds:.0f} s, {len(sizes)} tasks")
    show(samples)
    if sizes:
        print(f"largest result of a task {max(sizes)} bytes, all together {sum(sizes)}, "
              f"{sum(sizes) / options.frames:.1f} bytes a frame")


def measure_videos(options):
    work = options.work / f"videos-{options.count}"
    source = work / "in"
    source.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(work / "out", ignore_errors=True)
    lengths = random.Random(7)
    for i in range(options.count):
        film(source / f"{i:03d}.mp4", lengths.randint(RATE, 3 * RATE), 37 * i)
    seconds, samples, logs, since = run(
        options.program, work,
        ["video", "--quiet", *TINY, f"{source}/*.mp4", f"{work}/out/"], 5)
    made = sorted(file.stat().st_mtime - since for file in (work / "out").glob("*.mp4"))
    print(f"{len(made)} of {options.count} videos in {seconds:.0f} s, {len(results(logs))} tasks")
    show(samples)
    if made:
        print(f"first result after {made[0]:.1f} s ({100 * made[0] / seconds:.1f} % of the time), half of "
              f"them after {made[len(made) // 2]:.0f} s, the last after {made[-1]:.0f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("film", "videos"):
        command = commands.add_parser(name)
        command.add_argument("--work", type=pathlib.Path, default=ROOT / "benchmarks/target/chains")
        command.add_argument("--program", default=str(ROOT / "deploy/bin/reverie"))
    commands.choices["film"].add_argument("--frames", type=int, default=1_000_000)
    commands.choices["videos"].add_argument("--count", type=int, default=300)
    options = parser.parse_args()
    options.work = options.work.resolve()
    (measure_film if options.command == "film" else measure_videos)(options)


if __name__ == "__main__":
    sys.exit(main())
