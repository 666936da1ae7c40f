import type { Extension } from "../../collector/part";
import type { AbsolutePath } from "../../core/workload";
import { portsOf } from "../ports";

const path: AbsolutePath = "/etc/jaeger/sampling.json";
const { sampling, "sampling-grpc": samplingGrpc } = portsOf.collector;

/**
 * Answers SDKs that ask how to sample, from a file that is read again every ten seconds. A platform that replaces
 * whatever has a changed file gives the new strategies at once; the reload is for files changed in place.
 *
 * Source: cmd/jaeger/internal/extension/remotesampling of Jaeger.
 */
export const remoteSampling = (content: string): Extension => ({
  role: "extension",
  type: "remote_sampling",
  config: {
    // By default it is never read again.
    file: { path, reload_interval: "10s" },
    http: { endpoint: `0.0.0.0:${sampling.port}`, keep_alives_enabled: true },
    grpc: { endpoint: `0.0.0.0:${samplingGrpc.port}` },
  },
  needs: { files: { [path]: { content } }, ports: { sampling, "sampling-grpc": samplingGrpc } },
});
