import type { Problem } from "../../components/core/problems";
import type { Override } from "../../configs/overrides";
import type { Settings } from "../../configs/settings-from";
import { capacityChanges, type CapacityChange, type Disks } from "./capacity";
import { type Prices } from "./cost";
import { configChanges, type ConfigChange } from "./config-changes";
import { recordedLess } from "./head-sampling";
import { imageChanges, type ImageChange } from "./images";
import { keptBy, type Kept } from "./kept";
import { kindOf } from "./kinds";
import { lossesOf, type Loss } from "./losses";
import { lowered } from "./lowered";
import { restarts, type Restart } from "./restarts";
import type { Operation, Preview, Step } from "./steps";
import { keptLess } from "./tail-sampling";

/** One object that does not stay as it is. */
export interface Change {
  readonly component: string;
  readonly operation: Exclude<Operation, "same">;
  readonly kind: string;
  readonly name: string;
  /** Paths of the arguments that differ. */
  readonly fields: readonly string[];
}

/** What an update would do, for people. */
export interface Summary {
  readonly stack: string;
  /** Whether there is a state to compare with. */
  readonly compared: boolean;
  /** Why there is no preview: the settings, or what they meet, are refused. */
  readonly problems: readonly Problem[];
  /** What Pulumi complained about. */
  readonly errors: readonly string[];
  /** What the program warns of. */
  readonly warnings: readonly string[];
  readonly changes: readonly Change[];
  /** Processes that run another image. */
  readonly images: readonly ImageChange[];
  /** What changes inside files that processes read. */
  readonly configuration: readonly ConfigChange[];
  readonly unchanged: number;
  readonly restarts: readonly Restart[];
  readonly losses: readonly Loss[];
  /** Data that nothing reads any more, and that stays. */
  readonly kept: readonly Kept[];
  readonly capacity: readonly CapacityChange[];
  /** @default - no cost is shown */
  readonly prices?: Prices;
  /** What could not be looked at, and why. */
  readonly notes: readonly string[];
  /** What this machine has instead of what the settings ask for. */
  readonly overrides: readonly Override[];
}

export interface Known {
  readonly stack: string;
  /** @default true */
  readonly compared?: boolean;
  readonly problems?: readonly Problem[];
  readonly notes?: readonly string[];
  readonly overrides?: readonly Override[];
  readonly prices?: Prices;
  /** Settings of the last update. @default - there was none, or they cannot be read */
  readonly before?: Settings;
  /** @default - they are refused */
  readonly after?: Settings;
  /** Bytes of volumes by workload, where the platform knows no sizes. */
  readonly disks?: (settings: Settings) => Disks;
}

/** A summary of what a preview says, beside what else is known. */
export function summarize({ steps, errors, warnings }: Preview, known: Known): Summary {
  const { stack, compared = true, problems = [], notes = [], overrides = [], prices, before, after, disks } = known;
  // Pulumi walks in several threads: its order is another one each time.
  const ordered = steps.toSorted((a, b) => inOrder(keyOf(a), keyOf(b)));
  const isNew = steps.every(({ operation }) => operation === "create");
  const declared = after && disks && { before: before && !isNew ? disks(before) : {}, after: disks(after) };
  return {
    stack,
    compared,
    problems,
    errors,
    warnings,
    changes: ordered.flatMap(({ operation, component, name, fields, ...step }) =>
      operation === "same" ? [] : [{ component, operation, kind: kindOf(step), name, fields }],
    ),
    images: imageChanges(ordered),
    configuration: configChanges(ordered),
    unchanged: steps.filter(({ operation }) => operation === "same").length,
    restarts: restarts(ordered),
    losses: [
      ...lossesOf(ordered),
      ...(before && after && !isNew ? lowered(before, after) : []),
      ...recordedLess(steps),
      ...keptLess(steps),
    ],
    kept: keptBy(stack, ordered),
    capacity: capacityChanges(ordered, declared),
    ...(prices && { prices }),
    notes,
    overrides,
  };
}

const keyOf = ({ component, type, name }: Step): string => [component, type, name].join(" ");
const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A summary of settings that are refused: there is nothing to preview. */
export const refused = (known: Known): Summary => summarize({ steps: [], config: {}, errors: [], warnings: [] }, known);

/** A summary of a preview that did not come about. */
export const failed = (stack: string, error: unknown): Summary =>
  summarize(
    { steps: [], config: {}, errors: [error instanceof Error ? error.message : String(error)], warnings: [] },
    { stack },
  );
