import { Command } from "commander";
import { Refusal, sentence } from "../../components/core/problems";
import type { InstrumentAll } from "../../components/instrumentation/all/resource";
import { nodejsKit } from "../../components/instrumentation/kit";
import type { Sampling } from "../../components/instrumentation/options";
import { each } from "../check/written";
import { sourceFiles } from "../instrument/files";
import { asStream, instrumentFiles, writeBack } from "../instrument/instrument";
import { exitCodes } from "../exit-codes";

interface Options {
  readonly file: readonly string[];
  readonly otlp: string;
  readonly share?: string;
  readonly strategies?: string;
  readonly environment?: string;
  readonly write?: true;
}

/** `sightline instrument`: what `instrumentAll` does to a Pulumi program, done to manifests and compose files. */
export function instrumentCommand(): Command {
  return new Command("instrument")
    .description("give the services of manifests or of a compose file what they need to be traced")
    .requiredOption("-f, --file <path>", "file, folder, or - for standard input; may be given several times", each, [])
    .requiredOption(
      "--otlp <url>",
      "where OTLP over HTTP is taken: http://agent.sightline-prod-agents.svc.cluster.local:4318",
    )
    .option("--share <number>", "share of the traces that begin here that is kept, from 0 to 1")
    .option("--strategies <url>", "where Jaeger or an agent says which traces are kept")
    .option("--environment <name>", "deployment.environment.name")
    .option("--write", "write the files that change where they are, and the kit beside them")
    .addHelpText("after", help)
    .action(async ({ file, write, ...options }: Options) => {
      if (file.length === 0) throw new Refusal("options of instrument", [noFile]);
      const asked = optionsOf(options);
      const instrumented = instrumentFiles(await sourceFiles(file), asked);
      for (const note of instrumented.notes) console.error(sentence(note));
      if (!write) process.stdout.write(asStream(instrumented));
      else for (const path of writeBack(instrumented, asked)) console.log(path);
      if (!write && instrumented.files.some(({ isCompose, namespaces }) => isCompose && namespaces.length > 0)) {
        console.error(`the kit is a folder beside the compose file, ${asked.kit!.name}: --write makes it`);
      }
    });
}

const noFile = { path: "-f", reason: "missing", remedy: "name a file, a folder, or - for standard input" };

function optionsOf({ otlp, share, strategies, environment }: Omit<Options, "file" | "write">): InstrumentAll {
  const sampling: Sampling | undefined =
    strategies !== undefined
      ? { strategies, ...(share !== undefined && { initially: Number(share) }) }
      : share !== undefined
        ? { share: Number(share) }
        : undefined;
  return {
    otlp,
    kit: nodejsKit(),
    ...(environment !== undefined && { environment }),
    ...(sampling !== undefined && { sampling }),
  };
}

const help = `
As a step between what renders and what applies:
  helm template shop ./chart | sightline instrument -f - --otlp http://agent:4318 | kubectl apply -f -
For GitOps, in the repository:
  sightline instrument -f manifests/ --otlp http://agent:4318 --write
What a service is, its annotation says: sightline.dev/instrument: nodejs, go, env or off; else its image and command.
Comments and order stay. Exits with ${exitCodes.usage.code}, and writes nothing, where anything is refused.`;
