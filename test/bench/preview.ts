import { mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { dockerPlanner } from "../../components/platforms/docker/plan";
import { settingsOfStack } from "../../configs/stack-file";
import { hostOf } from "../../stacks/host";
import { describedSecrets, observability } from "../../stacks/observability";
import { obtainPulumi } from "../../toolchain/pulumi";
import { median } from "./process";

const root = join(__dirname, "..", "..");

export interface Previewed {
  readonly resources: number;
  /** CPU of Pulumi and all it starts, in seconds: median of the runs. */
  readonly flatCpuSeconds: number;
  readonly stackCpuSeconds: number;
}

/** Previews the dev stack, and a program that writes the same resources out one by one, in turn. */
export async function preview(runs: number): Promise<Previewed> {
  const { command, env } = await obtainPulumi();
  const folder = mkdtempSync(join(tmpdir(), "sightline-preview-"));
  const state = { ...env, PULUMI_BACKEND_URL: `file://${folder}`, PULUMI_CONFIG_PASSPHRASE: "bench" };
  const resources = writeFlat(folder);
  const stackConfig = join(folder, "Pulumi.dev.yaml");
  writeFileSync(stackConfig, "config: {}\n");
  await execa(command, ["stack", "init", "dev", "--cwd", folder, "--no-select"], { env: state });

  const cpu = async (...args: string[]) => {
    const timed = [
      "-c",
      'TIMEFORMAT="%U %S"; time "$@" >/dev/null',
      "bash",
      command,
      "preview",
      "--stack",
      "dev",
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
  const stack: number[] = [];
  for (let run = 0; run < runs; run++) {
    flat.push(await cpu("--cwd", folder));
    stack.push(await cpu("--cwd", root, "--config-file", stackConfig));
  }
  return { resources, flatCpuSeconds: median(flat), stackCpuSeconds: median(stack) };
}

const classes: Readonly<Record<string, string>> = {
  "docker:index/network:Network": "Network",
  "docker:index/remoteImage:RemoteImage": "RemoteImage",
  "docker:index/volume:Volume": "Volume",
  "docker:index/container:Container": "Container",
};

/** A program without components: one statement for each resource, all values in place. */
function writeFlat(folder: string): number {
  const settings = settingsOfStack("dev");
  const planner = dockerPlanner(hostOf(settings));
  const objects = planner.plan(observability(settings, planner, describedSecrets));
  const variable = (name: string, type: string) => `${classes[type]}_${name}`.replaceAll("-", "_");
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
      `const ${variable(name, type)} = new docker.${classes[type]}(${JSON.stringify(name)}, ${literal(inputs)}, { provider });`,
  );
  writeFileSync(
    join(folder, "index.ts"),
    [
      'import * as docker from "@pulumi/docker";',
      'import * as random from "@pulumi/random";',
      `const provider = new docker.Provider("host", { host: ${JSON.stringify(settings.dockerHost)} });`,
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
