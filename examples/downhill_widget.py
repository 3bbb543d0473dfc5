"""Downhill in Jupyter: a widget whose state is plain data.

>>> from downhill_widget import Downhill
>>> lab = Downhill(state={"lr": 0.1}, views="lr curve status")
>>> lab                                  # shows it
>>> lab.state["lr"], lab.trace           # what a person has chosen, and what the run printed
"""

import pathlib

import anywidget
import traitlets

_FOLDER = pathlib.Path(__file__).parent
_MODULE = "downhill-widget.js"


class Downhill(anywidget.AnyWidget):
    """One of Downhill's elements: "lab", "derivative", "autograd" or "exercise"."""

    # Beside this file where both were copied, else as the build writes them.
    _esm = next(path for path in (_FOLDER / _MODULE, _FOLDER / "../dist" / _MODULE) if path.exists())

    element = traitlets.Unicode("lab").tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    trace = traitlets.Unicode("").tag(sync=True)
    result = traitlets.Dict().tag(sync=True)
    views = traitlets.Unicode("").tag(sync=True)
    hide = traitlets.Unicode("").tag(sync=True)
    lock = traitlets.Unicode("").tag(sync=True)
    theme = traitlets.Unicode("").tag(sync=True)
