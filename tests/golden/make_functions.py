"""Writes functions.tsv: each function and operator with its derivatives, from PyTorch in float64.

The columns are the name, the arguments, the value and the derivative by each argument. A power is
there twice: `^` has a tensor as its exponent and two derivatives, `^number` has a plain number as
its exponent and one.
"""

import math
import random

import torch

SEED = 271_828
INF = math.inf

ONE = {
    "exp": torch.exp,
    "log": torch.log,
    "log2": torch.log2,
    "log10": torch.log10,
    "sqrt": torch.sqrt,
    "sin": torch.sin,
    "cos": torch.cos,
    "tan": torch.tan,
    "asin": torch.asin,
    "acos": torch.acos,
    "atan": torch.atan,
    "sinh": torch.sinh,
    "cosh": torch.cosh,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    # Beyond its threshold PyTorch's softplus is the identity. The default, 20, costs digits; 700 is
    # the last round number before the exponential overflows.
    "softplus": lambda a: torch.nn.functional.softplus(a, threshold=700),
    "relu": torch.relu,
    "abs": torch.abs,
    "sign": torch.sign,
    # torch.heaviside has no derivative; this has the same values, and the derivative 0.
    "step": lambda a: torch.relu(torch.sign(a)),
    "negate": torch.neg,
}

TWO = {
    "min": torch.minimum,
    "max": torch.maximum,
    "+": torch.add,
    "-": torch.sub,
    "*": torch.mul,
    "/": torch.div,
    "^": torch.pow,
}

COMPARISONS = {"gt": torch.gt, "ge": torch.ge, "lt": torch.lt, "le": torch.le, "eq": torch.eq, "ne": torch.ne}

SPECIAL = [0.0, -0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 1e-300, -1e-300, 1e-9, -1e-9, 30.0, -30.0]
SPECIAL += [709.0, -709.0, 800.0, -800.0, 1e300, -1e300, INF, -INF, math.nan]

SPECIAL_PAIRS = [(a, b) for a in (0.0, -0.0, 1.0, -1.0, 2.0, -2.0, 0.25, -0.25) for b in (0.0, -0.0, 1.0, -1.0, 2.0, 3.0, -2.0, 0.5, -0.5)]
SPECIAL_PAIRS += [(1.5, 1.5), (-1.5, -1.5), (1e-300, 0.0), (1e-200, 2.0), (1e200, 2.0), (2.0, 800.0), (2.0, 1100.0)]
SPECIAL_PAIRS += [(a, b) for a in (INF, -INF, math.nan) for b in (0.0, 1.0, 2.0, -1.0)]
SPECIAL_PAIRS += [(b, a) for a in (INF, -INF, math.nan) for b in (0.0, 1.0, 2.0, -1.0, 0.5)]
SPECIAL_PAIRS += [(INF, INF), (INF, -INF), (-INF, -INF)]


def row(name, function, arguments, out, exponent=None):
    tensors = [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in arguments]
    value = function(*tensors)
    if value.requires_grad:
        value.backward()
    shown = arguments if exponent is None else (*arguments, exponent)
    numbers = [*shown, float(value.detach()), *(0.0 if tensor.grad is None else tensor.grad.item() for tensor in tensors)]
    print(name, *map(repr, numbers), sep="\t", file=out)


def main():
    rng = random.Random(SEED)
    ordinary = [rng.uniform(-6, 6) for _ in range(60)]
    pairs = [(rng.uniform(-4, 4), rng.uniform(-4, 4)) for _ in range(60)]
    pairs += [(rng.uniform(0, 4), rng.uniform(-4, 4)) for _ in range(30)]
    pairs += [(rng.uniform(-4, 4), float(rng.randint(-4, 4))) for _ in range(30)]
    with open("functions.tsv", "w", encoding="ascii", newline="\n") as out:
        for name, function in ONE.items():
            for a in SPECIAL + ordinary:
                row(name, function, (a,), out)
        for name, function in TWO.items():
            for pair in SPECIAL_PAIRS + pairs:
                row(name, function, pair, out)
        for a, exponent in SPECIAL_PAIRS + pairs:
            row("^number", lambda base: base**exponent, (a,), out, exponent)
        # PyTorch gives no derivative here, which stands for 0.
        for name, function in COMPARISONS.items():
            for pair in SPECIAL_PAIRS + pairs:
                row(name, function, pair, out)


if __name__ == "__main__":
    main()
