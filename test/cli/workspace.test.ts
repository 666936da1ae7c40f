import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { ownSecrets, workspace, writeConfig } from "../../cli/workspace";
import { settingsOfStack } from "../../configs/stack-file";

const folder = () => mkdtempSync(join(tmpdir(), "sightline-workspace-"));
const mode = (file: string) => (statSync(file).mode & 0o777).toString(8);

describe("workspace", () => {
  it("keeps state and a passphrase of its own where the user has chosen nothing", () => {
    const home = folder();
    const { directory, env, configFile } = workspace({}, home);
    assert.equal(directory, join(home, ".local/share/sightline"));
    assert.deepEqual(env, {
      PULUMI_BACKEND_URL: `file://${directory}/state`,
      PULUMI_CONFIG_PASSPHRASE_FILE: `${directory}/passphrase`,
    });
    assert.equal(configFile("dev"), join(directory, "Pulumi.dev.yaml"));
    assert.equal(mode(`${directory}/passphrase`), "600");
    assert.match(readFileSync(`${directory}/passphrase`, "utf8"), /^[\w-]{43}$/);
  });

  it("keeps the passphrase from one time to the next", () => {
    const home = folder();
    const read = () => readFileSync(join(workspace({}, home).directory, "passphrase"), "utf8");
    assert.equal(read(), read());
  });

  it("is where XDG_DATA_HOME says", () => {
    const data = folder();
    assert.equal(workspace({ XDG_DATA_HOME: data }, folder()).directory, join(data, "sightline"));
  });

  it("leaves the backend alone where the user has chosen one", () => {
    const home = folder();
    assert.deepEqual(workspace({ PULUMI_BACKEND_URL: "s3://state" }, home).env, {});
    assert.deepEqual(workspace({ PULUMI_ACCESS_TOKEN: "t" }, home).env, {});
    mkdirSync(join(home, ".pulumi"));
    writeFileSync(join(home, ".pulumi/credentials.json"), '{ "current": "https://api.pulumi.com" }');
    assert.deepEqual(workspace({}, home).env, {});
  });

  it("uses the user's own passphrase where there is one", () => {
    assert.deepEqual(Object.keys(workspace({ PULUMI_CONFIG_PASSPHRASE: "" }, folder()).env), ["PULUMI_BACKEND_URL"]);
  });
});

describe("the user's copy of a stack's settings", () => {
  const committed = readFileSync(join(__dirname, "../../Pulumi.dev.yaml"), "utf8");
  const settings = (parse(committed) as { config: Record<string, unknown> }).config;

  it("is the committed file with what was found on this machine", () => {
    const file = join(folder(), "Pulumi.dev.yaml");
    writeConfig(file, "dev", { grafana: false });
    assert.deepEqual(parse(readFileSync(file, "utf8")), { config: { ...settings, "sightline:grafana": false } });
    assert.equal(mode(file), "600");
    assert.equal(readFileSync(join(__dirname, "../../Pulumi.dev.yaml"), "utf8"), committed);
  });

  it("keeps the key and the secrets that Pulumi has put into it, and forgets older findings", () => {
    const file = join(folder(), "Pulumi.dev.yaml");
    const secure = { payments: { secure: "v1:abc" } };
    const kept = { encryptionsalt: "v1:salt", config: { "sightline:otlpTokens": secure, "sightline:grafana": false } };
    writeFileSync(file, JSON.stringify(kept));
    writeConfig(file, "dev", {});
    assert.deepEqual(parse(readFileSync(file, "utf8")), {
      encryptionsalt: "v1:salt",
      config: { ...settings, "sightline:otlpTokens": secure },
    });
  });

  it("gives its secrets, and nothing else, to the settings that are checked before Pulumi runs", () => {
    const file = join(folder(), "Pulumi.dev.yaml");
    assert.deepEqual(ownSecrets(file), {});
    const config = { "sightline:otlpTokens": { payments: { secure: "v1:abc" } }, "sightline:grafana": false };
    writeFileSync(file, JSON.stringify({ encryptionsalt: "v1:salt", config }));
    const { otlpTokens, grafana } = settingsOfStack("dev", ownSecrets(file));
    assert.deepEqual(
      { otlpTokens, grafana },
      { otlpTokens: { payments: "<secret sightline:otlpTokens.payments>" }, grafana: true },
    );
  });
});
