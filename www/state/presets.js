// Lessons to start from, each with a sentence about what it shows.

/** @typedef {import("./settings.js").State} State */

const LINE = "y_hat = x*w + b\ns = y_hat - y\nloss = s^2";
const POINTS = { x: [-1, 0, 1, 2, 3], y: [-0.8, 1.1, 2.9, 5.2, 6.9] };

/** @typedef {{ name: string, why: string, state: Partial<State> }} Preset */

/** Missing settings are those of the deck's lesson. */
export const PRESETS = Object.freeze(/** @type {Preset[]} */ ([
  { name: "The deck’s lesson, 10 epochs", why: "Ten epochs with a small learning rate: the run is on its way to the minimum.", state: {} },
  { name: "The deck’s lesson, 100 epochs", why: "The same lesson with 100 epochs, as in the deck’s listing: the run reaches the minimum.", state: { epochs: 100 } },
  { name: "Too large a learning rate", why: "Each step overshoots the minimum and ends farther away than it began: the run diverges.", state: { lr: 0.25, epochs: 20 } },
  { name: "The island", why: "Smaller learning rates diverge, and yet this one converges: the step for the sample x = 1 lands exactly on the minimum.", state: { lr: 0.5, epochs: 10 } },
  { name: "A line with intercept", why: "Two parameters: the contours show a long valley, and the descent turns to follow it.", state: { model: LINE, data: POINTS, init: { w: -1, b: -1 }, lr: 0.02, epochs: 40 } },
  { name: "The same line, all samples in one batch", why: "Each step uses the mean gradient of all samples: no zigzag, and one step per epoch.", state: { model: LINE, data: POINTS, init: { w: -1, b: -1 }, lr: 0.1, epochs: 60, batch: 5 } },
  { name: "The same line, with momentum", why: "Momentum remembers earlier steps: the descent is faster along the valley, and overshoots the minimum at first.", state: { model: LINE, data: POINTS, init: { w: -1, b: -1 }, lr: 0.05, epochs: 60, batch: 5, momentum: 0.8 } },
  { name: "A parabola through points", why: "Three parameters with very different slopes: Adam gives each of them its own step size.", state: { model: "y_hat = a*x^2 + b*x + c\nloss = (y_hat - y)^2", data: { x: [-2, -1, 0, 1, 2], y: [4.2, 0.9, 0.1, 1.2, 3.8] }, init: { a: 0, b: 0, c: 0 }, optimizer: "adam", lr: 0.1, epochs: 60 } },
  { name: "Yes or no: logistic regression", why: "The prediction is a probability. The loss is not a parabola, so the verdict holds only near the minimum.", // The cross entropy, written so that it can't overflow.
    state: { model: "z = w*x + b\ny_hat = sigmoid(z)\nloss = softplus(z) - y*z", data: { x: [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4], y: [0, 0, 0, 1, 0, 1, 1, 1] }, init: { w: 0, b: 0 }, lr: 0.3, epochs: 60 } },
  { name: "A network of two neurons", why: "The data bends, which no straight line can follow. From another start the run may end in another valley.", state: { model: "h1 = tanh(w1*x + b1)\nh2 = tanh(w2*x + b2)\ny_hat = v1*h1 + v2*h2 + c\nloss = (y_hat - y)^2", data: { x: [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2], y: [0.9, 1, 0.6, 0, -0.4, 0.1, 0.7, 1, 0.9] }, init: { w1: 1, b1: 1, w2: 1, b2: -1, v1: -0.5, v2: 0.5, c: 0 }, optimizer: "adam", lr: 0.05, epochs: 100, shuffle: true } },
  { name: "Three classes: softmax regression", why: "The parameters are a matrix and a vector, the data are vectors with labels: each class gets a score, and the loss is the cross-entropy.",
    state: { model: "z = W @ x + b\nloss = cross_entropy(z, label)", data: { x: [[1, 0], [0, 1], [-1, -1], [2, 1], [0, 2], [-2, 0]], label: [0, 1, 2, 0, 1, 2] }, init: { W: "zeros(3, 2)", b: "zeros(3)" }, lr: 0.3, epochs: 20 } },
  { name: "A saddle", why: "Where both weights are 0 the gradient is 0, but this is not a minimum. Start near it and see how long the run stays there.", state: { model: "y_hat = u*v*x\nloss = (y_hat - y)^2", data: { x: [1], y: [1] }, init: { u: 0.01, v: -0.012 }, lr: 0.05, epochs: 100 } },
  { name: "Rosenbrock’s valley", why: "No data: the loss depends on the parameters alone. The valley is curved and nearly flat, so the descent creeps along it.", state: { model: "loss = (1 - a)^2 + 100*(b - a^2)^2", data: {}, init: { a: -0.5, b: 1 }, lr: 0.002, epochs: 300 } },
  { name: "A slow start: gradients that vanish", why: "Far from 0 the sigmoid is flat, so the gradient is nearly 0 and the weight hardly moves.", state: { model: "y_hat = sigmoid(w*x)\nloss = (y_hat - y)^2", data: { x: [1, 2], y: [1, 1] }, init: { w: -8 }, lr: 0.5, epochs: 100 } },
  { name: "Too small a learning rate", why: "The run converges, but each epoch hardly moves the weight.", state: { lr: 0.0002, epochs: 50 } },
]));
