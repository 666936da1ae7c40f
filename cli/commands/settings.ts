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
    file: `Pulumi.${stack}.yaml`,
    secret: "secret of this user",
    machine: "this machine",
  };
  const rows = values.map(
    ({ key, value, from }) => [key, JSON.stringify(value) ?? "", words[from ?? "default"]] as const,
  );
  console.log(settingsTable(stack, rows));
  for (const { path, why } of overrides) console.log(`${path}: ${why}`);
}

/** Longest value that fits on a line. */
const longest = 60;

/** Settings, their values and where these come from. Says how to see a value whole where it was cut. */
export function settingsTable(stack: string, settings: readonly (readonly [string, string, string])[]): string {
  const isCut = (value: string) => value.length > longest;
  const rows = settings.map(([key, value, from]) => [
    key,
    isCut(value) ? `${value.slice(0, longest - 1)}…` : value,
    from,
  ]);
  const table = inColumns({ title: `Settings of ${stack}`, headings: ["setting", "value", "from"], rows });
  const cut = settings.some(([, value]) => isCut(value));
  return cut
    ? `${table}\nValues that end in … are cut: \`npm run sightline -- settings -s ${stack} --json\` prints them whole`
    : table;
}
