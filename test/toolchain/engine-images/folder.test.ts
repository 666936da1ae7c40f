import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderEntries } from "../../../toolchain/engine-images/folder";

describe("a folder as part of an image", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "folder-"));
    mkdirSync(join(folder, "etc"));
    mkdirSync(join(folder, "usr/share/doc"), { recursive: true });
    writeFileSync(join(folder, "etc/hosts"), "here");
    writeFileSync(join(folder, "usr/share/doc/read-me"), "words");
    writeFileSync(join(folder, "run"), "#!");
    chmodSync(join(folder, "run"), 0o755);
    symlinkSync("hosts", join(folder, "etc/names"));
    symlinkSync("/nowhere/at/all", join(folder, "etc/broken"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const read = async (options?: Parameters<typeof folderEntries>[1]) =>
    (await folderEntries(folder, options)).map(({ path, mode, owner, link }) =>
      [path, mode.toString(8), owner, ...(link === undefined ? [] : [link])].join(" "),
    );

  it("is owned by root, in the order of names, with its links", async () => {
    assert.deepEqual(await read(), [
      "etc/ 755 0",
      "etc/broken 777 0 /nowhere/at/all",
      "etc/hosts 644 0",
      "etc/names 777 0 hosts",
      "run 755 0",
      "usr/ 755 0",
      "usr/share/ 755 0",
      "usr/share/doc/ 755 0",
      "usr/share/doc/read-me 644 0",
    ]);
  });

  it("goes where it is told, without what is not wanted, and with what links lead to", async () => {
    assert.deepEqual(await read({ at: "opt/java", without: /^(usr\/share|run)/, follow: true }), [
      "opt/java/etc/ 755 0",
      "opt/java/etc/hosts 644 0",
      "opt/java/etc/names 644 0",
      "opt/java/usr/ 755 0",
    ]);
  });
});
