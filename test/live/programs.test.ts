import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { obtainPulumi } from "../../toolchain/pulumi";

const root = join(__dirname, "..", "..");

/** What runs a program of test/types/programs from the sources, as Pulumi runs one of the package. */
const runner = `
process.env.TS_NODE_PROJECT = ${JSON.stringify(join(root, "tsconfig.json"))};
require(${JSON.stringify(join(root, "node_modules", "ts-node", "register"))});
require(${JSON.stringify(join(root, "test", "programs", "run.ts"))}).load(process.env.PROGRAM);
`;

interface Step {
  readonly op: string;
  readonly urn: string;
  readonly newState: { readonly type: string; readonly provider?: string };
}

describe("programs of other teams, in a preview", () => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-programs-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("are planned as a whole, on the given provider, and refused where no cluster is named", async () => {
    const pulumi = await obtainPulumi({ plugins: ["docker", "kubernetes"] });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      "name: programs\nruntime: { name: nodejs, options: { typescript: false } }\n",
    );
    writeFileSync(join(folder, "package.json"), '{ "name": "programs", "version": "1.0.0", "main": "index.js" }');
    writeFileSync(join(folder, "index.js"), runner);
    mkdirSync(join(folder, "state"));
    const run = (program: string, ...args: readonly string[]) =>
      execa(pulumi.command, [...args, "--non-interactive"], {
        cwd: folder,
        env: {
          ...pulumi.env,
          PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
          PULUMI_CONFIG_PASSPHRASE: "preview",
          PROGRAM: program,
        },
        stdin: "ignore",
        reject: false,
      });
    await run("", "stack", "init", "dev");
    const pem = "-----BEGIN CERTIFICATE-----\nQQ==\n-----END CERTIFICATE-----\n";
    const secrets = {
      kubeconfig: "apiVersion: v1\nkind: Config\n",
      vendorToken: "t",
      token: "t",
      apiKey: "k",
      ca: pem,
    };
    const config = Object.entries(secrets).flatMap(([key, value]) => ["--secret", `${key}=${value}`]);
    await run("", "config", "set-all", "--stack", "dev", ...config);
    const preview = async (program: string): Promise<readonly Step[]> => {
      const { stdout, stderr } = await run(program, "preview", "--stack", "dev", "--json");
      assert.match(stdout, /"steps"/, `${stdout}\n${stderr}`);
      return (JSON.parse(stdout) as { steps: readonly Step[] }).steps;
    };

    const cluster = await preview("b-existing-cluster");
    const objects = cluster.filter(({ newState }) => newState.type.startsWith("kubernetes:"));
    assert.equal(objects.length, 21);
    const providers = new Set(objects.map(({ newState }) => newState.provider?.split("::").slice(2, 4).join("::")));
    assert.deepEqual([...providers], ["pulumi:providers:kubernetes::eks"]);

    const host = await preview("a-other-jaeger");
    assert.deepEqual([...new Set([...cluster, ...host].map(({ op }) => op))], ["create"]);

    const { exitCode, stdout, stderr } = await run("b-no-cluster", "preview", "--stack", "dev");
    assert.notEqual(exitCode, 0);
    assert.match(`${stdout}\n${stderr}`, /no provider, kubeconfig or context names a cluster/);
  });
});
