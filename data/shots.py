"""Packs the pictures of www/data/ on which a network learns to give each pixel a class: coins and cells.

    pip install scikit-image==0.26.0 brotli
    python3 data/shots.py [sheet.png]

writes the same bytes every time, and tests/golden/shots.json with facts about the originals. With a name, it also writes a sheet
of all pictures, each beside its classes, to be looked at.

Format. Each set has two IDX files, as the pictures of data/pack.py have: `...-shots.idx` with the dimensions pictures, rows,
columns and channels, and `...-truths.idx` with the class of each pixel, counted from 1, in pictures, rows and columns.

Coins: `skimage.data.coins`, a photograph of the Brooklyn Museum, no known copyright restrictions: 303 x 384 grey pixels, here
101 x 128. The classes are 1 background and 2 coin. Edges are strong around coins (Sobel); what is clearly dark and what is
clearly bright for its place floods towards them (watershed), then holes and notches are filled, and specks and threads are left out.

Cells: `skimage.data.immunohistochemistry`, glands of the colon in which a protein is stained brown, by the Center for
Microscopy and Molecular Imaging, no known copyright restrictions: 512 x 512 pixels in colour. Two parts of 256 x 256, here
128 x 128 with 64 levels of each colour; the second is for the test. The classes are 1 other tissue and 2 gland. A gland has much
of the brown stain around each pixel (colour deconvolution, then a Gaussian mean and Otsu's threshold), holes and bays are filled, so that the blue
nuclei of a gland belong to it, and specks are left out.

These masks are a program's, and were looked at. They are good enough to count what a network gets right to a few parts in a hundred; they
are no expert's.
"""

import json
import pathlib
import struct
import sys

import numpy as np
from scipy import ndimage
from skimage import color, data, filters, io, morphology, segmentation, transform

ROOT = pathlib.Path(__file__).resolve().parent.parent
# The upper left corners of the parts of the cells' picture, and the levels of each colour.
PARTS, PART, LEVELS = [(256, 0), (256, 256)], 256, 64


def idx(array):
    """The bytes of an IDX file."""
    header = struct.pack(">BBBB", 0, 0, 8, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
    return header + array.astype(np.uint8).tobytes()


def scaled(picture, size):
    """Means of areas, as numbers from 0 to 255."""
    return np.rint(transform.resize(picture.astype(float), size, anti_aliasing=True, order=1))


def scaled_mask(mask, size):
    return transform.resize(mask.astype(float), size, anti_aliasing=True, order=1) > 0.5


def without_specks(mask, least):
    return morphology.remove_small_objects(ndimage.binary_fill_holes(mask), max_size=least)


def coins():
    picture = data.coins()
    smooth = filters.gaussian(picture, 1, preserve_range=True)
    around = filters.gaussian(picture, 40, preserve_range=True)
    markers = np.zeros(picture.shape, int)
    markers[smooth < around * 0.85] = 1
    markers[smooth > around * 1.45] = 2
    # No coin touches the border of the photograph, which is dark in one corner.
    markers[[0, -1]] = markers[:, [0, -1]] = 1
    mask = segmentation.watershed(filters.sobel(picture), markers) == 2
    mask = ndimage.binary_fill_holes(morphology.closing(mask, morphology.disk(4)))
    # Beyond the border there is no coin, so that no thread along it is left.
    mask = without_specks(morphology.opening(np.pad(mask, 12), morphology.disk(10))[12:-12, 12:-12], 400)
    size = (101, 128)
    return scaled(picture, size)[None, ..., None], scaled_mask(mask, size)[None] + 1


def cells():
    picture = data.immunohistochemistry()
    stain = filters.gaussian(color.rgb2hed(picture)[..., 2], 5)
    # Beyond its border the picture goes on as it is there; bays would otherwise be filled up to the border.
    wide = np.pad(stain > filters.threshold_otsu(stain), 40, mode="edge")
    mask = without_specks(morphology.closing(wide, morphology.disk(24)), 800)[40:-40, 40:-40]
    cut = lambda array, top, left: array[top : top + PART, left : left + PART]
    half = (PART // 2, PART // 2)
    pictures = [np.rint(scaled(cut(picture, *corner), (*half, 3)) * (LEVELS - 1) / 255) for corner in PARTS]
    return np.stack(pictures), np.stack([scaled_mask(cut(mask, *corner), half) for corner in PARTS]) + 1


def sheet(sets):
    """Each picture at three times its size, and beside it again with the outlines of its classes."""
    rows = []
    for pictures, truths, top in sets:
        for picture, truth in zip(pictures, truths):
            large = np.repeat(np.repeat(picture / top, 4, 0), 4, 1)
            large = np.broadcast_to(large, (*large.shape[:2], 3))
            marked = segmentation.mark_boundaries(large, np.repeat(np.repeat(truth, 4, 0), 4, 1), color=(1, 0, 0), mode="inner")
            rows.append(np.pad(np.concatenate([large, marked], 1), ((0, 8), (0, 0), (0, 0))))
    return np.rint(255 * np.concatenate(rows)).astype(np.uint8)


def facts(pictures, truths):
    """What a test can compare with the packed files."""
    known = [int((truths == k).sum()) for k in (1, 2)]
    return {"shape": list(pictures.shape), "sum": int(pictures.sum()), "classes": known, "means": [float(pictures[truths == k].mean()) for k in (1, 2)]}


if __name__ == "__main__":
    known = {}
    packed = {"coins": (*coins(), 255), "cells": (*cells(), LEVELS - 1)}
    for name, (pictures, truths, _) in packed.items():
        (ROOT / f"www/data/{name}-shots.idx").write_bytes(idx(pictures))
        (ROOT / f"www/data/{name}-truths.idx").write_bytes(idx(truths))
        known[name] = facts(pictures, truths)
    (ROOT / "tests/golden/shots.json").write_text(json.dumps(known) + "\n")
    if len(sys.argv) > 1:
        io.imsave(sys.argv[1], sheet(packed.values()))
