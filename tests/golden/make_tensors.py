"""Writes tensors.txt and prints.tsv: tensor programs with PyTorch's values and gradients, and tensors as it prints them.

Run with PyTorch 2.15: python make_tensors.py
"""

import json
import random
import re
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
HERE = Path(__file__).parent
PROGRAMS = 600

ones = lambda *shape: torch.ones(*shape) if shape else torch.tensor(1.0)
zeros = lambda *shape: torch.zeros(*shape) if shape else torch.tensor(0.0)
total = lambda a, axis=None: a.sum() if axis is None else a.sum(axis)
mean = lambda a, axis=None: a.mean() if axis is None else a.mean(axis)


def largest(a, b=None, axis=None):
    if b is not None:
        return torch.maximum(torch.as_tensor(a, dtype=torch.float64), torch.as_tensor(b, dtype=torch.float64))
    return a.max() if axis is None else a.max(axis).values


NAMES = {
    "ones": ones, "zeros": zeros, "sum": total, "mean": mean, "max": largest,
    "transpose": lambda a: a if a.dim() < 2 else a.transpose(-1, -2),
    "reshape": lambda a, *shape: a.reshape(shape),
    "exp": torch.exp, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "relu": torch.relu, "sin": torch.sin,
    "abs": torch.abs, "sqrt": torch.sqrt, "log": torch.log, "softplus": torch.nn.functional.softplus,
}


def run(program):
    """The tensors of a program by name, with gradients."""
    known, order = dict(NAMES), []
    for line in program.split("; "):
        name, text = line.split(" = ", 1)
        leaf = not set(re.findall(r"[a-zA-Z_]\w*", text)) - set(NAMES) - {"axis"}
        value = eval(text.replace("^", "**"), known)
        value = torch.as_tensor(value, dtype=torch.float64)
        if leaf:
            value = value.detach().clone().requires_grad_(True)
        elif value.requires_grad:
            value.retain_grad()
        known[name] = value
        order.append((name, value))
    order[-1][1].backward()
    return order


def literal(rng, shape):
    number = lambda: str(rng.choice([rng.randint(-4, 4), round(rng.uniform(-3, 3), 3)]))
    if not shape:
        return number()
    return "[" + ", ".join(literal(rng, shape[1:]) for _ in range(shape[0])) + "]"


def random_program(rng):
    lines, shapes = [], []

    def add(text, shape):
        lines.append(f"t{len(lines)} = {text}")
        shapes.append(shape)

    for _ in range(rng.randint(1, 3)):
        shape = tuple(rng.choice([1, 2, 3]) for _ in range(rng.choice([0, 1, 1, 2, 2, 3])))
        kind = rng.choice(["literal", "literal", "ones"])
        add(f"ones({', '.join(map(str, shape))})" if kind == "ones" and shape else literal(rng, shape), shape)
    for _ in range(rng.randint(1, 5)):
        a = rng.randrange(len(shapes))
        b = rng.randrange(len(shapes))
        one, two, shape = f"t{a}", f"t{b}", shapes[a]
        choice = rng.randrange(12)
        if choice < 4:
            try:
                whole = torch.broadcast_shapes(shapes[a], shapes[b])
            except RuntimeError:
                continue
            add(rng.choice([f"{one} + {two}", f"{one} - 2*{two}", f"{one} * {two}", f"max({one}, {two})", f"{one} / ({two}^2 + 1)"]), tuple(whole))
        elif choice < 6:
            add(rng.choice([f"3*{one}*{one}", f"-{one}^2", f"tanh({one})", f"sigmoid({one}) + 2", f"relu({one})", f"exp({one}/4)", f"abs({one})", f"sqrt({one}^2 + 1)", f"softplus({one})", f"sin({one}) * {one}"]), shape)
        elif choice < 8:
            try:
                whole = (torch.zeros(shapes[a]) @ torch.zeros(shapes[b])).shape
            except (RuntimeError, IndexError):
                continue
            add(f"{one} @ {two}", tuple(whole))
        elif choice == 8 and shape:
            axis = rng.randrange(-len(shape), len(shape))
            reduced = tuple(size for place, size in enumerate(shape) if place != axis % len(shape))
            add(f"{rng.choice(['sum', 'mean', 'max'])}({one}, axis={axis})", reduced)
        elif choice == 9 and len(shape) >= 2:
            add(f"transpose({one})", shape[:-2] + (shape[-1], shape[-2]))
        elif choice == 10 and shape:
            add(f"reshape({one}, -1)", (torch.zeros(shape).numel(),))
        elif choice == 11 and shape:
            depth = rng.randint(1, len(shape))
            place = ", ".join(str(rng.randrange(-size, size)) for size in shape[:depth])
            add(f"{one}[{place}]", shape[depth:])
    lines.append(f"out = {rng.choice(['sum', 'mean'])}(t{len(lines) - 1})")
    return "; ".join(lines)


