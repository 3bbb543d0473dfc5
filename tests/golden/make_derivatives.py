"""Writes derivatives.tsv: formulas with their values and derivatives by w, from SymPy.

A line has a formula and five points, each as x,w,y,value,derivative. The first formulas are those of
textbook.txt, which a person wrote; 2,000 random ones follow. SymPy differentiates, and mpmath
computes with 40 digits, so that every printed digit is right.
"""

import random

import mpmath
import sympy

SEED = 1729
RANDOM_FORMULAS = 2_000
POINTS = 5
TRIES = 60
LARGEST = 1e6

X, W, Y = sympy.symbols("x w y", real=True)
NAMES = {"x": X, "w": W, "y": Y, "pi": sympy.pi, "e": sympy.E}

FUNCTIONS = {
    "exp": sympy.exp,
    "log": sympy.log,
    "log2": lambda u: sympy.log(u) / sympy.log(2),
    "log10": lambda u: sympy.log(u) / sympy.log(10),
    "sqrt": sympy.sqrt,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "asin": sympy.asin,
    "acos": sympy.acos,
    "atan": sympy.atan,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "tanh": sympy.tanh,
    "sigmoid": lambda u: 1 / (1 + sympy.exp(-u)),
    "softplus": lambda u: sympy.log(1 + sympy.exp(u)),
    # At its kink a function has no derivative; points so near to one are passed over below.
    "relu": lambda u: sympy.Piecewise((u, u > 0), (0, True)),
    "abs": lambda u: sympy.Piecewise((u, u > 0), (-u, True)),
    "min": lambda u, v: sympy.Piecewise((u, u < v), (v, True)),
    "max": lambda u, v: sympy.Piecewise((u, u > v), (v, True)),
}


NUMERIC = {
    **{name: getattr(mpmath, name) for name in "exp log sqrt sin cos tan asin acos atan sinh cosh tanh".split()},
    "log2": lambda u: mpmath.log(u) / mpmath.log(2),
    "log10": mpmath.log10,
    "sigmoid": lambda u: 1 / (1 + mpmath.exp(-u)),
    "softplus": lambda u: mpmath.log(1 + mpmath.exp(u)),
    "relu": lambda u: max(u, mpmath.mpf(0)),
    "abs": lambda u: max(u, -u),
    "min": min,
    "max": max,
    "e": mpmath.e,
    "pi": mpmath.pi,
}


def parsed(formula):
    """The formula in SymPy; every number is exact."""
    return sympy.parsing.sympy_parser.parse_expr(
        formula.replace("^", "**"),
        local_dict={**NAMES, **FUNCTIONS},
        transformations=sympy.parsing.sympy_parser.standard_transformations
        + (sympy.parsing.sympy_parser.rationalize,),
    )


def evaluated(formula):
    """The formula as a function, read by Python: SymPy would make `log(w - w)/0` something else."""
    code = compile(formula.replace("^", "**"), formula, "eval")
    return lambda x, w, y: mpmath.mpmathify(eval(code, NUMERIC, {"x": x, "w": w, "y": y}))


def random_formula(rng, depth):
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(["x", "w", "w", "w", "y", str(rng.randint(1, 9)), str(rng.randint(1, 30) / 10)])
    kind = rng.random()
    inner = lambda: random_formula(rng, depth - 1)
    if kind < 0.5:
        left, right = inner(), inner()
        # What cancels entirely puts what is around it on the edge of its domain.
        return f"({left} {rng.choice('+*' if left == right else '+-*/')} {right})"
    if kind < 0.62:
        return f"({inner()})^{rng.choice(['2', '3', '4', '-1', '-2', '0.5', '1.5'])}"
    if kind < 0.66:
        return f"({inner()})^({inner()})"
    if kind < 0.70:
        return f"-({inner()})"
    name = rng.choice(list(FUNCTIONS))
    arguments = [inner() for _ in range(2 if name in ("min", "max") else 1)]
    return f"{name}({', '.join(arguments)})"


def points(rng, value, derivative):
    """Points at which value and derivative are real, moderate, and steady nearby."""
    found = []
    for _ in range(TRIES):
        at = [mpmath.mpf(rng.uniform(0.2, 2.5)) for _ in range(3)]
        numbers = steady(value, derivative, at)
        if numbers:
            found.append(",".join(repr(float(number)) for number in (*at, *numbers)))
        if len(found) == POINTS:
            return found
    return None


def steady(value, derivative, at):
    """The value and the derivative, where a central difference gives the derivative as well, and
    where the digits of a double are enough."""
    h = mpmath.mpf("1e-7")
    try:
        here, slope = value(*at), derivative(*at)
        beside = [value(at[0], at[1] + shift, at[2]) for shift in (-h, h)]
        with mpmath.workdps(15):
            in_doubles = value(*at), derivative(*at)
        if not all(near(rough, exact, 1e-10) for rough, exact in zip(in_doubles, (here, slope))):
            return None
    except (ValueError, ZeroDivisionError, OverflowError, TypeError):
        return None
    numbers = [here, slope, *beside]
    if any(isinstance(number, mpmath.mpc) or not mpmath.isfinite(number) for number in numbers):
        return None
    if max(abs(here), abs(slope)) > LARGEST:
        return None
    difference = (beside[1] - beside[0]) / (2 * h)
    return (here, slope) if near(difference, slope, 1e-6) else None


def near(a, b, tolerance):
    return abs(a - b) <= tolerance * (1 + abs(b))


def row(rng, formula):
    expression = parsed(formula)
    slope = sympy.diff(expression, W)
    if any(part.has(sympy.zoo, sympy.nan, sympy.oo, sympy.I) for part in (expression, slope)):
        return None
    found = points(rng, evaluated(formula), sympy.lambdify((X, W, Y), slope, "mpmath"))
    return found and "\t".join([formula, *found])


def main():
    mpmath.mp.dps = 40
    rng = random.Random(SEED)
    with open("textbook.txt", encoding="ascii") as file:
        rows = [row(rng, formula) for formula in file.read().splitlines()]
    assert all(rows), "a textbook formula has too few points"
    seen = set()
    while len(seen) < RANDOM_FORMULAS:
        formula = random_formula(rng, rng.randint(2, 5))
        if "w" not in formula or len(formula) > 160 or formula in seen:
            continue
        try:
            new = row(rng, formula)
        except (TypeError, ValueError, RecursionError):
            # A constant part is not real, such as acos(9), or the whole is too deep for SymPy.
            continue
        if new:
            seen.add(formula)
            rows.append(new)
    with open("derivatives.tsv", "w", encoding="ascii", newline="\n") as out:
        print(*rows, sep="\n", file=out)


if __name__ == "__main__":
    main()
