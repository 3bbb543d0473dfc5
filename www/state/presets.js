// Lessons to begin with, each with a line of why it is worth looking at.

/** @typedef {import("./settings.js").State} State */

const LINE = "y_hat = x*w + b\ns = y_hat - y\nloss = s^2";
const POINTS = { x: [-1, 0, 1, 2, 3], y: [-0.8, 1.1, 2.9, 5.2, 6.9] };

/** @typedef {{ name: string, why: string, state: Partial<State> }} Preset */

/** Settings that a lesson leaves out are the deck's. */
export const PRESETS = Object.freeze(/** @type {Preset[]} */ ([
  { name: "The deck’s lesson, 10 epochs", why: "Ten epochs at a small learning rate: on its way, not there yet.", state: {} },
  { name: "The deck’s lesson, 100 epochs", why: "The same with the epochs of the deck’s listing: the minimum is reached.", state: { epochs: 100 } },
  { name: "Too large a learning rate", why: "Each step overshoots by more than it was off: the run diverges.", state: { lr: 0.25, epochs: 20 } },
  { name: "The island", why: "Larger than a rate that diverges, and yet it converges: the last sample of an epoch undoes what the others did.", state: { lr: 0.5, epochs: 10 } },
  { name: "A line with intercept", why: "Two parameters: the contours show a long valley, and the descent turns into it.", state: { model: LINE, data: POINTS, init: { w: -1, b: -1 }, lr: 0.02, epochs: 40 } },
  { name: "The same, all samples in a batch", why: "The mean gradient of all samples: no zigzag, and one step an epoch.", state: { model: LINE, data: POINTS, init: { w: -1, b: -1 }, lr: 0.1, epochs: 60, batch: 5 } },
  { name: "The same, with momentum", why: "A memory of earlier steps: faster along the valley, and past the minimum at first.", state: { model: LINE, data: POINTS, init: { w: -1, b: -1 }, lr: 0.05, epochs: 60, batch: 5, momentum: 0.8 } },
  { name: "A parabola through points", why: "Three parameters of very different slopes: Adam gives each a step of its own size.", state: { model: "y_hat = a*x^2 + b*x + c\nloss = (y_hat - y)^2", data: { x: [-2, -1, 0, 1, 2], y: [4.2, 0.9, 0.1, 1.2, 3.8] }, init: { a: 0, b: 0, c: 0 }, optimizer: "adam", lr: 0.1, epochs: 60 } },
  { name: "Yes or no: logistic regression", why: "The prediction is a probability. The loss is no parabola, so the verdict holds only near its minimum.", // The cross entropy, written so that it can't overflow.
    state: { model: "z = w*x + b\ny_hat = sigmoid(z)\nloss = softplus(z) - y*z", data: { x: [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4], y: [0, 0, 0, 1, 0, 1, 1, 1] }, init: { w: 0, b: 0 }, lr: 0.3, epochs: 60 } },
  { name: "A network of two neurons", why: "A bend that no line has. Another start may end in another valley.", state: { model: "h1 = tanh(w1*x + b1)\nh2 = tanh(w2*x + b2)\ny_hat = v1*h1 + v2*h2 + c\nloss = (y_hat - y)^2", data: { x: [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2], y: [0.9, 1, 0.6, 0, -0.4, 0.1, 0.7, 1, 0.9] }, init: { w1: 1, b1: 1, w2: 1, b2: -1, v1: -0.5, v2: 0.5, c: 0 }, optimizer: "adam", lr: 0.05, epochs: 100, shuffle: true } },
  { name: "A saddle", why: "Where both weights are 0 the slope is 0, but it is no minimum. Start near it and see how long it lasts.", state: { model: "y_hat = u*v*x\nloss = (y_hat - y)^2", data: { x: [1], y: [1] }, init: { u: 0.01, v: -0.012 }, lr: 0.05, epochs: 100 } },
  { name: "A slow start: gradients that vanish", why: "Far out the sigmoid is flat, so its slope is nearly 0 and nothing moves.", state: { model: "y_hat = sigmoid(w*x)\nloss = (y_hat - y)^2", data: { x: [1, 2], y: [1, 1] }, init: { w: -8 }, lr: 0.5, epochs: 100 } },
  { name: "Too small a learning rate", why: "It converges in theory: each epoch hardly moves.", state: { lr: 0.0002, epochs: 50 } },
]));
