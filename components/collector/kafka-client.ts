import type { Config } from "../core/config";
import { connectsTo, hostPort, type Endpoint } from "../core/platform";
import type { Problem } from "../core/problems";
import type { Needs, Secret } from "../core/workload";
import * as check from "./checks";
import { secretVariable } from "./secrets";

/** How one connects to Kafka, to write or to read. */
export interface KafkaClient {
  /** Those that are asked first; they name the others. */
  readonly brokers: readonly [Endpoint, ...Endpoint[]];
  /** @default false */
  readonly tls?: boolean;
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
  const password = sasl && secretVariable(sasl.password, "kafka", name, "password");
  return {
    config: {
      brokers: brokers.map(hostPort),
      ...(tls && { tls: { insecure: false } }),
      ...(sasl &&
        password && {
          auth: { sasl: { mechanism: sasl.mechanism, username: sasl.username, password: password.reference } },
        }),
    },
    needs: { ...connectsTo(...brokers), ...(password && { env: password.env }) },
    problems: [
      ...check.some("brokers", brokers, "name at least one"),
      ...brokers.flatMap((broker, i) => check.bare(`brokers.${i}`, broker)),
    ],
  };
}
