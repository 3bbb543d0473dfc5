"""Writes trace.txt: what the lecture's program prints, run by CPython for many settings.

Every case begins with a line `# style lr w epochs x... y...` (floats as `repr` writes them, the
columns with commas) and goes on with the printed lines.
"""

import random

SEED = 20_240_229
RANDOM_CASES = 1_000
LONG_CASES = 60


def run(style, lr, w, epochs, xs, ys, out):
    def forward(x):
        return x * w

    def loss(x, y):
        y_pred = forward(x)
        return (y_pred - y) * (y_pred - y)

    def gradient(x, y):
        return 2 * x * (x * w - y)

    rounded = style == "rounded"
    short = (lambda value: round(value, 2)) if rounded else (lambda value: value)
    last = (lambda value: format(value, ".2f")) if rounded else (lambda value: value)
    columns = [",".join(map(repr, column)) for column in (xs, ys)]
    print("#", style, lr, w, epochs, *columns, file=out)
    print("predict (before training)", 4, short(forward(4)), file=out)
    for epoch in range(epochs):
        for x, y in zip(xs, ys):
            grad = gradient(x, y)
            w = w - lr * grad
            print("\tgrad: ", x, y, short(grad), file=out)
            l = loss(x, y)
        print("progress:", epoch, "w=", short(w), "loss=", short(l), file=out)
    print("predict (after training)", "4 hours", last(forward(4)), file=out)


def number(rng):
    """A number of the kinds that samples and weights are made of; -0.0 and extremes included."""
    kinds = [
        lambda: float(rng.randint(-10, 10)),
        lambda: float(rng.randint(1, 5)),
        lambda: rng.uniform(-10, 10),
        lambda: round(rng.uniform(-5, 5), 1),
        lambda: rng.choice([0.0, -0.0, 1e6, -1e6, 1e-6, 0.5, -0.5, 0.125]),
    ]
    return rng.choice(kinds)()


def weight(rng):
    kinds = [
        lambda: rng.uniform(-10, 10),
        lambda: float(rng.randint(-10, 10)),
        lambda: rng.choice([0.0, -0.0]),
    ]
    return rng.choice(kinds)()


def short_case(rng):
    samples = rng.randint(1, 4)
    xs = [number(rng) for _ in range(samples)]
    ys = [number(rng) for _ in range(samples)]
    return 10 ** rng.uniform(-4, 0), weight(rng), rng.randint(1, 6), xs, ys


def long_case(rng):
    """One sample, and a step so large that the run overflows; half of them with x below 1.

    Below 1 a learning rate that overflows has to be far above 1, so that 2*e passes the largest
    double some steps before (2*x)*e does.
    """
    epochs = rng.randint(20, 60)
    x = rng.choice([rng.uniform(0.05, 0.95), rng.uniform(2, 300)])
    growth = 10 ** (rng.uniform(200, 450) / epochs)
    lr = (growth + 1) / (2 * x * x)
    return lr, weight(rng), epochs, [x], [number(rng)]


def main():
    rng = random.Random(SEED)
    deck = [(0.01, 1.0, epochs, [1.0, 2.0, 3.0], [2.0, 4.0, 6.0]) for epochs in (10, 100)]
    cases = [short_case(rng) for _ in range(RANDOM_CASES - LONG_CASES)]
    cases += [long_case(rng) for _ in range(LONG_CASES)]
    with open("trace.txt", "w", encoding="ascii", newline="\n") as out:
        for case in deck:
            run("rounded", *case, out)
            run("full", *case, out)
        for index, case in enumerate(cases):
            run("full", *case, out)
            if index % 3 == 0:
                run("rounded", *case, out)


if __name__ == "__main__":
    main()
