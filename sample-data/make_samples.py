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


def noise(rng, height, width, power, low=1.0, stretch=1.0, finest=40):
    """Periodic 1/f^power noise of mean 0 and deviation 1, without detail finer than `finest` waves a height."""
    fy = np.fft.fftfreq(height)[:, None] * height
    fx = np.fft.fftfreq(width)[None, :] * height * stretch
    f = np.hypot(fy, fx)
    f[0, 0] = 1
    spectrum = np.exp(2j * np.pi * rng.random((height, width))) / np.maximum(f, low) ** power
    spectrum *= np.exp(-((f / finest) ** 2))
    spectrum[0, 0] = 0
    field = np.real(np.fft.ifft2(spectrum))
    return field / field.std()


def ridge(rng, width, low, sharp):
    """A periodic skyline in 0..1: sums of folded waves, so that it has peaks and saddles."""
    x = np.arange(width) * 2 * np.pi / width
    line = np.zeros(width)
    for k in range(low, 14 * low):
        waves = np.sin(k * x + rng.random() * 6.283) * (0.6 + 0.8 * rng.random())
        line += (1 - np.abs(waves) if sharp else waves) / k ** (1.25 if sharp else 1.8)
    return (line - line.min()) / np.ptp(line)


def smooth(a, b, x):
    t = np.clip((x - a) / (b - a), 0, 1)
    return t * t * (3 - 2 * t)


def mix(a, b, t):
    t = np.asarray(t)[..., None]
    return a * (1 - t) + b * t


def blur(image, sigma, across=None):
    """Gaussian blur; periodic to the sides, mirrored above and below."""
    across = sigma if across is None else across
    h, w = image.shape[:2]
    tall = np.concatenate([image, image[::-1]])
    fy = np.fft.fftfreq(2 * h)[:, None]
    fx = np.fft.rfftfreq(w)[None, :]
    kernel = np.exp(-2 * np.pi**2 * ((fy * sigma) ** 2 + (fx * across) ** 2))
    if image.ndim == 3:
        kernel = kernel[..., None]
    return np.fft.irfft2(np.fft.rfft2(tall, axes=(0, 1)) * kernel, s=(2 * h, w), axes=(0, 1))[:h]


def shifted(image, dx, dy=0.0):
    """Periodic shift by fractions of a pixel, to the left and up."""
    fy = np.fft.fftfreq(image.shape[0])[:, None]
    fx = np.fft.rfftfreq(image.shape[1])[None, :]
    turn = np.exp(2j * np.pi * (fx * dx + fy * dy))
    return np.fft.irfft2(np.fft.rfft2(image) * turn, s=image.shape)


def slid(line, dx):
    """A periodic outline moved to the left by a fraction of a pixel."""
    x = (np.arange(len(line)) + dx) % len(line)
    return np.interp(x, np.arange(len(line) + 1), np.append(line, line[0]))


def colours(*codes):
    """Hexadecimal sRGB as linear light."""
    return [(np.array([int(c[i : i + 2], 16) for i in (0, 2, 4)]) / 255) ** 2.2 for c in codes]


