#!/usr/bin/env python3
"""Kills a job at random points until it has survived COUNT kills, and compares its frames.

    benchmarks/kills.py [--kills COUNT] [--seed SEED] [--work FOLDER]

A cluster of two workers on this machine dreams five films and fifty images. Again and again an
executor, the driver, or a process that is writing a result is killed with SIGKILL; whatever ends
early is run again with the same command. Each round starts with an empty output folder and ends
when all results are there. Then no result may be missing, no file may be left over, and every
decoded frame must equal that of a run that nobody killed. A failure prints its seed.

Linux only: finds processes in /proc. Needs Python 3.8, ffmpeg and a build.
"""

import argparse
import collections
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
WRITING = os.O_WRONLY | os.O_RDWR
FILMS = [(2, 24), (3, 12), (1, 30), (4, 10), (2, 15)]
IMAGES = 50
KINDS = ["executor", "executor", "executor", "driver", "upload"]


class Failed(Exception):
    """The program broke a promise."""


def ffmpeg(*words):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, words)], check=True)


def make_inputs(folder):
    """Five films with sound and scene cuts, and fifty pictures."""
    films, images = folder / "films", folder / "images"
    films.mkdir(parents=True)
    images.mkdir()
    for number, (seconds, rate) in enumerate(FILMS):
        cut = seconds / 2
        ffmpeg("-f", "lavfi", "-i", f"testsrc2=s=96x64:r={rate}:d={cut}",
               "-f", "lavfi", "-i", f"mandelbrot=s=96x64:r={rate}:end_pts={cut}",
               "-f", "lavfi", "-i", f"sine=f={300 + 100 * number}:d={seconds}",
               "-filter_complex", "[0:v][1:v]concat=n=2,format=yuv420p", "-t", seconds,
               "-c:v", "libx264", "-c:a", "aac", films / f"film-{number}.mp4")
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=64x64:r=10", "-frames:v", IMAGES,
           images / "image-%02d.png")


def frames(file):
    """A hash of every stream's decoded data, with its times."""
    return subprocess.run(["ffmpeg", "-v", "error", "-i", file, "-f", "streamhash", "-hash",
                           "md5", "-"], check=True, stdout=subprocess.PIPE).stdout.decode()


class Cluster:
    """A master and two workers on the loopback interface."""

    def __init__(self, folder):
        self.folder = folder
        program = [ROOT / "deploy/bin/cluster"]
        self.home = self.run(program, "home")
        # Spark gives up on an application after ten executors lost in a row.
        os.environ["SPARK_DAEMON_JAVA_OPTS"] = "-Dspark.deploy.maxExecutorRetries=-1"
        self.master = self.run(program, "start", "--workers", "2", "--cores", "1", "--port", "0")

    def run(self, program, verb, *words):
        done = subprocess.run([*program, verb, "--run", self.folder, *words], check=True,
                              stdout=subprocess.PIPE)
        return done.stdout.decode().strip().splitlines()[-1]

    def executors(self):
        """Process ids of the running executors, found by their working folders."""
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    inside = str((entry / "cwd").resolve()).startswith(str(self.folder / "worker"))
                    java = b"CoarseGrainedExecutorBackend" in (entry / "cmdline").read_bytes()
                except OSError:
                    continue
                if inside and java:
                    found.append(int(entry.name))
        return found

    def stop(self):
        subprocess.run([ROOT / "deploy/bin/cluster", "stop", "--run", self.folder], check=True)


