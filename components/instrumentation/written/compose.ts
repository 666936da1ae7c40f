import { parseDocument } from "yaml";
import { isFields, type Fields } from "../../core/manifests";
import type { Problem } from "../../core/problems";
import { instrumentedResource, type InstrumentAll } from "../all/resource";
import { kitFolder, nodejsKit } from "../kit";
import type { InstrumentedFile } from "./manifests";
import { patch } from "./patch";

/** A service of a compose file as a container on a Docker host. */
export interface ComposeService {
  readonly name: string;
  readonly fields: Fields;
  readonly container: Fields;
}

/**
 * A compose file with what its services need. The kit is in a folder beside it, which is called as the kit is: another
 * content has another name, so that exactly the services that load it are made anew.
 */
export function instrumentedCompose(text: string, options: InstrumentAll): InstrumentedFile {
  const document = parseDocument(text, { merge: true });
  const kit = options.kit ?? nodejsKit();
  const [problems, notes]: [Problem[], Problem[]] = [[], []];
  let [changed, loaded] = [false, false];
  for (const { name, fields, container } of composeServices(document.toJS())) {
    const found = instrumentedResource("docker:index/container:Container", name, container, { ...options, kit });
    problems.push(...found.problems);
    notes.push(...found.notes);
    const { envs, mounts = [] } = found.props as { envs: readonly string[]; mounts?: readonly Fields[] };
    loaded ||= mounts.some(({ target }) => target === kitFolder);
    if (found.given === undefined) continue;
    const set = (key: string, value: unknown) => patch(document, ["services", name, key], fields[key], value);
    set("environment", environmentOf(fields["environment"], envs));
    if (found.given === "nodejs") set("volumes", withKit(fields["volumes"], `./${kit.name}`));
    changed = true;
  }
  const written = changed ? document.toString({ lineWidth: 0, flowCollectionPadding: !/\{\w/.test(text) }) : text;
  return { text: written, changed, namespaces: loaded ? [undefined] : [], problems, notes };
}

/** Services of a compose file. @default - none: it is another file */
export function composeServices(file: unknown): readonly ComposeService[] {
  const { services } = fieldsOf(file);
  return Object.entries(fieldsOf(services)).map(([name, value]) => {
    const fields = fieldsOf(value);
    const container = {
      name: typeof fields["container_name"] === "string" ? fields["container_name"] : name,
      image: typeof fields["image"] === "string" ? fields["image"] : "",
      envs: pairs(fields["environment"]).map(([key, value]) => (value === undefined ? key : `${key}=${value}`)),
      labels: pairs(fields["labels"]).map(([label, value]) => ({ label, value: value ?? "" })),
      entrypoints: words(fields["entrypoint"]),
      command: words(fields["command"]),
      mounts: listOf(fields["volumes"]).map(mountOf),
    };
    return { name, fields, container };
  });
}

/** Names and values, of a map as of a list; a name alone is taken from wherever the file is run. */
const pairs = (value: unknown): readonly (readonly [key: string, value: string | undefined])[] =>
  Array.isArray(value)
    ? value.map((entry) => {
        const [key = "", ...rest] = String(entry).split("=");
        return [key, rest.length === 0 ? undefined : rest.join("=")];
      })
    : Object.entries(fieldsOf(value)).map(([key, item]) => [key, item === null ? undefined : String(item)]);

/** In the notation that is there: a map, or a list. */
function environmentOf(before: unknown, envs: readonly string[]): unknown {
  const were = pairs(before);
  const now = envs.map((entry) => [entry.split("=", 1)[0]!, entry.slice(entry.indexOf("=") + 1)] as const);
  const changed = now.filter(([key, value]) => !were.some(([name, old]) => name === key && (old ?? key) === value));
  if (Array.isArray(before)) {
    const kept = (before as unknown[]).filter((_, i) => !changed.some(([key]) => key === were[i]![0]));
    return [...kept, ...changed.map(([key, value]) => `${key}=${value}`)];
  }
  return { ...fieldsOf(before), ...Object.fromEntries(changed) };
}

function withKit(before: unknown, source: string): readonly unknown[] {
  const others = listOf(before).filter((volume) => mountOf(volume).target !== kitFolder);
  return [...others, `${source}:${kitFolder}:ro`];
}

/** A volume as the engine is asked for it; the kit's own exactly as it would be added. */
function mountOf(volume: unknown): { readonly source: string; readonly target: string } {
  const [first = "", second] = String(volume).split(":");
  const { source = first, target = second ?? first } = fieldsOf(volume) as { source?: string; target?: string };
  const mount = { type: "volume", source: source.replace(/^\.\//, ""), target };
  return target === kitFolder ? { ...mount, ...{ readOnly: true } } : mount;
}

/** A command in one text is split as a shell does, as far as who is started. */
const words = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === "string" ? value.trim().split(/\s+/) : [];
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
