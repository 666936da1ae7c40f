import { reference } from "../components/core/workload";
import { images, isBuiltHere, type ImageName } from "../components/images";
import { findBinary, minutes } from "./build";
import { binaries, type BinaryName } from "./catalog";
import { canObtain, findEngine, thisMachine, type Found, type Machine } from "./engine";
import { engineImages } from "./engine-images";
import { run, type Tools } from "./exec";
import { imageDefinitions } from "./image-definitions";
import { findImage } from "./images";
import { findPulumi, missingPlugins, pluginVersion, pulumiFloor, type PluginName } from "./pulumi";

/** One thing the dev stack needs, and how this machine stands with it. */
export interface Check {
  readonly name: string;
  /** `obtainable`: `sightline up` gets it. `optional`: the stack comes up without it. */
  readonly state: "ok" | "obtainable" | "missing" | "optional";
  readonly found: string;
  /** What a person could do. @default - nothing to do */
  readonly remedy?: string;
}

export interface SurveyOptions extends Tools {
  readonly host?: string;
  readonly machine?: Machine;
  /** Whether an HTTP server answers at all. */
  readonly answers?: (url: string) => Promise<boolean>;
}

/** Looks at everything the dev stack needs. Changes nothing. */
export async function survey(options: SurveyOptions = {}): Promise<Check[]> {
  const { answers = answersHttp } = options;
  const [engine, go, registry, releases] = await Promise.all([
    findEngine(options),
    goVersion(options),
    answers("https://hub.docker.com/"),
    answers("https://get.pulumi.com/"),
  ]);
  const toBuild = (names: readonly BinaryName[]) => buildPlan(names, go !== undefined, options);
  return [
    node(process.versions.node),
    docker(engine, options.machine ?? thisMachine),
    ...(await pulumi(releases, toBuild, options)),
    ...(await programs(registry, toBuild, options)),
    {
      name: "image registry",
      state: "optional",
      found: registry ? "Docker Hub answers" : "Docker Hub does not answer",
      ...(!registry && { remedy: "images that are not here are built from source" }),
    },
    {
      name: "go",
      state: "optional",
      found: go ?? "not on the PATH",
      ...(go === undefined && { remedy: "only building from source needs it: https://go.dev/dl/" }),
    },
  ];
}

/** Whether the dev stack could be started: nothing it needs is beyond reach. */
export const canStart = (checks: readonly Check[]): boolean => checks.every(({ state }) => state !== "missing");

function node(version: string): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isNew = major > 22 || (major === 22 && minor >= 15);
  const remedy = "use Node.js 22.15 or newer; `npm ci` brings one that npm scripts find";
  return { name: "node", state: isNew ? "ok" : "missing", found: version, ...(!isNew && { remedy }) };
}

function docker(found: Found, machine: Machine): Check {
  const name = "docker engine";
  if (found.state === "running") {
    const { host, version, cgroup, dataRoot, freeBytes } = found.engine;
    const space = freeBytes === undefined ? "" : `, ${Math.floor(freeBytes / 1024 ** 3)} GiB free in ${dataRoot}`;
    return { name, state: "ok", found: `${version} on ${host}, cgroup v${cgroup}${space}` };
  }
  const state = canObtain(found.state, found.host, machine) ? "obtainable" : "missing";
  return { name, state, found: found.problem.reason, remedy: found.problem.remedy };
}

type BuildPlan = (names: readonly BinaryName[]) => Promise<Pick<Check, "state" | "found">>;

/** What building some binaries would take, of which some may have been built. */
async function buildPlan(names: readonly BinaryName[], hasGo: boolean, tools: Tools): ReturnType<BuildPlan> {
  const found = await Promise.all(names.map((name) => findBinary(name, tools)));
  const open = names.filter((_, i) => found[i] === undefined);
  if (open.length === 0) return { state: "ok", found: "built from source, in the cache" };
  const seconds = open.reduce((sum, name) => sum + binaries[name].seconds, 0);
  const takes = `about ${minutes(seconds)} on 2 cores`;
  return hasGo
    ? { state: "obtainable", found: `can be built from source, ${takes}` }
    : { state: "missing", found: `could be built from source if Go were here, ${takes}` };
}

