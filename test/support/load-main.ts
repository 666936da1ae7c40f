import { parseArgs } from "node:util";
import { compareWithJaeger } from "./jaeger-count";
import { load } from "./load";

const usage = `usage: load-main.ts --url URL --seconds N [--rate SPANS_PER_SECOND] [--spans-per-request N]
                    [--connections N] [--jaeger URL]

Sends spans to an OTLP/HTTP receiver and prints what was acknowledged, as JSON. With --jaeger it reads every span
back, and exits with 1 where one is missing.`;

async function main(): Promise<void> {
  const text = { type: "string" } as const;
  const { values: flags } = parseArgs({
    options: { url: text, seconds: text, rate: text, "spans-per-request": text, connections: text, jaeger: text },
  });
  if (flags.url === undefined || flags.seconds === undefined) throw new TypeError("--url and --seconds are needed");
  const { acknowledged, ...result } = await load({
    url: flags.url,
    seconds: Number(flags.seconds),
    record: flags.jaeger !== undefined,
    ...(flags.rate !== undefined && { spansPerSecond: Number(flags.rate) }),
    ...(flags["spans-per-request"] !== undefined && { spansPerRequest: Number(flags["spans-per-request"]) }),
    ...(flags.connections !== undefined && { connections: Number(flags.connections) }),
  });
  const inJaeger = flags.jaeger === undefined ? undefined : await compareWithJaeger(flags.jaeger, acknowledged);
  console.log(JSON.stringify({ ...result, inJaeger }, null, 2));
  process.exitCode = inJaeger !== undefined && inJaeger.missing.length > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error instanceof TypeError ? `${error.message}\n${usage}` : error);
  process.exitCode = 2;
});
