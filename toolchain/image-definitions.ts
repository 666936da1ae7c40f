import type { ImageName } from "../components/images";
import type { Version } from "../components/core/version";
import type { BinaryName } from "./catalog";

/** A folder of an image, with its owner. */
export interface Directory {
  readonly owner: number;
  /** @default - the number of the owner */
  readonly group?: number;
  /** Permissions, as chmod takes them. @default 0o755 */
  readonly mode?: number;
}

/** An official image, as far as a static binary needs it: what its Dockerfile says, without the base system. */
export interface ImageDefinition {
  /** Tag of a version, as the official repository writes it. */
  readonly tag: (version: Version) => string;
  /** Binaries keyed by their path in the image; the first one decides the version. */
  readonly binaries: Readonly<Record<string, BinaryName>>;
  /** It has a shell at /bin/sh: BusyBox, as in Alpine. @default - none: it could run nothing but its binaries */
  readonly shell?: true;
  readonly directories: Readonly<Record<string, Directory>>;
  /** Users besides root and nobody. @default - no user database, as in an image made from nothing */
  readonly users?: Readonly<Record<string, number>>;
  readonly config: {
    readonly User: string;
    /** @default - none: the command alone */
    readonly Entrypoint?: readonly [string];
    readonly Cmd?: readonly string[];
    readonly Env?: readonly string[];
    readonly WorkingDir?: string;
    readonly ExposedPorts: readonly number[];
    readonly Volumes?: readonly string[];
  };
}

const temporary: Directory = { owner: 0, mode: 0o1777 };

/** A program of Jaeger's that runs to its end. Docker repeats it by the shell. */
const job = (binary: BinaryName, path: string): ImageDefinition => ({
  tag: (version) => version,
  binaries: { [path]: binary },
  shell: true,
  directories: { "/tmp": temporary },
  users: {},
  config: { User: "10001", Entrypoint: [path], ExposedPorts: [] },
});

/**
 * How each official image is made. Default configuration files are left out: every workload brings its own.
 *
 * Source: distributions/otelcol-contrib/Dockerfile of opentelemetry-collector-releases, Dockerfiles in cmd/jaeger,
 * cmd/es-rollover, cmd/es-index-cleaner and scripts/build/docker/base of Jaeger, Dockerfiles of Prometheus and Alertmanager,
 * app/victoria-logs/deployment/Dockerfile of VictoriaLogs.
 */
export const imageDefinitions: Readonly<Partial<Record<ImageName, ImageDefinition>>> = {
  collector: {
    tag: (version) => version,
    binaries: { "/otelcol-contrib": "otelcol-contrib" },
    directories: { "/etc/otelcol-contrib": { owner: 0 } },
    config: {
      User: "10001:10001",
      Entrypoint: ["/otelcol-contrib"],
      Cmd: ["--config", "/etc/otelcol-contrib/config.yaml"],
      ExposedPorts: [4317, 4318, 55679],
    },
  },
  guard: {
    tag: (version) => version,
    binaries: { "/sightline-guard": "sightline-guard" },
    directories: {},
    config: { User: "10001:10001", Entrypoint: ["/sightline-guard"], ExposedPorts: [4317, 4318, 8890] },
  },
  jaeger: {
    tag: (version) => version,
    binaries: { "/cmd/jaeger/jaeger-linux": "jaeger" },
    directories: { "/tmp": temporary },
    users: {},
    config: {
      User: "10001",
      Entrypoint: ["/cmd/jaeger/jaeger-linux"],
      Env: ["JAEGER_LISTEN_HOST=0.0.0.0"],
      ExposedPorts: [4317, 4318, 5778, 5779, 9411, 13132, 13133, 14250, 14268, 16686],
      Volumes: ["/tmp"],
    },
  },
  esRollover: job("jaeger-es-rollover", "/go/bin/es-rollover"),
  esIndexCleaner: job("jaeger-es-index-cleaner", "/go/bin/es-index-cleaner-linux"),
  prometheus: {
    tag: (version) => `v${version}`,
    binaries: { "/bin/prometheus": "prometheus", "/bin/promtool": "promtool" },
    directories: {
      "/etc/prometheus": { owner: 65534 },
      "/prometheus": { owner: 65534, mode: 0o775 },
      "/tmp": temporary,
    },
    users: {},
    config: {
      User: "nobody",
      Entrypoint: ["/bin/prometheus"],
      Cmd: ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"],
      WorkingDir: "/prometheus",
      ExposedPorts: [9090],
      Volumes: ["/prometheus"],
    },
  },
  alertmanager: {
    tag: (version) => `v${version}`,
    binaries: { "/bin/alertmanager": "alertmanager" },
    shell: true,
    directories: {
      "/etc/alertmanager": { owner: 65534, mode: 0o775 },
      "/alertmanager": { owner: 65534, mode: 0o775 },
      "/tmp": temporary,
    },
    users: {},
    config: {
      User: "nobody",
      Entrypoint: ["/bin/alertmanager"],
      Cmd: ["--config.file=/etc/alertmanager/alertmanager.yml", "--storage.path=/alertmanager"],
      WorkingDir: "/alertmanager",
      ExposedPorts: [9093],
      Volumes: ["/alertmanager"],
    },
  },
  // The official image says no user; ours has the one that its workload runs as.
  victorialogs: {
    tag: (version) => `v${version}`,
    binaries: { "/victoria-logs-prod": "victoria-logs" },
    directories: { "/tmp": temporary },
    users: {},
    config: { User: "10001:10001", Entrypoint: ["/victoria-logs-prod"], ExposedPorts: [9428] },
  },
};
