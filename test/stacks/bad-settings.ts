import { dockerPlanner } from "../../components/platforms/docker/plan";
import { settingsFrom } from "../../configs/settings-from";
import { hostOf } from "../../stacks/host";
import { describedSecrets, observability } from "../../stacks/observability";

/** What a user did: what was to be planned, and every sentence of the one refusal that comes of it. */
export type Case = readonly [plan: () => unknown, ...sentences: string[]];

/** A whole stack with these settings. */
export const set = (raw: Readonly<Record<string, unknown>>) => () => {
  const settings = settingsFrom("dev", raw);
  const planner = dockerPlanner(hostOf(settings));
  return planner.plan(observability(settings, planner, describedSecrets));
};

const promised = {
  service: "pay",
  kind: "availability",
  objective: "99.9 %",
  owner: "payments",
  runbook: "https://wiki.example.com/pay",
};

/** Settings of a whole stack that must be refused. */
export const badSettings: Readonly<Record<string, Case>> = {
  "a misspelt setting": [set({ durabilty: "disk" }), "durabilty: unknown setting; did you mean durability?"],
  "a misspelt setting inside another": [
    set({ memory: { loky: "1 GiB" } }),
    "memory.loky: unknown setting; did you mean loki?",
  ],
  "a number where a size is meant": [
    set({ queueSize: 2 }),
    'queueSize: must be a size with its unit, got 2; write, for example, "2 GiB"',
  ],
  "a text where true or false is meant": [
    set({ grafana: "yes" }),
    'grafana: must be true or false, got "yes"; see docs/settings.md',
  ],
  "a platform that is not there": [
    set({ platform: "nomad" }),
    'platform: must be docker or kubernetes, got "nomad"; see docs/settings.md',
  ],
  "a durability that is not there": [
    set({ durability: "tape" }),
    'durability: must be memory, disk or disk-fsync, got "tape"; see docs/settings.md',
  ],
  "port 0": [
    set({ ports: { loki: 0 } }),
    "ports.loki: must be at least 1, got 0; write, for example, a number from 1 to 65535",
  ],
  "a port above all ports": [
    set({ ports: { loki: 65536 } }),
    "ports.loki: must be at most 65535, got 65536; write, for example, a number from 1 to 65535",
  ],
  "a port as text": [
    set({ ports: { loki: "3100" } }),
    'ports.loki: must be a whole number, got "3100"; write, for example, a number from 1 to 65535',
  ],
  "a retention without unit": [
    set({ metricsRetention: "15" }),
    'metricsRetention: must be a duration with its unit, got "15"; write, for example, "15d"',
  ],
  "a retention as number": [
    set({ logsRetention: 7 }),
    'logsRetention: must be a duration with its unit, got 7; write, for example, "7d"',
  ],
  "a size with a decimal unit": [
    set({ metricsSize: "10 GB" }),
    'metricsSize: must be a size with its unit, got "10 GB"; write, for example, "10 GiB"',
  ],
  "an objective over a time between two buckets": [
    set({ metricsRetention: "30d", objectives: [{ ...promised, kind: "latency", under: "300ms" }] }),
    'objectives.0.under: not a bucket boundary of the span metrics, so it cannot be counted, got "300ms"; write 250ms or 500ms',
  ],
  "two objectives of one name, for longer than metrics are kept": [
    set({ objectives: [promised, promised] }),
    'objectives.0.window: longer than the metrics retention, 15d, got "30d"; set metricsRetention (retention of prometheus) to 30d or more',
    'objectives.1.window: longer than the metrics retention, 15d, got "30d"; set metricsRetention (retention of prometheus) to 30d or more',
    'objectives.1.name: another objective of pay has this name, got "availability"; give one of them another name',
  ],
  "a misspelt setting of an objective": [
    set({ objectives: [{ ...promised, ownr: "shop" }] }),
    "objectives.0.ownr: unknown setting; did you mean owner?",
  ],
  "a receiver without a secret, and one that nobody knows how to reach": [
    set({
      alerts: {
        receivers: [
          { name: "pager", kind: "pagerduty" },
          { name: "hook", kind: "webhook", url: "hooks.example.com" },
        ],
      },
    }),
    "alerts.receivers.0.secret: missing, but pagerduty requires it; `pulumi config set --secret --path receiverSecrets.pager`",
    'alerts.receivers.1.url: not a URL, got "hooks.example.com"; start it with https://',
  ],
  "receivers of one name, of which none hears of critical alerts": [
    set({
      alerts: {
        receivers: [
          { name: "shop", kind: "slack", channel: "#shop", owners: ["shop"] },
          { name: "shop", kind: "opsgenie", severities: ["warning"] },
        ],
        watchdog: "deadman",
      },
      receiverSecrets: { shop: "a", other: "b" },
    }),
    'alerts.receivers.1.name: another receiver has this name, got "shop"; give one of them another name',
    'alerts.watchdog: no receiver has this name, got "deadman"; write one of shop, shop',
    "alerts.receivers: no receiver gets critical alerts without an owner, such as the alerts about the tracing stack itself; remove owners from one receiver whose severities include critical",
    "receiverSecrets.other: no receiver has this name; remove it",
  ],
  "a receiver of a kind that is not there": [
    set({ alerts: { receivers: [{ name: "pager", kind: "fax" }] } }),
    'alerts.receivers.0.kind: must be one of webhook, email, slack, pagerduty, opsgenie, msteams, got "fax"; write, for example, { receivers: [{ name: pager, kind: pagerduty, severities: [critical] }] }',
  ],
  "an Alertmanager of somebody else beside one of the stack": [
    set({
      alerts: {
        alertmanager: "https://alerts.example.com",
        receivers: [{ name: "hook", kind: "webhook", url: "https://hooks.example.com" }],
      },
    }),
    'alerts.alertmanager: an existing Alertmanager has its own receivers, got "https://alerts.example.com"; remove receivers, or remove this address',
  ],
  "a name that no engine takes": [
    set({ name: "Dev Stack" }),
    'name: must be lower case letters, digits and hyphens, got "Dev Stack"; write, for example, sightline-dev',
  ],
  "an engine without scheme": [
    set({ dockerHost: "localhost" }),
    'dockerHost: must be the URL of a Docker engine, got "localhost"; write, for example, unix:///var/run/docker.sock or ssh://user@host',
  ],
  "a host name where an address is meant": [
    set({ otlpAddress: "localhost" }),
    'otlpAddress: must be an IP address, got "localhost"; write, for example, 127.0.0.1, or 0.0.0.0 together with otlpTokens',
  ],
  "OTLP open to the world without auth": [
    set({ otlpAddress: "0.0.0.0" }),
    'otlpAddress: anyone who can reach this address could send OTLP, got "0.0.0.0"; set a token with `pulumi config set --secret --path otlpTokens.<team> …`, or write 127.0.0.1',
  ],
  "UIs open to the world": [
    set({ uiAddress: "192.0.2.1" }),
    'uiAddress: Jaeger, Prometheus and the log store have no authentication, got "192.0.2.1"; write 127.0.0.1 and put an authenticating proxy in front, or set uiWithoutAuthentication: true',
  ],
  "an empty token": [
    set({ otlpTokens: { payments: "" } }),
    'otlpTokens.payments: must not be empty, got ""; see docs/settings.md',
  ],
  "tokens without any token": [
    set({ otlpTokens: {} }),
    "otlpTokens: holds no token; write `pulumi config set --secret --path otlpTokens.<team> …`, or remove otlpTokens to let everyone send",
  ],
  "a token of a name that a line cannot hold": [
    set({ otlpTokens: { "the payments": "token" } }),
    "otlpTokens.the payments: not a name of lower case letters, digits and hyphens; give it another one, such as payments-2",
  ],
  "a password for a storage without one": [
    set({ storagePassword: "s3cret" }),
    "storagePassword: badger storage uses no password; remove it",
  ],
  "a storage's password in clear": [
    set({ storage: { kind: "opensearch", external: { urls: ["https://search.example.com"], password: "s3cret" } } }),
    "storage.external.password: a password in plain text; remove it and run `pulumi config set --secret storagePassword …`",
  ],
  "a sampling file outside its folder": [
    set({ sampling: "../dev.json" }),
    'sampling: must be a file name in configs/sampling, got "../dev.json"; write, for example, dev.json',
  ],
  "a sampling file that is not there": [
    set({ sampling: "none.json" }),
    "jaeger.sampling.content: the strategies file does not exist or is empty; name a file in configs/sampling, or write { default_strategy: … }",
    "jaeger.files./etc/jaeger/sampling.json: empty; add content, or remove the file",
  ],
  "a missing image tag": [
    set({ images: { jaeger: { tag: "", version: "2.20.0" } } }),
    'images.jaeger.tag: must be a tag, got ""; write, for example, { tag: "2.20.0", version: "2.20.0" }',
  ],
  "an image whose version nobody knows": [
    set({ images: { jaeger: { tag: "mine" } } }),
    'images.jaeger.version: missing, but tag is "mine"; write the version of the program in that image, as "2.20.0"',
  ],
  "an image version that is none": [
    set({ images: { jaeger: { tag: "latest", version: "latest" } } }),
    'images.jaeger.version: must be three numbers, got "latest"; write, for example, { tag: "2.20.0", version: "2.20.0" }',
  ],
  "half a digest": [
    set({ images: { loki: { digest: "sha256:abc" } } }),
    'images.loki.digest: must be sha256: and 64 hexadecimal digits, got "sha256:abc"; write, for example, { tag: "2.20.0", version: "2.20.0" }',
  ],
  "a user by name": [
    set({ images: { loki: { user: "loki" } } }),
    'images.loki.user: must be a numeric user and group, got "loki"; write, for example, { tag: "2.20.0", version: "2.20.0" }',
  ],
  "a Jaeger that is too old": [
    set({ images: { jaeger: { tag: "2.12.0", version: "2.12.0" } } }),
    'jaeger.image.version: older than Jaeger 2.13.0, got "2.12.0"; use 2.13.0 or newer',
  ],
  "a Collector that is too old": [
    set({ images: { collector: { tag: "0.150.0", version: "0.150.0" } } }),
    'collector.image.version: older than 0.158.0, got "0.150.0"; choose a newer image',
  ],
  "a storage that is not there": [
    set({ storage: { kind: "casandra" } }),
    'jaeger.storage.kind: unknown trace storage, got "casandra"; write memory or badger or cassandra or elasticsearch or opensearch or clickhouse or grpc',
  ],
  "a storage without kind": [
    set({ storage: { size: "20 GiB" } }),
    'storage.kind: must be a string; write, for example, { kind: badger, size: "20 GiB", retention: "72h" }',
  ],
  "a storage as text": [
    set({ storage: "badger" }),
    'storage: must be an object with a kind, got "badger"; write, for example, { kind: badger, size: "20 GiB", retention: "72h" }',
  ],
  "Badger without size": [
    set({ storage: { kind: "badger" } }),
    'jaeger.storage.size: missing; write it with its unit, as "20 GiB"',
    'prometheus.rules.jaeger.jaeger.TraceVolumeFull.expr: contains NaN, got "jaeger_storage_badger_size_bytes_lsm + jaeger_storage_badger_size_bytes_vlog - 2147483648 > NaN"; fix the size in it',
  ],
  "traces kept for a time without unit": [
    set({ storage: { kind: "badger", size: "20 GiB", retention: "72" } }),
    'jaeger.storage.retention: not a duration, got "72"; write it with its unit, as "72h" or "7d"',
  ],
  "an option that Badger has not": [
    set({ storage: { kind: "badger", size: "20 GiB", ttl: "72h" } }),
    "jaeger.storage.ttl: unknown option; use kind, size, retention, archiveRetention, fsync",
  ],
  "a memory storage for no trace": [
    set({ storage: { kind: "memory", maxTraces: 0 } }),
    "jaeger.storage.maxTraces: not a whole number above zero, got 0; write 1 or more",
  ],
  "two programs on one outside port": [
    set({ ports: { jaeger: 3000 } }),
    "grafana.ports.http.outside: jaeger.ports.query is published under the same number, got 3000; give one of them another published port",
  ],
  "OTLP by gRPC and by HTTP on one outside port": [
    set({ ports: { otlpGrpc: 4318 } }),
    "collector.ports.otlp-http.outside: collector.ports.otlp-grpc is published under the same number, got 4318; give one of them another published port",
  ],
  "logs kept for less than VictoriaLogs can": [
    set({ logsRetention: "12h" }),
    'victorialogs.retention: less than a day, the shortest retention of VictoriaLogs, got "12h"; keep logs for "24h" or longer',
  ],
  "less room for metrics than Prometheus needs": [
    set({ metricsSize: "100 MiB" }),
    'prometheus.size: less than the write-ahead log may need, got "100 MiB"; give it 512 MiB or more',
  ],
  "a disk of no size for the queues": [
    set({ queueSize: "0 GiB" }),
    'collector.file_storage.size: not a size, got "0 GiB"; write it with its unit, as "2 GiB"',
    'collector.volumes./var/lib/otelcol: not a size, got "0 GiB"; write it with its unit, as "2 GiB"',
  ],
  "less memory than Docker gives": [
    set({ memory: { victorialogs: "4 MiB" } }),
    'victorialogs.memory: Docker gives a container at least 6 MiB, got "4 MiB"; write more, with its unit, as "256 MiB"',
  ],
};
