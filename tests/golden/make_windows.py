"""Writes windows.json: convolutions with PyTorch's outputs and gradients, in float64.

Run with PyTorch 2.15: python make_windows.py
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
HERE = Path(__file__).parent

# The shapes of the input and of the kernels, the stride and the padding.
CASES = [
    ((1, 4, 4), (1, 1, 3, 3), 1, 0),
    ((1, 4, 5), (2, 1, 3, 3), 1, 1),
    ((2, 5, 4), (3, 2, 3, 2), 2, 1),
    ((3, 3, 3), (2, 3, 1, 1), 2, 0),
    ((1, 2, 2), (1, 1, 3, 3), 1, 2),
    ((2, 6), (2, 2, 3), 2, 1),
]


def quarters(shape, generator):
    """Numbers from -2 to 2 that a double has exactly, so that sums are exact in any order."""
    return torch.randint(-8, 9, shape, generator=generator) / 4


def case(number, sizes):
    shape, kernels, stride, padding = sizes
    generator = torch.Generator().manual_seed(number)
    x, k = (quarters(each, generator).requires_grad_() for each in (shape, kernels))
    convolve = F.conv2d if len(shape) == 3 else F.conv1d
    y = convolve(x[None], k, stride=stride, padding=padding)[0]
    arriving = quarters(y.shape, generator)
    y.backward(arriving)
    tensors = {"input": x, "kernels": k, "output": y, "arriving": arriving, "inputGradient": x.grad, "kernelGradient": k.grad}
    return {"stride": stride, "padding": padding} | {name: {"shape": list(t.shape), "values": t.detach().flatten().tolist()} for name, t in tensors.items()}


if __name__ == "__main__":
    lines = [json.dumps(case(number, sizes)) for number, sizes in enumerate(CASES)]
    (HERE / "windows.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="ascii")
