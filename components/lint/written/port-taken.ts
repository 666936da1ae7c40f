import { addressFrom, type Address } from "../../path/read/address";
import { pathOf, placeOf, used, type Collector, type Component } from "../../path/read/collector";
import { child, has, partlyKnown, type Place } from "../../path/read/node";
import type { Found, Rule } from "./rule";

interface Taken {
  readonly address: Address;
  readonly path: string;
  readonly at: Place;
}

export const portTaken: Rule = {
  code: "port-taken",
  severity: "error",
  finds: "two components of one process that listen on one port; `otelcol validate` passes it",
  find: ({ collectors }) =>
    collectors.flatMap((collector) => {
      const taken = listening(collector);
      return taken.flatMap((one, position): Found[] => {
        const first = taken.slice(0, position).find((other) => exclude(one.address, other.address));
        if (first === undefined) return [];
        return [
          {
            at: one.at,
            path: one.path,
            value: one.address.port,
            reason: `${first.path} already uses this port, so the Collector does not start`,
            remedy: "give one of them another port",
          },
        ];
      });
    }),
};

const otlpDefaults = { grpc: "localhost:4317", http: "localhost:4318" };

/** Components that listen, where a file says on which port or leaves OTLP's own. */
function listening(collector: Collector): Taken[] {
  const otlp = used(collector, "receivers", "otlp").flatMap((receiver) =>
    Object.entries(otlpDefaults).flatMap(([protocol, otherwise]) =>
      has(receiver.config, "protocols", protocol)
        ? taken(receiver, ["protocols", protocol, "endpoint"], otherwise)
        : [],
    ),
  );
  const others = [
    ...used(collector, "receivers", "zipkin"),
    ...used(collector, "exporters", "prometheus"),
    ...used(collector, "extensions", "health_check", "zpages", "pprof"),
  ];
  return [...otlp, ...others.flatMap((component) => taken(component, ["endpoint"]))];
}

function taken(component: Component, path: readonly string[], otherwise = ""): Taken[] {
  const address = addressFrom(partlyKnown(child(component.config, ...path)) ?? otherwise);
  if (address.port === undefined || address.port === 0) return [];
  return [{ address, path: pathOf(component, ...path), at: placeOf(component, ...path) }];
}

const everywhere = ["", "0.0.0.0", "::"];

/** Whether two cannot listen beside each other: one port of one address, or of all. An unknown address is its own alone. */
function exclude(one: Address, other: Address): boolean {
  if (one.port !== other.port) return false;
  const hosts = [one, other].map(({ host, written }) => (host === "localhost" ? "127.0.0.1" : (host ?? written)));
  return hosts[0] === hosts[1] || hosts.some((host) => everywhere.includes(host));
}
