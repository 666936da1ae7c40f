import type { Port } from "../../core/workload";
import type { Receiver } from "../part";

export interface ZipkinReceiverOptions {
  /** Who may send. @default "platform" */
  readonly reach?: Port["reach"];
  /** Turns tags that look like numbers or booleans into those. @default false */
  readonly parseStringTags?: boolean;
}

/**
 * Receives spans in Zipkin's formats.
 *
 * Source: receiver/zipkinreceiver of the Collector's contrib repository.
 */
export const zipkin = ({
  reach = "platform",
  parseStringTags = false,
}: ZipkinReceiverOptions = {}): Receiver<"traces"> => ({
  role: "receiver",
  type: "zipkin",
  carries: { traces: true },
  config: { endpoint: "0.0.0.0:9411", parse_string_tags: parseStringTags },
  needs: { ports: { zipkin: { port: 9411, reach } } },
});
