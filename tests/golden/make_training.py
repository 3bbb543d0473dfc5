"""Writes training.txt: losses and weights of small networks, trained by torch.optim for 50 steps each in float64.

A program describes one sample; the loss of a batch is the mean of its samples' losses, added up in order. Samples are
taken in order, batch by batch; the last batch of an epoch has what is left.

Run with PyTorch 2.15: python make_training.py
"""

import json
import math
import random

import torch

from make_tensors import HERE, NAMES, evaluate

RUNS = 60
STEPS = 50


def vector(rng, label, *shape, base=0.0):
    """Random numbers around a pattern that depends on the label."""
    if not shape:
        return round(math.sin(1.7 * (label + 1) * base) + rng.uniform(-0.6, 0.6), 3)
    return [vector(rng, label, *shape[1:], base=1.3 * base + place + 1) for place in range(shape[0])]


def picture(rng, label, *shape):
    """Rows, columns or a chessboard under noise, as the label says."""
    stripes = [lambda row, column: row, lambda row, column: column, lambda row, column: row + column][int(label)]
    channels, height, width = shape
    pixel = lambda channel, row, column: round((1.0 if (stripes(row, column) + channel) % 2 else -1.0) + rng.uniform(-0.7, 0.7), 3)
    return [[[pixel(channel, row, column) for column in range(width)] for row in range(height)] for channel in range(channels)]


def tokens(rng, label, count, words):
    """A row that goes up by 1, 2 or 3 words, sometimes with another word."""
    start = rng.randrange(words)
    row = [float((start + (int(label) + 1) * place) % words) for place in range(count)]
    return [float(rng.randrange(words)) if rng.random() < 0.1 else word for word in row]


def regression(shape, targets=()):
    def sample(rng):
        x = [round(rng.uniform(-1.5, 1.5), 3) for _ in range(shape)]
        goal = lambda place: round(math.sin(x[place % shape]) + 0.5 * x[(place + 1) % shape] ** 2 + rng.uniform(-0.1, 0.1), 3)
        return {"x": x, "y": [goal(place) for place in range(targets[0])] if targets else goal(0)}
    return sample


def classes(count, column, maker, *sizes, target="label"):
    def sample(rng):
        label = float(rng.randrange(count))
        return {column: maker(rng, label, *sizes), target: [float(label == place) for place in range(count)] if target == "onehot" else label}
    return sample


def next_words(rng):
    row = tokens(rng, 0, 6, 5)
    return {"word": row[:-1], "next": row[1:]}


def masks(rng):
    image = picture(rng, rng.randrange(3), 1, 4, 4)
    return {"image": image, "label": [[float((pixel > -0.5) + (pixel > 0.5)) for pixel in row] for row in image[0]]}


# Programs with their sample makers and the shapes of their parameters.
MODELS = [
    ("h = tanh(w1 @ x + b1); o = w2 @ h + b2; loss = (o - y)^2", regression(3), {"w1": (5, 3), "b1": (5,), "w2": (5,), "b2": ()}),
    ("h = relu(x @ w1 + b1); g = sigmoid(h @ w2 + b2); o = g @ w3; loss = mean((o - y)^2)", regression(3, (2,)), {"w1": (3, 6), "b1": (6,), "w2": (6, 4), "b2": (4,), "w3": (4, 2)}),
    ("h = relu(w1 @ x + b1); o = w2 @ concat(x, h); d = o - y; loss = where(abs(d) < 1, 0.5*d^2, abs(d) - 0.5) + 0.01*norm(w2)", regression(2), {"w1": (6, 2), "b1": (6,), "w2": (8,)}),
    ("z = x @ w + b; loss = cross_entropy(z, label)", classes(3, "x", vector, 4), {"w": (4, 3), "b": (3,)}),
    ("h = tanh(x @ w1 + b1); z = h @ w2 + b2; loss = cross_entropy(z, label)", classes(3, "x", vector, 3), {"w1": (3, 5), "b1": (5,), "w2": (5, 3), "b2": (3,)}),
    ("p = log_softmax(x @ w + b); loss = -sum(onehot * p)", classes(3, "x", vector, 5, target="onehot"), {"w": (5, 3), "b": (3,)}),
    ("c = conv(image, k, padding=1) + bias; m = relu(maxpool(c, 2)); z = w @ reshape(m, -1) + b; loss = cross_entropy(z, label)", classes(3, "image", picture, 1, 6, 6), {"k": (2, 1, 3, 3), "bias": (2, 1, 1), "w": (3, 18), "b": (3,)}),
    ("c = tanh(conv(image, k, stride=2)); a = avgpool(c, 2, stride=1); z = w @ reshape(a, -1) + b; loss = cross_entropy(z, label)", classes(3, "image", picture, 2, 6, 6), {"k": (3, 2, 2, 2), "w": (3, 12), "b": (3,)}),
    ("c = tanh(conv(image, k1)); m = maxpool(c, 3, stride=2, padding=1); d = conv(m, k2); z = mean(d, axis=(1, 2)) + b; loss = cross_entropy(z, label)", classes(2, "image", picture, 1, 6, 6), {"k1": (3, 1, 3, 3), "k2": (2, 3, 2, 2), "b": (2,)}),
    ("h = tanh(conv(image, k1, padding=1)); z = conv(h, k2) + b; loss = cross_entropy(z, label)", masks, {"k1": (2, 1, 3, 3), "k2": (3, 2, 1, 1), "b": (3, 1, 1)}),
    ("h = tanh(conv(image, k1, stride=2)); u = upsample(h, 2); o = conv(pad(u, 1, 0, 1, 0), k2); loss = mean((o - image)^2)", lambda rng: {"image": picture(rng, rng.randrange(3), 1, 4, 4)}, {"k1": (3, 1, 2, 2), "k2": (1, 3, 2, 2)}),
    ("v = embedding(table, row); m = mean(v, axis=0); z = tanh(m) @ w + b; loss = cross_entropy(z, label)", classes(3, "row", tokens, 4, 7), {"table": (7, 4), "w": (4, 3), "b": (3,)}),
    ("v = embedding(table, word); h = tanh(v @ w1 + b1); z = h @ w2; loss = cross_entropy(z, next)", next_words, {"table": (5, 3), "w1": (3, 4), "b1": (4,), "w2": (4, 5)}),
    ("v = pad(transpose(embedding(table, word)), 2, 0); g = conv(v, ka) * sigmoid(conv(v, kb)); z = transpose(conv(g, ko)); loss = cross_entropy(z, next)", next_words, {"table": (5, 3), "ka": (4, 3, 3), "kb": (4, 3, 3), "ko": (5, 4, 1)}),
    ("g = conv(wave, ka, padding=1) * sigmoid(conv(wave, kb, padding=1)); z = w @ mean(g, axis=1) + b; loss = cross_entropy(z, label)", classes(3, "wave", vector, 2, 8), {"ka": (3, 2, 3), "kb": (3, 2, 3), "w": (3, 3), "b": (3,)}),
]


