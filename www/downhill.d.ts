/** What is wrong with an input: a sentence, the setting, and the place in its text in UTF-16 units. */
export class DownhillError extends Error {
  field: string;
  start: number | undefined;
  end: number | undefined;
}

/** The settings of a run; absent ones are the deck's. */
export interface TrainSettings {
  /** The formula program; its last line is minimised. */
  model?: string;
  /** The columns, by name. */
  data?: Record<string, ArrayLike<number>>;
  /** The initial values of parameters; one that is absent begins at 1. */
  init?: Record<string, number>;
  /** The learning rate, above 0. */
  lr?: number;
  /** How often the run passes over the data. */
  epochs?: number;
  /** How many samples a step takes; by default 1. */
  batch?: number;
  /** `"sgd"`, `"adagrad"`, `"rmsprop"`, `"adam"` or `"adamw"`; the options have torch.optim's names and defaults. */
  optimizer?: string;
  /** Of sgd and rmsprop: how much of the last step is kept, from 0 to below 1. */
  momentum?: number;
  /** Of sgd: whether the gradient is looked at ahead, along the momentum. */
  nesterov?: boolean;
  weightDecay?: number;
  /** Of rmsprop: how much of the mean of squares is kept. */
  alpha?: number;
  /** Of adam and adamw: how much of the two means is kept. */
  betas?: [number, number];
  /** Of all but sgd: what keeps a divisor above 0. */
  eps?: number;
  /** How the learning rate changes from epoch to epoch: `"constant"`, `"step"`, `"exponential"` or `"cosine"`. */
  schedule?: string;
  /** Of the schedule step: after how many epochs the learning rate is multiplied; by default 10. */
  stepSize?: number;
  /** The factor of the schedules step (by default 0.1) and exponential (0.9). */
  gamma?: number;
  /** Whether each epoch has an order of its own, as Python's `random.seed(seed)` and `random.shuffle` give it. */
  shuffle?: boolean;
  seed?: number;
  /** How the trace writes its numbers: two decimals, or all digits. */
  digits?: "rounded" | "full";
}

/** A run: one row for each step, a step for each batch of each epoch. */
export interface TrainResult {
  parameters: string[];
  /** The parameters after each step: steps x parameters. */
  weights: Float64Array;
  /** The gradient of each step: steps x parameters. */
  gradients: Float64Array;
  /** The loss of the step's sample after the step. */
  losses: Float64Array;
  /** The first step, counted from 1, after which a number is not finite. */
  diverged: number | undefined;
  /** What the deck's program prints. */
  trace: string;
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
  value?: number;
  /** The gradient that comes from upstream. */
  upstream?: number;
  /** What is passed to each input: upstream times local, and the input's sum so far. */
  edges: { to: number; local: number; product: number; total: number }[];
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

export interface Downhill {
  /** Trains by gradient descent, one sample at a time. */
  train(settings?: TrainSettings): TrainResult;
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
