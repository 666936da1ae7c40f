import { copyFileSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import type { PlannedObject } from "../../components/core/platform";
import type { Settings } from "../../configs/settings-from";
import { readStackFile, settingsOfStack } from "../../configs/stack-file";
import { describedSecrets, observability } from "../../stacks/observability";
import { plannerOf } from "../../stacks/planner";
import { obtainPulumi } from "../../toolchain/pulumi";
import { median } from "./process";

const root = join(__dirname, "..", "..");

export interface Previewed {
  readonly resources: number;
  /** CPU of Pulumi and all it starts, in seconds: median of the runs. */
  readonly flatCpuSeconds: number;
  readonly stackCpuSeconds: number;
}

/**
 * Previews a stack, and a program that writes the same resources out one by one with the classes of the SDK, in turn. No
 * cluster is there.
 */
export async function preview(stack: string, runs: number): Promise<Previewed> {
  const settings = settingsOfStack(stack);
  const { command, env } = await obtainPulumi({ plugins: [settings.platform, "random"] });
  const folder = mkdtempSync(join(tmpdir(), "sightline-preview-"));
  const state = {
    ...env,
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "bench",
    KUBECONFIG: join(folder, "none"),
  };
  const resources = writeFlat(folder, settings);
  const stackConfig = join(folder, `Pulumi.${stack}.yaml`);
  await execa(command, ["stack", "init", stack, "--cwd", folder, "--no-select"], { env: state });
  const ofFlat = join(folder, "flat.yaml");
  copyFileSync(stackConfig, ofFlat);
  // Beside the settings, the salt of the passphrase.
  writeFileSync(stackConfig, `${readStackFile(stack)}\n${readFileSync(ofFlat, "utf8")}`);

  const cpu = async (...args: string[]) => {
    const timed = [
      "-c",
      'TIMEFORMAT="%U %S"; time "$@" >/dev/null',
      "bash",
      command,
      "preview",
      "--stack",
      stack,
      "--non-interactive",
      ...args,
    ];
    const { stderr } = await execa("bash", timed, { env: state });
    return stderr
      .trim()
      .split("\n")
      .at(-1)!
      .split(" ")
      .map(Number)
      .reduce((a, b) => a + b, 0);
  };
  const flat: number[] = [];
  const composed: number[] = [];
  for (let run = 0; run < runs; run++) {
    flat.push(await cpu("--cwd", folder, "--config-file", ofFlat));
    composed.push(await cpu("--cwd", root, "--config-file", stackConfig));
  }
  return { resources, flatCpuSeconds: median(flat), stackCpuSeconds: median(composed) };
}

/** `docker:index/container:Container` is `docker.Container`, `kubernetes:apps/v1:Deployment` `kubernetes.apps.v1.Deployment`. */
function classOf(type: string): string {
  const [sdk, module, name] = type.split(":") as [string, string, string];
  const [group, version] = module.split("/") as [string, string];
  return group === "index" ? `${sdk}.${name}` : `${sdk}.${group.split(".")[0]}.${version}.${name}`;
}

/** A program without components: one statement for each resource, all values in place. */
function writeFlat(folder: string, settings: Settings): number {
  const planner = plannerOf(settings);
  const objects: readonly PlannedObject[] = planner.plan(observability(settings, planner, describedSecrets));
  const variable = (name: string, type: string) => `${classOf(type)}_${name}`.replaceAll(/\W/g, "_");
  const literal = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
    if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
    if ("toJSON" in value) return JSON.stringify(value);
    if ("to" in value && "type" in value && "output" in value)
      return `${variable(String(value.to), String(value.type))}.${String(value.output)}`;
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}: ${literal(item)}`)
      .join(", ")} }`;
  };
  const lines = objects.map(
    ({ type, name, inputs }) =>
      `const ${variable(name, type)} = new ${classOf(type)}(${JSON.stringify(name)}, ${literal(inputs)}, { provider });`,
  );
  const { platform, dockerHost } = settings;
  writeFileSync(
    join(folder, "index.ts"),
    [
      `import * as ${platform} from "@pulumi/${platform}";`,
      'import * as random from "@pulumi/random";',
      `const provider = new ${platform}.Provider("provider", ${platform === "docker" ? JSON.stringify({ host: dockerHost }) : "{}"});`,
      'new random.RandomPassword("grafana-admin-password", { length: 32, special: false });',
      'new random.RandomPassword("grafana-secret-key", { length: 32, special: false });',
      ...lines,
    ].join("\n"),
  );
  const options = { typescript: true, nodeargs: "--stack-trace-limit=1" };
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    JSON.stringify({ name: "sightline", main: "index.ts", runtime: { name: "nodejs", options } }),
  );
  writeFileSync(join(folder, "package.json"), '{ "name": "flat", "version": "0.0.0" }\n');
  const compilerOptions = { target: "es2023", module: "nodenext", rootDir: ".", noCheck: true, skipLibCheck: true };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, "ts-node": { transpileOnly: true } }));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  // The provider and the two passwords are not in the plan.
  return objects.length + 3;
}
