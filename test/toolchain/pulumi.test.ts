import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findPulumi, obtainPulumi } from "../../toolchain/pulumi";
import { emptyCache, scripted, type Answer } from "./support";

const version = (text: string) => ({ "pulumi version": { stdout: `${text}\n` } });
const listed = (...names: string[]) => {
  const versions: Record<string, string> = { docker: "5.2.0", random: "4.21.2" };
  return { stdout: JSON.stringify(names.map((name) => ({ name, kind: "resource", version: versions[name] }))) };
};
const compiles: Answer = (args) => {
  writeFileSync(args[args.indexOf("-o") + 1]!, "binary");
  return {};
};
const go = { "go env": { stdout: "go1.26.8" }, "go build": compiles };

describe("Pulumi", () => {
  const cache = emptyCache();
  let bin: string;
  const provide = (...programs: string[]) => {
    mkdirSync(bin, { recursive: true });
    for (const program of programs) {
      writeFileSync(join(bin, program), "");
      chmodSync(join(bin, program), 0o755);
    }
  };
  beforeEach(() => {
    bin = join(cache(), "bin");
    process.env["PATH"] = bin;
  });

  it("is the one on the PATH, untouched, where it has all providers", async () => {
    provide("pulumi", "pulumi-language-nodejs");
    const { exec, calls } = scripted({
      ...version("v3.210.0"),
      [`${join(bin, "pulumi")} plugin ls`]: listed("docker", "random"),
    });
    const command = join(bin, "pulumi");
    assert.deepEqual(await obtainPulumi({ exec }), { command, version: "3.210.0", env: {}, origin: "present" });
    assert.deepEqual(calls, ["pulumi version", `${command} plugin ls --json`]);
  });

  it("installs providers as Pulumi does where some are missing", async () => {
    provide("pulumi", "pulumi-language-nodejs");
    const command = join(bin, "pulumi");
    const { exec, calls } = scripted({
      ...version("v3.210.0"),
      [`${command} plugin ls`]: listed("docker"),
      [`${command} plugin install`]: {},
    });
    assert.deepEqual((await obtainPulumi({ exec })).env, {});
    assert.equal(calls.at(-1), `${command} plugin install resource random 4.21.2`);
  });

  it("is not one that is too old, or that cannot run Node.js programs", async () => {
    provide("pulumi");
    assert.equal(await findPulumi(scripted(version("v3.210.0")).exec), undefined);
    provide("pulumi-language-nodejs");
    assert.equal(await findPulumi(scripted(version("v3.199.0")).exec), undefined);
    assert.equal((await findPulumi(scripted(version("v3.200.0")).exec))?.version, "3.200.0");
  });

  it("is built from source otherwise, with providers in a home of its own", async () => {
    const { exec, calls } = scripted({
      ...go,
      [cache()]: (args) => (args[1] === "ls" ? listed() : args.includes("--file") ? {} : { code: 1 }),
    });
    const { command, version, env, origin } = await obtainPulumi({ exec });
    const home = join(command, "../..");
    assert.deepEqual({ version, origin }, { version: "3.259.0", origin: "built" });
    assert.ok(home.startsWith(join(cache(), "pulumi")) && existsSync(join(home, "bin/pulumi-language-nodejs")));
    assert.deepEqual(
      { ...env, PULUMI_CREDENTIALS_PATH: "" },
      {
        PATH: `${join(home, "bin")}:${bin}`,
        PULUMI_HOME: home,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_CREDENTIALS_PATH: "",
      },
    );
    const installs = calls.filter((call) => call.includes("plugin install"));
    assert.equal(installs[0], `${command} plugin install resource docker 5.2.0`);
    assert.match(installs[1]!, /plugin install resource docker 5\.2\.0 --file .*\/pulumi-resource-docker --reinstall$/);
    assert.match(
      installs[2]!,
      /plugin install resource random 4\.21\.2 --file .*\/pulumi-resource-random --reinstall$/,
    );
    assert.equal(installs.length, 3);
  });

  it("is found again in the cache without another build", async () => {
    const all = { ...go, [cache()]: listed("docker", "random") };
    await obtainPulumi(scripted(all));
    const { exec, calls } = scripted(all);
    await obtainPulumi({ exec });
    assert.ok(!calls.some((call) => call.startsWith("go build")));
  });

  it("says what Pulumi said where it does not take a provider", async () => {
    const refuses: Answer = (args) => (args[1] === "ls" ? listed() : { code: 1, stderr: "error: disk full" });
    await assert.rejects(obtainPulumi(scripted({ ...go, [cache()]: refuses })), {
      message: /^pulumi plugin docker: error: disk full, got .*pulumi-resource-docker/,
    });
  });
});
