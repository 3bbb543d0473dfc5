"""Writes segments.txt: losses of networks that give each pixel a class, over 50 steps of torch.optim in both precisions, with the
scores of the first picture and the gradient of the first step; and metrics.json: how well random masks agree.

The networks are written by hand, for whole batches, and the loss is PyTorch's own mean over painted pixels with weights of the
classes. Pictures, masks and initial weights come from a generator of integers that every language can compute exactly.

Run with PyTorch 2.15 and scikit-learn 1.9: python make_segments.py
"""

import json
import random
from pathlib import Path

import torch
import torch.nn.functional as F
from sklearn.metrics import accuracy_score, confusion_matrix, jaccard_score

from make_networks import drawn, integers

torch.set_num_threads(1)
HERE = Path(__file__).parent
SHOTS, CLASSES, BATCH, STEPS, SEED, MIX = 5, 3, 2, 50, 5, 7

NETWORKS = [
    {"kind": "plain", "layers": 2, "channels": 4, "size": [9, 7], "colour": "grey", "coordinates": False, "copies": "none", "balanced": False},
    {"kind": "plain", "layers": 3, "channels": 3, "size": [6, 6], "colour": "colour", "coordinates": True, "copies": "turned", "balanced": True},
    {"kind": "pixel", "layers": 2, "channels": 6, "size": [5, 8], "colour": "colour", "coordinates": False, "copies": "mirrored", "balanced": False},
    {"kind": "unet", "layers": 2, "channels": 3, "size": [8, 12], "colour": "grey", "coordinates": False, "copies": "turned", "balanced": True},
    {"kind": "unet", "layers": 3, "channels": 2, "size": [11, 9], "colour": "colour", "coordinates": True, "copies": "none", "balanced": True},
]
OPTIMIZERS = [("sgd", 0.125), ("adam", 0.0078125)]
HALVES = {"K": 0.5, "G": 0.5, "W": 0.5, "a": 0.125, "b": 0.125, "c": 0.125}


def shots(size):
    """Pictures with bytes in red, green and blue, and masks in which about a third is painted, one class seldom."""
    source = integers(MIX)
    for _ in range(SHOTS):
        pixels = torch.tensor([next(source) % 256 for _ in range(size[0] * size[1] * 3)])
        classes = [(0, 0, 0, 0, 0, 1, 1, 2, 2, 3)[next(source) % 10] for _ in range(size[0] * size[1])]
        yield pixels.reshape(*size, 3).permute(2, 0, 1), torch.tensor(classes).reshape(size)


def turns(copies, size):
    count = {"none": 1, "mirrored": 2, "turned": 8 if size[0] == size[1] else 4}[copies]
    return range(count)


def turned(x, turn):
    x = x.flip(-1) if turn & 1 else x
    x = x.flip(-2) if turn & 2 else x
    return x.transpose(-1, -2) if turn & 4 else x


def samples(size, colour, coordinates, copies, **_):
    pictures, masks = [], []
    for turn in turns(copies, size):
        for pixels, mask in shots(size):
            picture = pixels.double()
            if colour == "grey":
                red, green, blue = picture
                picture = torch.floor(0.299 * red + 0.587 * green + 0.114 * blue + 0.5)[None]
            picture = turned(picture / 255, turn)
            if coordinates:
                down = torch.linspace(0, 1, size[0], dtype=torch.float64)[:, None].expand(size)
                right = torch.linspace(0, 1, size[1], dtype=torch.float64)[None].expand(size)
                picture = torch.cat([picture, down[None], right[None]])
            pictures.append(picture)
            masks.append(turned(mask, turn))
    return torch.stack(pictures), torch.stack(masks)


def shapes(kind, layers, channels, inputs):
    """The parameters, in the order of their seeds."""
    side, found = 1 if kind == "pixel" else 3, {}
    for layer in range(1, layers + 1 + (kind == "unet")):
        found |= {f"K{layer}": (channels, inputs if layer == 1 else channels, side, side), f"b{layer}": (channels, 1, 1)}
    for layer in range(layers, 0, -1) if kind == "unet" else []:
        found |= {f"G{layer}": (channels, 2 * channels, side, side), f"a{layer}": (channels, 1, 1)}
    return found | {"W": (CLASSES, channels, 1, 1), "c": (CLASSES, 1, 1)}


def layer(x, kernel, bias):
    return F.relu(F.conv2d(x, kernel, bias.flatten(), padding="same"))


