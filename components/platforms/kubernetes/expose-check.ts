import { isIP } from "node:net";
import { within, type Problem } from "../../core/problems";
import type { Port, Workload } from "../../core/workload";
import { exposuresOf } from "./exposure";
import type { KubernetesOptions } from "./options";

/**
 * What is wrong with how ports of these workloads are exposed. Settings come from files that people write, so nothing
 * is taken for granted that the types say.
 */
export const exposureProblems = (options: KubernetesOptions, workloads: readonly Workload[]): Problem[] => [
  ...workloads.flatMap((workload) =>
    exposuresOf(options, workload).flatMap(({ name, port, exposure }) =>
      within(`expose.${workload.name}/${name}`, problemsOf(workload, name, port, exposure)),
    ),
  ),
  ...sharedHosts(options),
];

/** Exposed names that are no port of these workloads, or no port for the outside. */
export function unknownExposures({ expose = {} }: KubernetesOptions, workloads: readonly Workload[]): Problem[] {
  const ports = workloads.flatMap((workload) => Object.keys(workload.ports).map((port) => `${workload.name}/${port}`));
  return Object.keys(expose)
    .filter((name) => !ports.includes(name))
    .map((name) => ({
      path: `expose.${name}`,
      reason: "no workload has such a port",
      remedy: `name one of ${workloads.flatMap(outward).join(", ") || "those with reach outside: there are none"}`,
    }));
}

/** A setting as a file may hold it. */
type Loose = Readonly<Record<string, unknown>>;

const kinds: Readonly<Record<string, (exposure: Loose, port: Port) => Problem[]>> = {
  cluster: ({ namespaces }) => (namespaces === undefined ? [] : labels("namespaces", namespaces)),
  ingress: (exposure, port) => [
    ...webProblems(exposure, port),
    ...text(
      "tls",
      exposure["tls"],
      "no certificate: passwords and traces would be readable on the way",
      "name a Secret with one",
    ),
    ...strings("annotations", exposure["annotations"] ?? {}),
    ...authentication(exposure["authentication"], port, ["own", "basic", "forward", "elsewhere"]),
  ],
  route: (exposure, port) => [
    ...webProblems(exposure, port),
    ...["name", "namespace", "section"].flatMap((field) =>
      text(
        `gateway.${field}`,
        loose(exposure["gateway"])[field],
        "the route has to say which listener it is for, of which gateway",
        "name it; the listener has to end TLS",
      ),
    ),
    ...authentication(exposure["authentication"], port, ["own", "elsewhere"]),
  ],
  "load-balancer": ({ tls, sources, annotations }, port) => [
    ...text("tls.by", loose(tls)["by"], "no program of a stack ends TLS", "name what does, such as the load balancer"),
    ...strings("annotations", annotations ?? {}),
    ...ranges(sources),
    ...(port.asks ? [] : [{ path: "kind", value: "load-balancer", ...open }]),
  ],
};

/** A port whose program takes whoever comes. */
const open = {
  reason: "the program asks nobody who they are, so all who find the address would come in",
  remedy: "expose it by ingress or route with somebody who asks, or give the program a token where it takes one",
};

function problemsOf(workload: Workload, name: string, port: Port, exposure: unknown): Problem[] {
  const { kind } = loose(exposure);
  const check = typeof kind === "string" && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  const others = outward(workload).filter((other) => other !== `${workload.name}/${name}`);
  return [
    ...(port.reach === "outside"
      ? []
      : [
          {
            path: "reach",
            value: port.reach ?? "platform",
            reason: "this port is not for the outside",
            remedy: others.length > 0 ? `expose one of ${others.join(", ")}` : "leave it out",
          },
        ]),
    ...(check === undefined
      ? [
          {
            path: "kind",
            ...(kind !== undefined && { value: kind }),
            reason: "not a way to expose a port",
            remedy: `write one of ${Object.keys(kinds).join(", ")}`,
          },
        ]
      : check(loose(exposure), port)),
  ];
}

/** What an ingress and a route have in common. */
const webProblems = ({ host, from }: Loose, { protocol = "tcp" }: Port): Problem[] => [
  ...(typeof host === "string" && isHostName(host)
    ? []
    : [found("host", host, "not a host name", "write the name alone, as traces.example.com")]),
  ...labels("from", from),
  ...(protocol === "tcp"
    ? []
    : [
        {
          path: "kind",
          reason: "only HTTP and gRPC come in that way",
          remedy: "expose it by load-balancer or cluster",
        },
      ]),
];

