import type { Targets } from "./verify";
import { exists, openStack, outputsOf } from "./stack";
import { Refusal } from "../components/core/problems";

/**
 * Where a running stack is reached, from its outputs.
 *
 * @throws Refusal where it is not up
 */
export async function targetsOf(name: string): Promise<Targets> {
  const stack = await openStack(name);
  const outputs = (await exists(stack)) ? await outputsOf(stack) : undefined;
  const urls = outputs?.["urls"] as Record<string, string | undefined> | undefined;
  if (urls?.["otlpHttp"] === undefined) {
    throw new Refusal("stack", [
      { path: "stack", value: name, reason: "it is not up", remedy: `run \`npm run up -- -s ${name}\` first` },
    ]);
  }
  const { otlpHttp, jaeger = "", sampling, prometheus = "", loki = "", grafana } = urls;
  const { grafanaPassword: password = "", otlpToken: token } = (outputs?.["credentials"] ?? {}) as Record<
    string,
    string
  >;
  return {
    otlpHttp,
    jaeger,
    prometheus,
    loki,
    ...(sampling && { sampling }),
    grafana: grafana ? { url: grafana, user: "admin", password } : { off: "the stack runs without Grafana" },
    ...(token && { token }),
  };
}
