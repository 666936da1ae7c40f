import { connectsTo, type Endpoint } from "../core/platform";
import type { Problem } from "../core/problems";
import { goMemoryLimit, inBytes, type Size } from "../core/units";
import type { Secret, Workload } from "../core/workload";
import { images, type Release } from "../images";
import { check, duration, optional, size as isSize } from "../storage/options";
import { grafanaFiles, grafanaSettings, type GrafanaConfigArgs } from "./config";
import { passwordVariable } from "./data-sources";

export interface GrafanaArgs extends GrafanaConfigArgs {
  /** One with a shell and BusyBox, as the default one is: the health check runs inside. @default - as pinned in configs/versions.json */
  readonly image?: Release;
  /**
   * Password of user `admin`. Grafana reads it at its first start alone; afterwards it is in the data volume, and
   * `grafana cli admin reset-admin-password` changes it.
   */
  readonly adminPassword: Secret;
  /** Encrypts what Grafana keeps secret in its database. Another one makes that unreadable. */
  readonly secretKey: Secret;
  /** Room for users, preferences and dashboards made in the browser. @default "1 GiB" */
  readonly size?: Size;
  /** Number under which the outside reaches it. @default - neighbours alone reach it */
  readonly outside?: number | undefined;
  /** @default "512 MiB" */
  readonly memory?: Size;
}

/** Where Grafana finds plugins. Source: plugin_catalog_url and grafana_com in its conf/defaults.ini. */
const pluginCatalog: readonly Endpoint[] = [{ host: "grafana.com", port: 443 }];

export const grafanaPorts = { http: { port: 3000 } } as const;

/**
 * Grafana, with data sources and dashboards for tracing already in it.
 *
 * Refuses a dashboard of more than 1 MiB, and an address that no browser could open.
 */
export function grafana(name: string, args: GrafanaArgs): Workload<"http"> {
  const { image = images.grafana, adminPassword, secretKey, size = "1 GiB", outside, memory = "512 MiB" } = args;
  const files = grafanaFiles(args);
  return {
    name,
    component: "dashboards:Grafana",
    image,
    env: {
      ...grafanaSettings(args),
      // Plain variables, not GF_…__FILE: that is read by the image's start script, which distroless images do not have.
      GF_SECURITY_ADMIN_PASSWORD: adminPassword,
      GF_SECURITY_SECRET_KEY: secretKey,
      ...passwords(args),
      GOMEMLIMIT: goMemoryLimit(memory),
    },
    files,
    volumes: {
      "/var/lib/grafana": { kind: "persistent", name: "data", size, ownedByImage: true },
      // Data sources are processes of their own; Grafana talks to them through sockets here.
      "/tmp": { kind: "scratch", size: "64 MiB" },
    },
    ports: { http: { ...grafanaPorts.http, asks: true, ...(outside !== undefined && { reach: "outside", outside }) } },
    ...connectsTo(
      args.prometheus,
      args.jaeger,
      ...(args.logs ? [args.logs.at] : []),
      ...(args.logs?.kind === "victorialogs" ? pluginCatalog : []),
    ),
    health: {
      port: "http",
      path: "/api/health",
      command: ["wget", "-q", "-O", "/dev/null", `http://127.0.0.1:${grafanaPorts.http.port}/api/health`],
      // The first start builds the database.
      startup: "3m",
    },
    memory,
    problems: problems(args, files),
  };
}

/** What Grafana shows to data sources that ask. */
const passwords = ({ prometheus, jaeger, logs }: GrafanaArgs): NonNullable<Workload["env"]> =>
  Object.fromEntries(
    (
      [
        ["prometheus", prometheus],
        ["jaeger", jaeger],
        ["logs", logs?.at],
      ] as const
    ).flatMap(([source, at]) => (at?.login ? [[passwordVariable(source), at.login.password]] : [])),
  );

/** A ConfigMap holds no more. Source: the Kubernetes API. */
const largest: Size = "1 MiB";

const problems = (
  { size, memory, resolution, rootUrl }: GrafanaArgs,
  files: NonNullable<Workload["files"]>,
): Problem[] => [
  ...check(
    { size, memory, resolution },
    { size: optional(isSize), memory: optional(isSize), resolution: optional(duration) },
  ),
  ...(rootUrl === undefined || /^https?:\/\/[^/]/.test(rootUrl)
    ? []
    : [
        {
          path: "rootUrl",
          value: rootUrl,
          reason: "not a web address",
          remedy: 'write it in full, as "https://traces.example"',
        },
      ]),
  ...Object.entries(files)
    .filter(([, file]) => "content" in file && Buffer.byteLength(file.content) > inBytes(largest))
    .map(([path]) => ({ path: `files.${path}`, reason: `more than ${largest}`, remedy: "make it two dashboards" })),
];
