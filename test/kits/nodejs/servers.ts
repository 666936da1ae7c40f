import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { unpackPackages } from "../../../toolchain/debian";

/** A server that runs for a test, in a folder that goes with it. */
export interface Server {
  readonly url: string;
  close(): Promise<void>;
}

/** PostgreSQL starts as no root: as whoever owns nothing. */
const asNobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** The newest PostgreSQL of Debian or Ubuntu that is installed on this machine. @default - there is none */
export function postgresPrograms(): string | undefined {
  const versions = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql") : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? undefined : join("/usr/lib/postgresql", newest, "bin");
}

export async function postgres(programs: string): Promise<Server> {
  const folder = ownFolder("postgres");
  await execa(join(programs, "initdb"), ["-D", join(folder, "data"), "-A", "trust", "-U", "shop", "-N"], asNobody);
  const port = await freePort();
  const args = ["-D", join(folder, "data"), "-p", `${port}`, "-h", "127.0.0.1", "-k", folder, "-F"];
  const { close } = await started(
    join(programs, "postgres"),
    args,
    {},
    /ready to accept connections/,
    folder,
    "SIGINT",
    asNobody,
  );
  return { url: `postgres://shop@127.0.0.1:${port}/postgres`, close };
}

export async function redis(): Promise<Server> {
  const root = await unpackPackages("redis", {
    "redis-server": "usr/bin/redis-server",
    "redis-tools": "usr/bin/redis-check-rdb",
    libatomic1: "usr/lib/x86_64-linux-gnu/libatomic.so.1",
    libjemalloc2: "usr/lib/x86_64-linux-gnu/libjemalloc.so.2",
    liblzf1: "usr/lib/x86_64-linux-gnu/liblzf.so.1",
    "liblua5.1-0": "usr/lib/x86_64-linux-gnu/liblua5.1.so.0",
    "lua-bitop": "usr/lib/x86_64-linux-gnu/liblua5.1-bitop.so.0",
    "lua-cjson": "usr/lib/x86_64-linux-gnu/liblua5.1-cjson.so.0",
  });
  const folder = ownFolder("redis");
  const port = await freePort();
  const env = { LD_LIBRARY_PATH: join(root, "usr/lib/x86_64-linux-gnu") };
  const args = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--dir", folder];
  const program = join(root, "usr/bin/redis-check-rdb");
  const { close } = await started(program, args, env, /Ready to accept connections/, folder, "SIGTERM", {
    // It is told by its name from a program of another purpose.
    argv0: "redis-server",
  });
  return { url: `redis://127.0.0.1:${port}`, close };
}

/** Waits for the line by which a server says that it serves. */
async function started(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  ready: RegExp,
  folder: string,
  end: "SIGINT" | "SIGTERM",
  how: { readonly uid?: number; readonly gid?: number; readonly argv0?: string },
): Promise<Pick<Server, "close">> {
  const server = execa(program, [...args], {
    ...how,
    env,
    all: true,
    reject: false,
    // Longer than any test takes: one that fails leaves nothing running.
    timeout: 300_000,
  });
  await new Promise<void>((resolve, reject) => {
    let text = "";
    server.all.on("data", (chunk) => {
      text += String(chunk);
      if (ready.test(text)) resolve();
    });
    void server.then(() => reject(new Error(`${program} ended: ${text}`)));
  });
  return {
    close: async () => {
      server.kill(end);
      await server;
      rmSync(folder, { recursive: true });
    },
  };
}

function ownFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `sightline-${name}-`));
  if (asNobody.uid !== undefined) chownSync(folder, asNobody.uid, asNobody.gid);
  return folder;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
