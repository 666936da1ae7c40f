import { Command } from "commander";
import { inColumns } from "../columns";
import { effectiveSettings, type Origin } from "../effective-settings";

/** `sightline settings`: what holds for a stack, and who says so. */
export function settingsCommand(): Command {
  return new Command("settings")
    .description("every setting of a stack as it runs from here, and where its value comes from")
    .option("-s, --stack <name>", "stack", "dev")
    .option("--json", "print them as JSON")
    .action(settings);
}

function settings({ stack, json }: { readonly stack: string; readonly json?: true }): void {
  const { settings: all, origins, overrides } = effectiveSettings(stack);
  const values = Object.entries(all).map(([key, value]) => ({ key, value: value as unknown, from: origins[key] }));
  if (json) {
    console.log(JSON.stringify({ settings: values, overrides }, null, 2));
    return;
  }
  const words: Readonly<Record<Origin, string>> = {
    default: "default",
    plan: "plan, in place of a default",
    file: `Pulumi.${stack}.yaml`,
    secret: "secret of this user",
    machine: "this machine",
  };
  const rows = values.map(({ key, value, from }) => [
    key,
    short(JSON.stringify(value) ?? ""),
    words[from ?? "default"],
  ]);
  console.log(inColumns({ title: `Settings of ${stack}`, headings: ["setting", "value", "from"], rows }));
  for (const { path, why } of overrides) console.log(`${path}: ${why}`);
}

/** A value as fits on a line; `--json` has the rest. */
const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
