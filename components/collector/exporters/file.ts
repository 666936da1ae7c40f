import { inMebibytes, type Size } from "../../core/units";
import type { AbsolutePath } from "../../core/workload";
import * as check from "../checks";
import type { Exporter, Signal } from "../part";

export interface FileOptions {
  /** Tells several of them apart, and names the file: `archive`. */
  readonly name: string;
  /** Room for all files; the oldest goes when it is full. At least 10 MiB. */
  readonly size: Size;
  /** @default "json" */
  readonly format?: "json" | "proto";
  /** @default - none */
  readonly compression?: "zstd";
}

/** Files that the room is divided into: one being written, the others kept. */
const files = 10;

/**
 * Writes to files on a persistent volume, and keeps the newest.
 *
 * Source: exporter/fileexporter of the Collector's contrib repository.
 */
export function file({ name, size, format = "json", compression }: FileOptions): Exporter<Signal> {
  const folder: AbsolutePath = `/var/lib/otelcol-file-${name}`;
  return {
    role: "exporter",
    type: "file",
    name,
    carries: { traces: true, metrics: true, logs: true },
    config: {
      path: `${folder}/${name}.${format}`,
      format,
      ...(compression && { compression }),
      rotation: { max_megabytes: Math.floor(inMebibytes(size) / files), max_backups: files - 1 },
    },
    needs: { volumes: { [folder]: { kind: "persistent", name: `file-${name}`, size } } },
    problems: [
      ...check.size("size", size),
      ...check.unless(!(inMebibytes(size) < files), {
        path: "size",
        value: size,
        reason: `less than ${files} MiB`,
        remedy: "increase it",
      }),
    ],
  };
}
