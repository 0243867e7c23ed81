#!/usr/bin/env python3
"""Paints Reverie's sample clip and stills. Needs numpy and the ffmpeg command line.

Everything is generated here from seeded noise: no photographs, no third-party drawings.
Usage: python3 make_samples.py [FOLDER]
"""
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np

FPS = 12
FRAMES = 36


def noise(rng, height, width, power, low=1.0, stretch=1.0):
    """Periodic 1/f^power noise in 0..1; stretch above 1 draws it out sideways."""
    fy = np.fft.fftfreq(height)[:, None] * height
    fx = np.fft.fftfreq(width)[None, :] * width * stretch * height / width
    f = np.sqrt(fy**2 + fx**2)
    f[0, 0] = 1
    spectrum = np.exp(2j * np.pi * rng.random((height, width))) / np.maximum(f, low) ** power
    field = np.real(np.fft.ifft2(spectrum))
    field = (field - field.mean()) / field.std()
    return np.clip(0.5 + field / 5, 0, 1)


def ridge(rng, width, power, low):
    """A periodic outline in 0..1 with peaks."""
    f = np.abs(np.fft.fftfreq(width) * width)
    f[0] = 1
    s = np.exp(2j * np.pi * rng.random(width)) / np.maximum(f, low) ** power
    line = np.real(np.fft.ifft(s))
    line = (line - line.min()) / (line.max() - line.min())
    return line


def smooth(a, b, x):
    t = np.clip((x - a) / (b - a), 0, 1)
    return t * t * (3 - 2 * t)


def mix(a, b, t):
    t = t[..., None] if np.ndim(t) == 2 else t
    return a * (1 - t) + b * t


def shifted(image, dx, dy=0.0):
    """Periodic shift by fractions of a pixel, to the left and up."""
    x0, y0 = int(np.floor(dx)), int(np.floor(dy))
    fx, fy = dx - x0, dy - y0
    a = np.roll(image, (-y0, -x0), (0, 1))
    b = np.roll(image, (-y0, -x0 - 1), (0, 1))
    row = a * (1 - fx) + b * fx
    if fy == 0:
        return row
    a = np.roll(image, (-y0 - 1, -x0), (0, 1))
    b = np.roll(image, (-y0 - 1, -x0 - 1), (0, 1))
    return row * (1 - fy) + (a * (1 - fx) + b * fx) * fy


def hexes(*colours):
    return [np.array([int(c[i : i + 2], 16) for i in (0, 2, 4)], float) / 255 for c in colours]


