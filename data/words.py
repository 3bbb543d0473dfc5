"""Chooses the words of www/data/words.txt: 4,000 common English words, one a line.

    apt-get install -y scowl
    python3 data/words.py

writes the same bytes every time, with scowl 2020.12.07-2.

Source. SCOWL, by Kevin Atkinson, sorts words by how common they are: its level 10 has the most common ones, level 20 the
next. Debian's `wamerican` and `wamerican-small` are made from SCOWL, but join levels 10 to 50 and 10 to 35 into one
list, in which the common words can't be told from the others. Debian's `scowl` has a file for each level. The licence
is in www/data/LICENSES.txt.

Choice. Words of 3 to 12 letters from a to z, in American spelling: all of level 10, then as many of level 20 as are
missing, chosen by the SHA-256 of "choice of " and the word.

Order. That of the SHA-256 of each word, a shuffle that needs no program's random numbers. The last part of a text is its
test part, and in alphabetical order the test would have had only words that begin with w or y.
"""

import hashlib
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
LISTS = pathlib.Path("/usr/share/dict/scowl")
COUNT = 4000


def shuffled(words, purpose=""):
    """Another purpose gives another order."""
    return sorted(words, key=lambda word: hashlib.sha256((purpose + word).encode()).digest())


def level(number):
    """The words of a level that are long enough and not too long, without names and apostrophes."""
    texts = [(LISTS / f"{spelling}-words.{number}").read_text("latin-1") for spelling in ("english", "american")]
    return {word for word in "".join(texts).split("\n") if re.fullmatch("[a-z]{3,12}", word)}


common = level(10)
others = shuffled(level(20) - common, "choice of ")
words = shuffled(common | set(others[: COUNT - len(common)]))
assert len(words) == COUNT
(ROOT / "www/data/words.txt").write_bytes("".join(f"{word}\n" for word in words).encode("ascii"))
