import { set, type Case } from "./bad-settings";

/** Buffers that must be refused. */
export const badBuffers: Readonly<Record<string, Case>> = {
  "a buffer that is nowhere": [
    set({ buffer: { topic: "spans" } }),
    'jaeger.buffer.external: missing, and so is managed; write managed: { nodes: 3, size: "100 GiB" } to run one, or external with the addresses of one',
  ],
  "a buffer that is in two places": [
    set({ buffer: { managed: { nodes: 1, size: "10 GiB" }, external: { brokers: ["k:9092"] } } }),
    "jaeger.buffer.managed: given beside external; leave one of them out: traces are in one store",
  ],
  "a broker without a port": [
    set({ buffer: { external: { brokers: ["kafka.example.com"] } } }),
    'jaeger.buffer.external.brokers.0: has no port, got "kafka.example.com"; write "host:port", as "store-1.example.com:9042"',
  ],
  "a password of a buffer in clear": [
    set({ buffer: { external: { brokers: ["k:9092"], user: "jaeger", password: "s3cret" } } }),
    "buffer.external.password: a password in clear; take it out, and `pulumi config set --secret bufferPassword …`",
  ],
  "a user of a buffer without password": [
    set({ buffer: { external: { brokers: ["k:9092"], user: "jaeger" } } }),
    "jaeger.buffer.external.user: given without password; `pulumi config set --secret bufferPassword …`, or leave it out",
  ],
  "a password of a buffer that asks for none": [
    set({ bufferPassword: "s3cret" }),
    "bufferPassword: nobody asks for it; leave it out",
  ],
  "three brokers on one machine": [
    set({ buffer: { managed: { nodes: 3, size: "10 GiB" } } }),
    "buffer.managed.nodes: a Docker host is one machine, and several nodes on it are gone together, got 3; write 1, or run it on Kubernetes",
  ],
  "a volume too small for what is written at once": [
    set({ buffer: { managed: { nodes: 1, size: "1 GiB", partitions: 100 } } }),
    'jaeger.buffer.managed.size: too little for 100 partitions and messages of 16 MiB, got "1 GiB"; write "18286 MiB" or more, or fewer partitions',
  ],
  "a topic that Kafka does not take": [
    set({ buffer: { topic: "spans/all", external: { brokers: ["k:9092"] } } }),
    'jaeger.buffer.topic: not the name of a topic, got "spans/all"; write letters, digits, dots and hyphens',
  ],
  "a topic that Kafka keeps for itself": [
    set({ buffer: { topic: "__consumer_offsets", external: { brokers: ["k:9092"] } } }),
    'jaeger.buffer.topic: not the name of a topic, got "__consumer_offsets"; write letters, digits, dots and hyphens',
  ],
  "messages larger than clients send": [
    set({ buffer: { largest: "1 GiB", external: { brokers: ["k:9092"] } } }),
    'jaeger.buffer.largest: a message is 64 KiB to 64 MiB, got "1 GiB"; write "1 MiB", as Kafka has it',
  ],
  "a way to show a password that nobody has": [
    set({ buffer: { external: { brokers: ["k:9092"], mechanism: "PLAIN" } } }),
    'jaeger.buffer.external.mechanism: given without user: nobody would be asked, got "PLAIN"; write user, or leave it out',
  ],
  "an outage that is over before anybody is warned": [
    set({ buffer: { managed: { nodes: 1, size: "10 GiB", outage: "5m" } } }),
    'jaeger.buffer.managed.outage: over before anybody is warned that spans wait, got "5m"; write "1h" or more',
  ],
  "a misspelt option of a buffer": [
    set({ buffer: { managed: { nodes: 1, size: "10 GiB", outtage: "24h" } } }),
    "jaeger.buffer.managed.outtage: unknown option; use nodes, size, memory, cpu, image, at, outage, partitions",
  ],
};
