#!/usr/bin/env python3
"""Writes the small weights files that the tests read: good ones by PyTorch, bad ones by hand.

Made with Debian 12's python3-torch 1.13:
    /usr/bin/python3 make_weights.py [FOLDER]

The bad files would run a command if a careless reader loaded them: it writes a file
reverie-was-here to the working directory, nothing more. Nothing here loads them.
"""
import argparse
import collections
import io
import pickle
import pickletools
import struct
import sys
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch

LEGACY_HEAD = (
    pickle.dumps(0x1950A86A20F9469CFC6C, 2)
    + pickle.dumps(1001, 2)
    + pickle.dumps({"protocol_version": 1001, "little_endian": True, "type_sizes": {}}, 2)
)


def tensors():
    base = torch.arange(12, dtype=torch.float32).reshape(3, 4) / 4
    return OrderedDict(
        f32=base,
        transposed=base.t(),
        window=base[1:, 1:3],
        every_other=base[:, ::2],
        f16=torch.tensor([1.5, -0.099975586, 65504.0, 6e-8], dtype=torch.float16),
        bf16=torch.tensor([1.5, -3.140625, 1e30], dtype=torch.bfloat16),
        f64=torch.tensor([[1 / 3, -2.0]], dtype=torch.float64),
        i64=torch.tensor([7, -9], dtype=torch.int64),
        scalar=torch.tensor(42),
        empty=torch.zeros(0, 3),
        parameter=torch.nn.Parameter(torch.tensor([0.25, 0.5])),
    )


def save(value, folder, name):
    torch.save(value, folder / f"{name}.zip.pth")
    torch.save(value, folder / f"{name}.legacy.pth", _use_new_zipfile_serialization=False)


def module_state():
    torch.manual_seed(0)
    net = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 1), torch.nn.BatchNorm2d(2))
    net[0].weight.data = torch.tensor([[[[1.0]]], [[[2.0]]]])
    state = torch.nn.DataParallel(net).state_dict()
    return {"epoch": 3, "arch": "tiny", "best": torch.tensor(0.5), "state_dict": state}


def scenes():
    """As Places365 is published: a part in DataParallel, an optimizer, and a score of NumPy's."""
    torch.manual_seed(1)
    net = torch.nn.Module()
    net.features = torch.nn.DataParallel(torch.nn.Sequential(torch.nn.Conv2d(1, 2, 1)))
    net.classifier = torch.nn.Sequential(torch.nn.Dropout(), torch.nn.Linear(2, 3))
    net.features.module[0].weight.data = torch.tensor([[[[1.5]]], [[[2.5]]]])
    optimizer = torch.optim.SGD(net.parameters(), 0.1, momentum=0.9)
    sum(p.sum() for p in net.parameters()).backward()
    optimizer.step()
    net.features.module[0].weight.data = torch.tensor([[[[1.5]]], [[[2.5]]]])
    return {
        "epoch": 90,
        "arch": "alexnet",
        "best_prec1": np.float64(53.17),
        "device": torch.device("cpu"),
        "state_dict": net.state_dict(),
        "optimizer": optimizer.state_dict(),
    }


class Python2:
    """Writes text as Python 2 did, in bytes of the old string type."""

    @staticmethod
    def dump(value, file, protocol):
        file.write(Python2.dumps(value, protocol))

    @staticmethod
    def dumps(value, protocol):
        return Python2.old(pickle.dumps(value, protocol))

    @staticmethod
    def old(data):
        ops = list(pickletools.genops(data))
        ends = [position for _, _, position in ops[1:]] + [len(data)]
        return b"".join(
            b"U" + bytes([len(argument)]) + argument.encode("latin1")
            if op.name == "BINUNICODE"
            else data[position:end]
            for (op, argument, position), end in zip(ops, ends)
        )

    class Pickler(pickle.Pickler):
        def __init__(self, file, protocol):
            self.buffer = io.BytesIO()
            self.target = file
            super().__init__(self.buffer, protocol)

        def dump(self, value):
            super().dump(value)
            self.target.write(Python2.old(self.buffer.getvalue()))


class Tiny(torch.nn.Module):
    """A network of two layers; a whole pickled one is not a file of weights."""

    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(3, 2, 1)
        self.fc = torch.nn.Linear(2, 3)
        self.conv1.weight.data = torch.arange(6.0).reshape(2, 3, 1, 1) / 4
        self.conv1.bias.data = torch.tensor([0.25, 0.5])
        self.fc.weight.data = torch.arange(6.0).reshape(3, 2) / 4
        self.fc.bias.data = torch.zeros(3)


def renamed(state, prefix):
    return OrderedDict((prefix + name, tensor) for name, tensor in state.items())