class Scene:
    """A lake between mountains and woods, in layers that move by their distance. Light is linear."""

    def __init__(self, height, width, seed, palette):
        self.h, self.w = height, width
        self.wide = w = width * 5 // 4
        self.p = palette
        self.horizon = int(height * palette.get("horizon", 0.58))
        rng = np.random.default_rng(seed)
        h = height
        self.cloud = noise(rng, h, w, 1.75, 2.2, 1.9, 60)
        self.puffs = noise(rng, h, w, 1.35, 7, 1.3, 60)
        self.mist = noise(rng, h, w, 2.0, 2, 5.0, 16)
        self.ripple = noise(rng, h, w, 1.3, 10, 9.0, 110)
        self.swell = noise(rng, h, w, 1.6, 5, 5.0, 40)
        self.turf = noise(rng, h, w, 1.1, 14, 0.8, 90)
        self.ranges = [
            (ridge(rng, w, low, True), noise(rng, h, w, 1.5, 4, 0.9, 70)) for low in (1, 2, 3)
        ]
        self.hills = ridge(rng, w, 2, False)
        self.bank = ridge(rng, w, 2, False)
        self.rows = [self.plant(rng, count) for count in palette.get("rows", (150, 90, 34))]
        self.blades = [
            (rng.random() * w, rng.random(), rng.random() - 0.5, rng.random()) for _ in range(w // 3)
        ]
        self.flowers = [
            (rng.random() * w, rng.random(), rng.integers(0, 99), rng.random()) for _ in range(w // 22)
        ]

    def plant(self, rng, count):
        share = self.p.get("pines", 0.7)
        return sorted(
            ((rng.random() * self.wide, rng.random(), rng.random() < share, rng.integers(1 << 30))
             for _ in range(count)),
            key=lambda tree: tree[1],
        )

    def sky(self, t):
        h, w = self.h, self.wide
        top, middle, low, white, shade = colours(*self.p["sky"])
        v = np.broadcast_to(np.arange(h)[:, None] / self.horizon, (h, w))
        sky = mix(mix(top, middle, smooth(0.0, 0.62, v)), low, smooth(0.45, 1.0, v))
        sx, sy = self.p["sun"]
        x = (np.arange(w)[None, :] - sx * self.w + w / 2) % w - w / 2
        gap = np.hypot(x, np.arange(h)[:, None] - sy * h) / h
        glow = np.exp(-gap / 0.09) * 0.9 + np.exp(-gap / 0.35) * 0.45
        drift = 2.5 * t * h / 360
        bend = shifted(self.puffs, drift * 1.15)
        body = shifted(self.cloud, drift) + 0.36 * bend + self.p.get("cover", 0.0)
        body = body - 0.5 * smooth(0.75, 1.05, v)
        thick = smooth(0.35, 1.3, body)
        form = blur(body, 0.006 * h)
        rise = form - np.roll(form, int(0.022 * h), 0)
        wide = form - np.roll(blur(form, 0.02 * h), int(0.07 * h), 0)
        lit = np.clip(0.40 + 0.75 * rise + 0.30 * wide - 0.10 * (body - 0.6), 0, 1)
        lit = np.clip(lit + 0.35 * np.exp(-gap / 0.25), 0, 1)
        cloud = mix(shade, white, smooth(0.05, 0.95, lit))
        sun = colours(self.p["sky"][3])[0] * np.array([1.25, 1.1, 0.85])
        sky = sky + glow[..., None] * sun
        return mix(sky, cloud + 0.4 * glow[..., None] * sun, smooth(0.0, 0.9, thick) * 0.95)

    def mountains(self, image, k, dx):
        """One chain of mountains: lit flanks, snow above, haze below."""
        h = self.h
        outline, rock = self.ranges[k]
        lift, size, haze = self.p["ranges"][k]
        top = self.horizon - (lift + size * slid(outline, dx)) * h
        y = np.arange(h)[:, None]
        depth = (y - top[None, :]) / h
        rock = shifted(rock, dx)
        slope = -np.gradient(blur(rock, 1.5), axis=1) * 0.030 * h - np.gradient(top)[None, :] * 0.22
        light = np.clip(0.42 + 0.33 * slope * 2 + 0.10 * rock, 0.03, 1)
        stone, snow, air = colours(*self.p["stone"])
        body = mix(stone * 0.28, stone * 1.5, light)
        white = smooth(0.12, 0.01, depth + 0.045 * rock + 0.02 * np.abs(slope)) * self.p["snow"][k]
        body = mix(body, mix(snow * np.array([0.42, 0.5, 0.72]), snow, smooth(0.2, 0.75, light)), white)
        body = mix(body, air, np.clip(haze + smooth(0.02, 0.26, depth) * 0.75, 0, 0.96))
        return mix(image, body, smooth(-1.0, 1.0, y - top[None, :]))

    def fog(self, image, centre, spread, amount, dx):
        """A bank of mist around a height."""
        y = np.arange(self.h)[:, None] / self.h
        drift = shifted(self.mist, dx)
        band = np.exp(-(((y - centre - 0.02 * drift) / spread) ** 2))
        return mix(image, colours(self.p["stone"][2])[0], np.clip(band * (amount + 0.16 * drift), 0, 0.95))

    def wood(self, image, row, base, size, haze, dx):
        """A row of trees, farthest first."""
        image = image.copy()
        for at, near, pine, seed in self.rows[row]:
            rng = np.random.default_rng(seed)
            tall = size * self.h * (0.55 + 0.6 * rng.random())
            foot = (base + 0.022 * near * (1 + row)) * self.h
            cx = (at - dx) % self.wide
            (self.pine if pine else self.tree)(image, cx, foot, tall, haze, rng)
        return image

    def patch(self, cx, foot, half, tall):
        """Rows and periodic columns around a tree, with coordinates relative to its foot."""
        rows = slice(max(0, int(foot - tall - 4)), min(self.h, int(foot + 0.05 * tall + 3)))
        columns = np.arange(int(cx - half - 3), int(cx + half + 4))
        y = (foot - np.arange(rows.start, rows.stop)[:, None]) / tall
        x = (columns[None, :] - cx) / tall
        return rows, columns % self.wide, x, y

    def lay(self, image, rows, columns, colour, mask):
        image[rows, columns] = mix(image[rows, columns], colour, mask)

    def pine(self, image, cx, foot, tall, haze, rng):
        rows, columns, x, y = self.patch(cx, foot, 0.3 * tall, tall)
        if rows.stop <= rows.start:
            return
        dark, mid, lit = colours(*self.p["pine"])
        layers = 7 + rng.integers(4)
        u = np.clip(1 - y, 0, 1)
        droop = u * layers + 1.6 * np.abs(x) * layers + 0.4 * np.sin(x * 90 + cx)
        saw = droop % 1
        half = 0.225 * u**0.85 * (0.45 + 0.62 * saw) + 0.004
        soft = 1.6 / tall
        mask = smooth(soft, -soft, np.abs(x) - half) * smooth(-0.0, 0.02, y) * smooth(1.005, 0.985, y)
        side = np.clip(0.5 + x / (2 * half + 1e-3) * 0.8, 0, 1)
        light = np.clip(0.75 * side * (0.35 + 0.75 * (1 - saw)) + 0.1 * u, 0, 1)
        tone = mix(mix(dark, mid, smooth(0.0, 0.5, light)), lit, smooth(0.45, 0.95, light))
        tone = tone * (0.75 + 0.5 * rng.random())
        self.lay(image, rows, columns, mix(tone, colours(self.p["stone"][2])[0], haze), mask)

    def tree(self, image, cx, foot, tall, haze, rng):
        """A broad crown out of round clumps of leaves, each lit from the sun's side."""
        air = colours(self.p["stone"][2])[0]
        tones = self.p["leaves"]
        dark, mid, lit = colours(*tones[rng.integers(len(tones))])
        rows, columns, x, y = self.patch(cx, foot, 0.06 * tall, 0.6 * tall)
        if rows.stop > rows.start:
            trunk = smooth(0.045, 0.03, np.abs(x)) * smooth(-0.01, 0.02, y)
            self.lay(image, rows, columns, mix(dark * 0.6, air, haze), trunk)
        right = 1 if self.p["sun"][0] > 0.5 else -1
        clumps = [
            (
                0.17 * np.clip(rng.normal(), -1.9, 1.9),
                0.60 + 0.15 * np.clip(rng.normal(), -1.7, 1.7),
                0.045 + 0.05 * rng.random(),
            )
            for _ in range(110)
        ]
        for ox, oy, r in sorted(clumps, key=lambda c: c[1] + 0.3 * right * c[0]):
            cy = foot - oy * tall
            rows, columns, x, y = self.patch(cx + ox * tall, cy + r * tall, r * tall, 2 * r * tall)
            if rows.stop <= rows.start or len(columns) < 3:
                continue
            x, y = x * 2, (y - 0.5) * 2
            angle = np.arctan2(y, x)
            wobble = 0.08 * np.sin(5 * angle + ox * 60) + 0.08 * np.sin(9 * angle + oy * 90)
            d = np.hypot(x, y) + wobble
            soft = 1.4 / (r * tall)
            mask = smooth(0.98 + soft, 0.98 - soft, d)
            light = 0.42 + 0.22 * right * x + 0.28 * y + 1.0 * (oy - 0.60) + 0.7 * right * ox
            light = np.clip(light, 0, 1)
            tone = mix(mix(dark, mid, smooth(0.05, 0.5, light)), lit, smooth(0.45, 1.0, light))
            self.lay(image, rows, columns, mix(tone, air, haze), mask)

    def water(self, image, t, dx):
        """The shore mirrored, drawn out downwards and broken by waves that grow with nearness."""
        h, w = self.h, self.wide
        deep, shine = colours(*self.p["water"])
        still = blur(image, 0.004 * h, 0.0015 * h)
        waves = 0.7 * shifted(self.ripple, dx + 5 * t, 2.5 * t)
        waves += 0.5 * shifted(self.ripple, dx * 0.9 - 4 * t + 77, -2 * t)
        roll = shifted(self.swell, dx + 3 * t, 1.2 * t)
        out = image.copy()
        x = np.arange(w)
        for row in range(self.horizon, h):
            d = (row - self.horizon) / (h - self.horizon)
            push = waves[row] * (0.4 + 2.6 * d) * h / 360 + roll[row] * 2.2 * d * h / 360
            source = 2 * self.horizon - 1 - row - np.round(push * 1.5)
            my = np.clip(source, 0, self.horizon - 1).astype(int)
            mx = (x + np.round(push * 0.6)).astype(int) % w
            facing = np.clip(0.10 + 0.62 * d + 0.05 * waves[row] + 0.06 * roll[row], 0, 0.85)
            line = mix(still[my, mx] * 0.93, deep, facing)
            glint = smooth(1.35, 2.6, waves[row] + 0.5 * roll[row]) * (0.25 + 0.4 * d)
            out[row] = mix(line, shine, glint)
        return out

    def meadow(self, image, dx):
        """The near bank with grass and flowers, a little out of focus."""
        h, w = self.h, self.wide
        grass = self.p["grass"]
        dark, mid, lit = colours(*grass[:3])
        near = np.zeros((h, w, 4))
        edge = h * (0.985 - self.p.get("bank", 0.10) * slid(self.bank, dx))
        y = np.arange(h)[:, None]
        turf = shifted(self.turf, dx)
        depth = (y - edge[None, :]) / h
        ground = mix(mix(dark, mid, smooth(-1.2, 0.8, turf)), lit, smooth(0.06, -0.01, depth) * 0.5)
        near[..., :3] = ground
        near[..., 3] = smooth(-1.5, 1.5, y - edge[None, :])
        for at, low, lean, tone in self.blades:
            cx = (at - dx) % w
            foot = edge[int(cx) % w] + low * 0.07 * h
            self.blade(near, cx, foot, (0.035 + 0.05 * tone) * h, lean, mix(mid, lit, tone) * (0.5 + 0.7 * tone))
        heads = colours(*grass[3:])
        for at, low, kind, size in self.flowers:
            cx = (at - dx) % w
            foot = edge[int(cx) % w] + low * 0.06 * h - 0.02 * h
            self.flower(near, cx, foot, (0.008 + 0.009 * size) * h, heads[kind % len(heads)])
        near[..., :3] *= near[..., 3:]
        near = blur(near, 0.0022 * h)
        return image * (1 - near[..., 3:]) + near[..., :3]

    def blade(self, near, cx, foot, tall, lean, tone):
        for step in np.linspace(0, 1, max(2, int(tall))):
            row = int(foot - step * tall)
            if 0 <= row < self.h:
                half = max(0.6, 0.004 * self.h * (1 - step))
                x = cx + lean * tall * step**2
                columns = np.arange(int(x - half), int(x + half) + 1) % self.wide
                near[row, columns, :3] = tone * (0.45 + 0.75 * step)
                near[row, columns, 3] = 1

    def flower(self, near, cx, cy, r, colour):
        rows = slice(max(0, int(cy - r) - 1), min(self.h, int(cy + r) + 2))
        columns = np.arange(int(cx - r) - 1, int(cx + r) + 2)
        x, y = (columns[None, :] - cx) / r, (np.arange(rows.start, rows.stop)[:, None] - cy) / r * 1.25
        d, angle = np.hypot(x, y), np.arctan2(y, x)
        petals = smooth(1.0, 0.8, d / (0.75 + 0.25 * np.cos(5 * angle + cx)))
        petal = colour * (0.55 + 0.45 * np.clip(1 - y, 0, 1.4)[..., None])
        tone = mix(petal, colours("ffd84a")[0], smooth(0.34, 0.22, d))
        at = near[rows, columns % self.wide]
        at[..., :3] = mix(at[..., :3], tone, petals)
        at[..., 3] = np.maximum(at[..., 3], petals)
        near[rows, columns % self.wide] = at

    def frame(self, t):
        """The picture at second t, height x width x 3 in linear light."""
        h, p = self.h, self.p
        pan = p.get("pan", 9.0) * t * h / 360
        base = self.horizon / h
        image = self.sky(t)
        for k, share in enumerate((0.2, 0.35, 0.5)):
            image = self.mountains(image, k, pan * share)
            image = self.fog(image, base - 0.05 + 0.012 * k, 0.05, 0.22, pan * share + 4 * t)
        for row, (size, haze, drop) in enumerate(p["woods"]):
            image = self.wood(image, row, base + drop, size, haze, pan * (0.7 + 0.15 * row))
            if haze > 0:
                image = self.fog(image, base - 0.012, 0.028, p.get("fog", 0.3) * (1 - 0.45 * row), pan * 0.6 + 7 * t)
        image = self.water(image, t, pan)
        image = self.fog(image, base + 0.015, 0.02, 0.18, pan + 9 * t)
        image = self.meadow(image, pan * 1.7)
        return image[:, : self.w]


LAKE = {
    "sky": ("2a62a8", "86b9e0", "ffd2a0", "fff1dc", "8b98b8"),
    "sun": (0.72, 0.36),
    "stone": ("5a6a92", "ffffff", "dfe0e4"),
    "ranges": ((0.05, 0.36, 0.42), (0.03, 0.22, 0.25), (0.01, 0.12, 0.12)),
    "snow": (1.0, 0.6, 0.0),
    "woods": ((0.075, 0.38, 0.0), (0.12, 0.14, 0.004), (0.0, 0.0, 0.0)),
    "pine": ("0b1f1a", "1f4a35", "7fa04e"),
    "leaves": (("12301a", "3f7a2c", "b8d060"), ("20381a", "6c8a2a", "e0cf5a")),
    "water": ("0f4258", "fff4e0"),
    "grass": ("0f2a12", "2f6a26", "a8cc50", "f2d23c", "e4508e", "f4f0ff", "d8402c"),
    "rows": (130, 70, 0),
}
FOREST = {
    "sky": ("6f93b4", "bdd0d6", "ffe6b8", "fff6e4", "b4b4b8"),
    "sun": (0.28, 0.34),
    "stone": ("7e8a94", "ffffff", "ece2cc"),
    "ranges": ((0.06, 0.26, 0.55), (0.04, 0.17, 0.40), (0.02, 0.10, 0.25)),
    "snow": (0.5, 0.0, 0.0),
    "woods": ((0.16, 0.34, 0.0), (0.28, 0.12, 0.012), (0.50, 0.0, 0.05)),
    "pine": ("10241a", "2a4a2c", "8a9a48"),
    "leaves": (("4a1a08", "b0501a", "ffb440"), ("4a2a08", "c08420", "ffe070"), ("3a0c0a", "a02a1c", "f47a3c"),
               ("2a300c", "78802a", "d8cf60")),
    "pines": 0.25,
    "horizon": 0.66,
    "water": ("2c3c2c", "fff0d0"),
    "grass": ("1e1c0c", "5c5a1c", "d0a844", "f08a2c", "d8482c", "f4d860", "8a5ac0"),
    "bank": 0.12,
    "rows": (110, 40, 8),
    "fog": 0.5,
}
CLOUDS = {
    "sky": ("1c3f80", "6f8fc8", "ff9a6a", "ffe2c0", "6c6c98"),
    "sun": (0.36, 0.62),
    "cover": 0.75,
    "stone": ("585a86", "ffe0d0", "e8a890"),
    "ranges": ((0.03, 0.16, 0.45), (0.02, 0.10, 0.28), (0.01, 0.06, 0.12)),
    "snow": (0.8, 0.2, 0.0),
    "woods": ((0.045, 0.25, 0.0), (0.06, 0.08, 0.003), (0.0, 0.0, 0.0)),
    "pine": ("0c1420", "1c3440", "6a7a70"),
    "leaves": (("101c24", "2c4a4c", "7f9a7a"),),
    "horizon": 0.80,
    "water": ("1c2c58", "ffd8b0"),
    "grass": ("0a1216", "18302e", "4c7460", "e8a070", "b070b0", "f0d0a0"),
    "bank": 0.05,
    "rows": (120, 60, 0),
}


def render(scene, t):
    """At twice the size, then averaged: clean edges. Filmic tone curve, sRGB bytes."""
    big = scene.frame(t)
    h, w = scene.h // 2, scene.w // 2
    light = np.clip(big.reshape(h, 2, w, 2, 3).mean((1, 3)), 0, None)
    light = light * (1 + light / 5) / (1 + light * 0.42)
    return np.round(np.clip(light * 1.02, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)
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
    scene = Scene(720, 1280, 21, LAKE)
    frames = b"".join(render(scene, i / FPS).tobytes() for i in range(FRAMES))
    tone = folder / "tone.wav"
    sound(tone, FRAMES / FPS)
    ffmpeg("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "640x360", "-r", str(FPS), "-i", "-",
           "-i", str(tone), "-vf", "scale=out_color_matrix=bt709:out_range=tv",
           "-c:v", "libx264", "-crf", "18", "-preset", "slow", "-pix_fmt", "yuv420p",
           "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
           "-c:a", "aac", "-b:a", "96k", "-metadata", "title=A lake, painted by a program",
           "-metadata:s:a:0", "language=eng", "-fflags", "+bitexact", "-flags:v", "+bitexact",
           "-flags:a", "+bitexact", str(folder / "clip.mp4"), data=frames)
    tone.unlink()
    still(render(Scene(1280, 1920, 3, LAKE), 1.0), folder / "lake.jpg", "-q:v", "3")
    still(render(Scene(1280, 1920, 8, FOREST), 1.0), folder / "forest.jpg", "-q:v", "3")
    still(render(Scene(960, 1440, 14, CLOUDS), 1.0), folder / "clouds.png")


if __name__ == "__main__":
    main()
