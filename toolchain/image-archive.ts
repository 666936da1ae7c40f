import { createHash } from "node:crypto";
import { createWriteStream, existsSync, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { posix } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ImageDefinition } from "./image-definitions";
import { tar, type Entry } from "./tar";

/** What tells our images from official ones, and one of our builds from another. */
export const labels = { origin: "dev.sightline.origin", key: "dev.sightline.key" } as const;

/** A binary, and where it goes in the image. */
export interface Placed {
  readonly target: string;
  readonly file: string;
}

/** Everything in the one layer of an image, parents before children. */
export async function layer(
  { directories, users }: Pick<ImageDefinition, "directories" | "users">,
  binaries: readonly Placed[],
  certificates: string | undefined,
): Promise<Entry[]> {
  const programs = await Promise.all(
    binaries.map(async ({ target, file }) => {
      const { size } = await stat(file);
      return { path: target, mode: 0o755, owner: 0, content: { file, size } };
    }),
  );
  const files: Entry[] = [...programs, ...certificatesAndUsers(certificates, users)];
  const owned = Object.entries(directories).map(([path, { mode = 0o755, ...owner }]) => ({ path, mode, ...owner }));
  const known = new Set(owned.map(({ path }) => path));
  const parents = [...new Set([...files, ...owned].flatMap(({ path }) => ancestors(path)))]
    .filter((path) => !known.has(path))
    .map((path) => ({ path, mode: 0o755, owner: 0 }));
  const folders = [...parents, ...owned].map((entry) => ({ ...entry, path: `${entry.path}/` }));
  return [...folders, ...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map((entry) => ({ ...entry, path: entry.path.slice(1) }));
}

/** The files every image has that says who its users are, and whom to trust. */
export const certificatesAndUsers = (
  certificates: string | undefined,
  users: ImageDefinition["users"],
): readonly Entry[] => [
  ...(certificates === undefined ? [] : [text("/etc/ssl/certs/ca-certificates.crt", certificates)]),
  ...(users === undefined ? [] : [text("/etc/passwd", passwd(users)), text("/etc/group", group(users))]),
];

const text = (path: string, content: string): Entry => ({ path, mode: 0o644, owner: 0, content });

function ancestors(path: string): string[] {
  const parent = posix.dirname(path);
  return parent === "/" ? [] : [...ancestors(parent), parent];
}

const passwd = (users: Readonly<Record<string, number>>): string =>
  Object.entries({ root: 0, ...users, nobody: 65534 })
    .map(([name, id]) => `${name}:x:${id}:${id}:${name}:/:/sbin/nologin\n`)
    .join("");

const group = (users: Readonly<Record<string, number>>): string =>
  Object.entries({ root: 0, ...users, nobody: 65534 })
    .map(([name, id]) => `${name}:x:${id}:\n`)
    .join("");

/** Certificate authorities this machine trusts, where one of the usual files holds them. */
export function machineCertificates(): string | undefined {
  const file = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"].find((f) => existsSync(f));
  return file === undefined ? undefined : readFileSync(file, "utf8");
}

/** Architectures as images name them. */
const architectures: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/**
 * The image's own description, which its id is a hash of.
 *
 * Source: image-spec v1.2 of Docker.
 */
export const imageConfig = (
  { config }: Pick<ImageDefinition, "config">,
  added: Readonly<Record<string, string>>,
  layerDigest: string,
): string =>
  JSON.stringify({
    architecture: architectures[process.arch] ?? process.arch,
    os: "linux",
    created: "1970-01-01T00:00:00Z",
    config: {
      ...config,
      ExposedPorts: asKeys(config.ExposedPorts.map((port) => `${port}/tcp`)),
      ...(config.Volumes && { Volumes: asKeys(config.Volumes) }),
      Labels: added,
    },
    rootfs: { type: "layers", diff_ids: [`sha256:${layerDigest}`] },
    history: [{ created: "1970-01-01T00:00:00Z", created_by: "sightline toolchain" }],
  });

const asKeys = (keys: readonly string[]): Record<string, object> => Object.fromEntries(keys.map((key) => [key, {}]));

/** Writes a layer into a file; gives the SHA-256 of what it wrote. */
export async function writeLayer(entries: readonly Entry[], file: string): Promise<string> {
  const hash = createHash("sha256");
  const digest = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(Readable.from(tar(entries)), digest, createWriteStream(file));
  return hash.digest("hex");
}

/** An image as `docker load` reads it. */
export async function imageArchive(reference: string, config: string, layerFile: string): Promise<Readable> {
  const name = `${createHash("sha256").update(config).digest("hex")}.json`;
  const manifest = JSON.stringify([{ Config: name, RepoTags: [reference], Layers: ["layer.tar"] }]);
  const { size } = await stat(layerFile);
  return Readable.from(
    tar([
      { path: name, mode: 0o644, owner: 0, content: config },
      { path: "layer.tar", mode: 0o644, owner: 0, content: { file: layerFile, size } },
      { path: "manifest.json", mode: 0o644, owner: 0, content: manifest },
    ]),
  );
}
