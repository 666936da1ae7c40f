import { cassandra } from "./cassandra";
import { elasticsearch } from "./elasticsearch";
import type { JavaEngine } from "./engine";
import { kafka } from "./kafka";
import { opensearch } from "./opensearch";

/** Every engine that can be started here: stores of Jaeger, and the queue in front of them. */
const catalog = { cassandra, opensearch, elasticsearch, kafka } satisfies Record<string, JavaEngine>;

export type EngineName = keyof typeof catalog;

export const engines: Readonly<Record<EngineName, JavaEngine>> = catalog;

export const engineNames = Object.keys(catalog) as readonly EngineName[];
