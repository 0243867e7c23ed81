#!/usr/bin/env python3
"""Writes what the networks of Caffe and of TensorFlow's inception5h compute, as numbers to compare with.

Made with Debian 12's python3-torch 1.13; no Caffe and no TensorFlow:
    /usr/bin/python3 make_classic.py [FOLDER [NETWORK...]]

The networks are written out below as their prototxt and their graph have them. Response norms, the rounding of
Caffe's pooling, TensorFlow's SAME padding and grouped convolutions are computed here from their definitions; torch
contributes convolutions without padding, sums and the gradient. Weights and their names are those of
make_oracle.py. The picture is its picture times 255, of 96 x 128 and of 97 x 118 px, the latter because SAME padding
depends on whether a side is even: 97, 49, 25, 13, 7 and 118, 59, 30, 15, 8 cells mix both. It is preprocessed as by
the networks' descriptors (BGR or RGB, minus the mean).

NETWORK.json has, for each size, layers and gradients as make_oracle.py describes them. VGG is without its fully
connected layers.
"""
import json
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from make_oracle import compact, described, values

SIZES = [(96, 128), (97, 118)]

MODULES = {
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}


class Net:
    """Runs layers, and keeps their outputs and the shapes of their weights."""

    def __init__(self):
        self.found = {}
        self.parameters = {}

    def weights(self, key, shape):
        self.parameters[key] = list(shape)
        return values(key, shape)

    def named(self, name, x):
        self.found[name] = x
        return x

    def conv(self, key, x, out, side, stride, before, after, groups=1):
        """before and after: zeros added above and on the left, below and on the right, as (rows, columns)."""
        each = x.shape[1] // groups
        w = self.weights(key + ".weight", (out, each, side, side))
        b = self.weights(key + ".bias", (out,))
        x = F.pad(x, (before[1], after[1], before[0], after[0]))
        parts = [
            F.conv2d(x[:, g * each:(g + 1) * each], w[g * out // groups:(g + 1) * out // groups], stride=stride)
            for g in range(groups)
        ]
        return torch.cat(parts, 1) + b.reshape(1, -1, 1, 1)

    def linear(self, key, x, out):
        flat = x.reshape(1, -1)
        w = self.weights(key + ".weight", (out, flat.shape[1]))
        return (flat @ w.T + self.weights(key + ".bias", (out,))).reshape(1, out, 1, 1)


def response_norm(x, radius, alpha, beta, k):
    """x_c / (k + alpha * sum of the squares of channels c - radius to c + radius)^beta"""
    channels = x.shape[1]
    sums = [(x[:, max(0, c - radius):c + radius + 1] ** 2).sum(1) for c in range(channels)]
    return x / (k + alpha * torch.stack(sums, 1)) ** beta


def maxima(x, side, stride, before, after):
    x = F.pad(x, (before[1], after[1], before[0], after[0]), value=-np.inf)
    return x.unfold(2, side, stride).unfold(3, side, stride).amax((4, 5))


def caffe_pool(x, side, stride, pad):
    """pooling_layer.cpp: the number of windows is rounded up; one that starts behind the input is left out."""
    after = []
    for n in x.shape[2:]:
        windows = -(-(n + 2 * pad - side) // stride) + 1
        if pad and (windows - 1) * stride >= n + pad:
            windows -= 1
        after.append((windows - 1) * stride + side - n - pad)
    return maxima(x, side, stride, (pad, pad), after)


def caffe_mean(x, side, stride):
    """The same windows; of one that exceeds the input, the mean of what is inside."""
    starts = [range(0, (-(-(n - side) // stride) + 1) * stride, stride) for n in x.shape[2:]]
    return torch.stack(
        [torch.stack([x[:, :, i:i + side, j:j + side].mean((2, 3)) for j in starts[1]], 2) for i in starts[0]], 2)


def same(x, side, stride):
    """TensorFlow's SAME: ceil(n / stride) windows; of the zeros that they need, the odd one comes after."""
    total = [max(0, (-(-n // stride) - 1) * stride + side - n) for n in x.shape[2:]]
    return [t // 2 for t in total], [t - t // 2 for t in total]


def cells(x, bins):
    """The mean of bins x bins parts, as torch.nn.AdaptiveAvgPool2d divides them."""
    rows, columns = x.shape[2:]
    part = lambda n, i: slice(i * n // bins, -(-(i + 1) * n // bins))
    return torch.stack(
        [torch.stack([x[:, :, part(rows, i), part(columns, j)].mean((2, 3)) for j in range(bins)], 2)
         for i in range(bins)], 2)


class Caffe(Net):
    """Layers named by their blobs, which hold the output of the ReLU that works in place."""

    def relu_conv(self, name, x, out, side, stride=1, pad=0, groups=1):
        pads = (pad, pad)
        return self.named(name, self.conv(name, x, out, side, stride, pads, pads, groups).relu())

    def pool(self, name, x, side, stride, pad=0):
        return self.named(name, caffe_pool(x, side, stride, pad))

    def norm(self, name, x):
        return self.named(name, response_norm(x, 2, 1e-4 / 5, 0.75, 1))


def googlenet(net, x):
    x = net.relu_conv("conv1/7x7_s2", x, 64, 7, 2, 3)
    x = net.pool("pool1/3x3_s2", x, 3, 2)
    x = net.norm("pool1/norm1", x)
    x = net.relu_conv("conv2/3x3_reduce", x, 64, 1)
    x = net.relu_conv("conv2/3x3", x, 192, 3, 1, 1)
    x = net.norm("conv2/norm2", x)
    x = net.pool("pool2/3x3_s2", x, 3, 2)
    for name, (one, reduce3, three, reduce5, five, pool) in MODULES.items():
        if name in ("4a", "5a"):
            x = net.pool("pool3/3x3_s2" if name == "4a" else "pool4/3x3_s2", x, 3, 2)
        key = f"inception_{name}/"
        a = net.relu_conv(key + "1x1", x, one, 1)
        b = net.relu_conv(key + "3x3_reduce", x, reduce3, 1)
        b = net.relu_conv(key + "3x3", b, three, 3, 1, 1)
        c = net.relu_conv(key + "5x5_reduce", x, reduce5, 1)
        c = net.relu_conv(key + "5x5", c, five, 5, 1, 2)
        d = net.pool(key + "pool", x, 3, 1, 1)
        d = net.relu_conv(key + "pool_proj", d, pool, 1)
        x = net.named(key + "output", torch.cat([a, b, c, d], 1))
        if name in ("4a", "4d"):
            auxiliary(net, "loss1" if name == "4a" else "loss2", x)
    x = net.named("pool5/7x7_s1", x.mean((2, 3), keepdim=True))
    net.named("loss3/classifier", net.linear("loss3/classifier", x, 1000))


def auxiliary(net, name, x):
    """A classifier beside the network: of 4x4 cells, all there are at 224 px and any other number is pooled to."""
    x = net.named(name + "/ave_pool", caffe_mean(x, 5, 3))
    x = net.relu_conv(name + "/conv", x, 128, 1)
    x = net.named(name + "/fc", net.linear(name + "/fc", cells(x, 4), 1024).relu())
    net.named(name + "/classifier", net.linear(name + "/classifier", x, 1000))


def caffenet(net, x):
    x = net.relu_conv("conv1", x, 96, 11, 4)
    x = net.pool("pool1", x, 3, 2)
    x = net.norm("norm1", x)
    x = net.relu_conv("conv2", x, 256, 5, 1, 2, 2)
    x = net.pool("pool2", x, 3, 2)
    x = net.norm("norm2", x)
    x = net.relu_conv("conv3", x, 384, 3, 1, 1)
    x = net.relu_conv("conv4", x, 384, 3, 1, 1, 2)
    x = net.relu_conv("conv5", x, 256, 3, 1, 1, 2)
    x = net.pool("pool5", x, 3, 2)
    x = net.named("pool5/6x6", cells(x, 6))
    x = net.named("fc6", net.linear("fc6", x, 4096).relu())
    x = net.named("fc7", net.linear("fc7", x, 4096).relu())
    net.named("fc8", net.linear("fc8", x, 1000))


def vgg(convolutions):
    def run(net, x):
        for block, (out, count) in enumerate(zip((64, 128, 256, 512, 512), convolutions), 1):
            for i in range(1, count + 1):
                x = net.relu_conv(f"conv{block}_{i}", x, out, 3, 1, 1)
            x = net.pool(f"pool{block}", x, 2, 2)

    return run


class TensorFlow(Net):
    def relu_conv(self, name, x, out, side, stride=1):
        before, after = same(x, side, stride)
        x = self.named(name + "_pre_relu", self.conv(name, x, out, side, stride, before, after))
        return self.named(name, x.relu())

    def pool(self, name, x, side, stride):
        return self.named(name, maxima(x, side, stride, *same(x, side, stride)))

    def norm(self, name, x):
        return self.named(name, response_norm(x, 5, 1e-4, 0.5, 2))


def inception5h(net, x):
    x = net.relu_conv("conv2d0", x, 64, 7, 2)
    x = net.pool("maxpool0", x, 3, 2)
    x = net.norm("localresponsenorm0", x)
    x = net.relu_conv("conv2d1", x, 64, 1)
    x = net.relu_conv("conv2d2", x, 192, 3)
    x = net.norm("localresponsenorm1", x)
    x = net.pool("maxpool1", x, 3, 2)
    for name, widths in MODULES.items():
        one, reduce3, three, reduce5, five, pool = widths
        if name == "4a":
            three = 204
            x = net.pool("maxpool4", x, 3, 2)
        if name == "5a":
            reduce5 = 48
            x = net.pool("maxpool10", x, 3, 2)
        key = f"mixed{name}_"
        a = net.relu_conv(key + "1x1", x, one, 1)
        b = net.relu_conv(key + "3x3_bottleneck", x, reduce3, 1)
        b = net.relu_conv(key + "3x3", b, three, 3)
        c = net.relu_conv(key + "5x5_bottleneck", x, reduce5, 1)
        c = net.relu_conv(key + "5x5", c, five, 5)
        d = net.pool(key + "pool", x, 3, 1)
        d = net.relu_conv(key + "pool_reduce", d, pool, 1)
        x = net.named(f"mixed{name}", torch.cat([a, b, c, d], 1))
    x = net.named("avgpool0", x.mean((2, 3), keepdim=True))
    net.named("softmax2_pre_activation", net.linear("softmax2", x, 1008))


IMAGENET = ("bgr", (104.00698793, 116.66876762, 122.67891434))
VGG = ("bgr", (103.939, 116.779, 123.68))
NETWORKS = {
    "bvlc_googlenet": (
        Caffe, googlenet, ("bgr", (104, 117, 123)),
        ["conv2/norm2", "inception_3b/5x5_reduce", "inception_4c/output", "loss1/classifier", "loss2/classifier",
         "loss3/classifier"]),
    "caffenet": (Caffe, caffenet, IMAGENET, ["norm2", "conv5", "fc8"]),
    "inception5h": (
        TensorFlow, inception5h, ("rgb", (117, 117, 117)),
        ["localresponsenorm1", "mixed4c", "mixed4d_3x3_bottleneck_pre_relu", "softmax2_pre_activation"]),
    "vgg16_caffe": (Caffe, vgg((2, 2, 3, 3, 3)), VGG, ["conv4_3"]),
    "vgg19_caffe": (Caffe, vgg((2, 2, 4, 4, 4)), VGG, ["conv4_4"]),
}


def picture(height, width):
    c, i, j = np.mgrid[0:3, 0:height, 0:width]
    x = (255 * (0.5 + 0.5 * np.sin(0.11 * i + 0.17 * j + 1.3 * c))).astype(np.float32)
    return torch.from_numpy(x.astype(np.float64)[None])


def run(kind, network, preprocessing, x):
    order, mean = preprocessing
    x = x.flip(1) if order == "bgr" else x
    net = kind()
    network(net, x - torch.tensor(mean, dtype=torch.float64).reshape(1, 3, 1, 1))
    return net


def gradients(kind, network, preprocessing, x, deep):
    x = x.clone().requires_grad_(True)
    net = run(kind, network, preprocessing, x)
    found = {}
    for name in deep:
        (g,) = torch.autograd.grad(0.5 * net.found[name].square().sum(), x, retain_graph=True)
        g = g.flatten()
        found[name] = {"meanAbs": g.abs().mean().item(), "l2": g.norm().item(), "first5": g[:5].tolist()}
    return found


def oracle(kind, network, preprocessing, deep):
    result = {"torch": torch.__version__}
    for height, width in SIZES:
        x = picture(height, width)
        net = run(kind, network, preprocessing, x)
        result["parameters"] = net.parameters
        key = f"{height}x{width}"
        result["layers " + key] = {n: described(a) for n, a in net.found.items()}
        result["gradients " + key] = gradients(kind, network, preprocessing, x, deep)
    return result


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    for name in sys.argv[2:] or NETWORKS:
        kind, network, preprocessing, deep = NETWORKS[name]
        (folder / f"{name}.json").write_text(compact(oracle(kind, network, preprocessing, deep)) + "\n")


if __name__ == "__main__":
    main()