def trained():
    """Training states as people have them: one map of tensors among other things."""
    net = Tiny()
    adam = torch.optim.Adam(net.parameters())
    sum(p.sum() for p in net.parameters()).backward()
    adam.step()
    net = Tiny()
    state = net.state_dict()
    scheduler = torch.optim.lr_scheduler.MultiStepLR(adam, milestones=[3, 6])
    beside = {
        "epoch": 3,
        "optimizer": adam.state_dict(),
        "lr_scheduler": scheduler.state_dict(),  # holds a collections.Counter
        "args": argparse.Namespace(lr=0.1, output=Path("out"), names=("a", "b")),
        "rng": np.random.RandomState(0).get_state(),
        "loss": torch.nn.CrossEntropyLoss(weight=torch.ones(3)),
        "history": collections.defaultdict(list, loss=[1.5, 0.5]),
        "scaler": {"scale": torch.tensor(1024.0)},
        "dtype": torch.float16,
    }
    return {
        "model": {"model": state, **beside},
        "model_state_dict": {"model_state_dict": state, **beside},
        "net": {"net": state, "acc": 93.1},
        "params_ema": {"params_ema": state},
        "nested": {"state": {"network": {"weights": state}}},
        "pair": (state, 7),
        "compiled": {"state_dict": renamed(renamed(state, "module."), "_orig_mod.")},
        "two": {"student": state, "teacher": renamed(state, "module.")},
        "whole": net,
    }


def deflated(folder, name):
    """The same file through an archiver that compresses."""
    with zipfile.ZipFile(folder / f"{name}.zip.pth") as stored, zipfile.ZipFile(
        folder / f"{name}.deflated.pth", "w", zipfile.ZIP_DEFLATED
    ) as z:
        for info in stored.infolist():
            z.writestr(info.filename, stored.read(info.filename))


def zipped(path, data, **entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as z:
        z.writestr("archive/data.pkl", data)
        for name, content in entries.items():
            z.writestr(f"archive/{name}", content)


def text(value):
    """A short string, protocol 4 (for STACK_GLOBAL)."""
    return b"\x8c" + bytes([len(value)]) + value.encode()


COMMAND = "touch reverie-was-here"
EXPRESSION = "open('reverie-was-here','w')"
BAD = {
    # GLOBAL, one argument in a tuple, REDUCE
    "system-global": b"\x80\x02cos\nsystem\n" + b"X" + struct.pack("<I", len(COMMAND))
    + COMMAND.encode() + b"\x85R.",
    # the same by STACK_GLOBAL
    "eval-stack-global": b"\x80\x04" + text("builtins") + text("eval") + b"\x93"
    + text(EXPRESSION) + b"\x85R.",
    # INST and OBJ, which call without REDUCE
    "system-inst": b"\x80\x02(" + b"X" + struct.pack("<I", len(COMMAND)) + COMMAND.encode()
    + b"ios\nsystem\n.",
    "system-obj": b"\x80\x02(cos\nsystem\n" + b"X" + struct.pack("<I", len(COMMAND))
    + COMMAND.encode() + b"o.",
    # NEWOBJ of a class that plain readers know
    "newobj": b"\x80\x02cdecimal\nDecimal\nX\x01\x00\x00\x001\x85\x81.",
    # A harmless class
    "datetime-global": b"\x80\x02cdatetime\ndate\nK\x01K\x01K\x01\x87R.",
}


def outside(folder):
    """A tensor whose strides lead out of its storage, and one that overflows 64 bits."""
    for name, size, stride in (
        ("stride-outside", (2, 2), (4, 1)),
        ("stride-overflow", (3,), (2**63 - 1,)),
        ("stride-zero-huge", (2**31 - 1,), (0,)),
    ):
        ints = lambda v: b"(" + b"".join(
            b"\x8a" + bytes([len(e)]) + e for e in (pickle.encode_long(n) for n in v)
        ) + b"t"
        data = (
            b"\x80\x02}X\x01\x00\x00\x00wctorch._utils\n_rebuild_tensor_v2\n(("
            + b"".join(b"X" + struct.pack("<I", len(s)) + s for s in [b"storage"])
            + b"ctorch\nFloatStorage\n"
            + b"".join(b"X" + struct.pack("<I", len(s)) + s for s in [b"0", b"cpu"])
            + b"K\x04tQK\x00" + ints(size) + ints(stride)
            + b"\x89ccollections\nOrderedDict\n)RtRs."
        )
        zipped(folder / f"{name}.bad.pth", data, **{"data/0": bytes(16)})


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    save(tensors(), folder, "types")
    save(module_state(), folder, "checkpoint")
    torch.save(
        scenes(),
        folder / "scenes.legacy.pth",
        pickle_module=Python2,
        pickle_protocol=2,
        _use_new_zipfile_serialization=False,
    )
    for name, data in BAD.items():
        zipped(folder / f"{name}.bad.pth", data)
        (folder / f"{name}.legacy.bad.pth").write_bytes(LEGACY_HEAD + data + pickle.dumps([], 2))
    # A pickled module holds its source, and the path of its file.
    torch.serialization.get_source_lines_and_file = lambda *_: ([], 0, "tiny.py")
    (folder / "trained").mkdir(exist_ok=True)
    for name, value in trained().items():
        save(value, folder / "trained", name)
    deflated(folder / "trained", "model")
    outside(folder)
    # A dictionary that holds itself as its state_dict.
    zipped(folder / "endless.bad.pth", b"\x80\x02}q\x00X\x0a\x00\x00\x00state_dicth\x00s.")
    torch.save(tensors(), folder / "big-endian.bad.pth")
    with zipfile.ZipFile(folder / "big-endian.bad.pth", "a") as z:
        z.writestr("big-endian.bad/byteorder", "big")


if __name__ == "__main__":
    main()
