import { readFileSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import { capacityPlan, chart, demandProblems, measure, type Demand } from "../../components/capacity";
import { tables } from "../../components/capacity/tables";
import { refuse, type Problem } from "../../components/core/problems";
import { inSeconds, type Duration } from "../../components/core/units";
import { inColumns } from "../columns";
import { planStack } from "../plan/stack";

/** Flags by what they say, with their value's name and what help says of them. */
const numbers = {
  requestsPerDay: "requests of users a day",
  spansPerSecond: "spans a second on average, before sampling; instead of requests",
  peakFactor: "busiest minutes against the average (default: 3)",
  spansPerRequest: "spans of one request (default: 20, or the sample's)",
  bytesPerSpan: "bytes of one span in OTLP (default: 643, or the sample's)",
  attributesPerSpan: "attributes of one span, its events and its resource (default: 11, or the sample's)",
  endpoints: "endpoints of all services (or the sample's)",
  services: "services (default: one for ten endpoints, or the sample's)",
  spanNamesPerEndpoint: "span names for one endpoint (default: 2, or the sample's)",
  headShare: "share of requests that SDKs trace, above 0 to 1 (default: 1)",
  keptShare: "share of traces that tail sampling keeps, above 0 to 1 (default: 1)",
  nodes: "machines with an agent (default: one for 500 requests/s at peak, at least 3)",
  cpusPerReplica: "CPUs of one Collector or Jaeger (default: 2)",
  logLinesPerRequest: "lines of log for one request (default: 5)",
  bytesPerLogLine: "bytes of one (default: 300)",
} as const;
const times = {
  decisionWait: "how long a sampler waits for a trace (default: 30s)",
  retention: "how long traces can be found (default: 7d)",
  outage: "how long the next hop may be away with nothing lost (default: 1h)",
  bufferOutage: "how long the storage may be away where traces wait in Kafka (default: 24h)",
  metricsRetention: "how long metrics are kept (default: 15d)",
  logsRetention: "how long logs are kept (default: 7d)",
} as const;

type NumberKey = keyof typeof numbers;
type Texts = Readonly<Partial<Record<NumberKey | keyof typeof times, string>>>;
interface Options extends Texts {
  readonly stack?: string;
  readonly write?: true;
  readonly sample?: string;
  readonly chart?: string;
  readonly priceDisk?: string;
  readonly json?: true;
}

const flag = (key: string): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** `sightline plan`: what a volume of requests needs at each hop and in each backend. */
export function planCommand(): Command {
  const command = new Command("plan").description("say what a volume of requests needs: CPU, memory, queues, disk");
  for (const [key, help] of Object.entries(numbers)) command.option(`${flag(key)} <number>`, help);
  for (const [key, help] of Object.entries(times)) command.option(`${flag(key)} <time>`, help);
  return command
    .option("-s, --stack <name>", "compare the settings of a stack with the traffic in its setting plan")
    .option("--write", "with --stack: add sizes that fit to its file, where it has none")
    .option("--sample <file>", "OTLP JSON or Jaeger JSON to measure spans by")
    .option("--chart <file>", "write disk over time and against sampling to this SVG file")
    .option("--price-disk <money>", "of one GiB for a month: the chart then shows money")
    .option("--json", "print the plan as JSON: bytes, seconds, CPUs")
    .addHelpText(
      "after",
      "\nTimes are written as 30s, 1h or 7d. Sizes are in KiB, MiB, GiB (1024). Formulas: docs/capacity.md",
    )
    .action(run);
}

async function run(options: Options): Promise<void> {
  if (options.stack !== undefined) return planStack(options.stack, options);
  refuse(
    "arguments",
    options.write ? [{ path: "--write", reason: "needs a stack to write to", remedy: "add --stack <name>" }] : [],
  );
  const { demand, problems } = demandFrom(options);
  const price = numberOf(options.priceDisk);
  refuse("arguments", [...problems, ...notNumbers({ priceDisk: options.priceDisk })]);
  const plan = capacityPlan(demand);
  if (options.chart !== undefined) {
    const days = Math.ceil((inSeconds(plan.demand.retention) / 86_400) * 1.5) + 1;
    const drawn = chart(plan.demand, days, price === undefined ? undefined : { perGibibyte: price });
    try {
      writeFileSync(options.chart, drawn);
    } catch (error) {
      const reason = `cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`;
      refuse("arguments", [
        { path: "--chart", value: options.chart, reason, remedy: "name a file in an existing folder" },
      ]);
    }
  }
  console.log(options.json ? JSON.stringify(plan, null, 2) : tables(plan).map(inColumns).join("\n\n"));
}

/** What flags and the sample say together; flags win. */
export function demandFrom(options: Options): { readonly demand: Demand; readonly problems: readonly Problem[] } {
  const given = Object.keys(numbers).flatMap((key) => {
    const value = numberOf(options[key as NumberKey]);
    return value === undefined ? [] : [[key, value] as const];
  });
  const waits = Object.keys(times).flatMap((key) => {
    const value = options[key as keyof typeof times];
    return value === undefined ? [] : [[key, value as Duration] as const];
  });
  const { sample, problems } = options.sample === undefined ? { problems: [] } : sampleAt(options.sample);
  const measured = sample && {
    spansPerRequest: sample.spansPerRequest,
    bytesPerSpan: sample.bytesPerSpan,
    attributesPerSpan: sample.attributesPerSpan,
    endpoints: sample.endpoints,
    services: sample.services,
    spanNamesPerEndpoint: sample.spanNamesPerEndpoint,
  };
  const demand = { ...measured, ...Object.fromEntries([...given, ...waits]) } as Demand;
  const unread = notNumbers(Object.fromEntries(Object.keys(numbers).map((key) => [key, options[key as NumberKey]])));
  const found = demandProblems(demand).map((problem) => ({ ...problem, path: flag(problem.path) }));
  // A flag that is no number is said once, as that.
  const said = unread.map(({ path }) => path);
  return { demand, problems: [...problems, ...unread, ...found.filter(({ path }) => !said.includes(path))] };
}

const isNumber = /^\d+(\.\d+)?(e\d+)?$/;
const numberOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : isNumber.test(text) ? Number(text) : NaN;

const notNumbers = (texts: Readonly<Record<string, string | undefined>>): Problem[] =>
  Object.entries(texts)
    .filter(([, text]) => text !== undefined && !isNumber.test(text))
    .map(([key, value]) => ({ path: flag(key), value, reason: "not a number", remedy: "write it as 1000000 or 0.5" }));

function sampleAt(file: string): ReturnType<typeof measure> {
  try {
    const { sample, problems } = measure(readFileSync(file, "utf8"));
    return {
      ...(sample && { sample }),
      problems: problems.map((problem) => ({ ...problem, path: "--sample", value: file })),
    };
  } catch {
    return { problems: [{ path: "--sample", value: file, reason: "cannot be read", remedy: "name a file of traces" }] };
  }
}
