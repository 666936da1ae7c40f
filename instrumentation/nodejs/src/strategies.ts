/**
 * Jaeger's head sampling strategies as plain functions.
 *
 * Source: sampling.proto of jaeger-idl (SamplingStrategyResponse), as its HTTP endpoint writes it.
 */
export interface StrategyResponse {
  readonly strategyType?: string | number;
  readonly probabilisticSampling?: { readonly samplingRate: number };
  readonly rateLimitingSampling?: { readonly maxTracesPerSecond: number };
  readonly operationSampling?: {
    readonly defaultSamplingProbability: number;
    readonly perOperationStrategies?: readonly (Pick<StrategyResponse, "probabilisticSampling"> & {
      readonly operation: string;
    })[];
  };
}

/** The request a trace begins with. */
export interface Root {
  readonly name: string;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
}

/** Whether a trace that begins is kept. */
export type Strategy = (traceId: string, root: Root) => boolean;

/** Keeps a share of traces, the same ones for one trace id. Source: ParentBased/TraceIdRatioBased in the trace SDK spec. */
export type Share = (rate: number) => (traceId: string) => boolean;

/**
 * What a response asks for. An operation is named by its span name, or by method and path, in which `:id`, `{id}` and `*`
 * stand for whatever is there: span names of a request are known only after a route was found.
 */
export function strategy(response: StrategyResponse, share: Share, clock: () => number): Strategy {
  const { operationSampling: operations, rateLimitingSampling: rate, probabilisticSampling: ratio } = response;
  if (operations === undefined) {
    if (rate !== undefined && ratio === undefined) return atMost(rate.maxTracesPerSecond, clock);
    return share(ratio?.samplingRate ?? 1);
  }
  const otherwise = share(operations.defaultSamplingProbability);
  const rules = (operations.perOperationStrategies ?? []).map(({ operation, probabilisticSampling }) => ({
    matches: matcher(operation),
    keeps: share(probabilisticSampling?.samplingRate ?? operations.defaultSamplingProbability),
  }));
  return (traceId, root) => (rules.find(({ matches }) => matches(root))?.keeps ?? otherwise)(traceId);
}

function matcher(operation: string): (root: Root) => boolean {
  const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(operation) ?? [];
  if (path === undefined) return ({ name }) => name === operation;
  const parts = path.split(/(:\w+|\{[^}]+\}|\*)/);
  const text = parts.map((part, i) => (i % 2 === 0 ? escaped(part) : part === "*" ? ".*" : "[^/]+")).join("");
  const pattern = new RegExp(`^${text}$`);
  return (root) => root.name === operation || (root.method === method && pattern.test(root.path ?? ""));
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** So many a second, and never more than a second's worth at once. */
function atMost(perSecond: number, clock: () => number): Strategy {
  const most = Math.max(perSecond, 1);
  let [left, last] = [most, clock()];
  return () => {
    const now = clock();
    left = Math.min(most, left + ((now - last) / 1_000) * perSecond);
    last = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
