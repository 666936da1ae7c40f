import type { Call, FoundService } from "./service";

/** What spans and metrics of a system lack. */
export interface Gap {
  readonly kind: "without-spans" | "without-route" | "without-name";
  readonly service: string;
  /** What is seen, and what to do about it, in a sentence each. */
  readonly seen: string;
  readonly remedy: string;
}

/** What was measured of services that send spans. */
export interface Seen {
  /** Names of services that send spans. */
  readonly sending: readonly string[];
  /** Calls that spans show. */
  readonly calls: readonly Call[];
  /** Services some of whose server spans have no `http.route`. */
  readonly routeless: readonly string[];
}

/** Gaps between what runs and what is seen of it: services that are called and send nothing first. */
export function gapsBetween(services: readonly FoundService[], mentioned: readonly Call[], seen: Seen): Gap[] {
  const sending = new Set(seen.sending);
  const callers = (name: string) => [
    ...new Set(
      [...mentioned, ...seen.calls].filter(({ to, from }) => to === name && sending.has(from)).map(({ from }) => from),
    ),
  ];
  const silent = services
    .filter(({ name, passive }) => !passive && !sending.has(name))
    .map(({ name }) => ({ name, callers: callers(name).sort() }))
    .filter(({ callers }) => callers.length > 0)
    .map(({ name, callers }): Gap => ({
      kind: "without-spans",
      service: name,
      seen: `It sends no spans, and traces of ${callers.join(", ")}, which call it, end there.`,
      remedy: "Instrument it.",
    }));
  const unnamed = seen.sending
    .filter((name) => /^unknown_service(:|$)/.test(name))
    .map((service): Gap => ({
      kind: "without-name",
      service,
      seen: "Spans come without a service.name.",
      remedy: "Set OTEL_SERVICE_NAME.",
    }));
  const routeless = [...seen.routeless].sort().map((service): Gap => ({
    kind: "without-route",
    service,
    seen: "Server spans have no http.route: requests of all its endpoints look alike.",
    remedy: "Use an instrumentation of its framework, or set http.route in the handler.",
  }));
  return [...silent, ...unnamed, ...routeless];
}
