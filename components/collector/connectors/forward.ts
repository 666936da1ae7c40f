import { marksOf, type Connector, type Signal } from "../part";

export interface ForwardOptions<S extends Signal> {
  readonly signal: S;
  /** Tells several of them apart: `sampling`. @default - the type alone */
  readonly name?: string;
}

/**
 * Hands everything from one pipeline to another of the same signal: pipelines meet or part there.
 *
 * Source: connector/forwardconnector of the Collector.
 */
export function forward<S extends Signal>({ signal, name }: ForwardOptions<S>): Connector<NoInfer<S>, NoInfer<S>> {
  const marks = marksOf<S>({ [signal]: true } as Record<S, true>);
  return {
    role: "connector",
    type: "forward",
    ...(name !== undefined && { name }),
    accepts: marks,
    emits: marks,
    config: {},
  };
}