class Scene:
    """A lake between mountains and woods, in layers that move by their distance."""

    def __init__(self, height, width, seed, palette):
        self.h, self.w = height, width
        self.wide = width * 2
        rng = np.random.default_rng(seed)
        self.palette = palette
        self.horizon = int(height * palette.get("horizon", 0.6))
        h, w = height, self.wide
        self.warp = noise(rng, h, w, 1.6, 2)
        self.cloud = noise(rng, h, w, 1.75, 2.5, 1.7)
        self.cloud_detail = noise(rng, h, w, 1.35, 6, 1.3)
        self.rock = noise(rng, h, w, 1.5, 3, 0.8)
        self.leaf = noise(rng, h, w, 0.75, 12)
        self.clump = noise(rng, h, w, 1.2, 7)
        self.ripple = noise(rng, h, w, 1.15, 8, 7.0)
        self.far = ridge(rng, w, 1.25, 2)
        self.near = ridge(rng, w, 1.35, 3)
        self.trees = ridge(rng, w, 0.8, 8)
        self.bank = ridge(rng, w, 1.2, 3)
        self.crowns = [
            (rng.random() * w, rng.random(), 0.35 + rng.random() * 0.65) for _ in range(w // 6)
        ]

    def sky(self, t):
        h, w = self.h, self.wide
        top, low, glow, white, shade = hexes(*self.palette["sky"])
        v = np.linspace(0, 1, h)[:, None] * h / self.horizon
        sky = mix(top, low, np.broadcast_to(smooth(0.0, 0.85, v), (h, w)))
        sky = mix(sky, glow, np.broadcast_to(0.75 * smooth(0.55, 1.05, v), (h, w)))
        drift = 2.2 * t
        base = shifted(self.cloud, drift + 30) + 0.3 * (shifted(self.warp, drift * 1.4) - 0.5)
        puff = base + 0.25 * (shifted(self.cloud_detail, drift * 1.2) - 0.5)
        cover = smooth(0.46, 0.68, puff) * (1 - 0.55 * smooth(0.8, 1.05, v))
        lit = np.clip((puff - np.roll(puff, (-6, 4), (0, 1))) * 4 + 0.7, 0, 1)
        cloud = mix(shade, white, lit * np.ones((h, w)))
        return mix(sky, cloud, cover)

    def mountains(self, image, outline, lift, height, colour, snow, haze, dx):
        h, w = self.h, self.wide
        y = np.arange(h)[:, None]
        top = self.horizon - (lift + height * np.roll(outline, -int(dx))) * h
        rock = shifted(self.rock, dx)
        mask = smooth(-0.7, 0.7, y - top[None, :])
        slope = np.gradient(rock, axis=1) * 9 + np.gradient(rock, axis=0) * 5
        light = np.clip(0.5 + slope * 1.3 + 1.1 * (rock - 0.5), 0, 1)
        body = mix(colour * 0.45, colour * 1.35, light)
        depth = (y - top[None, :]) / h
        white = smooth(0.10, 0.0, depth + 0.13 * (rock - 0.5)) * snow * smooth(0.30, 0.62, light)
        body = mix(body, np.array([0.97, 0.97, 1.0]), white)
        air = hexes(self.palette["sky"][2])[0]
        body = mix(body, air, np.clip(haze + 0.5 * smooth(0.02, 0.2, depth) * haze, 0, 1))
        return mix(image, body, mask)

    def wood(self, image, dx, base, size, tones, seed_shift):
        """Round and pointed crowns with leaves, back to front."""
        h, w = self.h, self.wide
        leaf = shifted(self.leaf, dx + seed_shift)
        clump = shifted(self.clump, dx * 0.98 + seed_shift)
        dark, mid, light = hexes(*tones)
        image = image.copy()
        for at, kind, big in sorted(self.crowns, key=lambda c: c[1]):
            r = size * big * h
            cy = base * h - r * 0.9 + 0.05 * h * kind
            cx = (at - dx + seed_shift) % w
            rows = slice(max(0, int(cy - 2.3 * r)), min(h, int(cy + 1.4 * r) + 1))
            columns = np.arange(int(cx - 1.6 * r), int(cx + 1.6 * r) + 1)
            y = np.arange(h)[rows, None]
            gap = np.abs(columns - cx)[None, :]
            at_x = columns % w
            leaves, clumps = leaf[rows][:, at_x], clump[rows][:, at_x]
            if kind < 0.45:
                reach = np.clip((y - (cy - 2.2 * r)) / (3.2 * r), 0, 1)
                half = 0.75 * r * reach * (0.55 + 0.6 * clumps + 0.5 * (leaves - 0.5))
                mask = smooth(1.0, -1.0, gap - half) * (y < cy + 1.0 * r)
            else:
                d = np.sqrt((gap / r) ** 2 + ((y - cy) / (1.05 * r)) ** 2)
                mask = smooth(1.08, 0.92, d + 0.55 * (clumps - 0.5) + 0.35 * (leaves - 0.5))
            side = (columns - cx)[None, :] / (2 * r)
            lit = 0.5 - 0.35 * side - 0.4 * (y - cy) / (2 * r) + 1.5 * (leaves - 0.5)
            lit = np.clip(lit, 0, 1)
            tone = mix(mix(dark, mid, smooth(0.1, 0.55, lit)), light, smooth(0.5, 0.95, lit))
            tone = tone * (0.8 + 0.4 * big)
            image[rows, at_x] = mix(image[rows, at_x], tone, mask)
        return image

    def frame(self, t):
        """The picture at second t, height x width x 3 in 0..1."""
        h = self.h
        p = self.palette
        pan = p.get("pan", 9.0) * t
        far, near = hexes(*p["rock"])
        image = self.sky(t)
        image = self.mountains(image, self.far, 0.05, 0.34, far, 1.0, 0.33, pan * 0.3)
        image = self.mountains(image, self.near, 0.02, 0.19, near, 0.25, 0.14, pan * 0.55)
        image = self.wood(image, pan * 0.8, self.horizon / h + 0.01, 0.045, p["trees"], 11)
        image = self.water(image, t, pan)
        image = self.meadow(image, pan * 1.7)
        grain = 1 + 0.02 * (self.leaf[..., None] - 0.5)
        return np.clip(image * grain, 0, 1)[:, : self.w]

    def water(self, image, t, pan):
        h, w = self.h, self.wide
        rows = np.arange(self.horizon, h)
        depth = (rows - self.horizon) / max(1, h - self.horizon)
        wave = shifted(self.ripple, pan + 6 * t, 3.0 * t) - 0.5
        wave += 0.6 * (shifted(self.ripple, pan * 0.9 - 5 * t + 77, -2.0 * t) - 0.5)
        out = image.copy()
        x = np.arange(w)
        deep, shine = hexes(*self.palette["water"])
        for row, d in zip(rows, depth):
            swing = wave[row] * (4 + 26 * d)
            mirror = self.horizon - 1 - (row - self.horizon) * 0.92 + wave[row] * (2 + 16 * d)
            my = np.clip(mirror, 0, self.horizon - 1).astype(int)
            mx = (x + swing).astype(int) % w
            seen = image[my, mx] * 0.82
            tint = np.clip(0.18 + 0.5 * d + 0.9 * wave[row], 0, 0.8)[:, None]
            line = seen * (1 - tint) + deep * tint
            glint = smooth(0.13, 0.3, wave[row])[:, None] * 0.6
            out[row] = line * (1 - glint) + shine * glint
        return out

    def meadow(self, image, dx):
        h, w = self.h, self.wide
        tones = self.palette["meadow"]
        outline = h * (0.985 - 0.13 * np.roll(self.bank, -int(dx)) * self.palette.get("bank", 1.0))
        y = np.arange(h)[:, None]
        leaf = shifted(self.leaf, dx)
        clump = shifted(self.clump, dx)
        blades = outline[None, :] - 9 * np.abs(leaf - 0.35) * h / 180
        mask = smooth(-1, 1, y - blades)
        dark, mid, light = hexes(*tones[:3])
        light_at = np.clip(0.5 + 1.6 * (leaf - 0.5) + 0.8 * (clump - 0.5), 0, 1)
        ground = mix(mix(dark, mid, smooth(0.1, 0.55, light_at)), light, smooth(0.5, 0.95, light_at))
        for i, flower in enumerate(hexes(*tones[3:])):
            spots = np.roll(leaf * clump, (37 * i, 91 * i), (0, 1))
            ground = mix(ground, flower, smooth(0.44, 0.5, spots) * 0.9)
        return mix(image, ground, mask)


LAKE = {
    "sky": ("2f6fb5", "8fc0e6", "ffd9a8", "fff7ea", "8a9ab8"),
    "rock": ("7c86a6", "5d7183"),
    "trees": ("14301f", "2f6b34", "9cc45a"),
    "water": ("1d5a73", "eaf6ff"),
    "meadow": ("18351a", "3f7d2e", "b7d65a", "f5d442", "e0589a"),
}
FOREST = {
    "sky": ("5b7fa8", "c9d6dc", "ffe9c4", "ffffff", "a6acb6"),
    "rock": ("8894a0", "556b5e"),
    "trees": ("1c2b14", "6d6a1f", "e8a33a"),
    "water": ("3a4a2c", "f2e6c8"),
    "meadow": ("2a2412", "7a5a22", "d99a3c", "c8452d", "f0d060"),
    "horizon": 0.72,
    "bank": 1.6,
}
CLOUDS = {
    "sky": ("24508f", "7fb0dd", "ffc48e", "fff2e0", "7d86a8"),
    "rock": ("6d6f92", "4a5570"),
    "trees": ("121c26", "25404a", "5f8a72"),
    "water": ("2a4a72", "ffe6cf"),
    "meadow": ("101a1c", "20383a", "4a7466"),
    "horizon": 0.86,
    "bank": 0.3,
}


def render(scene, t):
    """At twice the size, then averaged: clean edges."""
    big = scene.frame(t)
    h, w = scene.h // 2, scene.w // 2
    small = big.reshape(h, 2, w, 2, 3).mean((1, 3))
    return np.round(small**0.95 * 255).astype(np.uint8)


def sound(path, seconds, rate=44100):
    """A slow chord, wind and a few drops, in stereo."""
    rng = np.random.default_rng(5)
    t = np.arange(int(seconds * rate)) / rate
    out = np.zeros((len(t), 2))
    for i, f in enumerate((146.83, 220.0, 293.66, 369.99, 554.37)):
        swell = 0.5 - 0.5 * np.cos(2 * np.pi * (t / seconds + i / 5))
        for side in (0, 1):
            out[:, side] += 0.05 * swell * np.sin(2 * np.pi * f * (1 + 0.0007 * side) * t + i)
    wind = np.cumsum(rng.standard_normal((len(t), 2)), 0)
    wind -= np.linspace(0, 1, len(t))[:, None] * wind[-1]
    out += 0.03 * wind / np.abs(wind).max()
    for k in range(7):
        at, f, side = rng.random() * (seconds - 0.5), 900 + 900 * rng.random(), rng.random()
        d = np.clip(t - at, 0, None)
        drop = 0.12 * np.exp(-d * 14) * np.sin(2 * np.pi * f * d) * (t > at)
        out += drop[:, None] * np.array([side, 1 - side])
    fade = np.clip(np.minimum(t, seconds - t) / 0.15, 0, 1)[:, None]
    with wave.open(str(path), "wb") as w:
        w.setnchannels(2)
        w.setsampwidth(2)
        w.setframerate(rate)
        w.writeframes((np.clip(out * fade, -1, 1) * 32767).astype("<i2").tobytes())


def ffmpeg(*words, data=None):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *words], input=data, check=True)