def scores(kind, layers, x, w):
    rows, columns = x.shape[-2:]
    x = x - 0.5
    if kind != "unet":
        for number in range(1, layers + 1):
            x = layer(x, w[f"K{number}"], w[f"b{number}"])
        return F.conv2d(x, w["W"], w["c"].flatten())
    coarse = 2**layers
    x = F.pad(x, (0, -columns % coarse, 0, -rows % coarse))
    fine = [layer(x, w["K1"], w["b1"])]
    for number in range(2, layers + 2):
        fine.append(layer(F.max_pool2d(fine[-1], 2), w[f"K{number}"], w[f"b{number}"]))
    x = fine.pop()
    for number in range(layers, 0, -1):
        x = layer(torch.cat([fine.pop(), F.interpolate(x, scale_factor=2, mode="nearest")], 1), w[f"G{number}"], w[f"a{number}"])
    return F.conv2d(x, w["W"], w["c"].flatten())[..., :rows, :columns]


def loss_of(found, mask, balanced):
    """The mean over the painted pixels of one picture. A class counts in inverse proportion to how often it is painted."""
    counts = torch.tensor([(mask == k).sum() for k in range(1, CLASSES + 1)]).to(found.dtype)
    weights = torch.where(counts > 0, 1 / counts.clamp(min=1), 0) if balanced else torch.ones_like(counts)
    return F.cross_entropy(found[None], mask[None] - 1, weight=weights, ignore_index=-1)


def batches(count):
    random.seed(SEED)
    order = list(range(count))
    while True:
        random.shuffle(order)
        for start in range(0, count, BATCH):
            yield order[start : start + BATCH]


def train(network, optimizer, rate, precision):
    """The losses before each step, the first gradient, and the first picture's scores before any step."""
    pictures, masks = samples(**network)
    pictures = pictures.to(precision)
    all_shapes = shapes(network["kind"], network["layers"], network["channels"], pictures.shape[1])
    draw = lambda place, name: drawn(place + 1, all_shapes[name], HALVES[name[0]]).to(precision).requires_grad_()
    weights = {name: draw(place, name) for place, name in enumerate(all_shapes)}
    of = lambda chosen: scores(network["kind"], network["layers"], pictures[chosen], weights)
    first = of([0])[0].detach().flatten().tolist()
    moved = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[optimizer](weights.values(), lr=rate)
    losses, gradient = [], None
    for _, chosen in zip(range(STEPS), batches(len(pictures))):
        moved.zero_grad()
        found = of(chosen)
        loss = torch.stack([loss_of(one, masks[place], network["balanced"]) for one, place in zip(found, chosen)]).mean()
        loss.backward()
        gradient = gradient or [slope for weight in weights.values() for slope in weight.grad.flatten().tolist()]
        moved.step()
        losses.append(loss.item())
    seen = {"scores": first, "gradient": gradient} if optimizer == "sgd" and precision == torch.float64 else {}
    return {"shapes": all_shapes, "losses": losses} | seen


def metrics():
    """Masks of several pictures; 0 is a pixel whose class is not known, or for which there is no prediction."""
    source, cases = integers(3), []
    for classes in (2, 3, 5, 8):
        for unseen in (0, 1):
            one = lambda: [next(source) % (classes + 1 - unseen) for _ in range(60)]
            truths, guesses = [one() for _ in range(3)], [one() for _ in range(3)]
            pairs = [(t, g) for truth, guess in zip(truths, guesses) for t, g in zip(truth, guess) if t > 0]
            right, said, labels = *zip(*pairs), list(range(1, classes + 1))
            iou = jaccard_score(right, said, labels=labels, average=None, zero_division=0).tolist()
            iou = [each if k in right or k in said else None for k, each in zip(labels, iou)]
            confusion = confusion_matrix(right, said, labels=labels).tolist()
            cases.append({"classes": classes, "truths": truths, "predicted": guesses, "iou": iou, "accuracy": accuracy_score(right, said), "confusion": confusion})
    return cases


if __name__ == "__main__":
    lines = []
    for network in NETWORKS:
        for optimizer, rate in OPTIMIZERS:
            for precision in (torch.float64, torch.float32):
                run = {"network": network, "optimizer": optimizer, "lr": rate, "precision": str(precision).removeprefix("torch.")}
                lines.append(json.dumps(run | train(network, optimizer, rate, precision)))
    (HERE / "segments.txt").write_text("".join(f"{line}\n" for line in lines))
    (HERE / "metrics.json").write_text(json.dumps(metrics()) + "\n")
