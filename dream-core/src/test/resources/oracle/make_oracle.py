#!/usr/bin/env python3
"""Writes what torchvision's networks compute, as numbers to compare with.

Made with Debian 12's python3-torch 1.13 and python3-torchvision 0.14:
    /usr/bin/python3 make_oracle.py [FOLDER]

No weights file is needed: weights and input come from formulas that any language repeats exactly.

Hash of element i (row-major) of the tensor of a key, in unsigned 32-bit arithmetic:
    x = i * 2654435761 + crc32(key in UTF-8)
    x = (x ^ (x >> 16)) * 73244475;  x = (x ^ (x >> 16)) * 73244475;  x = x ^ (x >> 16)
    u = (x >> 8) / 2^24                                  exact in float32, 0 <= u < 1
Values, computed in float64, rounded to float32:
    *.weight with more than one side   (2u - 1) * sqrt(6 / fan_in), fan_in = product of sides 1..
    *.weight with one side             0.9 + 0.2u        (batch norm)
    *.bias, *.running_mean             0.2u - 0.1
    *.running_var                      0.5 + u
Input, 1 x 3 x 96 x 128:
    x[c,i,j] = float32(0.5 + 0.5 * sin(0.11*i + 0.17*j + 1.3*c)); the module gets (x - 0.5) / 0.25
Everything after that in float64, eval mode, no transform_input, no auxiliary heads.

NETWORK.json:
    parameters   key -> shape, in the state dict's order (without num_batches_tracked)
    layers       torchvision's module name -> shape, mean, l2 and first5 of its output, for every
                 module but dropouts. A ReLU in place is undone: what it wrote over is copied before.
                 A ReLU that runs several times in a block is numbered as by torchvision's feature
                 extraction (relu, relu_1); its last run, which is the block's output, is left out
    gradients    module name -> meanAbs, l2 and first5 (row-major N C H W) of the gradient of
                 0.5 * sum(a^2) of that output with respect to x
VGG is without its classifier, which is AlexNet's with other sizes.
"""
import json
import sys
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
import torch
import torchvision

NO_AUX = {"transform_input": False, "aux_logits": False, "init_weights": False}
NETWORKS = {
    "alexnet": ({}, ["features.8", "classifier.6"]),
    "googlenet": (NO_AUX, ["conv2", "inception3b", "inception4c", "inception5b"]),
    "inception_v3": (NO_AUX, ["Mixed_5d", "Mixed_6b", "Mixed_7c"]),
    "resnet18": ({}, ["layer2", "layer4.0.conv1"]),
    "resnet50": ({}, ["layer1.0.bn3", "layer3.2"]),
    "squeezenet1_0": ({}, ["features.3", "features.10"]),
    "squeezenet1_1": ({}, ["features.4", "features.12"]),
    "vgg16": ({"init_weights": False}, ["features.17"]),
    "vgg19": ({"init_weights": False}, ["features.22"]),
}


def hashed(key, count):
    with np.errstate(over="ignore"):
        x = np.arange(count, dtype=np.uint32) * np.uint32(2654435761)
        x += np.uint32(zlib.crc32(key.encode()))
        for _ in range(2):
            x = (x ^ (x >> np.uint32(16))) * np.uint32(73244475)
        x ^= x >> np.uint32(16)
    return (x >> np.uint32(8)).astype(np.float64) / 2**24


def values(key, shape):
    u = hashed(key, int(np.prod(shape)))
    if key.endswith(".running_var"):
        v = 0.5 + u
    elif key.endswith((".bias", ".running_mean")):
        v = 0.2 * u - 0.1
    elif len(shape) == 1:
        v = 0.9 + 0.2 * u
    else:
        v = (2 * u - 1) * np.sqrt(6 / np.prod(shape[1:]))
    return torch.from_numpy(v.astype(np.float32).astype(np.float64).reshape(shape))


def picture():
    c, i, j = np.mgrid[0:3, 0:96, 0:128]
    x = (0.5 + 0.5 * np.sin(0.11 * i + 0.17 * j + 1.3 * c)).astype(np.float32)
    return torch.from_numpy(x.astype(np.float64)[None])


def outputs(model, x):
    found = {}
    runs = Counter()

    def keep(name):
        def hook(module, given, out):
            # A copy, since a ReLU in place would write over it.
            found[f"{name}_{runs[name]}" if runs[name] else name] = out.clone()
            runs[name] += 1

        return hook

    hooks = [
        module.register_forward_hook(keep(name))
        for name, module in model.named_modules()
        if name and not isinstance(module, (torch.nn.Dropout, torch.nn.Identity))
    ]
    model((x - 0.5) / 0.25)
    for hook in hooks:
        hook.remove()
    return {n: a for n, a in found.items() if not is_the_block(n, found)}


def is_the_block(name, found):
    block, _, last = name.rpartition(".")
    return last.startswith("relu") and block in found and torch.equal(found[name], found[block])


def described(a):
    flat = a.detach().flatten()
    return {
        "shape": list(a.shape),
        "mean": flat.mean().item(),
        "l2": flat.norm().item(),
        "first5": flat[:5].tolist(),
    }


def gradient(model, name, x):
    x = x.clone().requires_grad_(True)
    (0.5 * outputs(model, x)[name].square().sum()).backward()
    g = x.grad.flatten()
    return {"meanAbs": g.abs().mean().item(), "l2": g.norm().item(), "first5": g[:5].tolist()}


def oracle(name, options, deep):
    model = getattr(torchvision.models, name)(weights=None, **options)
    if name.startswith("vgg"):
        model.avgpool = model.classifier = torch.nn.Identity()
    model = model.double().eval()
    state = {k: v for k, v in model.state_dict().items() if not k.endswith("num_batches_tracked")}
    model.load_state_dict({k: values(k, tuple(v.shape)) for k, v in state.items()}, strict=False)
    model.requires_grad_(False)
    x = picture()
    return {
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "parameters": {k: list(v.shape) for k, v in state.items()},
        "layers": {n: described(a) for n, a in outputs(model, x).items()},
        "gradients": {n: gradient(model, n, x) for n in deep},
    }


def compact(value, indent=""):
    """JSON with a line for each entry of the outer two levels."""
    if not isinstance(value, dict) or len(indent) > 2:
        return json.dumps(value)
    inside = ",\n".join(f"{indent} {json.dumps(k)}: {compact(v, indent + ' ')}" for k, v in value.items())
    return "{\n" + inside + "\n" + indent + "}"


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    for name, (options, deep) in NETWORKS.items():
        text = compact(oracle(name, options, deep)) + "\n"
        (folder / f"{name}.json").write_text(text)


if __name__ == "__main__":
    main()