KINKS = [
    "x = [0, -1, 2]; out = sum(relu(x))", "x = [0, -1, 2]; out = sum(abs(x))", "x = [2, 2]; out = max(x)",
    "x = [2, 2, 1]; out = max(x)", "x = [[2, 2], [1, 3]]; out = sum(max(x, axis=1))", "x = [[5, 2], [5, 3]]; out = sum(max(x, axis=0))",
    "x = [0, 1]; out = sum(x^2)", "x = [0, 1]; out = sum(x^1)", "x = [0, 1]; out = sum(x^0)", "x = [1, 2]; y = [1, 3]; out = sum(max(x, y))",
    "x = [0, 0]; out = sum(sqrt(x^2 + 1))", "x = 3; out = x*x*x", "x = [1, 2]; out = x[0] * x[-1]", "x = [[1, 2], [3, 4]]; out = x[1, 0] * 5",
    "x = [[1, 2], [3, 4]]; y = [1, 1]; out = sum(x @ y)", "x = [1, 2, 3]; out = x @ x", "x = ones(2, 2); y = x + 2; z = 3*y*y; out = mean(z)",
    "x = ones(2, 3); b = [1, 2, 3]; out = mean((x + b)^2)", "x = ones(3, 1); y = ones(1, 4); out = sum(x * y)", "x = ones(2, 1, 3); y = ones(4, 1); out = sum(x * y)",
    "x = ones(2, 2, 3); y = ones(3, 2); out = sum(x @ y)", "x = ones(2, 2, 3); y = ones(2, 3, 2); out = sum((x @ y)^2)", "x = [[1, 2, 3]]; out = sum(transpose(x) @ x)",
    "x = [1, 2]; y = [3, 4]; out = sum(x)", "x = zeros(2, 2); out = sum(exp(x))", "x = [1]; out = sum(x)", "x = [[1]]; y = 2; out = sum(x * y)",
]

PRINTS = [
    ((), [1.0]), ((), [4.5]), ((), [-0.0]), ((), [1e-9]), ((), [123456789.0]), ((), [float("nan")]), ((), [float("inf")]), ((), [-float("inf")]), ((0,), []), ((0, 3), []), ((2, 0), []),
    ((2, 2), [4.5] * 4), ((3,), [1.0, 2.0, float("nan")]), ((3,), [1.5, float("inf"), -2.25]), ((2,), [1e-5, 1.0]), ((2,), [1e5, 1e-5]), ((3,), [0.0, 0.0, 0.0]), ((3,), [-0.0, 0.0, 1.0]),
    ((2,), [1e308, -1e308]), ((2,), [5e-324, 1.0]), ((1001,), [float(n) for n in range(1001)]), ((30, 40), [n / 7 for n in range(1200)]), ((2, 600), [n * 0.5 for n in range(1200)]), ((11, 10, 10), [n / 3 for n in range(1100)]),
]


def random_print(rng):
    shape = tuple(rng.choice([1, 2, 3, 5]) for _ in range(rng.randrange(4)))
    numbers = torch.zeros(shape).numel()
    pick = rng.choice([
        lambda: float(rng.randint(-20, 20)), lambda: rng.uniform(-5, 5), lambda: rng.uniform(-1, 1) * 10.0 ** rng.randint(-6, 9),
        lambda: rng.choice([rng.uniform(0, 2), 0.0, float("nan"), float("inf"), -float("inf")]), lambda: float(rng.randint(-9, 9)) * 1000, lambda: float(rng.choice([0, 1, float("inf")])),
    ])
    return shape, [pick() for _ in range(numbers)]


def joined(tensor):
    return ",".join(repr(float(value)) for value in tensor.reshape(-1))


def main():
    rng = random.Random(3)
    programs = list(KINKS)
    while len(programs) < PROGRAMS:
        programs.append(random_program(rng))
    with open(HERE / "tensors.txt", "w") as file:
        for program in programs:
            try:
                tensors = run(program)
            except Exception as error:
                raise SystemExit(f"{program}: {error}")
            print(program, file=file)
            for name, value in tensors:
                shape = ",".join(map(str, value.shape))
                gradient = "-" if value.grad is None else joined(value.grad)
                print(name, shape, joined(value.detach()), gradient, sep="\t", file=file)
            print(file=file)
    prints = PRINTS + [random_print(rng) for _ in range(280)]
    with open(HERE / "prints.tsv", "w") as file:
        for shape, values in prints:
            tensor = torch.tensor(values).reshape(shape)
            print(",".join(map(str, shape)), joined(tensor), json.dumps(str(tensor)), sep="\t", file=file)


main()
