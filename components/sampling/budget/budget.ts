import type { Duration } from "../../core/units";
import type { WantedValue } from "../attribute-policy";
import type { Amount } from "./amount";
import type { Weights } from "./classes";
import type { Profile } from "./profile";

/** Traces that are kept before others, while they fit into what is set apart for them. */
export interface Always {
  /** Those in which a span failed: up to 15 % of the budget, and what is slow has more. @default true */
  readonly errors?: boolean | undefined;
  /** Those that took longer. @default - what is slow for its route */
  readonly slow?: Duration | undefined;
  /** Those that begin with one of these routes, each as `<service> <route>`. @default - none */
  readonly routes?: readonly string[] | undefined;
  /** Those that begin in one of these services. @default - none */
  readonly services?: readonly string[] | undefined;
  /** Those of which a span, or its resource, has one of these values; 2 % of the budget each. @default - none */
  readonly attributes?: Readonly<Record<string, readonly WantedValue[]>> | undefined;
}

/** What a stack can afford to keep of its traces, all samplers together, and what it must not miss. */
export interface Budget extends Weights {
  readonly budget: Amount;
  /** @default - errors */
  readonly always?: Always | undefined;
  /**
   * Time over which the budget holds. What was not used in a tenth of it may be used later: in any time L at most
   * budget × L + 0.1 × budget × window is kept. Longer ones keep more of what comes in one burst, as in a fault.
   *
   * @default "1h"
   */
  readonly window?: Duration | undefined;
}

/** A budget, and what it is compiled for. */
export interface SamplingBudget extends Budget {
  /** What traffic is like, as `sightline sampling learn` writes it. @default - all routes are taken for alike */
  readonly profile?: Profile | undefined;
  /** What a span takes in the storage, with its index and copies. Needed for budgets in GiB alone. @default - not known */
  readonly storedBytesPerSpan?: number | undefined;
}

/** Where a budget is spent. */
export interface Place {
  /** Samplers that traces are divided among. */
  readonly samplers: number;
  /** What a span takes in the storage, with its index and copies. Needed for budgets in GiB alone. @default - not known */
  readonly storedBytesPerSpan?: number | undefined;
}
