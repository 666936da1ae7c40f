import type { Config } from "../../core/config";
import type { Size } from "../../core/units";
import type { AbsolutePath } from "../../core/workload";
import * as check from "../checks";
import { fileStorage } from "../extensions/file-storage";
import { literals } from "../literal";
import { refTo, type Receiver } from "../part";

export interface FileLogOptions {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
  /** Folder of the machine that holds the files, mounted at the same path and never written. */
  readonly folder: AbsolutePath;
  /** Patterns of paths to read: `/var/log/app/*.log`. */
  readonly include: readonly [string, ...string[]];
  /** @default - nothing */
  readonly exclude?: readonly string[];
  /** Where to begin in a file never seen before. @default "end" */
  readonly startAt?: "beginning" | "end";
  /** What to do with each line, in the Collector's words, such as `{ type: "container" }`. @default - one record a line */
  readonly operators?: readonly Config[];
  /** Room for remembering how far each file was read. @default "64 MiB" */
  readonly offsets?: Size;
}

/**
 * Reads log files as they grow. How far it came is kept on disk, and a refusal from the pipeline is tried again, so that
 * neither a restart nor a full queue loses lines; by default it does neither.
 *
 * Source: receiver/filelogreceiver of the Collector's contrib repository.
 */
export function fileLog({
  name,
  folder,
  include,
  exclude = [],
  startAt = "end",
  operators = [],
  offsets = "64 MiB",
}: FileLogOptions): Receiver<"logs"> {
  const storage = fileStorage({ name: "offsets", size: offsets });
  return {
    role: "receiver",
    type: "file_log",
    formerly: { type: "filelog", before: "0.149.0" },
    ...(name !== undefined && { name }),
    carries: { logs: true },
    config: {
      include,
      ...(exclude.length > 0 && { exclude }),
      start_at: startAt,
      include_file_path: true,
      storage: refTo(storage),
      retry_on_failure: { enabled: true, max_elapsed_time: "0s" },
      ...(operators.length > 0 && { operators: literals(operators) }),
    },
    needs: { volumes: { [folder]: { kind: "host", path: folder } } },
    extensions: [storage],
    problems: [
      ...check.some("include", include, "name the files to read"),
      ...include.flatMap((path, i) =>
        check.unless(path.startsWith(`${folder}/`), {
          path: `include.${i}`,
          value: path,
          reason: `outside the folder ${folder}, the only one that is mounted`,
          remedy: "name a file in it, or mount another folder",
        }),
      ),
    ],
  };
}
