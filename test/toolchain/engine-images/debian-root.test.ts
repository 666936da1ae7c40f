import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { obtainDebianRoot } from "../../../toolchain/engine-images/debian-root";
import { ToolchainError } from "../../../toolchain/error";
import { emptyCache, scripted, type Answer } from "../support";

const simulation = [
  "NOTE: This is only a simulation!",
  "Inst gcc-12-base (12.2.0-14+deb12u1 Debian:12.15/oldstable [amd64])",
  "Inst libc6 (2.36-9+deb12u14 Debian:12.15/oldstable [amd64]) []",
  "Inst bash [5.1-2] (5.2.15-2+b13 Debian:12.15/oldstable [amd64])",
  "Conf bash (5.2.15-2+b13 Debian:12.15/oldstable [amd64])",
].join("\n");
const extract: Answer = ([, , root]) => {
  mkdirSync(join(root!, "bin"), { recursive: true });
  writeFileSync(join(root!, "bin/bash"), "program");
  return {};
};
const resolve =
  "apt-get install --simulate -o Dir::State::status=/dev/null -o APT::Install-Recommends=false " +
  "bash coreutils sed grep hostname curl libstdc++6 zlib1g";

describe("the base of an image", () => {
  emptyCache();

  /** apt as it is on a machine; what it downloads lies in the folder it is run in. */
  const machine = (answers: Readonly<Record<string, Answer>>) => {
    const { exec, calls } = scripted({ "dpkg-deb": extract, ...answers });
    const downloading: typeof exec = (file, args, options) => {
      if (args[0] === "download") writeFileSync(join(options!.cwd!, "bash.deb"), "package");
      return exec(file, args, options);
    };
    return { exec: downloading, calls };
  };

  it("is the packages that apt would install on an empty machine, each in the version it names", async () => {
    const { exec, calls } = machine({ [resolve]: { stdout: simulation }, "apt-get download": {} });
    const folder = await obtainDebianRoot({ exec });
    assert.deepEqual(calls.slice(0, 2), [
      resolve,
      "apt-get download gcc-12-base=12.2.0-14+deb12u1 libc6=2.36-9+deb12u14 bash=5.2.15-2+b13",
    ]);
    assert.equal(existsSync(join(folder, "bin/bash")), true);
    assert.equal(existsSync(`${folder}.tmp`), false);
  });

  it("is fetched once for the same versions, and anew for others", async () => {
    let text = simulation;
    const { exec, calls } = machine({ [resolve]: () => ({ stdout: text }), "apt-get download": {} });
    const first = await obtainDebianRoot({ exec });
    assert.equal(await obtainDebianRoot({ exec }), first);
    assert.equal(calls.filter((call) => call.startsWith("apt-get download")).length, 1);
    text = simulation.replaceAll("5.2.15", "5.2.16");
    assert.notEqual(await obtainDebianRoot({ exec }), first);
  });

  it("asks for lists of packages where a machine has none yet", async () => {
    let lists = false;
    const { exec } = machine({
      [resolve]: () => (lists ? { stdout: simulation } : { code: 100 }),
      "apt-get update": () => ((lists = true), {}),
      "apt-get download": {},
    });
    assert.match(await obtainDebianRoot({ exec }), /debian-root-[0-9a-f]+$/);
  });

  it("is refused without apt, with what else there is to do", async () => {
    await assert.rejects(obtainDebianRoot(machine({})), (error: unknown) => {
      assert(error instanceof ToolchainError);
      assert.match(
        error.message,
        /packages for the base of images cannot be had: apt-get resolves none; build on Debian/,
      );
      return true;
    });
  });
});
