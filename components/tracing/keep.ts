import { budgets } from "../collector/budgets";
import { forward } from "../collector/parts";
import type { Processor } from "../collector/part";
import { inBytes } from "../core/units";
import { fitStorage } from "../jaeger/fit";
import { canaryServices } from "../sampling/canary";
import { budgetSampler, policyNames } from "../sampling/budget";
import { tailSampler, waiting } from "../sampling/tail";
import { affordable } from "./afford";
import type { Judging, TraceStore } from "./options";

/** Whether traces are judged as a whole, or all are kept. */
export const samples = ({ tailSampling, samplingBudget }: Pick<Judging, "tailSampling" | "samplingBudget">): boolean =>
  samplingBudget !== undefined || Object.values(tailSampling).some((value) => value !== undefined && value !== false);

/** Joins what comes in and what is kept of it. */
export const kept = () => forward({ signal: "traces", name: "kept" });

/** Largest part of a message that one text may be: a message that is too large is dropped with all the spans in it. */
const textsInMessage = 8;

/** Nobody reads a longer text in a trace, and a storage that takes it answers slowly to all who search. */
const longestText = inBytes("1 MiB");

/** Cuts down what the storage, or the buffer before it, cannot take, and what is out of all proportion. */
export function fitted({ storage: { limits = {} }, buffer }: TraceStore): Processor<"traces">[] {
  const inMessage = buffer === undefined ? [] : [Math.floor(inBytes(buffer.largest) / textsInMessage)];
  return fitStorage({ ...limits, textBytes: Math.min(limits.textBytes ?? longestText, ...inMessage) });
}

/** Decides which traces are kept, a canary always, and cuts down those alone. */
export function sampled(options: Judging & TraceStore): Processor<"traces">[] {
  return [...decided(options), ...fitted(options).map((processor) => ({ ...processor, stage: "sample" as const }))];
}

function decided(options: Judging): Processor<"traces">[] {
  const { tailSampling, decisionWait, tracesPerSecond, memory } = options;
  const plan = affordable(options);
  const room = { decisionWait, maxTraceSize: budgets(memory).traceSize };
  if (plan !== undefined) {
    // Problems of the budget are those of the whole chain.
    const spends = budgetSampler(
      { ...plan, problems: [] },
      { ...room, numTraces: waiting(tracesPerSecond, decisionWait), whenFull: "wait" },
    );
    return [spends, policyNames()];
  }
  const { "service.name": services = [], ...attributes } = tailSampling.attributes ?? {};
  const keep = { ...tailSampling, attributes: { ...attributes, "service.name": [...services, ...canaryServices] } };
  return [tailSampler({ keep, tracesPerSecond, ...room })];
}
