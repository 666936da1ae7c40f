import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Exec } from "../../../toolchain/exec";
import { debianDependencies } from "../../../toolchain/licences/debian";

/** A distribution of five packages: `bash` is asked for, the others come with it. */
const sections: Readonly<Record<string, string>> = {
  bash: "shells",
  libfree: "libs",
  libclosed: "non-free/libs",
  libaffero: "libs",
};
const machine: Exec = async (file, args, { cwd } = {}) => {
  const ok = { code: 0, stdout: "", stderr: "" };
  if (file === "apt-get" && args[0] === "install") {
    const lines = Object.keys(sections).map((name) => `Inst ${name} (1.0 Debian:12/stable [amd64])`);
    return { ...ok, stdout: lines.join("\n") };
  }
  if (file === "apt-cache") {
    const shown = Object.entries(sections).map(
      ([name, section]) => `Package: ${name}\nVersion: 1.0\nSection: ${section}\n`,
    );
    return { ...ok, stdout: shown.join("\n") };
  }
  if (file === "apt-get") for (const name of Object.keys(sections)) writeFileSync(join(cwd!, `${name}_1.0.deb`), "");
  return ok;
};
/** Unpacks nothing, but knows whose file names the Affero licence. */
const withCopyright = (): Exec => {
  let unpacked = "";
  return async (file, args, options) => {
    if (file === "dpkg-deb") {
      unpacked = args[1]!;
      mkdirSync(args[2]!);
    }
    if (file === "grep") return { code: unpacked.includes("libaffero") ? 0 : 1, stdout: "", stderr: "" };
    return machine(file, args, options);
  };
};

describe("licences of Debian packages", () => {
  it("name what is asked for, and of the rest what is not free or names the Affero licence", async () => {
    const found = await debianDependencies({ exec: withCopyright() });
    assert.deepEqual(
      found.map(({ name, licence, through }) => [name, licence, through[0]]),
      [
        ["bash", "LicenseRef-Debian-main", "toolchain/engine-images/debian-root.ts"],
        ["libclosed", "LicenseRef-not-of-main", "what other packages depend on"],
        ["libaffero", "LicenseRef-Debian-main AND AGPL-3.0-only", "what other packages depend on"],
      ],
    );
  });

  it("are refused where apt resolves nothing", async () => {
    const none: Exec = async () => ({ code: 100, stdout: "", stderr: "" });
    await assert.rejects(debianDependencies({ exec: none }), /resolves none of the packages/);
  });
});
