import { addressFrom } from "../../path/read/address";
import { pathOf, placeOf, used, type Collector } from "../../path/read/collector";
import { child, has, partlyKnown, type Place } from "../../path/read/node";
import type { Found, Rule } from "./rule";

interface Taken {
  readonly port: number;
  readonly path: string;
  readonly at: Place;
}

const protocols: Readonly<Record<string, number>> = { grpc: 4317, http: 4318 };

function ports(collector: Collector): Taken[] {
  const otlp = used(collector, "receivers", "otlp").flatMap((receiver) =>
    Object.entries(protocols).flatMap(([protocol, otherwise]) => {
      if (!has(receiver.config, "protocols", protocol)) return [];
      const written = partlyKnown(child(receiver.config, "protocols", protocol, "endpoint"));
      const port = written === undefined ? otherwise : addressFrom(written).port;
      const path = ["protocols", protocol, "endpoint"];
      return port === undefined ? [] : [{ port, path: pathOf(receiver, ...path), at: placeOf(receiver, ...path) }];
    }),
  );
  const others = [
    ...used(collector, "receivers", "zipkin"),
    ...used(collector, "exporters", "prometheus"),
    ...used(collector, "extensions", "health_check", "zpages", "pprof"),
  ].flatMap((component) => {
    const port = addressFrom(partlyKnown(child(component.config, "endpoint")) ?? "").port;
    return port === undefined
      ? []
      : [{ port, path: pathOf(component, "endpoint"), at: placeOf(component, "endpoint") }];
  });
  return [...otlp, ...others];
}

export const portTaken: Rule = {
  code: "port-taken",
  severity: "error",
  finds: "two components of one process that listen on one port; `otelcol validate` passes it",
  find: ({ collectors }) =>
    collectors.flatMap((collector) => {
      const taken = ports(collector);
      return taken.flatMap(({ port, path, at }, position): Found[] => {
        const first = taken.slice(0, position).find((other) => other.port === port);
        if (first === undefined || port === 0) return [];
        return [
          {
            at,
            path,
            value: port,
            reason: `${first.path} has this port, so the Collector does not start`,
            remedy: "give one of them another port",
          },
        ];
      });
    }),
};
