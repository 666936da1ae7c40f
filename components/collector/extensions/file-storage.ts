import { inBytes, type Size } from "../../core/units";
import type { AbsolutePath } from "../../core/workload";
import type { Extension } from "../part";

export interface FileStorageOptions {
  /** Room for everything that waits. */
  readonly size: Size;
  /** Wait for the disk after each write, so that a power cut loses nothing. @default false */
  readonly fsync?: boolean;
}

const directory: AbsolutePath = "/var/lib/otelcol";

/**
 * Keeps queues on a persistent volume, so that what was accepted survives a restart.
 *
 * Source: extension/storage/filestorage of the Collector's contrib repository.
 */
export const fileStorage = ({ size, fsync = false }: FileStorageOptions): Extension => ({
  role: "extension",
  type: "file_storage",
  config: {
    directory: `${directory}/queue`,
    create_directory: true,
    fsync,
    compaction: { on_start: true, directory: `${directory}/queue` },
  },
  needs: { volumes: { [directory]: { kind: "persistent", name: "queue", size } } },
  ...(inBytes(size) > 0
    ? {}
    : {
        problems: [{ path: "size", value: size, reason: "not a size", remedy: 'write it with its unit, as "2 GiB"' }],
      }),
});
