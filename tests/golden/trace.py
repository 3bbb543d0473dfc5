"""Writes trace.txt: what CPython prints while it trains the deck's model, for many settings.

Each case is a line of tab-separated settings (style, learning rate, w, epochs, x, y), then the
printed text, then an empty line. Run it in this folder; it needs nothing but CPython.
"""

import math
import random


def train(out, style, lr, w, epochs, xs, ys):
    def forward(x):
        return x * w

    def loss(x, y):
        y_pred = forward(x)
        return (y_pred - y) * (y_pred - y)

    def gradient(x, y):
        return 2 * x * (x * w - y)

    full = style == "full"
    shown = (lambda value: value) if full else (lambda value: round(value, 2))
    print("predict (before training)", 4, shown(forward(4)), file=out)
    for epoch in range(epochs):
        for x, y in zip(xs, ys):
            grad = gradient(x, y)
            w = w - lr * grad
            print("\tgrad: ", x, y, shown(grad), file=out)
            last = loss(x, y)
        print("progress:", epoch, "w=", shown(w), "loss=", shown(last), file=out)
    after = forward(4) if full else format(forward(4), ".2f")
    print("predict (after training)", "4 hours", after, file=out)


def number(rng):
    kind = rng.randrange(6)
    if kind == 0:
        return float(rng.randint(-5, 5))
    if kind == 1:
        return rng.choice([0.0, -0.0, 0.5, 1e6, 1e-6, -1e-3, 1e5])
    return round(rng.uniform(-10, 10), rng.choice([1, 2, 3, 15]))


def random_case(rng):
    lr = float(f"{10 ** rng.uniform(-4, 0):.{rng.choice([0, 2, 16])}e}")
    samples = rng.randint(1, 4)
    xs, ys = ([number(rng) for _ in range(samples)] for _ in range(2))
    return lr, number(rng), rng.randint(1, 5), xs, ys


def overflowing_case(rng):
    """One sample whose error grows by |1 - 2 lr x^2| at each step, until it is nan."""
    growth = 10 ** rng.uniform(5, 60)
    x = rng.choice([-1, 1]) * 10 ** rng.uniform(-1, 1)
    lr = (growth + 1) / (2 * x**2)
    epochs = int(310 / math.log10(growth)) + 4
    return lr, rng.uniform(-10, 10), epochs, [x], [number(rng)]


def main():
    rng = random.Random(20190701)
    deck = ([1.0, 2.0, 3.0], [2.0, 4.0, 6.0])
    cases = [(0.01, 1.0, 10, *deck), (0.01, 1.0, 100, *deck)]
    cases += [(random_case if index % 10 else overflowing_case)(rng) for index in range(1000)]
    with open("trace.txt", "w", encoding="utf-8", newline="\n") as out:
        for index, (lr, w, epochs, xs, ys) in enumerate(cases):
            for style in ["full", "rounded"] if index % 3 == 0 or index < 2 else ["full"]:
                columns = [",".join(map(repr, column)) for column in (xs, ys)]
                print(style, repr(lr), repr(w), epochs, *columns, sep="\t", file=out)
                train(out, style, lr, w, epochs, xs, ys)
                print(file=out)


main()
