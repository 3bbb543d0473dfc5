"""Reads and writes zip and PNG files with Python's own library, to be compared with those of the page: JSON in, JSON out."""

import base64
import io
import json
import random
import struct
import sys
import zipfile
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 1}


def text(data):
    return base64.b64encode(data).decode()


def chunks(data):
    assert data.startswith(SIGNATURE)
    place = len(SIGNATURE)
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        body = data[place + 4 : place + 8 + length]
        assert struct.unpack(">I", data[place + 8 + length : place + 12 + length])[0] == zlib.crc32(body)
        yield body[:4].decode(), body[4:]
        place += 12 + length


def read_png(data):
    """The size, colour type, palette and numbers of a PNG file of eight bits without filters."""
    found = list(chunks(data))
    assert [name for name, _ in found if name != "PLTE"] == ["IHDR", "IDAT", "IEND"]
    parts = dict(found)
    columns, rows, depth, kind, *others = struct.unpack(">IIBBBBB", parts["IHDR"])
    assert (depth, others) == (8, [0, 0, 0])
    lines = zlib.decompress(parts["IDAT"])
    width = columns * CHANNELS[kind] + 1
    assert len(lines) == rows * width and not any(lines[::width])
    numbers = [number for row in range(rows) for number in lines[row * width + 1 : (row + 1) * width]]
    return {"size": [rows, columns], "kind": kind, "palette": list(parts.get("PLTE", b"")), "numbers": numbers}


def read_zip(data):
    """What is in a zip file, and the same packed with compression, with folders and a comment."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("pictures/", b"")
        for name in archive.namelist():
            packed.writestr(name, archive.read(name))
        packed.comment = b"packed again"
    pictures = {name: read_png(archive.read(name)) for name in archive.namelist() if name.endswith(".png")}
    return {"names": archive.namelist(), "pictures": pictures, "again": text(again.getvalue())}


def nearest(left, above, corner):
    return min([left, above, corner], key=lambda number: abs(left + above - corner - number))


EXPECTED = [lambda *_: 0, lambda left, *_: left, lambda _, above, __: above, lambda left, above, _: (left + above) // 2, nearest]


def filtered(lines, step):
    """Lines of bytes, each written with the next filter of the format."""
    above = bytes(len(lines[0]))
    for row, line in enumerate(lines):
        expect = EXPECTED[row % 5]
        before = lambda bytes, place: bytes[place - step] if place >= step else 0
        yield bytes([row % 5]) + bytes((number - expect(before(line, place), above[place], before(above, place))) % 256 for place, number in enumerate(line))
        above = line


def write_png(rows, columns, kind, depth):
    """A PNG file with random numbers, its pixels in two chunks."""
    count = columns * CHANNELS[kind]
    numbers = [[random.randrange(2**depth) for _ in range(count)] for _ in range(rows)]
    bits = ["".join(f"{number:0{depth}b}" for number in line) for line in numbers]
    lines = [int(line.ljust(-(-len(line) // 8) * 8, "0"), 2).to_bytes(-(-len(line) // 8), "big") for line in bits]
    data = zlib.compress(b"".join(filtered(lines, CHANNELS[kind] if depth == 8 else 1)))
    head = struct.pack(">IIBBBBB", columns, rows, depth, kind, 0, 0, 0)
    parts = [(b"IHDR", head), (b"PLTE", bytes(768)), (b"IDAT", data[:20]), (b"IDAT", data[20:]), (b"IEND", b"")]
    kept = [name + body for name, body in parts if name != b"PLTE" or kind == 3]
    file = SIGNATURE + b"".join(struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in kept)
    return {"size": [rows, columns], "kind": kind, "depth": depth, "numbers": sum(numbers, []), "png": text(file)}


random.seed(18)
zips = [read_zip(base64.b64decode(data)) for data in json.load(sys.stdin)]
kinds = [(0, 1), (0, 2), (0, 4), (0, 8), (2, 8), (3, 1), (3, 2), (3, 4), (3, 8)]
print(json.dumps({"zips": zips, "pngs": [write_png(random.randrange(6, 20), random.randrange(4, 30), *kind) for kind in kinds * 3]}))
