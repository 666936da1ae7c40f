/**
 * How a service decides, at the start of a trace, whether to record it. `probabilistic` keeps that share of traces, 0 to
 * 1; `ratelimiting` keeps that many a second, and not every SDK can do it (Node.js cannot).
 */
export type Strategy = { readonly type: "probabilistic" | "ratelimiting"; readonly param: number };

/** Another share for traces that start with one span name. */
export type OperationStrategy = {
  readonly operation: string;
  readonly type: "probabilistic";
  readonly param: number;
};

export type DefaultStrategy = Strategy & {
  /** For `probabilistic` alone. @default - none */
  readonly operation_strategies?: readonly OperationStrategy[];
};

export type ServiceStrategy = DefaultStrategy & { readonly service: string };

/**
 * What Jaeger answers to SDKs that ask how to sample, in the words of its strategies file.
 *
 * Source: internal/sampling/samplingstrategy/file/{strategy,provider}.go of Jaeger.
 */
export type Strategies = {
  /** For services that are not named below; its operations apply to those that are, too. */
  readonly default_strategy: DefaultStrategy;
  /** @default - none */
  readonly service_strategies?: readonly ServiceStrategy[];
};

/** Every trace is recorded. */
export const keepEverything: Strategies = { default_strategy: { type: "probabilistic", param: 1 } };
