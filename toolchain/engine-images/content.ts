import { readdirSync, readFileSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { contentHash } from "../../components/core/names";
import { engines } from "../engines";
import { obtainJars, pomOf } from "../engines/jars";
import { findJava, javaHome } from "../engines/java";
import type { Tools } from "../exec";
import { certificatesAndUsers, machineCertificates } from "../image-archive";
import type { Directory } from "../image-definitions";
import type { Entry } from "../tar";
import { obtainDebianRoot } from "./debian-root";
import type { EngineImage } from "./definition";
import { folderEntries } from "./folder";

/** Scripts and default files of an image, as they lie in it. */
const scriptsOf = ({ engine }: EngineImage): string => join(__dirname, engine);

/** Hash of all that the project decides of an image: its jars, its scripts, its settings. */
export function engineKey(definition: EngineImage): string {
  const folder = scriptsOf(definition);
  const scripts = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path.slice(folder.length), readFileSync(path, "utf8")]);
  const pom = readFileSync(pomOf(engines[definition.engine]), "utf8");
  return contentHash(
    JSON.stringify([definition, pom, scripts, commonFiles, unusedOfDebian.source, unusedOfJava.source]),
  );
}

/** What a server never reads. */
const unusedOfDebian =
  /^(usr\/share\/(doc|info|locale|man|lintian|zsh|bash-completion|common-licenses)|var\/lib\/dpkg)\b/;
const unusedOfJava = /^(jmods|include|man|legal|docs|demo|lib\/src\.zip|lib\/ct\.sym)$/;

/** Where a Java lies in the image. */
const java = "opt/java";

/**
 * Everything in the one layer of an image: a small Debian, the Java this machine runs the engine on, its jars, its
 * scripts. What lies below a folder with an owner belongs to that owner, as in official images.
 */
export async function engineLayer(definition: EngineImage, tools: Tools): Promise<Entry[]> {
  const { engine: name, directories, users, files = {} } = definition;
  const engine = engines[name];
  const root = await obtainDebianRoot(tools);
  const home = await javaHome(await findJava(engine.java, tools), tools);
  const entries: Entry[] = [
    ...(await folderEntries(root, { without: unusedOfDebian })),
    ...(await folderEntries(home, { at: java, without: unusedOfJava, follow: true })),
    ...(await jars(definition, await obtainJars(engine, tools))),
    ...(await folderEntries(scriptsOf(definition))).map(readable),
    ...certificatesAndUsers(machineCertificates(), users).map((entry) => ({ ...entry, path: entry.path.slice(1) })),
    ...Object.entries(files).map(([path, content]) => text(path, content)),
    ...commonFiles,
  ];
  return complete(entries, directories);
}

const commonFiles: readonly Entry[] = [
  { path: "bin/sh", mode: 0o777, owner: 0, link: "bash" },
  { path: "tmp/", mode: 0o1777, owner: 0 },
];

const text = (path: string, content: string): Entry => ({
  path: path.slice(1),
  mode: content.startsWith("#!") ? 0o755 : 0o644,
  owner: 0,
  content,
});

/** A checkout may be readable by its owner alone; whether something runs is all that it says. */
const readable = (entry: Entry): Entry => ({
  ...entry,
  mode: entry.content === undefined || (entry.mode & 0o100) !== 0 ? 0o755 : 0o644,
});

async function jars({ jars: { folder, except = {} } }: EngineImage, source: string): Promise<Entry[]> {
  const names = (await readdir(source)).sort();
  const placed = names.map((name) => {
    const [, elsewhere = folder] = Object.entries(except).find(([start]) => name.startsWith(start)) ?? [];
    return { name, target: elsewhere };
  });
  return Promise.all(
    placed
      .filter((jar): jar is { name: string; target: string } => jar.target !== null)
      .map(async ({ name, target }) => {
        const file = join(source, name);
        return {
          path: (target.endsWith(".jar") ? target : `${target}/${name}`).slice(1),
          mode: 0o644,
          owner: 0,
          content: { file, size: (await stat(file)).size },
        };
      }),
  );
}

/** Each path once, the last one given; with every folder above it; parents first. */
function complete(entries: readonly Entry[], directories: Readonly<Record<string, Directory>>): Entry[] {
  const all = new Map<string, Entry>();
  const add = (entry: Entry) => all.set(entry.path.replace(/\/$/, ""), entry);
  const own = Object.entries(directories).sort(([a], [b]) => b.length - a.length);
  for (const path of [...entries.map((entry) => entry.path), ...own.map(([path]) => `${path.slice(1)}/`)]) {
    const parts = path.split("/").slice(0, -1);
    for (let i = 1; i <= parts.length; i++) {
      const folder = parts.slice(0, i).join("/");
      if (folder !== "" && !all.has(folder)) add({ path: `${folder}/`, mode: 0o755, owner: 0 });
    }
  }
  entries.forEach(add);
  for (const [path, { mode = 0o755 }] of own) add({ path: `${path.slice(1)}/`, mode, owner: 0 });
  return [...all.values()]
    .map((entry) => {
      const [, holder] = own.find(([path]) => `/${entry.path}`.startsWith(`${path}/`)) ?? [];
      const { owner, group } = holder ?? entry;
      return { ...entry, owner, ...(group !== undefined && { group }) };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
