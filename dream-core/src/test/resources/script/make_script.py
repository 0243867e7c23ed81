"""Makes two_layers.pt, the TorchScript module of ScriptNetworkTest.

Run with Debian's own python3 and python3-torch 1.13: python3 make_script.py
"""

import torch


class TwoLayers(torch.nn.Module):
    """Two convolutions whose weights follow a formula that the test repeats."""

    def __init__(self):
        super().__init__()
        self.first = torch.nn.Conv2d(3, 4, 3, padding=1)
        self.second = torch.nn.Conv2d(4, 5, 3, stride=2)
        for layer in (self.first, self.second):
            for tensor in (layer.weight, layer.bias):
                index = torch.arange(tensor.numel(), dtype=torch.float64)
                tensor.data = (torch.sin(index * 0.7 + 0.3) * 0.3).float().reshape(tensor.shape)

    def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        first = torch.relu(self.first(x))
        second = torch.relu(self.second(first))
        return {"second": second, "first": first, "mean": second.mean((2, 3))}


torch.jit.save(torch.jit.script(TwoLayers().eval()), "two_layers.pt")
