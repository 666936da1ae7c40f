import type { Size } from "../../core/units";
import type { AbsolutePath } from "../../core/workload";
import * as check from "../checks";
import type { Extension } from "../part";

export interface FileStorageOptions {
  /** Tells several of them apart; each has a volume of its own. @default - the one that queues share */
  readonly name?: string;
  /** Room for everything that waits. */
  readonly size: Size;
  /** Wait for the disk after each write, so that a power cut loses nothing. @default false */
  readonly fsync?: boolean;
}

/**
 * Keeps queues on a persistent volume, so that what was accepted survives a restart.
 *
 * Source: extension/storage/filestorage of the Collector's contrib repository.
 */
export function fileStorage({ name, size, fsync = false }: FileStorageOptions): Extension {
  const volume = name ?? "queue";
  const mount: AbsolutePath = name === undefined ? "/var/lib/otelcol" : `/var/lib/otelcol-${name}`;
  const directory = `${mount}/${volume}`;
  return {
    role: "extension",
    type: "file_storage",
    ...(name !== undefined && { name }),
    config: { directory, create_directory: true, fsync, compaction: { on_start: true, directory } },
    needs: { volumes: { [mount]: { kind: "persistent", name: volume, size } } },
    problems: check.size("size", size),
  };
}
