"""Times one DeepDream step of a torchvision network in eager PyTorch on one thread: the comparison of `reverie bench --torch`.

    python3 torch_step.py NETWORK LAYER WIDTH HEIGHT ROUNDS

Prints a JSON object with the median seconds of a step; 0 if torchvision lacks the network or the layer. The weights are
random: they do not change the time.
"""
import json
import statistics
import sys
import time

import torch
import torchvision


def module(network, layer):
    build = getattr(torchvision.models, network, None)
    if build is None:
        return None, None
    options = {"aux_logits": False, "init_weights": False} if network in ("googlenet", "inception_v3") else {}
    model = build(**options).eval()
    for weight in model.parameters():
        weight.requires_grad_(False)
    return model, dict(model.named_modules()).get(layer)


class Reached(Exception):
    pass


def step(model, found, image):
    """Forward to the layer, backward from its own activations, as the 2015 notebook does."""
    leaf = image.detach().requires_grad_(True)
    try:
        model(leaf)
    except Reached:
        pass
    activations = found.pop()
    activations.backward(activations.detach())
    gradient = leaf.grad
    return image + 1.5 / 255 * gradient / gradient.abs().mean()


def main():
    network, layer, width, height, rounds = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
    torch.set_num_threads(1)
    model, target = module(network, layer)
    if target is None:
        print(json.dumps({"seconds": 0}))
        return
    found = []

    def stop(_, __, output):
        found.append(output)
        raise Reached

    target.register_forward_hook(stop)
    image = torch.rand(1, 3, height, width)
    times = []
    for number in range(rounds + 2):
        start = time.perf_counter()
        image = step(model, found, image)
        if number >= 2:
            times.append(time.perf_counter() - start)
    print(json.dumps({"seconds": statistics.median(times), "torch": torch.__version__}))


main()
