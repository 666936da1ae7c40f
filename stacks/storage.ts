import type { Planner } from "../components/core/platform";
import type { Secret, Workload } from "../components/core/workload";
import { traceStorage, type StorageSpec } from "../components/storage";
import type { TraceStorage } from "../components/storage/storage";
import type { Settings } from "../configs/settings-from";

/** Where traces are kept, and what a stack runs for that besides Jaeger. */
export interface Stored {
  readonly storage: TraceStorage;
  /** Engines and jobs of the stack's own. */
  readonly workloads: readonly Workload[];
}

/** The storage that settings ask for, with its password, and the jobs that keep it. */
export function storageOf(settings: Settings, at: Planner, secrets: { readonly storagePassword?: Secret }): Stored {
  const storage = traceStorage(specOf(settings, at, secrets));
  return { storage, workloads: [...(storage.engines ?? []), ...(storage.jobs ?? [])] };
}

/** What settings say, with the password, images and programs that stand elsewhere in them. */
function specOf(
  { storage, storagePassword, images }: Settings,
  at: Planner,
  secrets: { readonly storagePassword?: Secret },
): StorageSpec {
  const isIndexed = storage.kind === "elasticsearch" || storage.kind === "opensearch";
  return {
    ...storage,
    ...(isIndexed && { programs: { rollover: images.esRollover, cleaner: images.esIndexCleaner } }),
    ...(isManaged(storage) && { managed: { ...storage.managed, at, image: images[storage.kind] } }),
    ...(storagePassword !== undefined &&
      "external" in storage && { external: { ...storage.external, password: secrets.storagePassword } }),
  } as StorageSpec;
}

const isManaged = (storage: StorageSpec): storage is StorageSpec<"elasticsearch" | "opensearch" | "cassandra"> =>
  "managed" in storage && typeof storage.managed === "object";