def settings(rng, kind, samples):
    options = {"learningRate": rng.choice([0.05, 0.1, 0.2]), "batch": rng.choice([1, 3, 4, 5, 8, samples])}
    if kind == 0:
        return {"optimizer": "sgd"} | options | rng.choice([{}, {"weightDecay": 0.01}])
    if kind == 1:
        momentum = rng.choice([{"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}, {"momentum": 0.5, "nesterov": True}, {"momentum": 0.8, "weightDecay": 0.005}])
        return {"optimizer": "sgd"} | options | {"learningRate": rng.choice([0.02, 0.05])} | momentum
    options["learningRate"] = rng.choice([0.005, 0.01, 0.03])
    if kind == 2:
        return {"optimizer": "adam"} | options | rng.choice([{}, {}, {"betas": [0.8, 0.99]}, {"weightDecay": 0.01}])
    return {"optimizer": "adamw"} | options | rng.choice([{}, {"weightDecay": 0.1}, {"betas": [0.85, 0.98]}])


def make_optimizer(parameters, given):
    names = {"learningRate": "lr", "weightDecay": "weight_decay"}
    options = {names.get(key, key): value for key, value in given.items() if key not in ("optimizer", "batch")}
    return getattr(torch.optim, {"sgd": "SGD", "adam": "Adam", "adamw": "AdamW"}[given["optimizer"]])(parameters, **options)


def sample_loss(program, known):
    known = dict(known)
    for line in program.split("; "):
        name, text = line.split(" = ", 1)
        known[name] = evaluate(text, known)
    return known[name]


def batches(samples, size):
    """The places of each step's samples."""
    epoch = [range(start, min(start + size, samples)) for start in range(0, samples, size)]
    return (epoch * STEPS)[:STEPS]


def train(program, data, init, given, seed=0):
    """The losses before each step, and the weights after the last. With a seed, the initial values are moved a little."""
    noise = torch.Generator().manual_seed(seed)
    moved = lambda value: value + (1e-8 if seed else 0) * torch.randn(value.shape, generator=noise)
    weights = {name: moved(torch.tensor(value)).requires_grad_(True) for name, value in init.items()}
    columns = {name: torch.tensor(column) for name, column in data.items()}
    optimizer = make_optimizer(list(weights.values()), given)
    losses = []
    for chosen in batches(len(next(iter(columns.values()))), given["batch"]):
        optimizer.zero_grad()
        loss = sum(sample_loss(program, NAMES | weights | {name: column[place] for name, column in columns.items()}) for place in chosen) / len(chosen)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, {name: weight.detach().reshape(-1).tolist() for name, weight in weights.items()}


def steady(result, others):
    """Whether moved initial values lead to the same numbers, as they do away from kinks and ties."""
    numbers = lambda result: torch.tensor(result[0] + [value for weight in result[1].values() for value in weight])
    return all(torch.allclose(numbers(result), numbers(other), 1e-5, 1e-5) for other in others)


def random_weights(rng, shape):
    if not shape:
        return round(rng.uniform(-0.8, 0.8), 3)
    return [random_weights(rng, shape[1:]) for _ in range(shape[0])]


def random_run(rng, number):
    """The blocks of a run, or none if it comes near a kink."""
    program, sample, shapes = MODELS[number % len(MODELS)]
    rows = [sample(rng) for _ in range(rng.randint(8, 24) if number % len(MODELS) < 6 else rng.randint(8, 14))]
    data = {name: [row[name] for row in rows] for name in rows[0]}
    init = {name: random_weights(rng, shape) for name, shape in shapes.items()}
    given = settings(rng, number // len(MODELS) % 4, len(rows))
    losses, weights = result = train(program, data, init, given)
    if not steady(result, (train(program, data, init, given, seed) for seed in (1, 2, 3))):
        return None
    return [
        f"program\t{program}", f"data\t{json.dumps(data)}", f"init\t{json.dumps(init)}", f"settings\t{json.dumps(given)}",
        f"losses\t{','.join(map(repr, losses))}", f"weights\t{json.dumps(weights)}",
    ]


def main():
    rng = random.Random(5)
    with open(HERE / "training.txt", "w") as file:
        for number in range(RUNS):
            lines = None
            while lines is None:
                lines = random_run(rng, number)
            print("\n".join(lines), end="\n\n", file=file)


if __name__ == "__main__":
    main()