const pulumiBinaries = ["pulumi", "pulumi-language-nodejs"] as const;
const plugins: readonly PluginName[] = ["docker", "random"];

async function pulumi(releases: boolean, toBuild: BuildPlan, { exec = run }: SurveyOptions): Promise<Check[]> {
  const own = await findPulumi(exec);
  const missing = own === undefined ? plugins : await missingPlugins(own, plugins, exec);
  const remedy = `install Pulumi ${pulumiFloor} or newer: https://www.pulumi.com/docs/install/`;
  const command: Check =
    own === undefined
      ? await obtainable("pulumi", "not on the PATH", toBuild(pulumiBinaries), remedy)
      : { name: "pulumi", state: "ok", found: `${own.version}, ${own.command}` };
  const providers = plugins.map(async (name): Promise<Check> => {
    const version = pluginVersion(name);
    const title = `pulumi provider ${name}`;
    if (!missing.includes(name)) return { name: title, state: "ok", found: version };
    if (releases) return { name: title, state: "obtainable", found: `${version} can be downloaded` };
    const install = `pulumi plugin install resource ${name} ${version}`;
    return obtainable(title, "not installed", toBuild([`pulumi-resource-${name}`]), install);
  });
  return [command, ...(await Promise.all(providers))];
}

async function programs(registry: boolean, toBuild: BuildPlan, options: SurveyOptions): Promise<Check[]> {
  const names = (Object.keys(images) as ImageName[]).filter(isOfDevStack);
  return Promise.all(
    names.map(async (name): Promise<Check> => {
      const title = `image ${name}`;
      const there = await findImage(name, options);
      if (there !== undefined) return { name: title, state: "ok", found: `${reference(there)} (${there.origin})` };
      const own = isBuiltHere(images[name]);
      if (registry && !own)
        return { name: title, state: "obtainable", found: `${reference(images[name])} can be pulled` };
      const definition = imageDefinitions[name];
      const remedy = `docker load an image ${reference(images[name])}`;
      if (definition) {
        const check = await obtainable(title, "not here", toBuild(Object.values(definition.binaries)), remedy);
        return own && check.state === "missing" ? { ...check, state: "optional" } : check;
      }
      return { name: title, state: "optional", found: "not here; the stack comes up without it", remedy };
    }),
  );
}

/** Grafana, which nobody can build, and what is made of programs of the dev stack, whose logs are not in Loki. */
const isOfDevStack = (name: ImageName): boolean =>
  name !== "loki" &&
  engineImages[name] === undefined &&
  Object.values(imageDefinitions[name]?.binaries ?? {}).every((binary) => binaries[binary].purposes.includes("dev"));

async function obtainable(name: string, reason: string, plan: ReturnType<BuildPlan>, remedy: string): Promise<Check> {
  const { state, found } = await plan;
  return state === "ok" ? { name, state, found } : { name, state, found: `${reason}; ${found}`, remedy };
}

async function goVersion({ exec = run }: Tools): Promise<string | undefined> {
  const { code, stdout } = await exec("go", ["env", "GOVERSION"]);
  return code === 0 ? stdout.trim() : undefined;
}

// Any answer will do: a registry greets a stranger with 401.
const answersHttp = (url: string): Promise<boolean> =>
  fetch(url, { method: "HEAD", signal: AbortSignal.timeout(5_000) }).then(
    () => true,
    () => false,
  );

/** A check as one line, its remedy on a second one where there is one. */
export const describeCheck = ({ name, state, found, remedy }: Check): string =>
  [`${marks[state]} ${name.padEnd(24)} ${found}`, ...(remedy === undefined ? [] : [`    ${remedy}`])].join("\n");

const marks: Readonly<Record<Check["state"], string>> = { ok: "✓", obtainable: "↓", missing: "✗", optional: "·" };
