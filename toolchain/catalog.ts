import type { Version } from "../components/core/version";

/** What a binary is for: running the dev stack, a cluster on one machine, our own tests, or work on the project. */
export type Purpose = "dev" | "cluster" | "test" | "contributors";

/** A program this folder holds pinned sources of. */
export interface Binary {
  /** Folder of its Go module, beside this file. */
  readonly folder: string;
  /** Version that is really built; where a neighbour wants another one, configuration follows this one. */
  readonly version: Version;
  /** The requirement in go.mod that decides the version, as `module version`. */
  readonly source: string;
  /** Go package of its main function. */
  readonly package: string;
  /** Build tags. @default - none */
  readonly tags?: readonly string[];
  /** Values set while linking, besides stripping symbols: `package.variable=value`. @default - none */
  readonly variables?: readonly string[];
  /** Files its module embeds that another module of its go.mod holds. @default - none */
  readonly embeds?: { readonly module: string; readonly folder: string; readonly files: readonly string[] };
  /** Empty for what only serves an explicit wish. */
  readonly purposes: readonly Purpose[];
  /**
   * Wall time of a first build on 2 cores, measured with an empty build cache. Those of a cluster alone are rough: they
   * were measured two at a time.
   */
  readonly seconds: number;
}

// Prometheus compiles every service discovery in unless told otherwise, and the modules of some cannot be obtained.
const discovery = ["remove_all_sd", "enable_file_sd", "enable_http_sd", "enable_dns_sd", "enable_kubernetes_sd"];

