import { external, type Endpoint } from "../core/platform";
import type { Problem } from "../core/problems";
import { inBytes, type Size } from "../core/units";
import type { Workload } from "../core/workload";
import type { KafkaClient } from "../collector/kafka-client";
import {
  certificateChecks,
  credentialChecks,
  hostAndPort,
  incomplete,
  readable,
  type Certificates,
  type Credentials,
} from "../storage/external";
import { nodesObject, oneOfBoth, type Kept } from "../storage/managed/nodes";
import { check, flag, list, matching, object, oneOf, optional, size, type Checks } from "../storage/options";
import type { Warning } from "../storage/storage";
import { brokerChecks, brokerProblems, kafkaCluster, type Brokers } from "./managed";

/** Traces wait in Kafka between the last Collector and Jaeger, so that a burst may outrun what stores them. */
export type BufferOptions = BufferSettings & Kept<ExternalKafka, Brokers>;

export interface BufferSettings {
  /** Where traces wait. @default "otlp_spans" */
  readonly topic?: string;
  /** Readers that share what waits: each stack on one Kafka has its own topic or group. @default "jaeger" */
  readonly group?: string;
  /** Largest message that the topic takes, 64 KiB to 64 MiB. @default - 16 MiB on brokers of its own, else the 1 MiB that Kafka has */
  readonly largest?: Size;
}

/** Kafka that somebody else runs. The topic has to be there: docs/storage.md says how it is to be. */
export interface ExternalKafka extends Credentials, Certificates {
  /** Those that are asked first: `kafka-1.example.com:9092`. */
  readonly brokers: readonly [string, ...string[]];
  /** @default true */
  readonly tls?: boolean;
  /** How user and password are shown. @default "SCRAM-SHA-512" */
  readonly mechanism?: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512";
}

/** A buffer as a value: what those who write and read it have to know. */
export interface TraceBuffer {
  readonly client: KafkaClient;
  readonly topic: string;
  readonly group: string;
  readonly largest: Size;
  /** Brokers of the stack's own. @default - somebody else runs them */
  readonly engines?: readonly Workload[];
  readonly warnings: readonly Warning[];
  readonly problems: readonly Problem[];
}

/** Between a span with a text of that size and what clients are built to send at once. */
const [smallest, most] = [64 * 1024, 64 * 1024 ** 2];

const checks: Checks<BufferOptions> = {
  external: optional(
    object<ExternalKafka>(
      {
        brokers: list(hostAndPort, '["kafka-1.example.com:9092"]'),
        tls: optional(flag),
        mechanism: optional(oneOf("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")),
        ...credentialChecks,
        ...certificateChecks,
      },
      '{ brokers: ["kafka-1.example.com:9092"] }',
    ),
  ),
  managed: nodesObject(brokerChecks),
  // Kafka keeps names that begin so for itself.
  topic: optional(
    matching(/^(?!\.{1,2}$|__)[\w.-]{1,249}$/, "not a valid topic name", "write letters, digits, dots and hyphens"),
  ),
  group: optional(matching(/^[\w.-]{1,249}$/, "not a valid group name", "write letters, digits, dots and hyphens")),
  largest: optional((value) => {
    const problems = size(value);
    const bytes = problems.length === 0 ? inBytes(value as Size) : 0;
    return problems.length > 0 || (bytes >= smallest && bytes <= most)
      ? problems
      : [
          {
            path: "",
            value,
            reason: "must be between 64 KiB and 64 MiB",
            remedy: 'write "1 MiB", the default of Kafka',
          },
        ];
  }),
};

/** What is so where options do not say. */
export const bufferDefaults = { topic: "otlp_spans", group: "jaeger" } as const;

/** A buffer in Kafka. */
export function kafkaBuffer(options: BufferOptions): TraceBuffer {
  const problems = [...check(options, checks), ...oneOfBoth(options)];
  const {
    topic = bufferDefaults.topic,
    group = bufferDefaults.group,
    largest = options.managed === undefined ? "1 MiB" : "16 MiB",
  } = options;
  const described = { topic, group, largest, warnings: [], problems };
  if (problems.length > 0) return { ...described, client: { brokers: [external("nowhere:1")] } };
  return { ...described, ...(options.managed ? inside(options.managed, largest) : outside(options.external)) };
}

function inside(brokers: Brokers, largest: Size) {
  const { endpoints, workloads, warnings } = kafkaCluster(brokers, largest);
  return { client: { brokers: endpoints }, engines: workloads, warnings, problems: brokerProblems(brokers, largest) };
}

function outside(kafka: ExternalKafka) {
  const { brokers, tls = true, user, password, mechanism = "SCRAM-SHA-512", ca, certificate, key } = kafka;
  const own = { ...(ca && { ca }), ...(certificate && { certificate }), ...(key && { key }) };
  const [first, ...others] = brokers.map(external) as [Endpoint, ...Endpoint[]];
  const client: KafkaClient = {
    brokers: [first, ...others],
    tls: tls && Object.keys(own).length > 0 ? own : tls,
    ...(user !== undefined && password !== undefined && { sasl: { mechanism, username: user, password } }),
  };
  const problems = incomplete(own, tls);
  if (user !== undefined && password === undefined) {
    problems.push({
      path: "external.user",
      reason: "given without password",
      remedy: "`pulumi config set --secret bufferPassword …`, or remove user",
    });
  }
  if (password !== undefined && user === undefined) {
    problems.push({
      path: "external.user",
      reason: "missing, but a password is given",
      remedy: "write the user it belongs to",
    });
  }
  if (kafka.mechanism !== undefined && user === undefined) {
    problems.push({
      path: "external.mechanism",
      value: kafka.mechanism,
      reason: "given without user, so it would not be used",
      remedy: "write user, or remove it",
    });
  }
  const warnings: Warning[] = [
    ...readable(kafka, tls),
    ...(tls
      ? []
      : [
          {
            path: "external.tls",
            value: tls,
            reason: "spans would be sent over an unencrypted connection",
            remedy: "encrypt it, unless it stays within your own network",
          },
        ]),
  ];
  return { client, problems, warnings };
}
