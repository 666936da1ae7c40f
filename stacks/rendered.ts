import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { images } from "../components/images";
import { yaml, type Config } from "../components/core/config";
import type { Version } from "../components/core/version";
import { committedStacks, settingsOfStack } from "../configs/stack-file";
import type { Settings } from "../configs/settings-from";
import { describedSecrets, observability } from "./observability";
import { plannerOf } from "./planner";

/** Text by path, relative to configs/rendered. */
export type Rendered = Readonly<Record<string, string>>;

export const renderedFolder = join(__dirname, "..", "configs", "rendered");

/** The oldest Jaeger that configuration is written for, rendered beside the pinned one. */
const jaegerFloor: Version = "2.13.0";

/** Everything the committed stacks deploy: each file of each workload, and the objects of the platform. */
export function renderAll(): Rendered {
  return Object.assign({}, ...committedStacks.map(renderStack)) as Rendered;
}

function renderStack(stack: string): Rendered {
  const settings = settingsOfStack(stack);
  const floor = { ...images.jaeger, tag: jaegerFloor, version: jaegerFloor };
  const older = filesOf({ ...settings, images: { ...settings.images, jaeger: floor } });
  const atFloor = Object.entries(older).filter(([path]) => path.startsWith("jaeger/"));
  const files = {
    ...filesOf(settings),
    ...Object.fromEntries(atFloor.map(([path, text]) => [path.replace("jaeger/", `jaeger-${jaegerFloor}/`), text])),
    [`${settings.platform}.yaml`]: objectsOf(settings),
  };
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${stack}/${path}`, text]));
}

/** Files of each workload, under its name. A secret file is not among them. */
export function filesOf(settings: Settings): Rendered {
  const workloads = observability(settings, plannerOf(settings), describedSecrets);
  return Object.fromEntries(
    workloads.flatMap(({ name, files = {} }) =>
      Object.entries(files).flatMap(([path, file]) =>
        "content" in file ? [[join(name, short(path)), file.content]] : [],
      ),
    ),
  );
}

/** A path without the folders every file of the program shares. */
const short = (path: string): string => path.replace(/^\/etc\/[^/]+\//, "").replace(/^\//, "");

/** What the platform would create, without the files that are shown by themselves. */
function objectsOf(settings: Settings): string {
  const planner = plannerOf(settings);
  const objects = planner.plan(observability(settings, planner, describedSecrets));
  const shown = objects.map(({ type, name, inputs }) => ({ type, name, inputs: withoutContents(inputs) }));
  return yaml({ objects: shown as unknown as Config[] });
}

/** Files are the content of an upload on Docker, and the data of a ConfigMap on Kubernetes. */
function withoutContents(inputs: Readonly<Record<string, unknown>>): unknown {
  const hidden = inputs["kind"] === "ConfigMap" ? "data" : "content";
  return JSON.parse(JSON.stringify(inputs, (key, value: unknown) => (key === hidden ? undefined : value)));
}

/** Makes a folder hold exactly these files. */
export function writeRendered(files: Rendered, folder: string): { changed: string[]; removed: string[] } {
  const stale = filesUnder(folder).filter((path) => !(path in files) && path !== "README.md");
  for (const path of stale) rmSync(join(folder, path));
  const changed = Object.entries(files).filter(
    ([path, text]) => !existsSync(join(folder, path)) || readFileSync(join(folder, path), "utf8") !== text,
  );
  for (const [path, text] of changed) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { changed: changed.map(([path]) => path), removed: stale };
}

/** Every file below a folder, by relative path. */
export const filesUnder = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    : [];
