import { verify } from "../../cli/verify";
import { storesOf, targets } from "../support/dev-stack";

/** How long the canary takes through a running dev stack; says so where none runs. */
export async function verifyLatency(): Promise<string> {
  const up = await fetch(`${targets.jaeger}/`).then(
    () => true,
    () => false,
  );
  if (!up) return "Not measured: no dev stack was up. `npm run up`, then `npm run bench`.";
  const { steps, seconds } = await verify({ ...targets, stores: await storesOf() }, { quiet: true });
  return [
    ...steps.map(({ title, outcome, seconds: took }) => `- ${title}: ${outcome === "found" ? `${took} s` : outcome}`),
    `- all: ${seconds} s`,
  ].join("\n");
}