def children(pid):
    """A process and all below it."""
    found = [pid]
    for parent in found:
        try:
            for task in pathlib.Path(f"/proc/{parent}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def java(pids):
    """The first of some processes that is a Java program."""
    for pid in pids:
        try:
            if os.readlink(f"/proc/{pid}/exe").endswith("/java"):
                return pid
        except OSError:
            continue
    return None


def writes_below(pid, folder):
    """Whether a process has a file below a folder open for writing."""
    try:
        for fd in pathlib.Path(f"/proc/{pid}/fd").iterdir():
            if os.readlink(fd).startswith(str(folder)):
                info = pathlib.Path(f"/proc/{pid}/fdinfo/{fd.name}").read_text()
                flags = int(info.split("flags:")[1].split()[0], 8)
                if flags & WRITING:
                    return True
    except (OSError, IndexError):
        pass
    return False


class Job:
    """One command that dreams all films or all images."""

    def __init__(self, verb, inputs, out, cluster):
        self.words = [
            ROOT / "deploy/bin/reverie", verb, "--quiet", *inputs, f"{out}/",
            "--octaves", "2", "--iterations", "2",
            *(["--codec", "ffv1", "--set", "video.segment=16", "--set", "video.overlap=4",
               "--set", "video.chunk=4"] if verb == "video" else []),
            "--", "--master", cluster.master, "--conf", "spark.executor.memory=1g",
            "--conf", "spark.executor.cores=1"]
        self.out = out
        self.cluster = cluster

    def start(self, log):
        environment = {**os.environ, "SPARK_HOME": self.cluster.home}
        return subprocess.Popen(self.words, env=environment, stdout=log, stderr=log)

    def target(self, process, kind):
        """A process to kill now, or None."""
        driver = java(children(process.pid))
        executors = self.cluster.executors()
        if kind == "driver":
            return driver
        if kind == "executor":
            return executors[0] if executors else None
        writers = [p for p in [driver, *executors] if p and writes_below(p, self.out)]
        return writers[0] if writers else None


def survive(job, dice, budget, counts, log):
    """Runs a job until it ends well, and kills while the budget lasts."""
    while True:
        process = job.start(log)
        driver_dies = False
        while process.poll() is None and budget > 0 and not driver_dies:
            kind = dice.choice(KINDS)
            pause = dice.uniform(0, 12 if kind == "driver" else 4)
            until = time.monotonic() + pause
            while process.poll() is None and time.monotonic() < until:
                time.sleep(0.01)
            wait = time.monotonic() + 20
            pid = None
            while process.poll() is None and pid is None and time.monotonic() < wait:
                pid = job.target(process, kind)
                if pid is None:
                    time.sleep(0.001)
            if pid is not None and process.poll() is None:
                try:
                    driver_dies = pid == java(children(process.pid))
                    os.kill(pid, signal.SIGKILL)
                except OSError:
                    continue
                counts[kind] += 1
                budget -= 1
                print(f"\r{sum(counts.values())} kills", end="", file=sys.stderr, flush=True)
        try:
            code = process.wait(timeout=900)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Failed("a run hangs") from None
        if code == 0:
            return budget
        if code == 2:
            raise Failed("the program refuses its command line; see the log")


def results(folder):
    """Everything below a folder but the empty folders that mark where work was."""
    return sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file())


def compare(out, reference):
    names, wanted = results(out), results(reference)
    if names != wanted:
        raise Failed(f"missing: {sorted(set(wanted) - set(names))}, "
                     f"left over: {sorted(set(names) - set(wanted))}")
    for name in wanted:
        if not name.endswith(".json") and frames(out / name) != frames(reference / name):
            raise Failed(f"{name} has other frames")


def dream(out, inputs, cluster, log, dice=None, budget=0, counts=None):
    out.mkdir()
    films = sorted(map(str, (inputs / "films").iterdir()))
    images = sorted(map(str, (inputs / "images").iterdir()))
    for verb, chosen in (("video", films), ("images", images)):
        budget = survive(Job(verb, chosen, out, cluster), dice, budget, counts, log)
    return budget


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--work", help="folder to keep (default: a temporary one)")
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    work = pathlib.Path(args.work or tempfile.mkdtemp(prefix="kills-")).resolve()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    dice = random.Random(args.seed)
    counts = collections.Counter()
    make_inputs(work / "in")
    cluster = Cluster(work / "cluster")
    begun = time.monotonic()
    rounds = 0
    try:
        with open(work / "log", "wb") as log:
            dream(work / "reference", work / "in", cluster, log)
            budget = args.kills
            while budget > 0:
                out = work / f"round-{rounds}"
                budget = dream(out, work / "in", cluster, log, dice, budget, counts)
                compare(out, work / "reference")
                shutil.rmtree(out)
                rounds += 1
    except Failed as e:
        sys.exit(f"\nseed {args.seed}, round {rounds}, after {sum(counts.values())} kills: {e}")
    finally:
        cluster.stop()
    kinds = ", ".join(f"{n} of {kind}" for kind, n in sorted(counts.items()))
    print(f"\n{sum(counts.values())} kills ({kinds}) in {rounds} round{'s' * (rounds != 1)} and "
          f"{(time.monotonic() - begun) / 60:.0f} min: nothing lost, nothing doubled, same frames")
    if not args.work:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
