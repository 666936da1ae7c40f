import { merge } from "../../core/needs";
import { connectsTo, external } from "../../core/platform";
import { goDuration, type Duration } from "../../core/units";
import {
  basicAuth,
  certificateChecks,
  certificateFiles,
  credentialChecks,
  hostAndPort,
  incomplete,
  readable,
  type Certificates,
  type Credentials,
} from "../external";
import { check, flag, list, matching, object, oneOf, optional, wholeSeconds, type Checks } from "../options";
import type { Search, TraceStorage, Warning } from "../storage";

export interface ClickhouseOptions {
  readonly external: ClickhouseServer;
  /** It has to be there: Jaeger makes tables, not databases. @default "jaeger" */
  readonly database?: string;
  /** How long a span is kept. It is written into the tables as they are made. @default "72h" */
  readonly retention?: Duration;
  /** Make the tables where they are missing. @default true */
  readonly createSchema?: boolean;
}

/** A server that somebody else runs. */
export interface ClickhouseServer extends Credentials, Certificates {
  /** `host:port`; the tables are not replicated, so several are ways to one server. */
  readonly addresses: readonly [string, ...string[]];
  /** @default "native" */
  readonly protocol?: "native" | "http";
  /** @default true */
  readonly tls?: boolean;
}

const checks: Checks<ClickhouseOptions> = {
  external: object<ClickhouseServer>(
    {
      addresses: list(hostAndPort, '["clickhouse.example.com:9440"]'),
      protocol: optional(oneOf("native", "http")),
      tls: optional(flag),
      ...credentialChecks,
      ...certificateChecks,
    },
    '{ addresses: ["clickhouse.example.com:9440"] }',
  ),
  database: optional(
    matching(/^[A-Za-z_]\w*$/, "not a valid ClickHouse name", "write letters, digits and underscores"),
  ),
  retention: optional(wholeSeconds),
  createSchema: optional(flag),
};

const search: Search = {
  attribute: "found",
  eventAttribute: "found",
  failure: "found",
  duration: "found",
  attributeAndDuration: "found",
  withoutService: "found",
  dependencies: "none",
};

const experimental: Warning = {
  path: "kind",
  value: "clickhouse",
  before: "2.21.0",
  reason: "experimental in Jaeger: its tables may change",
  remedy: "expect to recreate the tables at an update",
};

/**
 * Keeps traces in a ClickHouse server, which many Jaeger processes may share.
 *
 * Source: internal/storage/v2/clickhouse of Jaeger, which has had `ttl` since 2.18 and `tls` since 2.19.
 */
export function clickhouse(options: ClickhouseOptions): TraceStorage {
  const storage: Omit<TraceStorage, "config"> = {
    kind: "clickhouse",
    shared: true,
    since: "2.19.0",
    gates: [{ id: "storage.clickhouse", before: "2.21.0" }],
    search,
  };
  const wrong = check(options, checks);
  if (wrong.length > 0) return { ...storage, config: {}, problems: wrong };
  const { external: server, database = "jaeger", retention = "72h", createSchema = true } = options;
  const { addresses, protocol = "native", tls = true } = server;
  const [auth, certificates] = [basicAuth("clickhouse", server), certificateFiles(server)];
  const { needs } = merge(auth.needs, certificates.needs, connectsTo(...addresses.map(external)));
  return {
    ...storage,
    retention,
    needs,
    config: {
      protocol,
      addresses,
      database,
      ...auth.config,
      ...(tls && { tls: certificates.tls }),
      create_schema: createSchema,
      ttl: goDuration(retention),
    },
    warnings: [experimental, ...readable(server, tls)],
    problems: incomplete(server, tls),
  };
}
