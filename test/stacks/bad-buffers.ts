import { set, type Case } from "./bad-settings";

/** Buffers that must be refused. */
export const badBuffers: Readonly<Record<string, Case>> = {
  "a buffer that is nowhere": [
    set({ buffer: { topic: "spans" } }),
    'jaeger.buffer.external: neither external nor managed is given; write managed: { nodes: 3, size: "100 GiB" } to run one, or external with the addresses of an existing one',
  ],
  "a buffer that is in two places": [
    set({ buffer: { managed: { nodes: 1, size: "10 GiB" }, external: { brokers: ["k:9092"] } } }),
    "jaeger.buffer.managed: given together with external; remove one of them: traces are in one store",
  ],
  "a broker without a port": [
    set({ buffer: { external: { brokers: ["kafka.example.com"] } } }),
    'jaeger.buffer.external.brokers.0: has no port, got "kafka.example.com"; write "host:port", as "store-1.example.com:9042"',
  ],
  "a password of a buffer in clear": [
    set({ buffer: { external: { brokers: ["k:9092"], user: "jaeger", password: "s3cret" } } }),
    "buffer.external.password: a password in plain text; remove it and run `pulumi config set --secret bufferPassword …`",
  ],
  "a user of a buffer without password": [
    set({ buffer: { external: { brokers: ["k:9092"], user: "jaeger" } } }),
    "jaeger.buffer.external.user: given without password; `pulumi config set --secret bufferPassword …`, or remove user",
  ],
  "a password of a buffer that asks for none": [
    set({ bufferPassword: "s3cret" }),
    "bufferPassword: the configured buffer uses no password; remove it",
  ],
  "three brokers on one machine": [
    set({ buffer: { managed: { nodes: 3, size: "10 GiB" } } }),
    "buffer.managed.nodes: a Docker host is one machine, so all nodes would fail together, got 3; write 1, or run it on Kubernetes",
  ],
  "a volume too small for what is written at once": [
    set({ buffer: { managed: { nodes: 1, size: "1 GiB", partitions: 100 } } }),
    'jaeger.buffer.managed.size: not enough for 100 partitions and messages of 16 MiB, got "1 GiB"; write "18286 MiB" or more, or fewer partitions',
  ],
  "a topic that Kafka does not take": [
    set({ buffer: { topic: "spans/all", external: { brokers: ["k:9092"] } } }),
    'jaeger.buffer.topic: not a valid topic name, got "spans/all"; write letters, digits, dots and hyphens',
  ],
  "a topic that Kafka keeps for itself": [
    set({ buffer: { topic: "__consumer_offsets", external: { brokers: ["k:9092"] } } }),
    'jaeger.buffer.topic: not a valid topic name, got "__consumer_offsets"; write letters, digits, dots and hyphens',
  ],
  "messages larger than clients send": [
    set({ buffer: { largest: "1 GiB", external: { brokers: ["k:9092"] } } }),
    'jaeger.buffer.largest: must be between 64 KiB and 64 MiB, got "1 GiB"; write "1 MiB", the default of Kafka',
  ],
  "a way to show a password that nobody has": [
    set({ buffer: { external: { brokers: ["k:9092"], mechanism: "PLAIN" } } }),
    'jaeger.buffer.external.mechanism: given without user, so it would not be used, got "PLAIN"; write user, or remove it',
  ],
  "an outage that is over before anybody is warned": [
    set({ buffer: { managed: { nodes: 1, size: "10 GiB", outage: "5m" } } }),
    'jaeger.buffer.managed.outage: shorter than the time until an alert says that spans are waiting, got "5m"; write "1h" or more',
  ],
  "a misspelt option of a buffer": [
    set({ buffer: { managed: { nodes: 1, size: "10 GiB", outtage: "24h" } } }),
    "jaeger.buffer.managed.outtage: unknown option; use nodes, size, memory, cpu, image, at, outage, partitions",
  ],
};
