import { certificateProblems, clientFiles, type Certificates } from "../core/certificates";
import type { Config } from "../core/config";
import { connectsTo, hostPort, type Endpoint } from "../core/platform";
import { within, type Problem } from "../core/problems";
import type { Needs, Secret } from "../core/workload";
import * as check from "./checks";
import { secretVariable } from "./secrets";

/** How one connects to Kafka, to write or to read. */
export interface KafkaClient {
  /** Those that are asked first; they name the others. */
  readonly brokers: readonly [Endpoint, ...Endpoint[]];
  /** Encrypts, by authorities of one's own or with a certificate to show where they are given. @default false */
  readonly tls?: boolean | Certificates;
  /** @default - nobody is asked */
  readonly sasl?: KafkaSasl;
}

export interface KafkaSasl {
  readonly mechanism: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512";
  readonly username: string;
  readonly password: Secret;
}

/** What exporter and receiver say in the same words. Source: pkg/kafka/configkafka of the Collector's contrib repository. */
export function kafkaClient(
  name: string | undefined,
  { brokers, tls = false, sasl }: KafkaClient,
): { config: Config; needs: Needs; problems: readonly Problem[] } {
  const certificates = typeof tls === "object" ? filesOf(name, tls) : undefined;
  const password = sasl && secretVariable(sasl.password, "kafka", name, "password");
  return {
    config: {
      brokers: brokers.map(hostPort),
      ...(tls && { tls: { insecure: false, ...certificates?.tls } }),
      ...(sasl &&
        password && {
          auth: { sasl: { mechanism: sasl.mechanism, username: sasl.username, password: password.reference } },
        }),
    },
    needs: { ...connectsTo(...brokers), ...certificates?.needs, ...(password && { env: password.env }) },
    problems: [
      ...check.some("brokers", brokers, "name at least one"),
      ...brokers.flatMap((broker, i) => check.bare(`brokers.${i}`, broker)),
      ...(typeof tls === "object" ? within("tls", certificateProblems(tls)) : []),
    ],
  };
}

/** Jaeger and the Collector hold them in one place. */
const filesOf = (name: string | undefined, given: Certificates) =>
  clientFiles(`/etc/kafka-client${name === undefined ? "" : `-${name}`}`, given);
