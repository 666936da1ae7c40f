import { Command } from "commander";
import { short, inUnits } from "../../components/capacity/write";
import type { Edge, Hop, PathGraph, Queue } from "../../components/path/graph";
import { graphOf } from "../../components/path/written-graph";
import { inColumns } from "../columns";
import { effectiveSettings } from "../effective-settings";
import { each, readConfigs } from "../check/written";
import { graphOfStack } from "../../stacks/path";

interface Options {
  readonly stack: string;
  readonly config: readonly string[];
  readonly json?: true;
}

/** `sightline path`: which way data goes, and what each hop promises about it. */
export function pathCommand(): Command {
  return new Command("path")
    .description(
      "the way of data from services to stores: what each hop answers, takes, sends and keeps, and where it waits",
    )
    .option("-s, --stack <name>", "stack", "dev")
    .option(
      "--config <files>",
      "show the path of Collectors' and Jaegers' own YAML instead; once a process, files that it merges joined with commas",
      each,
      [],
    )
    .option("--json", "print it as JSON")
    .action(({ stack, config, json }: Options) => {
      const graph =
        config.length > 0 ? graphOf(readConfigs(config).written) : graphOfStack(effectiveSettings(stack).settings);
      console.log(json ? JSON.stringify(graph, null, 2) : asText(graph));
    });
}

/** Two tables: processes, and what they send to each other. */
export const asText = ({ hops, edges }: PathGraph): string =>
  [
    inColumns({
      title: "Processes",
      headings: ["process", "memory", "its answer means", "keeps at most", "refuses what is older than"],
      rows: hops.map((hop) => [
        hop.name,
        hop.memory === undefined ? none : inUnits(hop.memory),
        answers(hop),
        hop.state.length === 0 ? none : hop.state.map(kept).join("; "),
        hop.window === undefined ? none : `${short(hop.window / 3_600)} h`,
      ]),
    }),
    "",
    inColumns({
      title: "What they send",
      headings: ["from", "to", "signals", "by", "largest request", "largest taken", "waits in"],
      rows: edges.map((edge) => [
        edge.from,
        edge.to,
        edge.signals.join(", "),
        edge.by,
        edge.sends === undefined ? none : inUnits(edge.sends),
        edge.takes === undefined ? none : inUnits(edge.takes),
        waits(edge),
      ]),
    }),
  ].join("\n");

const none = "–";

/** Once, where all signals are answered alike. */
function answers({ answers }: Hop): string {
  const all = Object.entries(answers);
  const [first] = all;
  if (first === undefined) return none;
  if (all.every(([, answer]) => answer === first[1])) return first[1];
  return all.map(([signal, answer]) => `${signal}: ${answer}`).join("; ");
}

const kept = ({ of, most, bytes }: Hop["state"][number]): string =>
  `${most === undefined ? `${of} without limit, alert at` : most === 1 ? `${of},` : `${short(most)} ${of},`} ${inUnits(bytes)}`;

const waits = ({ queue, by }: Edge): string =>
  queue === undefined ? (by === "storage" ? none : "nothing: the sender waits") : room(queue);

function room({ on, most, of, whenFull, triesFor }: Queue): string {
  const size = of === "bytes" ? inUnits(most) : `${short(most)} ${of}`;
  const full = whenFull === "refuse" ? "then refuses" : "then lets senders wait";
  return `${on}, ${size}, ${full}${triesFor === undefined ? "" : `; drops what waits ${triesFor} s`}`;
}
