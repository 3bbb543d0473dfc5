/** What is wrong with an input: a sentence, the setting, and the place in its text in UTF-16 units. */
export class DownhillError extends Error {
  field: string;
  start: number | undefined;
  end: number | undefined;
}

// Made from the table of settings.
/** The settings of a run; absent ones are those of the deck's lesson. */
export interface RunSettings {
  /** The formula program; its last line is minimised. */
  model?: string;
  /** The columns of the data by name, with one number or tensor for each sample. A program without columns has one sample. */
  data?: Record<string, ArrayLike<number> | Nested[]>;
  /** The learning rate, above 0. */
  lr?: number;
  /** The initial values of the parameters by name: numbers, tensors as nested lists, or draws such as normal(3, 2, seed=1). */
  init?: Record<string, Nested | string>;
  /** How many times the run passes over the data. */
  epochs?: number;
  /** How many samples a step takes. */
  batch?: number;
  /** The rule that moves the parameters; its options have torch.optim's names and defaults. */
  optimizer?: "sgd" | "adagrad" | "rmsprop" | "adam" | "adamw";
  /** For sgd and rmsprop: how much of the last step is kept, at least 0 and below 1. */
  momentum?: number;
  /** For sgd: whether the gradient is evaluated ahead, along the momentum. */
  nesterov?: boolean;
  /** For sgd, adagrad, rmsprop, adam and adamw: how much of the parameter is added to its gradient, a finite number of at least 0. */
  weightDecay?: number;
  /** For rmsprop: how much of the mean of squared gradients is kept, at least 0 and below 1. */
  alpha?: number;
  /** For adam and adamw: how much is kept of the mean gradient and of the mean of squared gradients, at least 0 and below 1. */
  betas?: [number, number];
  /** For adagrad, rmsprop, adam and adamw: what is added to a divisor to keep it above 0, a finite number of at least 0. */
  eps?: number;
  /** How the learning rate changes from epoch to epoch. */
  schedule?: "constant" | "step" | "exponential" | "cosine";
  /** For step: after how many epochs the learning rate is multiplied by gamma, a whole number of epochs, at least 1. */
  stepSize?: number;
  /** For step and exponential: the factor by which the learning rate is multiplied, above 0 and at most 1. */
  gamma?: number;
  /** Whether the samples are shuffled before each epoch, as by Python's random.seed and random.shuffle. */
  shuffle?: boolean;
  /** The seed of the shuffling, a whole number. */
  seed?: number;
}

/** The state of a lab as plain data. */
export interface LabState {
  /** The formula program; its last line is minimised. */
  model: string;
  /** The columns of the data by name, with one number or tensor for each sample. A program without columns has one sample. */
  data: Record<string, Nested[]>;
  /** The learning rate, above 0. */
  lr: number;
  /** The initial values of the parameters by name: numbers, tensors as nested lists, or draws such as normal(3, 2, seed=1). */
  init: Record<string, Nested | string>;
  /** How many times the run passes over the data. */
  epochs: number;
  /** How many samples a step takes. */
  batch: number;
  /** The rule that moves the parameters; its options have torch.optim's names and defaults. */
  optimizer: "sgd" | "adagrad" | "rmsprop" | "adam" | "adamw";
  /** For sgd and rmsprop: how much of the last step is kept, at least 0 and below 1. */
  momentum?: number;
  /** For sgd: whether the gradient is evaluated ahead, along the momentum. */
  nesterov?: boolean;
  /** For sgd, adagrad, rmsprop, adam and adamw: how much of the parameter is added to its gradient, a finite number of at least 0. */
  weightDecay?: number;
  /** For rmsprop: how much of the mean of squared gradients is kept, at least 0 and below 1. */
  alpha?: number;
  /** For adam and adamw: how much is kept of the mean gradient and of the mean of squared gradients, at least 0 and below 1. */
  betas?: [number, number];
  /** For adagrad, rmsprop, adam and adamw: what is added to a divisor to keep it above 0, a finite number of at least 0. */
  eps?: number;
  /** How the learning rate changes from epoch to epoch. */
  schedule: "constant" | "step" | "exponential" | "cosine";
  /** For step: after how many epochs the learning rate is multiplied by gamma, a whole number of epochs, at least 1. */
  stepSize?: number;
  /** For step and exponential: the factor by which the learning rate is multiplied, above 0 and at most 1. */
  gamma?: number;
  /** Whether the samples are shuffled before each epoch, as by Python's random.seed and random.shuffle. */
  shuffle: boolean;
  /** The seed of the shuffling, a whole number. */
  seed: number;
  /** The moment that is shown: epoch, sample, and the operation inside the step. */
  at: { epoch: number; sample: number; phase?: string };
}
// The end of what is made.

/** What `train` takes: the settings of a run, and how its trace is printed. */
export interface TrainSettings extends RunSettings {
  /** How the trace writes its numbers: two decimals, or all digits. */
  digits?: "rounded" | "full";
  /** The most samples that are taken; by default 100,000, as in the page. */
  maxSamples?: number;
  /** The most steps of the run, which are epochs times samples; by default 1,000,000, as in the page. */
  maxSteps?: number;
}

