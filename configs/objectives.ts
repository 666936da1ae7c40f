import { z } from "zod";
import { within, type Problem } from "../components/core/problems";
import type { Duration } from "../components/core/units";
import {
  objectiveProblems as problemsOf,
  type Objective,
  type ObjectiveOptions,
} from "../components/prometheus/objectives";
import { duration, percent, text } from "./values";

/** What services have promised. Whether it can be measured is checked beside Prometheus, which alone knows. */
export const objectives = z.array(
  z.strictObject({
    service: text,
    route: text.optional(),
    kind: z.enum(["availability", "latency"], "must be availability or latency"),
    objective: percent,
    under: duration.optional(),
    window: duration.optional(),
    owner: text,
    runbook: text,
    name: text.optional(),
  } satisfies Readonly<Record<keyof ObjectiveOptions, z.ZodType>>),
  "must be a list",
);

interface Promised {
  readonly objectives: readonly Objective[];
  readonly metricsRetention: Duration;
}

/** What is wrong with objectives, as settings have them. */
export const objectiveProblems = ({ objectives, metricsRetention }: Promised): Problem[] =>
  within("objectives", problemsOf(objectives, { retention: metricsRetention }));
