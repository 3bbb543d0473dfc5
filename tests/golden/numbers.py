"""Writes numbers.tsv: doubles as CPython writes them.

A line has the bits in hexadecimal, repr(x), repr(round(x, 2)) and format(x, ".2f").
Run it in this folder; it needs nothing but CPython.
"""

import random
import struct


def of_bits(bits):
    return struct.unpack("<d", struct.pack("<Q", bits))[0]


def main():
    rng = random.Random(1991)
    doubles = [0.0, -0.0, float("inf"), float("-inf"), float("nan"), 5e-324, 1.7976931348623157e308]
    doubles += [10.0**power for power in range(-30, 31)] + [2.0**power for power in range(-80, 81)]
    doubles += [sign * (n + tie) / 100 for n in range(300) for tie in (0, 0.5) for sign in (1, -1)]
    doubles += [n / 8 for n in range(-200, 200)] + [1e15 * n + 0.5 for n in range(1, 120)]
    doubles += [of_bits(rng.getrandbits(64)) for _ in range(4000)]
    doubles += [of_bits(rng.getrandbits(50)) for _ in range(500)]
    doubles += [rng.uniform(-100, 100) for _ in range(8000)]
    doubles += [round(rng.uniform(-1000, 1000), rng.randint(0, 6)) for _ in range(6000)]
    with open("numbers.tsv", "w", encoding="utf-8", newline="\n") as out:
        for x in doubles:
            # Beyond 1e22 two decimals are hundreds of digits, which only make this file long.
            fixed = format(x, ".2f") if abs(x) < 1e22 or x != x else ""
            bits = struct.unpack("<Q", struct.pack("<d", x))[0]
            print(f"{bits:x}", repr(x), repr(round(x, 2)) if x == x and abs(x) < 1e300 else "", fixed, sep="\t", file=out)


main()
