import { Command } from "commander";
import { refuse } from "../../components/core/problems";
import { exitCodes } from "../exit-codes";
import type { Prices } from "../preview/cost";
import { previewStack } from "../preview/run";
import { failed, type Summary } from "../preview/summary";
import { inMarkdown, inWords } from "../preview/text";

interface Options {
  readonly stack: string;
  readonly markdown?: true;
  readonly json?: true;
  readonly failOnLoss?: true;
  readonly priceCpu?: string;
  readonly priceMemory?: string;
  readonly priceDisk?: string;
}

/** `sightline preview`: what an update would do, in words that say what it means. */
export function previewCommand(): Command {
  return new Command("preview")
    .description("say what an update would change, restart, lose and cost; works with or without an engine or cluster")
    .option("-s, --stack <name>", "stack", "dev")
    .option("--markdown", "print it as a comment on a pull request")
    .option("--json", "print it as JSON")
    .option("--fail-on-loss", `end with ${exitCodes.loss.code} where data can be lost`)
    .option("--price-cpu <money>", "of one CPU for a month; without prices no cost is shown")
    .option("--price-memory <money>", "of one GiB of memory for a month")
    .option("--price-disk <money>", "of one GiB of disk for a month")
    .action(preview);
}

async function preview({ stack, markdown, json, failOnLoss, ...prices }: Options): Promise<void> {
  const show = (summary: Summary) => {
    if (json) console.log(JSON.stringify(summary, null, 2));
    else console.log(markdown ? inMarkdown(summary).trimEnd() : inWords(summary));
  };
  const wanted = pricesOf(prices);
  try {
    const summary = await previewStack(stack, (line) => console.error(line), wanted);
    show(summary);
    process.exitCode = codeOf(summary, failOnLoss === true);
  } catch (error) {
    // Whoever reads the comment on a pull request does not see the log of the run.
    show(failed(stack, error));
    throw error;
  }
}

function codeOf({ problems, errors, losses }: Summary, failOnLoss: boolean): number {
  if (problems.length > 0) return exitCodes.usage.code;
  if (errors.length > 0) return exitCodes.failed.code;
  return failOnLoss && losses.length > 0 ? exitCodes.loss.code : exitCodes.done.code;
}

/** Prices given as flags: none, or those given and zero for the others. */
function pricesOf({
  priceCpu,
  priceMemory,
  priceDisk,
}: Pick<Options, "priceCpu" | "priceMemory" | "priceDisk">): Prices | undefined {
  const given = { "--price-cpu": priceCpu, "--price-memory": priceMemory, "--price-disk": priceDisk };
  const texts = Object.entries(given).flatMap(([flag, text]) => (text === undefined ? [] : [{ flag, text }]));
  refuse(
    "arguments",
    texts
      .filter(({ text }) => !/^\d+(\.\d+)?$/.test(text))
      .map(({ flag, text }) => ({ path: flag, value: text, reason: "not a price", remedy: "write it as 4.20" })),
  );
  if (texts.length === 0) return undefined;
  return { cpu: Number(priceCpu ?? 0), memory: Number(priceMemory ?? 0), disk: Number(priceDisk ?? 0) };
}