/** A run: one row for each step, a step for each batch of each epoch. */
export interface TrainResult {
  parameters: string[];
  /** The parameters after each step: steps x parameters. */
  weights: Float64Array;
  /** The gradient of each step: steps x parameters. */
  gradients: Float64Array;
  /** The loss of the step's sample, or the mean loss of its batch, after the step. */
  losses: Float64Array;
  /** The first step, counted from 1, after which a number is not finite. */
  diverged: number | undefined;
  /** What the deck's program prints; it is written when it is read. */
  readonly trace: string;
  /** What can be said of the learning rate; it is computed when it is read. */
  readonly verdict: Verdict;
}

/** What a learning rate does: computed for this model and other learning rates too, or measured on this run. */
export type Verdict = ComputedVerdict | MeasuredVerdict;

/** Known from the curvature of the loss; for a linear optimizer whose run ended in a valley. */
export interface ComputedVerdict {
  measured: false;
  fate: "converges" | "oscillates" | "crawls" | "diverges" | "stays";
  /** By what an epoch multiplies the distance to the minimum. */
  factor: number;
  /** The intervals of learning rates with which a run converges. */
  stable: [low: number, high: number][];
  /** The fastest learning rate, and its factor. */
  best: { lr: number; factor: number };
  /** Whether it holds everywhere, and not only near the end of the run. */
  exact: boolean;
}

/** What this run did. */
export interface MeasuredVerdict {
  measured: true;
  fate: "falls" | "does not fall" | "diverges";
  /** By what an epoch multiplied the mean loss in the second half of the run, where that is known. */
  factor: number | undefined;
}

/** A node of the computational graph. */
export interface GraphNode {
  name?: string;
  /** `leaf`, or the operation's symbol. */
  operation: string;
  /** The places of the inputs in the list of nodes. */
  inputs: number[];
  value: number;
  /** The derivative of the last node by this one; null where the last does not depend on it. */
  gradient: number | null;
}

/** One step of a derivation: a rule, and the derivatives of its parts, which are earlier steps. */
export interface Step {
  rule: string;
  /** The rule in plain words. */
  reason: string;
  /** What is differentiated. */
  before: string;
  /** What the rule gives, with `d/dw[...]` for the parts. */
  after: string;
  /** The same with the parts' derivatives, not simplified. */
  result: string;
  parts: number[];
}

/** A root: a formula, or a number with the interval that brackets it. */
export interface FoundRoot {
  text: string;
  multiplicity?: number;
  realWhere?: string;
  value?: number;
  low?: number;
  high?: number;
}

/** A phase of a sample's step; `node` is the operation in work. */
export interface TimelinePhase {
  phase: "start" | "forward" | "seed" | "backward" | "update";
  node?: number;
  name?: string;
  /** The value of the operation; in a program of tensors a nested list. */
  value?: Nested;
  /** The gradient that comes from upstream. */
  upstream?: Nested;
  /** What is passed to each input: upstream times local, and the input's sum so far; of tensors the product alone. */
  edges: { to: number; local?: number; product: Nested; total?: number }[];
}

/** The settings of `<downhill-network>`; its pictures are named, and not part of them. */
export interface NetworkState extends Omit<LabState, "data" | "epochs" | "schedule" | "at"> {
  /** The network to start from. */
  preset: string;
  /** Where the pictures come from. */
  data: string;
  /** How many of the training pictures are used; by default all. */
  samples?: number;
  precision: "float32" | "float64";
}

/** The settings of `<downhill-text>`; its text is named, and not part of them. */
export interface TextState extends Omit<NetworkState, "preset"> {
  /** How a layer makes its numbers. */
  kind: string;
  layers: number;
  /** How many characters each layer sees at once. */
  kernel: number;
  channels: number;
  /** How many characters a sample has. */
  window: number;
}

/** The settings of `<downhill-segment>`; its pictures are named, and not part of them. */
export interface SegmentState extends Omit<NetworkState, "preset" | "samples"> {
  /** How the network looks at the picture. */
  kind: string;
  /** How many layers lie above each other; with an encoder and decoder, how often the picture is halved. */
  layers: number;
  channels: number;
  /** Whether the network sees the brightness of each pixel, or its red, green and blue: "grey" or "colour". */
  colour: string;
  /** Whether the network also sees the row and the column of each pixel. */
  coordinates: boolean;
  /** Which copies of the painted pictures are further samples: "none", "mirrored" or "turned". */
  copies: string;
  /** Whether all classes of a picture count alike. */
  balanced: boolean;
}

/** The settings of a network: those of `train`, without what belongs to a run. */
export interface NetworkSettings extends Omit<RunSettings, "lr" | "epochs"> {
  /** The numbers that are calculated with; by default float64. */
  precision?: "float64" | "float32";
  /** Whether the program is compiled to machine code, as far as the page allows it; by default true. */
  compiled?: boolean;
  /** How many of the first samples are trained with; the others can be looked at, as test data. By default all. */
  samples?: number;
}

