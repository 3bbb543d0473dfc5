"""Writes optimizers.txt: trajectories of torch.optim and torch.optim.lr_scheduler, in float64.

Each case is a line of settings, then the parameters after every step. Samples are shuffled as the
random module does, with one shuffle before each epoch.

    python make_optimizers.py > optimizers.txt      (PyTorch 2.15)
"""

import random

import torch

torch.set_default_dtype(torch.float64)

MODELS = {
    "(x*w - y)^2": (["w"], lambda x, y, p: (x * p[0] - y) ** 2),
    "(x*w + b - y)^2": (["w", "b"], lambda x, y, p: (x * p[0] + p[1] - y) ** 2),
    "(a*x^2 + b*x + c - y)^2": (["a", "b", "c"], lambda x, y, p: (p[0] * x**2 + p[1] * x + p[2] - y) ** 2),
    "(v*tanh(w*x + b) - y)^2": (["v", "w", "b"], lambda x, y, p: (p[0] * torch.tanh(p[1] * x + p[2]) - y) ** 2),
    "softplus(w*x + b) - y*(w*x + b)": (["w", "b"], lambda x, y, p: torch.nn.functional.softplus(p[0] * x + p[1]) - y * (p[0] * x + p[1])),
}


def optimizer_case(rng):
    name = rng.choice(["sgd", "sgd", "adagrad", "rmsprop", "adam", "adamw"])
    options = {}
    if rng.random() < 0.5:
        options["weightDecay"] = rng.choice([0.01, 0.1])
    if name == "sgd" and rng.random() < 0.7:
        options["momentum"] = rng.choice([0.5, 0.9])
        if rng.random() < 0.5:
            options["nesterov"] = 1
    if name == "rmsprop":
        options.update(rng.choice([{}, {"momentum": 0.9}, {"alpha": 0.9, "eps": 1e-6}]))
    if name in ("adam", "adamw"):
        options.update(rng.choice([{}, {"betas": (0.8, 0.99)}, {"eps": 1e-6}]))
    return name, options


def make_optimizer(name, options, parameters, lr):
    given = {key: value for key, value in options.items() if key not in ("weightDecay", "nesterov")}
    if "weightDecay" in options:
        given["weight_decay"] = options["weightDecay"]
    if "nesterov" in options:
        given["nesterov"] = True
    kinds = {"sgd": "SGD", "adagrad": "Adagrad", "rmsprop": "RMSprop", "adam": "Adam", "adamw": "AdamW"}
    return getattr(torch.optim, kinds[name])(parameters, lr=lr, **given)


def make_schedule(name, size, gamma, optimizer, epochs):
    lr_scheduler = torch.optim.lr_scheduler
    return {
        "constant": lambda: lr_scheduler.ConstantLR(optimizer, factor=1.0),
        "step": lambda: lr_scheduler.StepLR(optimizer, size, gamma),
        "exponential": lambda: lr_scheduler.ExponentialLR(optimizer, gamma),
        "cosine": lambda: lr_scheduler.CosineAnnealingLR(optimizer, epochs),
    }[name]()


def case(rng):
    model = rng.choice(list(MODELS))
    names, loss = MODELS[model]
    samples = rng.randint(1, 11)
    batch = rng.choice([1, samples, rng.randint(1, samples)])
    epochs = rng.randint(1, 12)
    lr = rng.choice([0.001, 0.01, 0.05])
    seed = rng.choice([None, None, 0, 7, 4294967295])
    schedule, size, gamma = rng.choice([("constant", 1, 1.0), ("constant", 1, 1.0), ("step", 3, 0.5), ("exponential", 1, 0.9), ("cosine", 1, 1.0)])
    name, options = optimizer_case(rng)
    x = [round(rng.uniform(-1.5, 1.5), 3) for _ in range(samples)]
    y = [float(rng.random() < 0.5) if "softplus" in model else round(rng.uniform(-2, 2), 3) for _ in range(samples)]
    init = [round(rng.uniform(-1, 1), 2) for _ in names]

    parameters = [torch.tensor(value, requires_grad=True) for value in init]
    optimizer = make_optimizer(name, options, parameters, lr)
    scheduler = make_schedule(schedule, size, gamma, optimizer, epochs)
    shuffler = random.Random(seed)
    order, xs, ys = list(range(samples)), torch.tensor(x), torch.tensor(y)
    numbers = lambda values: ",".join(map(repr, values))
    # A pair gives its name twice.
    given = ",".join(f"{key}={each}" for key, value in options.items() for each in (value if isinstance(value, tuple) else [value]))
    print(f"# {model};{name};{given};{lr};{epochs};{batch};{'' if seed is None else seed};{schedule};{size};{gamma};{','.join(names)};{numbers(init)};{numbers(x)};{numbers(y)}")
    for _ in range(epochs):
        if seed is not None:
            shuffler.shuffle(order)
        for start in range(0, samples, batch):
            chosen = order[start : start + batch]
            optimizer.zero_grad()
            loss(xs[chosen], ys[chosen], parameters).mean().backward()
            optimizer.step()
            print(numbers(parameter.item() for parameter in parameters))
        scheduler.step()


if __name__ == "__main__":
    rng = random.Random(2019)
    for _ in range(300):
        case(rng)
