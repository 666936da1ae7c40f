import type { Config } from "../../core/config";
import { atLeast } from "../../core/version";
import * as check from "../checks";
import { literal } from "../literal";
import { marksOf, type Processor, type Signal } from "../part";
import type { ErrorMode } from "./error-mode";

/** Conditions in OTTL, by what they look at; where one holds, that thing is dropped. */
export interface DropConditions {
  readonly traces: { readonly resource?: Conditions; readonly span?: Conditions; readonly spanEvent?: Conditions };
  readonly metrics: { readonly resource?: Conditions; readonly metric?: Conditions; readonly dataPoint?: Conditions };
  readonly logs: { readonly resource?: Conditions; readonly log?: Conditions };
}

/** `span.attributes["http.route"] == "/health"`. */
export type Conditions = readonly [string, ...string[]];

export interface FilterOptions<S extends Signal> {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
  /** What to drop, by signal; the processor fits into pipelines of these signals alone. */
  readonly drop: Pick<DropConditions, S>;
  /** What happens to a record a condition fails on. @default "ignore", which keeps it */
  readonly errorMode?: ErrorMode;
}

/** Before 0.146 conditions stood under the signal, by names of their own. */
const contexts: Readonly<Record<string, { readonly now: string; readonly before: string }>> = {
  resource: { now: "resource", before: "resource" },
  span: { now: "span", before: "span" },
  spanEvent: { now: "spanevent", before: "spanevent" },
  metric: { now: "metric", before: "metric" },
  dataPoint: { now: "datapoint", before: "datapoint" },
  log: { now: "log", before: "log_record" },
};
const keys = { traces: "trace_conditions", metrics: "metric_conditions", logs: "log_conditions" } as const;

/**
 * Drops what nobody wants to keep. Dropping a span leaves its children without a parent: drop whole services by their
 * resource, and let sampling decide about traces. Dollars mean themselves.
 *
 * Source: processor/filterprocessor of the Collector's contrib repository.
 */
export const filter = <S extends Signal>({ name, drop, errorMode = "ignore" }: FilterOptions<S>): Processor<S> => ({
  role: "processor",
  type: "filter",
  stage: "drop",
  ...(name !== undefined && { name }),
  carries: marksOf<S>(drop),
  config: (version) => ({
    error_mode: errorMode,
    ...Object.fromEntries(
      Object.entries<Wanted>(drop).map(([signal, wanted]) =>
        atLeast(version, "0.146.0")
          ? [keys[signal as S], grouped(wanted)]
          : [
              signal,
              Object.fromEntries(given(wanted).map(([what, list]) => [contexts[what]!.before, list.map(literal)])),
            ],
      ),
    ),
  }),
  problems: Object.entries<Wanted>(drop).flatMap(([signal, wanted]) =>
    check.some(`drop.${signal}`, given(wanted), "write conditions, or remove the signal"),
  ),
});

type Wanted = Readonly<Record<string, Conditions | undefined>>;

const given = (wanted: Wanted): [string, Conditions][] =>
  Object.entries(wanted).filter((entry): entry is [string, Conditions] => entry[1] !== undefined);

const grouped = (wanted: Wanted): Config[] =>
  given(wanted).map(([what, list]) => ({ context: contexts[what]!.now, conditions: list.map(literal) }));
