import type { Config } from "../core/config";
import type { Problem } from "../core/problems";
import { atLeast, type Version } from "../core/version";
import type { TraceStorage } from "./storage";

/** Body of a storage in the configuration of one Jaeger; empty where it is refused. */
export const storageConfig = ({ config, problems = [] }: TraceStorage, jaeger: Version): Config =>
  problems.length > 0 ? {} : told(config, jaeger);

/** Body of its archive, where it has one. */
export const archiveConfig = ({ archive, problems = [] }: TraceStorage, jaeger: Version): Config | undefined =>
  archive === undefined || problems.length > 0 ? undefined : told(archive, jaeger);

const told = (config: TraceStorage["config"], jaeger: Version): Config =>
  typeof config === "function" ? config(jaeger) : config;

/** Why one Jaeger cannot open a storage. */
export const unknownTo = (jaeger: Version, { kind, since }: TraceStorage): Problem[] =>
  since === undefined || atLeast(jaeger, since)
    ? []
    : [
        {
          path: "kind",
          value: kind,
          reason: `Jaeger ${jaeger} cannot use this storage as configured`,
          remedy: `use Jaeger ${since} or newer, or another storage`,
        },
      ];

/** What to know about a storage opened by one Jaeger. */
export const warningsOf = ({ warnings = [] }: TraceStorage, jaeger: Version): Problem[] =>
  warnings
    .filter(({ before }) => before === undefined || !atLeast(jaeger, before))
    .map(({ path, value, reason, remedy }) => ({ path, ...(value !== undefined && { value }), reason, remedy }));

/** Arguments that open the gates a storage asks for: an unknown gate would keep Jaeger from starting. */
export function gateArgs({ gates = [] }: TraceStorage, jaeger: Version): string[] {
  const wanted = gates.filter(({ before }) => !atLeast(jaeger, before)).map(({ id }) => id);
  return wanted.length === 0 ? [] : [`--feature-gates=${wanted.join(",")}`];
}
