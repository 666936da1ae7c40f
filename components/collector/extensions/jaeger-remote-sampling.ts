import { json, type Config } from "../../core/config";
import { connectsTo, hostPort, type Endpoint } from "../../core/platform";
import { goDuration, type Duration } from "../../core/units";
import type { AbsolutePath, Port } from "../../core/workload";
import * as check from "../checks";
import { encrypts } from "../exporters/client";
import type { Extension } from "../part";

export interface JaegerRemoteSamplingOptions {
  /** Strategies in Jaeger's format, or the Jaeger that has them. */
  readonly source:
    { readonly kind: "strategies"; readonly strategies: Config } | { readonly kind: "jaeger"; readonly to: Endpoint };
  /** How often the source is looked at again. @default "1m" */
  readonly reload?: Duration;
  /** Who may ask. @default "platform" */
  readonly reach?: Port["reach"];
  /** Answers over gRPC too, on 14250, which a Jaeger receiver takes as well. @default false */
  readonly grpc?: boolean;
}

const file: AbsolutePath = "/etc/otelcol-contrib/sampling.json";

/**
 * Tells SDKs how much to sample, on port 5778: `/sampling?service=…`. An agent does it for its own machine.
 *
 * Source: extension/jaegerremotesampling of the Collector's contrib repository.
 */
export const jaegerRemoteSampling = ({
  source,
  reload = "1m",
  reach = "platform",
  grpc = false,
}: JaegerRemoteSamplingOptions): Extension => ({
  role: "extension",
  type: "jaegerremotesampling",
  config: {
    http: { endpoint: "0.0.0.0:5778" },
    ...(grpc && { grpc: { endpoint: "0.0.0.0:14250" } }),
    source: {
      reload_interval: goDuration(reload),
      ...(source.kind === "strategies"
        ? { file }
        : { remote: { endpoint: hostPort(source.to), tls: { insecure: !encrypts(source) } } }),
    },
  },
  needs: {
    ports: {
      sampling: { port: 5778, reach },
      ...(grpc && { "sampling-grpc": { port: 14250, reach } }),
    },
    ...(source.kind === "strategies"
      ? { files: { [file]: { content: json(source.strategies) } } }
      : connectsTo(source.to)),
  },
  problems: [
    ...check.duration("reload", reload),
    ...(source.kind === "strategies" ? [] : check.bare("source.to", source.to, { scheme: true })),
  ],
});
