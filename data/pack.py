"""Packs the pictures of www/data/: hand-written digits and clothing.

    pip install scikit-learn==1.9.1
    apt-get install -y dataset-fashion-mnist
    python3 data/pack.py

writes the same bytes every time, and tests/golden/pictures.json with facts about the originals.

Format. Each data set has two IDX files, as MNIST has: two bytes 0, one byte 8 (the numbers are bytes), one byte
with the number of dimensions, each dimension as four bytes (the first byte counts most), then the numbers.
`...-pictures.idx` has the dimensions pictures, rows and columns, and `...-labels.idx` the class of each picture. The
first pictures are for training, the others for the test. Background is 0, ink the largest number.

Digits: https://archive.ics.uci.edu/dataset/80, E. Alpaydin and C. Kaynak (1998), CC BY 4.0, as scikit-learn has them:
1,797 pictures of 8 x 8 pixels, 0 to 16, unchanged. In the original order, one person's digits follow another's. With
its last part as the test, nobody whose digits are tested would have written for training; that is the harder test: a
small ConvNet reads 93 % of those digits, and 99 % of the test part here. Here all people wrote for both parts, as in most lessons
that use these digits, and the page must say so. The order is that of the SHA-256 of each picture's number, a shuffle
that needs no program's random numbers. The test part has the first 36 of each class, and the training part the others.

Clothing: Fashion-MNIST, Zalando SE (2017), MIT licence, as Debian has it: 28 x 28 pixels. The training part has the first
200 pictures of each class of the original training part, and the test part the first 50 of each class of the original test
part, in the original order, which is mixed. The grey levels 0 to 255 are rounded to 0 to 63, because the files would
otherwise be too large: 942 kB instead of 699 kB, with brotli.
"""

import gzip
import hashlib
import json
import pathlib
import struct

import numpy as np
from sklearn.datasets import load_digits

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLOTHING = pathlib.Path("/usr/share/datasets/fashion-mnist")
CLASSES = 10


def idx(array):
    """The bytes of an IDX file."""
    header = struct.pack(">BBBB", 0, 0, 8, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
    return header + array.astype(np.uint8).tobytes()


def read_idx(path):
    """A file of Debian's, whose bytes are checked by its own header."""
    data = gzip.open(path).read()
    rank = data[3]
    shape = struct.unpack(f">{rank}I", data[4 : 4 + 4 * rank])
    return np.frombuffer(data, np.uint8, offset=4 + 4 * rank).reshape(shape)


def firsts(labels, order, count):
    """The first so many places of each class, in this order."""
    taken = [0] * CLASSES
    places = []
    for place in order:
        label = labels[place]
        if taken[label] < count:
            taken[label] += 1
            places.append(place)
    return places


def digits():
    original = load_digits()
    order = sorted(range(len(original.target)), key=lambda place: hashlib.sha256(b"%d" % place).digest())
    test = firsts(original.target, order, 36)
    training = [place for place in order if place not in set(test)]
    return original.images[training], original.target[training], original.images[test], original.target[test], 1


def clothing():
    parts = []
    for name, count in [("train", 200), ("t10k", 50)]:
        pictures = read_idx(CLOTHING / f"{name}-images-idx3-ubyte.gz")
        labels = read_idx(CLOTHING / f"{name}-labels-idx1-ubyte.gz")
        places = firsts(labels, range(len(labels)), count)
        parts += [pictures[places], labels[places]]
    return *parts, 63 / 255


def facts(pictures, labels):
    """What a test can compare with the packed files; the sums are of the original numbers."""
    each = range(CLASSES)
    return {
        "classes": [int((labels == label).sum()) for label in each],
        "sums": [int(pictures[labels == label].sum()) for label in each],
        "first": [int(labels[0]), pictures[0].astype(int).ravel().tolist()],
    }


def pack(name, training, training_labels, test, test_labels, scale):
    pictures = np.rint(np.concatenate([training, test]) * scale)
    labels = np.concatenate([training_labels, test_labels])
    for part, array in [("pictures", pictures), ("labels", labels)]:
        (ROOT / f"www/data/{name}-{part}.idx").write_bytes(idx(array))
    return {"training": facts(training, training_labels), "test": facts(test, test_labels)}


known = {"digits": pack("digits", *digits()), "clothing": pack("clothing", *clothing())}
(ROOT / "tests/golden/pictures.json").write_text(json.dumps(known) + "\n")
