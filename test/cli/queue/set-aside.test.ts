import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setAside } from "../../../cli/queue/set-aside";
import type { Exec } from "../../../toolchain/exec";
import { temporaryFolder } from "../../binaries/folder";

describe("what sets a damaged queue file aside", () => {
  const folder = temporaryFolder();
  let n = 0;

  /** A container whose folders are here, and what it was asked. Files without a byte are whole; none of zeros is. */
  function engine(files: Readonly<Record<string, string>>) {
    const root = join(folder, String(n++));
    const queue = join(root, "var/lib/otelcol/queue");
    mkdirSync(queue, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(queue, name), text);
    const asked: string[] = [];
    const here = (path: string) => path.replace(/^agent:/, root);
    const exec: Exec = (_, [, , command, ...args]) => {
      asked.push(command!);
      if (command === "cp") {
        const [from, to] = args.map(here) as [string, string];
        // As Docker: a folder goes into one that is there.
        const into = readdirSync(join(to, "..")).includes(to.split("/").at(-1)!) && !from.includes("exporter_");
        cpSync(from, into ? join(to, from.split("/").at(-1)!) : to, { recursive: true });
      }
      return Promise.resolve({ code: 0, stdout: "", stderr: "" });
    };
    return { root, queue, asked, exec };
  }
  const zeros = "\0".repeat(8_192);
  const of = (exec: Exec) => ({ host: "unix:///none", container: "agent", exec });

  it("keeps it beside the queue, puts an empty one in its place, and touches no other", async () => {
    const { root, queue, asked, exec } = engine({ exporter_a: zeros, exporter_b: "", other: zeros });
    const { files, folder: aside } = await setAside(of(exec), () => Promise.resolve(true));
    assert.deepEqual(files, [
      { name: "exporter_a", damaged: true },
      { name: "exporter_b", damaged: false },
    ]);
    assert.match(aside!, /^\/var\/lib\/otelcol\/damaged-/);
    assert.equal(readFileSync(join(root, aside!, "exporter_a"), "utf8"), zeros);
    assert.deepEqual(
      readdirSync(queue).map((name) => readFileSync(join(queue, name), "utf8").length),
      [0, 0, zeros.length],
    );
    assert.deepEqual(asked, ["stop", "cp", "cp", "cp", "start"]);
  });

  it("changes nothing where nothing is damaged, or nobody agrees, and starts what it stopped", async () => {
    const whole = engine({ exporter_a: "" });
    assert.equal((await setAside(of(whole.exec), () => Promise.reject(new Error("asked")))).folder, undefined);
    const refused = engine({ exporter_a: zeros });
    assert.equal((await setAside(of(refused.exec), () => Promise.resolve(false))).folder, undefined);
    for (const { asked } of [whole, refused]) assert.deepEqual(asked, ["stop", "cp", "start"]);
  });

  it("starts it again where the engine refuses, and says what it said", async () => {
    const asked: string[] = [];
    const exec: Exec = (_, [, , command]) => {
      asked.push(command!);
      return Promise.resolve({ code: command === "cp" ? 1 : 0, stdout: "", stderr: "no such path" });
    };
    await assert.rejects(
      setAside(of(exec), () => Promise.resolve(true)),
      /container agent: no such path/,
    );
    assert.deepEqual(asked, ["stop", "cp", "start"]);
  });
});
