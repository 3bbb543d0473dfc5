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
  /** How the trace writes its numbers: two decimals, or all digits. */
  digits?: "rounded" | "full";
}

/** A run: one row for each step, a step for each sample of each epoch. */
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

export interface Downhill {
  /** Trains by gradient descent, one sample at a time. */
  train(settings?: TrainSettings): TrainResult;
  /** Value and gradients of a program at one point. */
  gradient(model: string, values: Record<string, number>): { value: number; gradients: Record<string, number | null>; nodes: GraphNode[] };
  /** The value of a program's last line. */
  evaluate(model: string, values: Record<string, number>): number;
}

/**
 * Loads the engine. In a page its file is fetched from beside this module; elsewhere pass the bytes
 * of `pkg/core_bg.wasm`.
 */
export function load(bytes?: ArrayBuffer | ArrayBufferView): Promise<Downhill>;
