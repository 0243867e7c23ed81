#!/usr/bin/env python3
"""Writes small networks in the formats of Caffe and TensorFlow, without either: protobuf by hand.

    /usr/bin/python3 make_messages.py [FOLDER]

Element i of every tensor is (i - 3) / 8. The files are small, and have what real ones have:
    layers.caffemodel      LayerParameter: a grouped convolution, a fully connected layer, a batch norm of three
                           tensors, layers without tensors, an auxiliary field that no reader knows
    layers-v1.caffemodel   V1LayerParameter with four-sided tensors, as before 2015; one in doubles, one not packed
    graph.pb               a frozen graph: kernels as bytes, a bias as floats, one as a single repeated float, a
                           matrix in half precision, and constants that are no weights
    inception.zip          that graph deflated, beside the names of classes, as inception5h.zip has them

    make_messages.py --caffe WEIGHTS.pth OUT.caffemodel
writes the tensors of any PyTorch state dict as a Caffe network.
"""
import struct
import sys
import zipfile
from pathlib import Path


def varint(n):
    n &= (1 << 64) - 1
    out = bytearray()
    while n >= 0x80:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    out.append(n)
    return bytes(out)


def number(field, n):
    return varint(field << 3) + varint(n)


def data(field, content):
    return varint(field << 3 | 2) + varint(len(content)) + content


def text(field, content):
    return data(field, content.encode())


def elements(shape):
    count = 1
    for side in shape:
        count *= side
    return [(i - 3) / 8 for i in range(count)]


def packed(letter, values):
    return struct.pack(f"<{len(values)}{letter}", *values)


# Caffe

def blob(shape, values=None):
    sides = data(7, data(1, b"".join(varint(side) for side in shape)))
    content = values if values is not None else packed("f", elements(shape))
    return data(5, content) + sides


def layer(name, kind, *blobs):
    # 3 is a bottom, 10 the phase, 106 convolution_param.
    return data(100, text(1, name) + text(2, kind) + text(3, "data") + b"".join(data(7, b) for b in blobs)
                + number(10, 1) + data(106, number(1, 4)))


def new_form():
    return (
        text(1, "small")
        + layer("data", "Input")
        + layer("conv/3x3", "Convolution", blob((4, 1, 3, 3)), blob((4,)))
        + layer("relu", "ReLU")
        + layer("bn", "BatchNorm", blob((4,)), blob((4,)), blob((1,)))
        + layer("loss/classifier", "InnerProduct", blob((5, 4)), blob((5,)))
        + data(7, b"")
    )


def four(shape):
    sides = [1] * (4 - len(shape)) + list(shape)
    return b"".join(number(i + 1, side) for i, side in enumerate(sides))


def old_layer(name, kind, *blobs):
    return data(2, text(2, "data") + b"".join(data(6, b) for b in blobs) + text(4, name) + number(5, kind))


def old_form():
    kernel, matrix = elements((2, 3, 2, 2)), elements((5, 2))
    return (
        text(1, "small, of 2014")
        + old_layer("data", 5)
        + old_layer("conv", 4, four((2, 3, 2, 2)) + data(8, packed("d", kernel)),
                    four((2,)) + b"".join(b"\x2d" + packed("f", [v]) for v in elements((2,))))
        + old_layer("relu", 18)
        + old_layer("fc", 14, four((5, 2)) + data(5, packed("f", matrix)), four((5,)) + data(5, packed("f", elements((5,)))))
        # A convolution of one channel to one, which looks like a matrix.
        + old_layer("one", 4, four((1, 1, 2, 3)) + data(5, packed("f", elements((1, 1, 2, 3)))),
                    four((1,)) + data(5, packed("f", elements((1,)))))
    )


# TensorFlow

def shape_of(shape):
    return data(2, b"".join(data(2, number(1, side)) for side in shape))


def attribute(key, value):
    return data(5, text(1, key) + data(2, value))


def node(name, op, *attributes, inputs=()):
    return data(1, text(1, name) + text(2, op) + b"".join(text(3, i) for i in inputs) + b"".join(attributes))


def constant(name, dtype, shape, values):
    tensor = number(1, dtype) + shape_of(shape) + values
    return node(name, "Const", attribute("dtype", number(6, dtype)), attribute("value", data(8, tensor)))


def graph():
    kernel = (2, 2, 3, 4)
    return (
        node("input", "Placeholder", attribute("dtype", number(6, 1)))
        + constant("conv2d0_w", 1, kernel, data(4, packed("f", elements(kernel))))
        + constant("conv2d0_b", 1, (4,), data(5, packed("f", elements((4,)))))
        + node("conv2d0_pre_relu/conv", "Conv2D", inputs=("input", "conv2d0_w"))
        + constant("mixed/concat_dim", 3, (), data(7, varint(3)))
        + constant("labels", 7, (2,), data(8, b"cat") + data(8, b"dog"))
        + constant("shape", 3, (2,), data(4, packed("i", [-1, 4])))
        + constant("flag", 10, (1,), data(4, b"\x01"))
        + constant("softmax2_w", 19, (4, 5), data(4, packed("e", elements((4, 5)))))
        + constant("softmax2_b", 1, (5,), data(5, packed("f", [0.5])))
        + constant("mean", 1, (), data(5, packed("f", [117])))
        + data(4, number(1, 8))
    )


def converted(source, target):
    import torch

    layers = {}
    for key, tensor in torch.load(source, map_location="cpu").items():
        name, _, kind = key.rpartition(".")
        layers.setdefault(name, {})[kind] = tensor
    with open(target, "wb") as out:
        out.write(text(1, "converted"))
        for name, tensors in layers.items():
            blobs = [blob(tuple(t.shape), t.float().contiguous().numpy().tobytes())
                     for t in (tensors["weight"], tensors["bias"])]
            out.write(layer(name, "Convolution" if tensors["weight"].dim() == 4 else "InnerProduct", *blobs))


def main():
    if len(sys.argv) == 4 and sys.argv[1] == "--caffe":
        converted(sys.argv[2], sys.argv[3])
        return
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    (folder / "layers.caffemodel").write_bytes(new_form())
    (folder / "layers-v1.caffemodel").write_bytes(old_form())
    (folder / "graph.pb").write_bytes(graph())
    with zipfile.ZipFile(folder / "inception.zip", "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in (("labels.txt", b"cat\ndog\n"), ("graph.pb", graph()), ("__MACOSX/._graph.pb", b"x" * 9)):
            out.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
