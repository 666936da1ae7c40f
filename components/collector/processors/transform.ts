import type { Value } from "../../core/config";
import * as check from "../checks";
import { literals } from "../literal";
import { marksOf, type Processor, type Signal } from "../part";
import type { ErrorMode } from "./error-mode";

/** Statements in OTTL, with the context in each path: `set(span.attributes["team"], "shop")`. */
export type Statements = readonly (string | StatementGroup)[];

/** Statements that share conditions. */
export interface StatementGroup {
  /** Of several, one has to hold. @default - always */
  readonly conditions?: readonly string[];
  readonly statements: readonly string[];
}

export interface TransformOptions<S extends Signal> {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
  /** Statements by signal; the processor fits into pipelines of these signals alone. */
  readonly statements: { readonly [K in S]: Statements };
  /** What happens to a record a statement fails on. @default "ignore" */
  readonly errorMode?: ErrorMode;
}

const keys = { traces: "trace_statements", metrics: "metric_statements", logs: "log_statements" } as const;

/**
 * Rewrites with statements in OTTL. Dollars mean themselves.
 *
 * Source: processor/transformprocessor of the Collector's contrib repository.
 */
export const transform = <S extends Signal>({
  name,
  statements,
  errorMode = "ignore",
}: TransformOptions<S>): Processor<S> => ({
  role: "processor",
  type: "transform",
  stage: "rewrite",
  ...(name !== undefined && { name }),
  carries: marksOf<S>(statements),
  config: {
    error_mode: errorMode,
    ...Object.fromEntries(
      Object.entries<Statements>(statements).map(([signal, list]) => [keys[signal as S], render(list)]),
    ),
  },
  problems: Object.entries<Statements>(statements).flatMap(([signal, list]) =>
    check.some(`statements.${signal}`, list, "write statements, or remove the signal"),
  ),
});

/** The Collector takes texts alone or groups alone. */
const render = (list: Statements): Value =>
  list.every((statement) => typeof statement === "string")
    ? literals(list)
    : list.map((statement) => literals(typeof statement === "string" ? { statements: [statement] } : { ...statement }));
