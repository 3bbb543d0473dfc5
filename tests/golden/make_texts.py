"""Writes texts.txt: losses of networks that learn the next token of a text, over 100 steps of torch.optim, in both
precisions.

The networks are written by hand, for whole batches. The text and the initial weights come from a generator of integers
that every language can compute exactly.

Run with PyTorch 2.15: python make_texts.py
"""

import json
import random
from pathlib import Path

import torch
import torch.nn.functional as F

from make_networks import drawn, integers

torch.set_num_threads(1)
HERE = Path(__file__).parent
SAMPLES, WINDOW, TOKENS, BATCH, STEPS, SEED = 40, 12, 7, 16, 100, 5

NETWORKS = [
    {"kind": "gated", "layers": 2, "kernel": 3, "channels": 8},
    {"kind": "gated", "layers": 3, "kernel": 2, "channels": 10},
    {"kind": "tanh", "layers": 3, "kernel": 3, "channels": 8},
    {"kind": "mlp", "layers": 2, "kernel": 3, "channels": 8},
]
OPTIMIZERS = [("sgd", {}, 0.25), ("adam", {}, 0.0078125)]

# The widths of the perceptron's hidden layer, and half of the range of each parameter's initial numbers.
HIDDEN = 18
HALVES = {"E": 1, "A": 0.25, "G": 0.5, "b": 0.125, "d": 0.125, "W": 0.5, "c": 0.125}


def text():
    """Each token depends on two earlier ones, with some noise."""
    source, tokens = integers(11), [0, 1, 2, 3]
    while len(tokens) <= SAMPLES * WINDOW:
        noise = next(source) % 10 == 0
        tokens.append((tokens[-1] + 2 * tokens[-4] + noise) % TOKENS)
    tokens = torch.tensor(tokens)
    return tokens[:-1].reshape(SAMPLES, WINDOW), tokens[1:].reshape(SAMPLES, WINDOW)


def shapes(kind, layers, kernel, channels):
    """The parameters, in the order of their seeds."""
    found, width = {"E": (TOKENS, channels)}, channels
    if kind == "mlp":
        layers, kernel, width = 1, 1 + layers * (kernel - 1), HIDDEN
    for layer in range(1, layers + 1):
        for weight, bias in [("A", "b"), ("G", "d")] if kind == "gated" else [("A", "b")]:
            found |= {f"{weight}{layer}": (width, channels, kernel), f"{bias}{layer}": (width, 1)}
    return found | {"W": (TOKENS, width), "c": (TOKENS, 1)}


def causal(h, kernels, biases):
    return F.conv1d(F.pad(h, (kernels.shape[-1] - 1, 0)), kernels, biases.flatten())


def scores(kind, tokens, weights):
    h = F.embedding(tokens, weights["E"]).transpose(1, 2)
    for layer in range(1, sum(name.startswith("A") for name in weights) + 1):
        at = lambda *names: torch.cat([weights[f"{name}{layer}"] for name in names])
        if kind == "gated":
            h = h + F.glu(causal(h, at("A", "G"), at("b", "d")), dim=1)
        else:
            h = (torch.tanh if kind == "tanh" else F.relu)(causal(h, at("A"), at("b")))
    return F.conv1d(h, weights["W"].unsqueeze(-1), weights["c"].flatten())


def batches():
    random.seed(SEED)
    order = list(range(SAMPLES))
    while True:
        random.shuffle(order)
        for start in range(0, SAMPLES, BATCH):
            yield order[start : start + BATCH]


def train(network, optimizer, options, rate, precision):
    """The losses before each step."""
    all_shapes = shapes(**network)
    draw = lambda place, name: drawn(place + 1, all_shapes[name], HALVES[name[0]]).to(precision).requires_grad_()
    weights = {name: draw(place, name) for place, name in enumerate(all_shapes)}
    tokens, following = text()
    moved = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[optimizer](weights.values(), lr=rate, **options)
    losses = []
    for _, samples in zip(range(STEPS), batches()):
        moved.zero_grad()
        loss = F.cross_entropy(scores(network["kind"], tokens[samples], weights), following[samples])
        loss.backward()
        moved.step()
        losses.append(loss.item())
    return losses


if __name__ == "__main__":
    lines = []
    for network in NETWORKS:
        for optimizer, options, rate in OPTIMIZERS:
            for precision in (torch.float64, torch.float32):
                run = {"network": network | {"window": WINDOW, "tokens": TOKENS}, "shapes": shapes(**network)}
                run |= {"optimizer": optimizer, "options": options, "lr": rate}
                run["precision"] = str(precision).removeprefix("torch.")
                lines.append(json.dumps(run | {"losses": train(network, optimizer, options, rate, precision)}))
    (HERE / "texts.txt").write_text("".join(f"{line}\n" for line in lines))
