import type { Extension } from "../../collector/part";
import { portsOf } from "../ports";
import { asking, authenticated } from "./asks";
import { archive, metrics, traces } from "./jaeger-storage";

export interface JaegerQueryOptions {
  /** Whether `jaeger_storage` has metrics. */
  readonly monitor: boolean;
  /** Whether it has an archive. */
  readonly archives: boolean;
  /** Asks who is there. @default - nobody is asked */
  readonly asks?: Extension | undefined;
}

const { query, "query-grpc": queryGrpc } = portsOf.query;

/**
 * Serves the UI and the query API.
 *
 * Source: cmd/jaeger/internal/extension/jaegerquery of Jaeger.
 */
export const jaegerQuery = ({ monitor, archives, asks }: JaegerQueryOptions): Extension => ({
  role: "extension",
  type: "jaeger_query",
  config: {
    storage: { traces, ...(archives && { traces_archive: archive }), ...(monitor && { metrics }) },
    // Otherwise each look at a trace makes a trace, sent to an OTLP receiver that may not be there.
    enable_tracing: false,
    http: {
      endpoint: `0.0.0.0:${query.port}`,
      keep_alives_enabled: true,
      ...authenticated(asks),
      // A browser asks for a login only where an answer says so, and that of the Collector's authentication does not.
      ...(asks && { response_headers: { "WWW-Authenticate": 'Basic realm="Jaeger"' } }),
    },
    grpc: { endpoint: `0.0.0.0:${queryGrpc.port}`, ...authenticated(asks) },
  },
  needs: { ports: asking({ query, "query-grpc": queryGrpc }, asks) },
});