def still(picture, path, *options):
    h, w = picture.shape[:2]
    ffmpeg("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{w}x{h}", "-i", "-", *options,
           str(path), data=picture.tobytes())


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    scene = Scene(360, 640, 21, LAKE)
    frames = b"".join(render(scene, i / FPS).tobytes() for i in range(FRAMES))
    tone = folder / "tone.wav"
    sound(tone, FRAMES / FPS)
    ffmpeg("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "320x180", "-r", str(FPS), "-i", "-",
           "-i", str(tone), "-vf", "scale=out_color_matrix=bt709:out_range=tv",
           "-c:v", "libx264", "-crf", "17", "-preset", "slow", "-pix_fmt", "yuv420p",
           "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
           "-c:a", "aac", "-b:a", "96k", "-metadata", "title=A lake, painted by a program",
           "-metadata:s:a:0", "language=eng", "-fflags", "+bitexact", "-flags:v", "+bitexact",
           "-flags:a", "+bitexact", str(folder / "clip.mp4"), data=frames)
    tone.unlink()
    still(render(Scene(640, 960, 3, LAKE), 1.0), folder / "lake.jpg", "-q:v", "3")
    still(render(Scene(640, 960, 8, FOREST), 1.0), folder / "forest.jpg", "-q:v", "3")
    still(render(Scene(480, 720, 14, CLOUDS), 1.0), folder / "clouds.png")


if __name__ == "__main__":
    main()
