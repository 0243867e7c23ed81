"""Writes ONNX models as protobuf, and computes what their nodes mean.

Nothing of this uses the onnx package: the messages are written byte by byte from the numbers of
fields in onnx.proto, and each operator is computed in float64 from its description at
onnx.ai/onnx/operators, with paddings, windows and norms written out.
"""
import struct

import numpy as np
import torch
import torch.nn.functional as F

FLOAT, INT32, INT64, HALF, DOUBLE, BFLOAT16 = 1, 6, 7, 10, 11, 16


# -- protobuf ---------------------------------------------------------------------------------


def varint(n):
    n &= (1 << 64) - 1
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    return bytes(out + bytes([n]))


def number(field, n):
    return varint(field << 3) + varint(n)


def data(field, content):
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def real(field, x):
    return varint(field << 3 | 5) + struct.pack("<f", x)


class Model:
    """A graph while it is written; nodes are computed by `run`."""

    def __init__(self, name, opset, shape, seed=1, listed=False, storage="raw"):
        self.name, self.opset, self.shape, self.storage = name, opset, shape, storage
        self.listed = listed  # whether tensors are among the inputs, as in the first versions
        self.random = np.random.default_rng(seed)
        self.nodes, self.tensors, self.outputs, self.external = [], {}, [], b""
        self.count = 0
        self.adaptive = {}  # output of an average pooling before a flattening -> cells per side

    def tensor(self, name, values):
        """Adds an initializer; returns its name."""
        values = np.asarray(values)
        self.tensors[name] = values if values.dtype == np.int64 else values.astype(np.float32)
        return name

    def weights(self, name, *shape, scale=None):
        fan = int(np.prod(shape[1:])) if len(shape) > 1 else 1
        scale = scale if scale is not None else np.sqrt(6 / fan)
        return self.tensor(name, self.stored(self.random.uniform(-scale, scale, shape)))

    def stored(self, values):
        """Rounds values to what the storage can hold."""
        values = np.asarray(values).astype(np.float32)
        if self.storage == "half":
            values = values.astype(np.float16).astype(np.float32)
        if self.storage == "bfloat16":
            values = (values.view(np.uint32) & 0xFFFF0000).view(np.float32)
        return values

    def positive(self, name, n):
        return self.tensor(name, self.stored(self.random.uniform(0.5, 1.5, n)))

    def node(self, op, inputs, name="", outputs=None, out=None, **attributes):
        """Adds a node; returns its first output."""
        self.count += 1
        outputs = outputs or [out or f"{op.lower()}_{self.count}"]
        self.nodes.append((op, list(inputs), outputs, name, attributes))
        return outputs[0]

    # -- writing

    def tensor_proto(self, name, values):
        dims = b"".join(number(1, d) for d in values.shape)
        head = data(8, name) if name else b""
        if values.dtype == np.int64:
            if self.storage == "lists":
                packed = b"".join(varint(int(v)) for v in values.flatten())
                return dims + number(2, INT64) + data(7, packed) + head
            return dims + number(2, INT64) + head + data(9, values.tobytes())
        flat = values.astype(np.float32).flatten()
        if self.storage == "lists":
            return dims + number(2, FLOAT) + data(4, flat.tobytes()) + head
        if self.storage == "tagged":
            return dims + number(2, FLOAT) + b"".join(real(4, v) for v in flat) + head
        if self.storage == "double":
            return dims + number(2, DOUBLE) + head + data(10, flat.astype(np.float64).tobytes())
        if self.storage == "half":
            return dims + number(2, HALF) + head + data(9, flat.astype(np.float16).tobytes())
        if self.storage == "bfloat16":
            bits = (flat.view(np.uint32) >> 16).astype(np.uint32)
            return dims + number(2, BFLOAT16) + data(5, b"".join(varint(int(b)) for b in bits)) + head
        if self.storage == "external" and flat.size > 8:
            place = {"location": self.name + ".data", "offset": str(len(self.external)),
                     "length": str(flat.nbytes)}
            self.external += flat.tobytes()
            entries = b"".join(data(13, data(1, k) + data(2, v)) for k, v in place.items())
            return dims + number(2, FLOAT) + head + entries + number(14, 1)
        return dims + number(2, FLOAT) + head + data(9, flat.tobytes())

    def attribute(self, name, value):
        head = data(1, name)
        if isinstance(value, float):
            return head + real(2, value) + number(20, 1)
        if isinstance(value, int):
            return head + number(3, value) + number(20, 2)
        if isinstance(value, str):
            return head + data(4, value) + number(20, 3)
        if isinstance(value, np.ndarray):
            return head + data(5, self.tensor_proto("", value)) + number(20, 4)
        if value and isinstance(value[0], float):
            return head + b"".join(real(7, v) for v in value) + number(20, 6)
        return head + b"".join(number(8, v) for v in value) + number(20, 7)

    @staticmethod
    def value_info(name, shape):
        sides = b"".join(data(1, number(1, s) if isinstance(s, int) else data(2, s)) for s in shape)
        return data(1, name) + data(2, data(1, number(1, FLOAT) + data(2, sides)))

    def bytes(self):
        self.external = b""
        graph = b""
        for op, inputs, outputs, name, attributes in self.nodes:
            node = b"".join(data(1, i) for i in inputs) + b"".join(data(2, o) for o in outputs)
            node += data(3, name) if name else b""
            node += data(4, op)
            node += b"".join(data(5, self.attribute(k, v)) for k, v in attributes.items())
            graph += data(1, node)
        graph += data(2, self.name)
        graph += b"".join(data(5, self.tensor_proto(n, v)) for n, v in self.tensors.items())
        graph += data(11, self.value_info("data", self.shape))
        if self.listed:
            graph += b"".join(data(11, self.value_info(n, v.shape)) for n, v in self.tensors.items())
        graph += b"".join(data(12, self.value_info(o, [])) for o in self.outputs)
        return (number(1, 7) + data(2, "make_onnx.py") + data(7, graph)
                + data(8, data(1, "") + number(2, self.opset)))

    # -- computing

    def run(self, x):
        """Computes all nodes that a tensor of this size allows; returns values by output.

        At another size than the file's, an average pooling to the maps that are flattened is
        adaptive, and reshapings of groups keep height and width.
        """
        other = x.shape[2:] != (64, 64) and x.shape[1:3] != (64, 64)
        values = {n: torch.from_numpy(v if v.dtype == np.int64 else v.astype(np.float64))
                  for n, v in self.tensors.items()}
        values["data"] = x
        values[""] = None
        for op, inputs, outputs, _, attributes in self.nodes:
            if all(i in values for i in inputs):
                try:
                    if other and outputs[0] in self.adaptive:
                        values[outputs[0]] = F.adaptive_avg_pool2d(
                            values[inputs[0]], self.adaptive[outputs[0]])
                        continue
                    given = [values[i] for i in inputs]
                    if other and op == "Reshape" and len(given[1]) > 3:
                        # The file has maps of the training size, which are kept as they are here.
                        given[1] = torch.cat([given[1][:-2], torch.tensor(given[0].shape[-2:])])
                    results = compute(op, given, Attributes(attributes), self.opset, len(outputs))
                except RuntimeError:
                    continue  # a shape in the file is that of another size
                values.update(zip(outputs, results))
        return values

    def layers(self):
        """The names of nodes, or of their outputs, with the output that each is."""
        used, found = set(), {}
        for op, inputs, outputs, name, _ in self.nodes:
            several = op == "Split"
            for output in outputs if several else outputs[:1]:
                layer = output if several or not name else name
                assert layer not in used
                used.add(layer)
                found[layer] = output
        return found


