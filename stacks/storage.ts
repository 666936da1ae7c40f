import type { Planner } from "../components/core/platform";
import type { Secret, Workload } from "../components/core/workload";
import { traceStorage, type StorageSpec } from "../components/storage";
import type { TraceStorage } from "../components/storage/storage";
import type { Settings } from "../configs/schema";

/** Where traces are kept, and what a stack runs for that besides Jaeger. */
export interface Stored {
  readonly storage: TraceStorage;
  /** Engines and jobs of the stack's own. */
  readonly workloads: readonly Workload[];
}

/** The storage that settings ask for, with its password. */
export function storageOf(
  { storage, storagePassword }: Settings,
  _at: Planner,
  secrets: { readonly storagePassword?: Secret },
): Stored {
  if (storagePassword === undefined || !("external" in storage)) {
    return { storage: traceStorage(storage), workloads: [] };
  }
  const external = { ...storage.external, password: secrets.storagePassword };
  return { storage: traceStorage({ ...storage, external } as StorageSpec), workloads: [] };
}
