import { within, type Problem } from "../../core/problems";
import type { Port, Workload } from "../../core/workload";
import { authentication, open } from "./expose-authentication";
import { exposuresOf } from "./exposure";
import { flag, found, isHostName, isRange, labels, loose, strings, text, unknownFields, type Loose } from "./loose";
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
      reason: "no workload has this port",
      remedy: `name one of ${workloads.flatMap(outward).join(", ") || "those with reach outside (there are none)"}`,
    }));
}

interface Check {
  /** Everything it may say besides its kind. */
  readonly fields: readonly string[];
  readonly problems: (exposure: Loose, port: Port) => Problem[];
}

const kinds: Readonly<Record<string, Check>> = {
  cluster: {
    fields: ["namespaces"],
    problems: ({ namespaces }) => (namespaces === undefined ? [] : labels("namespaces", namespaces)),
  },
  ingress: {
    fields: ["host", "className", "tls", "authentication", "grpc", "annotations", "from"],
    problems: ({ className = "default", tls, annotations = {}, ...exposure }, port) => [
      ...webProblems(exposure, port),
      ...text("className", className, "not a valid class name", "name one, or remove it"),
      ...text(
        "tls",
        tls,
        "no certificate: passwords and traces would be sent unencrypted",
        "name a Secret that contains one",
      ),
      ...strings("annotations", annotations),
      ...authentication(exposure["authentication"], port, ["own", "basic", "forward", "elsewhere"]),
    ],
  },
  route: {
    fields: ["host", "gateway", "authentication", "grpc", "from"],
    problems: (exposure, port) => [
      ...webProblems(exposure, port),
      ...["name", "namespace", "section"].flatMap((field) =>
        text(
          `gateway.${field}`,
          loose(exposure["gateway"])[field],
          "missing: the route must name a gateway and a listener",
          "name it; the listener must terminate TLS",
        ),
      ),
      ...authentication(exposure["authentication"], port, ["own", "elsewhere"]),
    ],
  },
  "load-balancer": {
    fields: ["tls", "annotations", "sources"],
    problems: ({ tls, sources, annotations = {} }, port) => [
      ...text(
        "tls.by",
        loose(tls)["by"],
        "no program of the stack terminates TLS",
        "name what terminates it, such as the load balancer",
      ),
      ...strings("annotations", annotations),
      ...ranges(sources),
      ...(port.asks ? [] : [{ path: "kind", value: "load-balancer", ...open }]),
    ],
  },
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
            reason: "this port cannot be exposed",
            remedy: others.length > 0 ? `expose one of ${others.join(", ")}` : "remove it",
          },
        ]),
    ...(check === undefined
      ? [
          {
            path: "kind",
            ...(kind !== undefined && { value: kind }),
            reason: "unknown way to expose a port",
            remedy: `write one of ${Object.keys(kinds).join(", ")}`,
          },
        ]
      : [...unknownFields(loose(exposure), ["kind", ...check.fields]), ...check.problems(loose(exposure), port)]),
  ];
}

/** What an ingress and a route have in common. */
const webProblems = ({ host, from, grpc = false }: Loose, { protocol = "tcp" }: Port): Problem[] => [
  ...(typeof host === "string" && isHostName(host)
    ? []
    : [found("host", host, "not a host name", "write only the name, as traces.example.com")]),
  ...labels("from", from),
  ...flag("grpc", grpc),
  ...(protocol === "tcp"
    ? []
    : [
        {
          path: "kind",
          reason: "only HTTP and gRPC can be exposed this way",
          remedy: "expose it by load-balancer or cluster",
        },
      ]),
];

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
    return [found(`expose.${name}.host`, host, `${owner} has this name`, "give each port its own host name")];
  });
}

function ranges(sources: unknown): Problem[] {
  if (sources === undefined) return [];
  const remedy = "write ranges as 203.0.113.0/24, or remove sources to allow all addresses";
  if (!Array.isArray(sources) || sources.length === 0) {
    return [found("sources", sources, "no address ranges", remedy)];
  }
  return sources.flatMap((range: unknown, i) =>
    isRange(range) ? [] : [found(`sources.${i}`, range, "not an address range", remedy)],
  );
}

/** Ports that may be exposed, as settings name them. */
const outward = ({ name, ports }: Workload): string[] =>
  Object.entries(ports).flatMap(([port, { reach }]) => (reach === "outside" ? [`${name}/${port}`] : []));
