import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { list } from "tar";
import { obtainPulumi } from "../../toolchain/pulumi";

const root = join(__dirname, "..", "..");
const temporary = mkdtempSync(join(tmpdir(), "sightline-package-"));
const project = join(temporary, "project");

const pack = async (): Promise<string> => {
  const { stdout } = await execa("npm", ["pack", "--silent", "--pack-destination", temporary], { cwd: root });
  return join(temporary, stdout.trim().split("\n").at(-1)!);
};

/** Files of a tarball, without the folder that all of them are in. */
async function filesOf(tarball: string): Promise<string[]> {
  const files: string[] = [];
  await list({ file: tarball, onReadEntry: ({ path }) => void files.push(path.replace("package/", "")) });
  return files;
}

const compile = (...args: readonly string[]) =>
  execa("npx", ["tsc", "--noEmit", ...args], { cwd: project, reject: false });

describe("the package, in a project of its own", () => {
  let tarball = "";
  before(async () => {
    tarball = await pack();
    cpSync(join(root, "examples", "library"), project, { recursive: true });
    await execa("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", tarball], { cwd: project });
  });
  after(() => rmSync(temporary, { recursive: true, force: true }));

  it("holds what an importer needs and nothing else", async () => {
    const files = await filesOf(tarball);
    const compiled = (file: string) => /^dist\/components\/.+\.(js|d\.ts)$/.test(file);
    assert.deepEqual(files.filter((file) => !compiled(file)).sort(), [
      "LICENSE",
      "README.md",
      "dist/configs/versions.json",
      "dist/instrumentation/nodejs/dist/kit.cjs.gz",
      "dist/instrumentation/nodejs/dist/loader.cjs",
      "package.json",
    ]);
    for (const entry of ["index", "describe"]) {
      assert.ok(files.includes(`dist/components/${entry}.js`) && files.includes(`dist/components/${entry}.d.ts`));
    }
  });

  it("compiles with full types, its own declarations checked too", async () => {
    const { stdout } = await compile("--skipLibCheck", "false");
    assert.equal(stdout, "");
  });

  it("has the kit for Node.js in it", async () => {
    const program = 'const { nodejsKit } = require("sightline/describe"); console.log(nodejsKit().name);';
    const { stdout } = await execa("node", ["--eval", program], { cwd: project });
    assert.match(stdout, /^sightline-nodejs-[0-9a-f]{10}$/);
  });

  it("refuses at compile time what could not run", async () => {
    writeFileSync(
      join(project, "wrong.ts"),
      [
        'import { badger, hostMetrics, nop, otelCollector } from "sightline";',
        'badger({ size: "20" });',
        'otelCollector("a", { pipelines: { traces: { receivers: [hostMetrics()], exporters: [nop()] } } });',
      ].join("\n"),
    );
    const { stdout } = await compile();
    rmSync(join(project, "wrong.ts"));
    assert.deepEqual(
      [...stdout.matchAll(/^wrong\.ts\((\d+),/gm)].map(([, line]) => Number(line)),
      [2, 3],
      stdout,
    );
  });

  it("describes without loading Pulumi", async () => {
    const program = [
      'const { badger, jaeger } = require("sightline/describe");',
      'const { problems } = jaeger("jaeger", { storage: badger({ size: "1 GiB" }) });',
      'const pulumi = Object.keys(require.cache).filter((file) => file.includes("@pulumi"));',
      "console.log(JSON.stringify({ problems, pulumi }));",
    ];
    const { stdout } = await execa("node", ["--eval", program.join("\n")], { cwd: project });
    assert.deepEqual(JSON.parse(stdout), { problems: [], pulumi: [] });
  });

  it("previews a stack of two components", async () => {
    const pulumi = await obtainPulumi({ plugins: ["docker"] });
    const state = join(temporary, "state");
    mkdirSync(state);
    const env = { ...pulumi.env, PULUMI_BACKEND_URL: `file://${state}`, PULUMI_CONFIG_PASSPHRASE: "preview" };
    const run = (...args: readonly string[]) =>
      execa(pulumi.command, [...args], { cwd: project, env, stdin: "ignore" });
    await run("stack", "init", "dev", "--non-interactive");
    const { stdout } = await run("preview", "--stack", "dev", "--json", "--non-interactive");
    const { steps } = JSON.parse(stdout) as { steps: { op: string; urn: string }[] };
    assert.deepEqual([...new Set(steps.map(({ op }) => op))], ["create"]);
    const planned = steps.map(({ urn }) => urn.split("::").slice(2).join(" ")).sort();
    assert.deepEqual(planned, [
      "docker:index/network:Network tracing",
      "pulumi:providers:docker tracing",
      "pulumi:pulumi:Stack tracing-dev",
      "sightline:collector:OtelCollector collector",
      "sightline:collector:OtelCollector$docker:index/container:Container collector",
      "sightline:collector:OtelCollector$docker:index/container:Container collector-files",
      "sightline:collector:OtelCollector$docker:index/remoteImage:RemoteImage collector-image",
      "sightline:collector:OtelCollector$docker:index/volume:Volume collector-files-etc-otelcol-contrib",
      "sightline:collector:OtelCollector$docker:index/volume:Volume collector-queue",
      "sightline:jaeger:Jaeger jaeger",
      "sightline:jaeger:Jaeger$docker:index/container:Container jaeger",
      "sightline:jaeger:Jaeger$docker:index/container:Container jaeger-files",
      "sightline:jaeger:Jaeger$docker:index/remoteImage:RemoteImage jaeger-image",
      "sightline:jaeger:Jaeger$docker:index/volume:Volume jaeger-badger",
      "sightline:jaeger:Jaeger$docker:index/volume:Volume jaeger-files-etc-jaeger",
    ]);
  });
});
