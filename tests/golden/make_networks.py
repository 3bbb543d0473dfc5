"""Writes networks.txt: losses of networks that learn classes of pictures, over 100 steps of torch.optim, in both
precisions; and weights.safetensors: tensors of each kind of floating-point number.

The networks are written by hand, for whole batches. Pictures and initial weights come from a generator of integers that
every language can compute exactly.

Run with PyTorch 2.15 and safetensors 0.8: python make_networks.py
"""

import json
import random
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

torch.set_num_threads(1)
HERE = Path(__file__).parent
SAMPLES, CLASSES, SIZE, BATCH, STEPS, SEED = 80, 10, 8, 32, 100, 5


def integers(seed):
    while True:
        seed = seed * 48271 % 2147483647
        yield seed


def drawn(seed, shape, half):
    """Numbers from -half to half, in steps of half/1024."""
    source = integers(seed)
    numbers = [(next(source) % 2049 - 1024) * half / 1024 for _ in range(torch.Size(shape).numel())]
    return torch.tensor(numbers, dtype=torch.float64).reshape(shape)


def dataset():
    """A pattern for each class, in sixteenths, under noise."""
    source, pixels = integers(11), []
    labels = [sample * 7 % CLASSES for sample in range(SAMPLES)]
    for label in labels:
        for row in range(SIZE):
            for column in range(SIZE):
                bright = (row * (label + 1) + column * (label + 2)) % 5 < 2
                pixels.append((9 if bright else 2) + next(source) % 8)
    pictures = torch.tensor(pixels, dtype=torch.float64).reshape(SAMPLES, 1, SIZE, SIZE) / 16
    return pictures, torch.tensor(labels)


# The shapes of the parameters with half of the range of their initial numbers, and the class scores of a batch.
NETWORKS = {
    "softmax": (
        {"W": ((10, 64), 0.125), "b": ((10,), 0.125)},
        lambda x, W, b: F.linear(x.flatten(1), W, b),
    ),
    "perceptron": (
        {"W1": ((32, 64), 0.25), "b1": ((32,), 0.125), "W2": ((10, 32), 0.5), "b2": ((10,), 0.125)},
        lambda x, W1, b1, W2, b2: F.linear(F.relu(F.linear(x.flatten(1), W1, b1)), W2, b2),
    ),
    "convolutions": (
        {"K1": ((8, 1, 3, 3), 0.5), "K2": ((16, 8, 3, 3), 0.25), "W": ((10, 64), 0.25), "b": ((10,), 0.125)},
        lambda x, K1, K2, W, b: F.linear(layer(layer(x, K1), K2).flatten(1), W, b),
    ),
}

OPTIMIZERS = [
    ("sgd", {}, 0.25),
    ("sgd", {"momentum": 0.9}, 0.0625),
    ("adam", {}, 0.0078125),
]


def layer(x, kernels):
    return F.max_pool2d(F.relu(F.conv2d(x, kernels, padding=1)), 2)


def batches():
    random.seed(SEED)
    order = list(range(SAMPLES))
    while True:
        random.shuffle(order)
        for start in range(0, SAMPLES, BATCH):
            yield order[start : start + BATCH]


def train(network, optimizer, options, rates, precision):
    """The losses before each step. The learning rate is another one from the middle on."""
    parameters, scores = NETWORKS[network]
    weights = [drawn(place + 1, *how).to(precision).requires_grad_() for place, how in enumerate(parameters.values())]
    pictures, labels = dataset()
    pictures = pictures.to(precision)
    moved = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[optimizer](weights, lr=rates[0], **options)
    losses = []
    for step, samples in zip(range(STEPS), batches()):
        moved.param_groups[0]["lr"] = rates[2 * step // STEPS]
        moved.zero_grad()
        loss = F.cross_entropy(scores(pictures[samples], *weights), labels[samples])
        loss.backward()
        moved.step()
        losses.append(loss.item())
    return losses


def tensors():
    """Numbers that 16 bits hold exactly."""
    kinds = {"K1": torch.float64, "K2": torch.float32, "W": torch.float16, "b": torch.bfloat16, "scale": torch.float32}
    shapes = {"K1": (2, 1, 3, 3), "K2": (3, 2, 2, 2), "W": (4, 3), "b": (4,), "scale": ()}
    small = lambda place, shape: (drawn(place + 1, shape, 1024) % 257 - 128) / 64
    return {name: small(place, shapes[name]).to(kind) for place, (name, kind) in enumerate(kinds.items())}


if __name__ == "__main__":
    lines = []
    for network in NETWORKS:
        for optimizer, options, rate in OPTIMIZERS:
            for precision in (torch.float64, torch.float32):
                rates = [rate, rate / 4]
                run = {"network": network, "optimizer": optimizer, "options": options, "rates": rates}
                run["precision"] = str(precision).removeprefix("torch.")
                lines.append(json.dumps(run | {"losses": train(network, optimizer, options, rates, precision)}))
    (HERE / "networks.txt").write_text("".join(f"{line}\n" for line in lines))
    save_file(tensors(), HERE / "weights.safetensors", metadata={"format": "pt"})
