"""Writes masks.json: masks with the text of their run lengths from pycocotools, and PNG files from Pillow."""

import base64
import io
import json
import random

import numpy
from PIL import Image
from pycocotools import mask as coco

random.seed(18)


def runs(rows, columns, pixels):
    array = numpy.array(pixels, dtype=numpy.uint8).reshape(rows, columns)
    text = coco.encode(numpy.asfortranarray(array))["counts"].decode()
    return {"size": [rows, columns], "mask": "".join(map(str, pixels)), "text": text}


def png(rows, columns, mode, bits, most):
    numbers = [min(most, (3 * (place // columns) + place % columns) // 4 % (most + 1)) for place in range(rows * columns)]
    image = Image.new(mode, (columns, rows))
    image.putdata(numbers)
    if mode == "P":
        image.putpalette([channel for entry in range(256) for channel in (entry, 255 - entry, 7)])
    file = io.BytesIO()
    image.save(file, "PNG", **({"bits": bits} if mode == "P" else {}))
    return {"size": [rows, columns], "mode": mode, "bits": bits, "numbers": numbers, "png": base64.b64encode(file.getvalue()).decode()}


masks = [
    runs(rows, columns, [int(random.random() < density) for _ in range(rows * columns)])
    for rows, columns in [(1, 1), (4, 5), (7, 3), (16, 16), (64, 48)]
    for density in [0.0, 0.1, 0.5, 0.9, 1.0]
]
# Long runs have differences of several groups, also negative ones.
masks.append(runs(100, 200, [int(40 <= place % 200 < 160 and 3 <= place // 200 < 97) for place in range(20_000)]))
files = [png(13, 21, "P", bits, 2**bits - 1) for bits in (1, 2, 4)] + [png(40, 33, "P", 8, 8), png(40, 33, "L", 8, 8)]
print(json.dumps({"masks": masks, "files": files}))