/** A network under training. It keeps memory until it is freed. */
export interface Network {
  /** How many epochs are complete. */
  readonly epochs: number;
  /** The parameters by name. Setting them makes the optimizer forget earlier steps. */
  weights: Record<string, Nested>;
  /** The gradient of the last step by name. */
  readonly gradients: Record<string, Nested>;
  /**
   * Takes steps, and returns the mean loss of each batch before its step. Where a step has no finite
   * result, its loss is NaN, no further step is taken, and the weights are the last ones whose loss
   * was finite.
   */
  step(count: number, lr: number): Float64Array;
  /** The mean loss of some samples, which are counted from 0. */
  meanLoss(samples: ArrayLike<number>): number;
  /** A line of the program for each of the samples, forward only. */
  read(name: string, samples: ArrayLike<number>): Nested[];
  /** A line of the program or a parameter for one sample, with the derivatives of the sample's loss. */
  inspect(name: string, sample: number): { shape: number[]; value: Nested; gradient: Nested | null };
  free(): void;
}

/** A tensor: a number, or lists of equally long lists. */
export type Nested = number | Nested[] | Float64Array;

/** A tensor of a program: a leaf or a line. */
export interface Tensor {
  name: string;
  /** What the line computes, or "given". */
  operation: string;
  leaf: boolean;
  inputs: number[];
  shape: number[];
  value: Nested;
  gradient: Nested | null;
  /** As PyTorch prints them. */
  printed: string;
  printedGradient: string | null;
}

export interface FoundRoots {
  roots: FoundRoot[];
  /** Whether a factor was only searched, in `interval`, so that there may be more. */
  searched: boolean;
  /** Whether these are only the first, because there are many or each takes long. */
  cut: boolean;
  interval: [number, number];
  /** The names without a value that a search would have needed. */
  missing: string[];
  /** Whether the formula is 0 everywhere. */
  everywhere: boolean;
}

/** A derivative with its steps. */
export interface Differentiated {
  /** The simplified derivative, as text that `evaluate` reads. */
  derivative: string;
  latex: string;
  python: string;
  mathml: string;
  /** Where the simplified derivative is the calculated one; empty where that is everywhere. */
  conditions: string[];
  /** The calculation as lines of one formula. */
  lines: string[];
  /** The same as a tree: the last step is the whole. */
  steps: Step[];
  /** The chain rule through the program's lines, where every name has a value: a list of factors for each path. */
  chain: { derivative: string; value: number }[][];
  roots: FoundRoot[];
}

/** What a page can use of the element `<downhill-lab>`, beside its attributes. */
export interface LabElement extends HTMLElement {
  /** Setting it changes the given settings and keeps the others. */
  get state(): LabState;
  set state(settings: Partial<LabState>);
  /** The printed trace, with all digits; empty before the first run. */
  readonly trace: string;
  /** Nothing before the first run. */
  readonly run: { parameters: string[]; weights: Float64Array; gradients: Float64Array; losses: Float64Array } | undefined;
  /** The predictions for a model with one input, before training and after it. */
  predict(input: number): { before: number | undefined; after: number | undefined } | undefined;
  /** The names of the parts that are shown. */
  readonly parts: string[];
  /** The settings that a reader may change, which are those that `lock` does not name. */
  readonly changeable: (keyof LabState)[];
  /** Changes settings as a control does: what plays stops, and locked settings stay. */
  take(settings: Partial<LabState>): void;
  /** Outlines the parts with these names, with blanks between them, and no others. */
  highlight(names: string): void;
}

export interface Downhill {
  /** Trains by gradient descent, one sample at a time. */
  train(settings?: TrainSettings): TrainResult;
  /** A network that is trained step by step, without a record of every step; for programs of tensors of any size. */
  network(settings?: NetworkSettings): Network;
  /** The phases of one sample's step, with the settings of `train`. */
  timeline(settings?: TrainSettings & { epoch?: number; sample?: number }): TimelinePhase[];
  /** Value and gradients of a program at one point. */
  gradient(model: string, values: Record<string, number>): { value: number; gradients: Record<string, number | null>; nodes: GraphNode[] };
  /** The same for a program of tensors, which are nested lists; null where the output does not depend on a leaf. */
  gradient(model: string, values?: Record<string, Nested>): { value: number; gradients: Record<string, Nested | null>; nodes: Tensor[] };
  /** The value of a program's last line. */
  evaluate(model: string, values: Record<string, number>): number;
  /** The derivative of a program's last line, of order 1 to 4, with its steps and the function's roots. */
  differentiate(model: string, by: string, options?: { order?: number; values?: Record<string, number> }): Differentiated;
  /** A shorter form of a program's last line, and where it is the same. */
  simplify(model: string): { text: string; conditions: string[] };
  /** Where a program's last line is 0; `values` are those of the other names. */
  roots(model: string, by: string, values?: Record<string, number>): FoundRoots;
}

/**
 * Loads the engine. In a page its file is fetched from beside this module; elsewhere pass the bytes
 * of `pkg/core_bg.wasm`.
 */
export function load(bytes?: ArrayBuffer | ArrayBufferView): Promise<Downhill>;