/** Every program that can be built. Requirements are those of the go.mod files; a test holds the two together. */
export const catalog = {
  pulumi: {
    folder: "pulumi",
    version: "3.259.0",
    source: "github.com/pulumi/pulumi/pkg/v3 v3.259.0",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    tags: ["osusergo", "grpcnotrace"],
    variables: ["github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.259.0"],
    purposes: ["dev"],
    seconds: 377,
  },
  // A module of its own: it does not compile against the packages that the command line needs.
  "pulumi-language-nodejs": {
    folder: "language-nodejs",
    version: "3.187.0",
    source: "github.com/pulumi/pulumi/pkg/v3 v3.187.0",
    package: "github.com/pulumi/pulumi/sdk/nodejs/cmd/pulumi-language-nodejs/v3",
    purposes: ["dev"],
    seconds: 97,
  },
  // Both providers are bridged here; they carry the version of the npm package whose program they serve.
  "pulumi-resource-docker": {
    folder: "providers-docker-random",
    version: "5.2.0",
    source: "github.com/pulumi/pulumi-terraform-bridge/v3 v3.127.0",
    package: "./docker",
    tags: ["no_compose"],
    purposes: ["dev"],
    seconds: 211,
  },
  "pulumi-resource-random": {
    folder: "providers-docker-random",
    version: "4.21.2",
    source: "github.com/pulumi/pulumi-terraform-bridge/v3 v3.127.0",
    package: "./random",
    tags: ["no_compose"],
    purposes: ["dev"],
    seconds: 128,
  },
  "pulumi-resource-kubernetes": {
    folder: "provider-kubernetes",
    version: "4.25.0",
    source: "github.com/pulumi/pulumi-kubernetes/provider/v4 v4.0.0-20260115033456-f47bc2d6f199",
    package: ".",
    embeds: {
      module: "github.com/pulumi/pulumi-kubernetes/provider/v4",
      folder: "cmd/pulumi-resource-kubernetes",
      files: ["schema.json", "terraform-mapping.json"],
    },
    purposes: ["cluster"],
    seconds: 1300,
  },
  "otelcol-contrib": {
    folder: "collector",
    version: "0.158.0",
    source: "go.opentelemetry.io/collector/otelcol v0.158.0",
    package: ".",
    purposes: ["dev", "cluster", "test"],
    seconds: 540,
  },
  // Jaeger's module carries the numbers of Jaeger 1; its release 2.13.0 is tagged v1.76.0.
  jaeger: {
    folder: "jaeger",
    version: "2.13.0",
    source: "github.com/jaegertracing/jaeger v1.76.0",
    package: "github.com/jaegertracing/jaeger/cmd/jaeger",
    variables: ["github.com/jaegertracing/jaeger/internal/version.latestVersion=v2.13.0"],
    purposes: ["dev", "cluster", "test"],
    seconds: 342,
  },
  // Both keep indices of Elasticsearch and OpenSearch.
  "jaeger-es-rollover": {
    folder: "jaeger",
    version: "2.13.0",
    source: "github.com/jaegertracing/jaeger v1.76.0",
    package: "github.com/jaegertracing/jaeger/cmd/es-rollover",
    purposes: ["cluster", "test"],
    seconds: 30,
  },
  "jaeger-es-index-cleaner": {
    folder: "jaeger",
    version: "2.13.0",
    source: "github.com/jaegertracing/jaeger v1.76.0",
    package: "github.com/jaegertracing/jaeger/cmd/es-index-cleaner",
    purposes: ["cluster", "test"],
    seconds: 30,
  },
  prometheus: {
    folder: "prometheus",
    version: "3.16.0",
    source: "github.com/prometheus/prometheus v0.316.0",
    package: "github.com/prometheus/prometheus/cmd/prometheus",
    variables: ["github.com/prometheus/common/version.Version=3.16.0"],
    tags: discovery,
    purposes: ["dev", "cluster", "test"],
    seconds: 150,
  },
  promtool: {
    folder: "prometheus",
    version: "3.16.0",
    source: "github.com/prometheus/prometheus v0.316.0",
    package: "github.com/prometheus/prometheus/cmd/promtool",
    variables: ["github.com/prometheus/common/version.Version=3.16.0"],
    tags: discovery,
    purposes: ["dev", "cluster", "test"],
    seconds: 30,
  },
  // The newest version whose module holds the web pages that it embeds.
  alertmanager: {
    folder: "alertmanager",
    version: "0.31.1",
    source: "github.com/prometheus/alertmanager v0.31.1",
    package: "github.com/prometheus/alertmanager/cmd/alertmanager",
    variables: ["github.com/prometheus/common/version.Version=0.31.1"],
    purposes: ["cluster", "test"],
    seconds: 60,
  },
  "victoria-logs": {
    folder: "victorialogs",
    version: "1.52.1",
    source: "github.com/VictoriaMetrics/VictoriaLogs v1.52.1",
    package: "github.com/VictoriaMetrics/VictoriaLogs/app/victoria-logs",
    variables: ["github.com/VictoriaMetrics/VictoriaMetrics/lib/buildinfo.Version=victoria-logs-v1.52.1"],
    purposes: ["dev", "cluster", "test"],
    seconds: 60,
  },
  // Ours: it needs no other module's version.
  "sightline-guard": {
    folder: "guard",
    version: "1.0.0",
    source: "module sightline/toolchain/guard",
    package: ".",
    purposes: ["dev", "cluster", "test"],
    seconds: 20,
  },
  telemetrygen: {
    folder: "telemetrygen",
    version: "0.161.0",
    source: "github.com/open-telemetry/opentelemetry-collector-contrib/cmd/telemetrygen v0.161.0",
    package: "github.com/open-telemetry/opentelemetry-collector-contrib/cmd/telemetrygen",
    purposes: ["cluster", "test", "contributors"],
    seconds: 25,
  },
  coredns: {
    folder: "coredns",
    version: "1.15.0",
    source: "github.com/coredns/coredns v1.15.0",
    package: "github.com/coredns/coredns",
    purposes: ["cluster"],
    seconds: 290,
  },
  // One program that is the API server, the controller manager, the scheduler, the kubelet or the proxy, by its name.
  // 1.34 is the newest that accepts version 1 of cgroups and containerd 1.6.
  kubernetes: {
    folder: "kubernetes",
    version: "1.34.2",
    source: "k8s.io/kubernetes v1.34.2",
    package: ".",
    variables: ["k8s.io/component-base/version.gitVersion=v1.34.2"],
    purposes: ["cluster"],
    seconds: 1060,
  },
  // Needs no module but itself.
  pause: {
    folder: "pause",
    version: "1.0.0",
    source: "module sightline/toolchain/pause",
    package: ".",
    purposes: ["cluster"],
    seconds: 5,
  },
} as const satisfies Record<string, Binary>;

export type BinaryName = keyof typeof catalog;

/** The same table, where one type for all entries is handier than the narrow one. */
export const binaries: Readonly<Record<BinaryName, Binary>> = catalog;

export const binaryNames = Object.keys(catalog) as readonly BinaryName[];

/** Names of all binaries that serve a purpose, those that take longest first. */
export const binariesFor = (purpose: Purpose): BinaryName[] =>
  binaryNames
    .filter((name) => binaries[name].purposes.includes(purpose))
    .sort((a, b) => binaries[b].seconds - binaries[a].seconds);

/** What is never built here, and why. */
export const unbuildable = {
  loki: {
    reason: "Loki is under the AGPL, which nothing that this project builds or links may be",
    remedy:
      "load its official image (docker pull, docker save, docker load), or keep logs in VictoriaLogs: `logs: { kind: victorialogs }`",
  },
  grafana: {
    reason: "Grafana's server is not published as a Go module, and its web pages are not published at all",
    remedy: "load the image where there is a network (docker pull, docker save) and bring it here (docker load)",
  },
} as const;
