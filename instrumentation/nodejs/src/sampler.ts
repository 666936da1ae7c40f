import { context, diag, SamplingDecision, type Attributes } from "@opentelemetry/api";
import { suppressTracing } from "@opentelemetry/core";
import { ParentBasedSampler, TraceIdRatioBasedSampler, type Sampler } from "@opentelemetry/sdk-trace";
import { connects, quiet } from "./quiet";
import { strategy, type Share, type Strategy, type StrategyResponse } from "./strategies";

const share: Share = (rate) => {
  const sampler = new TraceIdRatioBasedSampler(rate);
  return (traceId) =>
    sampler.shouldSample(undefined as never, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED;
};

/**
 * Who decides about a trace: whoever began it, and nobody after. A trace that begins here follows Jaeger's strategies for
 * this service where `OTEL_TRACES_SAMPLER_ARG` has an `endpoint` (the syntax of `jaeger_remote` and
 * `parentbased_jaeger_remote`), a share where it has a number, and is kept where it has nothing.
 *
 * Source: OpenTelemetry SDK environment variables, OTEL_TRACES_SAMPLER.
 */
export function samplerOf(env: NodeJS.ProcessEnv, service: string): Sampler {
  const given = env["OTEL_TRACES_SAMPLER_ARG"] ?? "";
  const named = env["OTEL_TRACES_SAMPLER"] ?? "";
  if (named === "always_off") return rooted(() => false, named);
  const options = new Map(
    given.split(",").map((pair) => pair.split("=", 2).map((text) => text.trim()) as [string, string]),
  );
  const endpoint = options.get("endpoint");
  if (!endpoint) {
    const rate = /^[\d.]+$/.test(given) && /traceidratio/.test(named) ? Number(given) : 1;
    return rooted(share(rate), `${rate * 100} %`);
  }
  const remote = new Remote(endpoint, service, {
    initial: Number(options.get("initialSamplingRate") ?? 1),
    interval: Number(options.get("pollingIntervalMs") ?? 60_000),
  });
  return rooted((traceId, root) => remote.keeps(traceId, root), `strategies of ${endpoint}`);
}

function rooted(keeps: Strategy, words: string): Sampler {
  const root: Sampler = {
    shouldSample: (_, traceId, name, __, attributes: Attributes) => {
      const [method, path] = [attributes["http.request.method"], attributes["url.path"]].map((value) =>
        typeof value === "string" ? value : undefined,
      );
      if (quiet(path) || connects(name)) return { decision: SamplingDecision.NOT_RECORD };
      return {
        decision: keeps(traceId, { name, method, path })
          ? SamplingDecision.RECORD_AND_SAMPLED
          : SamplingDecision.NOT_RECORD,
      };
    },
    toString: () => words,
  };
  const sampler = new ParentBasedSampler({ root });
  return { shouldSample: sampler.shouldSample.bind(sampler), toString: () => words };
}

/** Delays before the first answer, in milliseconds: a service that starts with its Collector asks soon again. */
const retries = [250, 500, 1_000, 2_000, 5_000, 10_000];

/** Strategies asked for at the start and then again and again; the last known ones stay while nobody answers. */
class Remote {
  keeps: Strategy;
  #last = "";

  constructor(
    private readonly endpoint: string,
    private readonly service: string,
    { initial, interval }: { readonly initial: number; readonly interval: number },
  ) {
    this.keeps = share(initial);
    void this.#first(0);
    setInterval(() => void this.#ask(), interval).unref();
  }

  async #first(attempt: number): Promise<void> {
    const delay = retries[attempt];
    if (await this.#ask()) return;
    if (delay !== undefined) setTimeout(() => void this.#first(attempt + 1), delay).unref();
  }

  async #ask(): Promise<boolean> {
    try {
      // Untraced, or each of these would begin a trace.
      const text = await context.with(suppressTracing(context.active()), async () => {
        const url = `${this.endpoint}?service=${encodeURIComponent(this.service)}`;
        const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
        if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
        return answer.text();
      });
      if (text !== this.#last)
        this.keeps = strategy(JSON.parse(text) as StrategyResponse, share, () => performance.now());
      this.#last = text;
      return true;
    } catch (error) {
      diag.warn(`sightline: sampling strategies of ${this.endpoint}: ${String(error)}`);
      return false;
    }
  }
}
