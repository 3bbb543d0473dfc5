"""Writes numbers.tsv: doubles and what CPython prints for them.

The columns are the bits in hex, `repr(x)`, `repr(round(x, 2))` and `format(x, ".2f")`; the last is
left empty where it would be longer than 40 characters.
"""

import math
import random
import struct

SEED = 1_618_033
COUNT = 20_000


def from_bits(bits):
    return struct.unpack("<d", struct.pack("<Q", bits))[0]


def bits_of(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


def special():
    yield from (0.0, -0.0, math.inf, -math.inf, math.nan, 2.675, 0.125, 1.005, 0.1 + 0.2)
    yield from (1e15, 1e16, 1e17, 9999999999999998.0, 1e22, 1e23, 5e-324, 2.2250738585072014e-308)
    for exponent in range(-1074, 1024):
        yield math.ldexp(1.0, exponent)
    for exponent in range(-323, 309):
        power = float(f"1e{exponent}")
        yield from (power, math.nextafter(power, 0.0), math.nextafter(power, math.inf))


def randoms(rng):
    kinds = [
        lambda: from_bits(rng.getrandbits(64)),
        lambda: rng.randint(-100_000, 100_000) / 8,
        lambda: rng.randint(-100_000, 100_000) / 200,
        lambda: (rng.randint(-100_000, 100_000) * 2 + 1) / 200,
        lambda: from_bits(rng.getrandbits(52)),
        lambda: rng.choice([-1, 1]) * 10 ** rng.uniform(14.5, 17.5),
        lambda: float(rng.randint(10**15 - 50, 10**15 + 50) * 10 ** rng.randint(0, 2)),
        lambda: rng.uniform(-10, 10),
        lambda: 10 ** rng.uniform(-7, 7),
    ]
    while True:
        yield rng.choice(kinds)()


def main():
    rng = random.Random(SEED)
    values = list(special())
    source = randoms(rng)
    values += [next(source) for _ in range(COUNT - len(values))]
    with open("numbers.tsv", "w", encoding="ascii", newline="\n") as out:
        for x in values:
            fixed = format(x, ".2f")
            columns = (f"{bits_of(x):016x}", repr(x), repr(round(x, 2)), fixed if len(fixed) <= 40 else "")
            print(*columns, sep="\t", file=out)


if __name__ == "__main__":
    main()
