import type { StepResult, VerifyResult } from "./verify";

/** Prints a result: as JSON where machines read it. */
export function report(result: VerifyResult, { json = false }: { readonly json?: boolean } = {}): void {
  console.log(json ? JSON.stringify(result, null, 2) : inWords(result));
}

/** What a person reads after a canary: where it stopped and why, or that all of it was found. */
export function inWords({ ok, traceId, seconds, steps, collector }: VerifyResult): string {
  const missing = steps.filter(({ outcome }) => outcome === "missing");
  const off = steps.filter(({ outcome }) => outcome === "off").map(({ title, saw }) => `OFF: ${title}: ${saw}`);
  if (ok) return [`canary ${traceId} was found everywhere in ${seconds} s`, ...off].join("\n");
  return [
    `canary ${traceId} was not found everywhere: ${missing.length} of ${steps.length} steps failed`,
    ...missing.flatMap(explained),
    ...(collector.length === 0 ? [] : ["the Collector says:", ...collector.map((line) => `  ${line}`)]),
    ...off,
  ].join("\n");
}

const explained = ({ title, saw, seconds, reasons = [], lookAt }: StepResult): string[] => [
  `missing: ${title}, after ${seconds} s`,
  `  saw      ${saw}`,
  ...reasons.map((reason, i) => `  ${i === 0 ? "likely  " : "or      "} ${reason}`),
  `  look at  ${lookAt}`,
];
