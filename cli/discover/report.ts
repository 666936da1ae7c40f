import type { Gap, Ranked } from "../../components/discovery";
import { inColumns } from "../columns";

/** What was found of a system. */
export interface Discovery {
  readonly services: readonly Ranked[];
  readonly gaps: readonly Gap[];
  /** Whether Prometheus said how much traffic there is. */
  readonly measured: boolean;
}

/** A table of services, the gaps, and what to do, in order. */
export function asText({ services, gaps, measured }: Discovery): string {
  if (services.length === 0) return "No service was found. Name files with -f, or a cluster with --cluster.";
  const todo = plan(services);
  const traffic = measured ? "requests/s" : "replicas (traffic was not measured)";
  return [
    inColumns({
      title: `Services, by what instrumenting them brings; traffic: ${traffic}`,
      headings: [
        "service",
        "priority",
        "runtime",
        "instrumented",
        "traffic",
        "errors",
        "in",
        "out",
        "hops",
        "opened by",
      ],
      rows: services.map((service) => [
        service.name,
        service.priority.toFixed(2),
        service.passive ? "–" : (service.runtime ?? "?"),
        service.passive ? "by its clients" : service.coverage,
        measured ? short(service.traffic?.rate) : String(service.replicas),
        service.traffic === undefined ? "–" : `${(service.traffic.errors * 100).toFixed(1)} %`,
        String(service.fanIn),
        String(service.fanOut),
        service.hops === undefined ? "?" : String(service.hops),
        service.exposedBy.join(", ") || "–",
      ]),
    }),
    ...(gaps.length === 0
      ? []
      : [
          inColumns({
            title: "Gaps",
            headings: ["service", "seen", "remedy"],
            rows: gaps.map(({ service, seen, remedy }) => [service, seen, remedy]),
          }),
        ]),
    todo.length === 0
      ? "Every service is instrumented."
      : inColumns({
          title: "Plan",
          headings: ["", "service", "how"],
          rows: todo.map(({ name, how }, i) => [`${i + 1}.`, name, how]),
        }),
  ].join("\n\n");
}

const short = (rate: number | undefined): string => (rate === undefined ? "–" : rate.toPrecision(3));

/** Services that nothing instruments, entry points first, with the line that instruments each. */
export const plan = (services: readonly Ranked[]): { readonly name: string; readonly how: string }[] =>
  [...services]
    .filter(({ coverage, passive }) => !passive && (coverage === "none" || coverage === "passive"))
    .sort((a, b) => Number(b.hops === 0) - Number(a.hops === 0) || b.priority - a.priority)
    .map((service) => ({ name: service.name, how: howTo(service) }));

function howTo({ runtime, source }: Ranked): string {
  const file = /\.ya?ml$/.test(source);
  if (runtime === "nodejs" && file) return `npm run sightline -- instrument -f ${source} --write`;
  if (runtime === "nodejs") return 'annotate it with sightline.dev/instrument: "nodejs", and instrumentAll()';
  if (runtime === "go") return "call kit.Start() of instrumentation/go in its main, see docs/instrumentation.md";
  return 'give it an SDK of its language, and instrument(…, { runtime: "env" }) for where to send';
}
