import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { lockedPackages, lockFiles } from "../../../toolchain/licences/npm";
import { root } from "../../support/markdown";

const lock = JSON.stringify({
  packages: {
    "": { name: "own", dependencies: { a: "1" }, devDependencies: { tool: "1" }, peerDependencies: { host: "1" } },
    "node_modules/a": { version: "1.0.0", license: "MIT", dependencies: { b: "1" } },
    "node_modules/a/node_modules/b": { version: "1.0.0", license: "AGPL-3.0-only", optionalDependencies: { c: "1" } },
    "node_modules/b": { version: "2.0.0" },
    "node_modules/c": { version: "1.0.0", license: "ISC" },
    "node_modules/host": { version: "1.0.0", license: "ISC" },
    "node_modules/tool": { version: "1.0.0", license: "MIT", dependencies: { b: "2", alias: "1" } },
    "node_modules/alias": { name: "@real/name", version: "1.0.0", license: "MIT" },
    "node_modules/linked": { link: true },
  },
});

describe("licences of npm packages", () => {
  it("come from the lock file, with the way in and the use", () => {
    const found = lockedPackages("lock", lock, ["dependencies", "peerDependencies"]);
    assert.deepEqual(
      found.map(({ name, version, licence, use, through }) => [name, version, licence, use, through[0]]),
      [
        ["a", "1.0.0", "MIT", "linked", "lock: a"],
        ["b", "1.0.0", "AGPL-3.0-only", "linked", "lock: a → b"],
        ["b", "2.0.0", undefined, "tool", "lock: tool → b"],
        ["c", "1.0.0", "ISC", "linked", "lock: a → b → c"],
        ["host", "1.0.0", "ISC", "linked", "lock: host"],
        ["tool", "1.0.0", "MIT", "tool", "lock: tool"],
        ["@real/name", "1.0.0", "MIT", "tool", "lock: tool → alias"],
      ],
    );
  });

  it("are read from every lock file of the repository", () => {
    const files = execFileSync("git", ["ls-files", "*package-lock.json"], { cwd: root, encoding: "utf8" });
    assert.deepEqual(Object.keys(lockFiles).sort(), files.trim().split("\n").sort());
  });
});