class Attributes(dict):
    def real(self, name, otherwise):
        return float(np.float32(self.get(name, otherwise)))


# -- operators --------------------------------------------------------------------------------


def windows(x, kernel, a, dilation=(1, 1)):
    """Paddings (top, left, bottom, right), counts of windows, and what ceil_mode exceeds."""
    stride = a.get("strides", [1, 1])
    pads = list(a.get("pads", [0, 0, 0, 0]))
    counts, beyond = [], []
    for d in range(2):
        n, span = x.shape[2 + d], (kernel[d] - 1) * dilation[d] + 1
        auto = a.get("auto_pad", "NOTSET")
        if auto.startswith("SAME"):
            total = max(0, (-(-n // stride[d]) - 1) * stride[d] + span - n)
            small, large = total // 2, total - total // 2
            pads[d], pads[d + 2] = (small, large) if auto == "SAME_UPPER" else (large, small)
        room = n + pads[d] + pads[d + 2] - span
        count = (-(-room // stride[d]) if a.get("ceil_mode", 0) else room // stride[d]) + 1
        if a.get("ceil_mode", 0) and (count - 1) * stride[d] >= n + pads[d]:
            count -= 1
        counts.append(count)
        beyond.append(max(0, (count - 1) * stride[d] + span - n - pads[d] - pads[d + 2]))
    return stride, pads, counts, beyond


def pad4(x, pads, value):
    top, left, bottom, right = pads
    return F.pad(x, (left, right, top, bottom), value=value)


def conv(x, w, b, a):
    dilation = a.get("dilations", [1, 1])
    stride, pads, _, _ = windows(x, w.shape[2:], a, dilation)
    return F.conv2d(pad4(x, pads, 0.0), w, b, stride, 0, dilation, a.get("group", 1))


def max_pool(x, a):
    kernel = a["kernel_shape"]
    stride, pads, _, beyond = windows(x, kernel, a)
    whole = pad4(pad4(x, pads, -np.inf), [0, 0] + beyond, -np.inf)
    return F.max_pool2d(whole, kernel, stride)


def first_largest(x, axes, keep):
    """The maximum of each map; of several equal ones, the first gets the gradient."""
    assert x.dim() == 4 and sorted(axes) == [2, 3]
    y = F.max_pool2d(x, x.shape[2:])
    return y if keep else y[:, :, 0, 0]


def average_pool(x, a):
    kernel = a["kernel_shape"]
    stride, pads, _, beyond = windows(x, kernel, a)
    inside = torch.ones_like(x)
    counted = pad4(inside, pads, 1.0 if a.get("count_include_pad", 0) else 0.0)
    sums = F.avg_pool2d(pad4(pad4(x, pads, 0.0), [0, 0] + beyond, 0.0), kernel, stride,
                        divisor_override=1)
    number_of = F.avg_pool2d(pad4(counted, [0, 0] + beyond, 0.0), kernel, stride,
                             divisor_override=1)
    return sums / number_of


def lrn(x, a):
    size = a["size"]
    sums = torch.zeros_like(x)
    for c in range(x.shape[1]):
        low, high = max(0, c - (size - 1) // 2), min(x.shape[1], c + size // 2 + 1)
        sums[:, c] = (x[:, low:high] ** 2).sum(1)
    return x / (a.real("bias", 1) + a.real("alpha", 1e-4) / size * sums) ** a.real("beta", 0.75)


def axis_shape(constant, x, a, opset):
    """Before version 7, a constant was aligned at an axis rather than at the last side."""
    if opset < 7 and a.get("broadcast", 0) and "axis" in a:
        return constant.reshape(constant.shape + (1,) * (x.dim() - a["axis"] - constant.dim()))
    return constant


def reshape(x, shape):
    target = [x.shape[i] if s == 0 else s for i, s in enumerate(shape)]
    return x.reshape(target)


def softmax(x, a, opset, function):
    if opset >= 13:
        return function(x, a.get("axis", -1))
    axis = a.get("axis", 1)
    flat = x.reshape(int(np.prod(x.shape[:axis])), -1)
    return function(flat, 1).reshape(x.shape)


def listed(a, name, inputs, index):
    if len(inputs) > index and inputs[index] is not None:
        return [int(v) for v in inputs[index]]
    return a.get(name)


def slice_of(x, inputs, a):
    starts, ends = listed(a, "starts", inputs, 1), listed(a, "ends", inputs, 2)
    axes = listed(a, "axes", inputs, 3) or range(len(starts))
    for axis, start, end in zip(axes, starts, ends):
        x = x[(slice(None),) * (axis % x.dim()) + (slice(start, end),)]
    return x


def reduced(x, inputs, a, function):
    axes = [d % x.dim() for d in listed(a, "axes", inputs, 1)]
    return function(x, axes, a.get("keepdims", 1) == 1)


def sides_inserted(x, axes):
    for axis in sorted(axes):
        x = x.unsqueeze(axis)
    return x


def sides_removed(x, axes):
    for axis in sorted((d % x.dim() for d in axes), reverse=True):
        assert x.shape[axis] == 1
        x = x.squeeze(axis)
    return x


def padded(x, inputs, a):
    pads = listed(a, "pads", inputs, 1)
    n = x.dim()
    assert all(pads[d] == 0 and pads[d + n] == 0 for d in (0, 1))
    value = float(inputs[2]) if len(inputs) > 2 else a.real("value", 0)
    return pad4(x, [pads[2], pads[3], pads[2 + n], pads[3 + n]], value)


def batch_norm(i, a):
    shape = (1, -1) + (1,) * (i[0].dim() - 2)
    scale, shift, mean, variance = (v.reshape(shape) for v in i[1:5])
    return (i[0] - mean) / torch.sqrt(variance + a.real("epsilon", 1e-5)) * scale + shift


def gemm(i, a):
    w = i[1].T if a.get("transB", 0) else i[1]
    y = a.real("alpha", 1) * (i[0] @ w)
    return y + a.real("beta", 1) * i[2] if len(i) > 2 else y


def clip(i, a):
    low = float(i[1]) if len(i) > 1 and i[1] is not None else a.real("min", -np.inf)
    high = float(i[2]) if len(i) > 2 and i[2] is not None else a.real("max", np.inf)
    return i[0].clamp(low, high)


def hard_sigmoid(x, alpha, beta):
    return (alpha * x + beta).clamp(0, 1)


def gathered(i, a):
    index = i[1]
    axis = a.get("axis", 0) % i[0].dim()
    if index.dim() == 0:
        return i[0].select(axis, int(index))
    return i[0].index_select(axis, index)


def divided(i):
    return torch.div(i[0], i[1], rounding_mode="trunc") if not i[0].is_floating_point() else i[0] / i[1]


def split(i, a, parts):
    axis = a.get("axis", 0)
    sizes = listed(a, "split", i, 1) or [i[0].shape[axis] // parts] * parts
    return list(torch.split(i[0], sizes, axis))


def compute(op, i, a, opset, parts):
    if op == "Split":
        return split(i, a, parts)
    x = i[0] if i else None
    second = lambda: axis_shape(i[1], x, a, opset)
    table = {
        "Conv": lambda: conv(x, i[1], i[2] if len(i) > 2 else None, a),
        "MaxPool": lambda: max_pool(x, a),
        "AveragePool": lambda: average_pool(x, a),
        "GlobalAveragePool": lambda: x.mean((2, 3), True),
        "GlobalMaxPool": lambda: first_largest(x, (2, 3), True),
        "LRN": lambda: lrn(x, a),
        "BatchNormalization": lambda: batch_norm(i, a),
        "Relu": lambda: x.clamp(min=0),
        "LeakyRelu": lambda: torch.where(x < 0, x * a.real("alpha", 0.01), x),
        "PRelu": lambda: torch.where(x < 0, x * i[1], x),
        "Elu": lambda: torch.where(x < 0, a.real("alpha", 1) * (torch.exp(x) - 1), x),
        "Clip": lambda: clip(i, a),
        "Sigmoid": lambda: 1 / (1 + torch.exp(-x)),
        "Tanh": lambda: torch.tanh(x),
        "HardSigmoid": lambda: hard_sigmoid(x, a.real("alpha", 0.2), a.real("beta", 0.5)),
        "HardSwish": lambda: x * hard_sigmoid(x, 1 / 6, 0.5),
        "Add": lambda: x + second(),
        "Sub": lambda: x - second(),
        "Mul": lambda: x * second(),
        "Div": lambda: divided([x, second()]),
        "Sum": lambda: sum(i),
        "Max": lambda: torch.maximum(x, i[1]),
        "Min": lambda: torch.minimum(x, i[1]),
        "Concat": lambda: torch.cat(i, a["axis"]),
        "Dropout": lambda: x,
        "Identity": lambda: x,
        "Cast": lambda: x if a["to"] in (FLOAT, DOUBLE) else x.long(),
        "Constant": lambda: torch.from_numpy(a["value"]),
        "ConstantOfShape": lambda: torch.zeros([int(s) for s in x]),
        "Shape": lambda: torch.tensor(x.shape),
        "Gather": lambda: gathered(i, a),
        "Slice": lambda: slice_of(x, i, a),
        "Reshape": lambda: reshape(x, listed(a, "shape", i, 1)),
        "Flatten": lambda: x.reshape(int(np.prod(x.shape[:a.get("axis", 1)])), -1),
        "Squeeze": lambda: sides_removed(x, listed(a, "axes", i, 1)),
        "Unsqueeze": lambda: sides_inserted(x, listed(a, "axes", i, 1)),
        "Transpose": lambda: x.permute(a["perm"]),
        "Pad": lambda: padded(x, i, a),
        "ReduceMean": lambda: reduced(x, i, a, torch.mean),
        "ReduceMax": lambda: reduced(x, i, a, first_largest),
        "Gemm": lambda: gemm(i, a),
        "MatMul": lambda: x @ i[1],
        "Softmax": lambda: softmax(x, a, opset, F.softmax),
        "LogSoftmax": lambda: softmax(x, a, opset, F.log_softmax),
    }
    return [table[op]()] * parts
