import type { Call, Coverage, Criticality, FoundService, Traffic } from "./service";

/** What is known of a system beside its services. */
export interface Surroundings {
  readonly calls: readonly Call[];
  /** By name of the service. @default - nothing was measured */
  readonly traffic?: Readonly<Record<string, Traffic>>;
}

/** A service with how soon it is worth instrumenting, and why. */
export interface Ranked extends FoundService {
  /** The product of the factors. 0 where nothing is left to gain. */
  readonly priority: number;
  readonly factors: Readonly<Record<Factor, number>>;
  /** Services that call it, and services that it calls. */
  readonly fanIn: number;
  readonly fanOut: number;
  /** Calls from the edge: 0 at an entry point. @default - no way from an entry point is known */
  readonly hops?: number;
  /** @default - not measured */
  readonly traffic?: Traffic;
}

export type Factor = "criticality" | "traffic" | "errors" | "connections" | "nearness" | "missing";

const ofCriticality: Readonly<Record<Criticality, number>> = { critical: 4, high: 3, medium: 2, low: 1 };
const covered: Readonly<Record<Coverage, number>> = { none: 0, passive: 0.3, automatic: 0.6, manual: 1 };

/**
 * Services in the order in which instrumenting them pays:
 *
 *     criticality · log10(1 + requests/s) · (1 + 5 · errors) · (1 + log10(1 + fan-in + fan-out)) · 1/(1 + hops) · (1 − coverage)
 *
 * Criticality is 4, 3, 2 or 1; coverage 0, 0.3 (passive), 0.6 (automatic) or 1 (automatic and manual). Where no traffic was
 * measured at all, replicas stand for requests a second. A service that no way from an entry point leads to counts as one
 * hop behind the farthest that has one. What makes no spans of its own has nothing to gain. Equal ones stand by name.
 */
export function ranked(services: readonly FoundService[], { calls, traffic }: Surroundings): Ranked[] {
  const far = hopsFrom(
    services.filter(({ exposedBy }) => exposedBy.length > 0).map(({ name }) => name),
    calls,
  );
  const beyond = Math.max(0, ...far.values()) + 1;
  return services
    .map((service) => {
      const { name, replicas, criticality = "medium", coverage, passive } = service;
      const measured = traffic?.[name];
      const fanIn = calls.filter(({ to }) => to === name).length;
      const fanOut = calls.filter(({ from }) => from === name).length;
      const hops = far.get(name);
      const factors: Record<Factor, number> = {
        criticality: ofCriticality[criticality],
        traffic: Math.log10(1 + (traffic === undefined ? replicas : (measured?.rate ?? 0))),
        errors: 1 + 5 * (measured?.errors ?? 0),
        connections: 1 + Math.log10(1 + fanIn + fanOut),
        nearness: 1 / (1 + (hops ?? beyond)),
        missing: passive ? 0 : 1 - covered[coverage],
      };
      const priority = Object.values(factors).reduce((product, factor) => product * factor, 1);
      return {
        ...service,
        priority,
        factors,
        fanIn,
        fanOut,
        ...(hops !== undefined && { hops }),
        ...(measured && { traffic: measured }),
      };
    })
    .sort((a, b) => b.priority - a.priority || a.name.localeCompare(b.name));
}

/** Fewest calls from any entry point, by service that a way leads to. */
function hopsFrom(entries: readonly string[], calls: readonly Call[]): ReadonlyMap<string, number> {
  const far = new Map(entries.map((name) => [name, 0]));
  for (let edge = entries, hops = 1; edge.length > 0; hops++) {
    edge = calls.filter(({ from, to }) => edge.includes(from) && !far.has(to)).map(({ to }) => to);
    for (const name of edge) far.set(name, hops);
  }
  return far;
}
