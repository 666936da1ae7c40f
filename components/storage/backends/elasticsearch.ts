import { indexed, type IndexedOptions } from "../indexed";
import type { TraceStorage } from "../storage";

export type ElasticsearchOptions = IndexedOptions;

/** Keeps traces in an Elasticsearch cluster, which many Jaeger processes may share. */
export const elasticsearch = (options: ElasticsearchOptions): TraceStorage => indexed("elasticsearch", options);
