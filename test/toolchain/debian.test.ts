import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unpackPackages } from "../../toolchain/debian";
import { obtainShell } from "../../toolchain/shell";
import { emptyCache, scripted, type Answer } from "./support";

const hasApt = { machine: { hasApt: true } };
const refused = { code: 100, stderr: "E: Unable to locate package busybox-static" };

describe("packages that are only unpacked", () => {
  const cache = emptyCache();
  const folder = () => join(cache(), "toolchain", "debian");
  const fetched: Answer = () => {
    writeFileSync(join(folder(), "downloads", "busybox-static.deb"), "package");
    return {};
  };

  it("are fetched and unpacked into the cache, and nothing is installed", async () => {
    const { exec, calls } = scripted({ "apt-get download": fetched, "dpkg-deb": {} });
    assert.equal(await obtainShell({ exec, ...hasApt }), join(folder(), "bin/busybox"));
    assert.deepEqual(calls, [
      "apt-get download busybox-static",
      `dpkg-deb --extract ${join(folder(), "downloads", "busybox-static.deb")} ${folder()}`,
    ]);
  });

  it("are not fetched again", async () => {
    mkdirSync(join(folder(), "bin"), { recursive: true });
    writeFileSync(join(folder(), "bin/busybox"), "shell");
    const { exec, calls } = scripted({});
    await obtainShell({ exec, machine: { hasApt: false } });
    assert.deepEqual(calls, []);
  });

  it("are looked for in new lists where the old ones do not name them", async () => {
    let asked = 0;
    const { exec, calls } = scripted({
      "apt-get download": (args) => (asked++ === 0 ? refused : fetched(args)),
      "apt-get update": {},
      "dpkg-deb": {},
    });
    await obtainShell({ exec, ...hasApt });
    assert.deepEqual(
      calls.map((call) => call.split(" ").slice(0, 2).join(" ")),
      ["apt-get download", "apt-get update", "apt-get download", "dpkg-deb --extract"],
    );
  });

  it("that cannot be had are named, with what to do", async () => {
    const { exec } = scripted({ "apt-get": refused });
    await assert.rejects(unpackPackages("images", { "busybox-static": "bin/busybox" }, { exec, ...hasApt }), {
      problem: {
        path: "images",
        reason: "busybox-static cannot be had: E: Unable to locate package busybox-static",
        remedy: `put their files below ${folder()}, as the packages of Debian or Ubuntu have them`,
      },
    });
    await assert.rejects(obtainShell({ exec, machine: { hasApt: false } }), /there is no apt-get here/);
  });
});