function authentication(value: unknown, { asks }: Port, allowed: readonly string[]): Problem[] {
  const { kind, by, secret, url, signIn } = loose(value);
  if (kind === undefined) {
    const remedy = `set its kind to one of ${allowed.join(", ")}`;
    return [{ path: "authentication", reason: "nobody would be asked who they are", remedy }];
  }
  if (typeof kind !== "string" || !allowed.includes(kind)) {
    return [found("authentication.kind", kind, "nothing here asks in this way", `write one of ${allowed.join(", ")}`)];
  }
  const nginx =
    by === "ingress-nginx"
      ? []
      : [
          found(
            "authentication.by",
            by,
            "only ingress-nginx, and what reads its annotations, asks in this way; others let everybody in",
            "write ingress-nginx if that is what reads this class, or say elsewhere and who asks",
          ),
        ];
  switch (kind) {
    case "own":
      return asks ? [] : [{ path: "authentication.kind", value: "own", ...open }];
    case "elsewhere":
      return text("authentication.by", by, "nobody is named", "name what asks, so that others can find it");
    case "basic":
      return [...nginx, ...text("authentication.secret", secret, "no passwords", "name a Secret with the key auth")];
    default:
      return [
        ...nginx,
        ...webAddress("authentication.url", url),
        ...(signIn === undefined ? [] : webAddress("authentication.signIn", signIn)),
      ];
  }
}

/** An ingress and a route take all paths of their host, so there is nothing left for a second one. */
function sharedHosts({ expose = {} }: KubernetesOptions): Problem[] {
  const taken = new Map<unknown, string>();
  return Object.entries(expose).flatMap(([name, exposure]) => {
    const { host } = loose(exposure);
    const owner = taken.get(host);
    if (host === undefined || owner === undefined) {
      taken.set(host, name);
      return [];
    }
    return [found(`expose.${name}.host`, host, `${owner} has this name`, "give each port a name of its own")];
  });
}

function ranges(sources: unknown): Problem[] {
  if (sources === undefined) return [];
  const remedy = "write ranges as 203.0.113.0/24, or leave sources out to let all addresses in";
  if (!Array.isArray(sources) || sources.length === 0) {
    return [found("sources", sources, "no address ranges", remedy)];
  }
  return sources.flatMap((range: unknown, i) =>
    isRange(range) ? [] : [found(`sources.${i}`, range, "not an address range", remedy)],
  );
}

const isHostName = (host: string): boolean =>
  host.length <= 253 && host.split(".").every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label));

function isRange(range: unknown): boolean {
  const [address = "", prefix = "", ...rest] = String(range).split("/");
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return rest.length === 0 && /^\d+$/.test(prefix) && Number(prefix) <= bits;
}

const text = (path: string, value: unknown, reason: string, remedy: string): Problem[] =>
  typeof value === "string" && value.trim() !== "" ? [] : [found(path, value, reason, remedy)];

const webAddress = (path: string, value: unknown): Problem[] =>
  typeof value === "string" && /^https?:\/\/[^/]/.test(value)
    ? []
    : [found(path, value, "not a web address", "write it in full, beginning with https://")];

/** Labels of a namespace. None at all would be those of every one. */
const labels = (path: string, value: unknown): Problem[] =>
  Object.keys(loose(value)).length > 0
    ? strings(path, value)
    : [found(path, value, "names no namespace", "give labels, as kubernetes.io/metadata.name: ingress-nginx")];

const strings = (path: string, value: unknown): Problem[] =>
  Object.entries(loose(value))
    .filter(([, text]) => typeof text !== "string")
    .map(([key, text]) => found(`${path}.${key}`, text, "not text", "put it in quotes"));

const found = (path: string, value: unknown, reason: string, remedy: string): Problem => ({
  path,
  ...(value !== undefined && { value }),
  reason,
  remedy,
});

const loose = (value: unknown): Loose =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Loose) : {};

/** Ports that may be exposed, as settings name them. */
const outward = ({ name, ports }: Workload): string[] =>
  Object.entries(ports).flatMap(([port, { reach }]) => (reach === "outside" ? [`${name}/${port}`] : []));
