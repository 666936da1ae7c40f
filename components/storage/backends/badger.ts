import { goDuration, type Duration, type Size } from "../../core/units";
import type { AbsolutePath } from "../../core/workload";
import { archiveForgets, check, duration, flag, optional, size, type Checks } from "../options";
import type { Search, StorageLimits, TraceStorage } from "../storage";

export interface BadgerOptions {
  /** Room for the traces. Docker cannot enforce it on a volume; the disk beneath may be smaller or larger. */
  readonly size: Size;
  /** How long a span is kept. @default "72h" */
  readonly retention?: Duration;
  /** How long a trace is kept that somebody puts into the archive. @default - there is no archive */
  readonly archiveRetention?: Duration;
  /**
   * Wait for the disk after each span, so that a power cut loses nothing. Without it every acknowledged span survives
   * the death of the process (`kill -9`), but not that of the machine.
   *
   * @default false
   */
  readonly fsync?: boolean;
}

const checks: Checks<BadgerOptions> = {
  size,
  retention: optional(duration),
  archiveRetention: optional(duration),
  fsync: optional(flag),
};

const directory: AbsolutePath = "/badger";

/**
 * Badger writes every text of a span into the key of an index entry, after the service and the text's own name, and takes
 * no key above 65,000 bytes. This leaves a thousand for those two and for the entry's own 25 bytes.
 *
 * Source: createIndexKey in internal/storage/v1/badger/spanstore/writer.go of Jaeger; maxKeySize in Badger's txn.go.
 */
const limits: StorageLimits = { textBytes: 64_000 };

const search: Search = {
  attribute: "found",
  eventAttribute: "found",
  failure: "found",
  duration: "found",
  attributeAndDuration: "found",
  withoutService: "found",
  // Of the last hundred traces of the time asked for.
  dependencies: "from traces",
};

/**
 * Keeps traces in an embedded database on one persistent volume. One process alone can open it, so this process both
 * stores and answers queries.
 *
 * Source: internal/storage/v1/badger/config.go of Jaeger.
 */
export function badger(options: BadgerOptions): TraceStorage {
  const problems = [...check(options, checks), ...archiveForgets(options)];
  const storage = { kind: "badger", shared: false, limits, search, problems };
  if (problems.length > 0) return { ...storage, config: {} };
  const { size, retention = "72h", archiveRetention, fsync = false } = options;
  const kept = (folder: string, retention: Duration) => ({
    // Jaeger's default is a temporary folder that it removes when it stops.
    ephemeral: false,
    directories: { keys: `${folder}/keys`, values: `${folder}/values` },
    ttl: { spans: goDuration(retention) },
    consistency: fsync,
  });
  return {
    ...storage,
    retention,
    config: kept(directory, retention),
    ...(archiveRetention !== undefined && { archive: kept(`${directory}/archive`, archiveRetention) }),
    needs: { volumes: { [directory]: { kind: "persistent", name: "badger", size } } },
  };
}
