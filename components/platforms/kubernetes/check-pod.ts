import type { Problem } from "../../core/problems";
import { inMebibytes } from "../../core/units";
import type { Workload } from "../../core/workload";
import { cronSchedule } from "./cron-job";

export const memoryProblems = ({ memory }: Workload): Problem[] =>
  inMebibytes(memory) >= 1
    ? []
    : [
        {
          path: "memory",
          value: memory,
          reason: "not a usable amount of memory",
          remedy: 'write it with its unit, as "256 MiB"',
        },
      ];

/** Source: IsValidPortName in apimachinery/pkg/util/validation of Kubernetes. */
const isPortName = (name: string): boolean =>
  /^[a-z0-9]([a-z0-9]|-(?!-)){0,13}[a-z0-9]$|^[a-z]$/.test(name) && /[a-z]/.test(name);

export const portNameProblems = ({ ports }: Workload): Problem[] =>
  Object.keys(ports)
    .filter((name) => !isPortName(name))
    .map((name) => ({
      path: `ports.${name}`,
      reason: "not a valid Kubernetes port name",
      remedy: "use at most 15 lower case letters, digits and single hyphens, with a letter among them",
    }));

/** A clock has no "every seven hours": some days would begin anew. */
export const scheduleProblems = ({ repeat }: Workload): Problem[] =>
  repeat === undefined || cronSchedule(repeat) !== undefined
    ? []
    : [
        {
          path: "repeat",
          value: repeat,
          reason: "must divide an hour or a day into equal parts of at least a minute",
          remedy: 'write, for example, "10m", "1h" or "24h"',
        },
      ];
