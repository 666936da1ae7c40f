import { indexed, type IndexedOptions } from "../indexed";
import type { TraceStorage } from "../storage";

export type OpensearchOptions = IndexedOptions;

/** Keeps traces in an OpenSearch cluster, which many Jaeger processes may share. */
export const opensearch = (options: OpensearchOptions): TraceStorage => indexed("opensearch", options);
