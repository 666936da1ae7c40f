import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quiet } from "../../../instrumentation/nodejs/src/quiet";
import { serviceOf, versionOf } from "../../../instrumentation/nodejs/src/service";
import { stepsAside } from "../../../instrumentation/nodejs/src/step-aside";

describe("a service, as the Node.js kit sees it", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "sightline-service-"));
    const write = (path: string, value: unknown) => {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), JSON.stringify(value));
    };
    write("package.json", { name: "pay", version: "1.2.3", dependencies: { express: "^5.0.0" } });
    write("node_modules/express/package.json", { name: "express", version: "5.1.0" });
  });
  after(() => rmSync(folder, { recursive: true }));

  it("is the package its script belongs to", () => {
    assert.deepEqual(serviceOf(join(folder, "dist", "server.js")), {
      folder,
      name: "pay",
      version: "1.2.3",
      dependencies: ["express"],
    });
    assert.equal(versionOf(serviceOf(join(folder, "server.js")), "express"), "5.1.0");
    assert.equal(versionOf(serviceOf(join(folder, "server.js")), "koa"), undefined);
  });

  it("is left alone where a package manager runs, without a word", () => {
    const none = { folder: "/", dependencies: [] };
    for (const script of ["/usr/lib/node_modules/npm/bin/npm-cli.js", "/usr/bin/yarn.js", "/opt/pnpm.cjs"]) {
      assert.equal(stepsAside({}, script, none), "", script);
    }
    assert.equal(stepsAside({}, "/srv/npm-mirror.js", none), undefined);
  });

  it("is left alone where it is told to, or brings another agent, and is told why", () => {
    const traced = { folder: "/", dependencies: ["express", "dd-trace"] };
    assert.equal(stepsAside({ OTEL_SDK_DISABLED: "TRUE" }, "/srv/a.js", traced), "OTEL_SDK_DISABLED is true");
    assert.match(stepsAside({}, "/srv/a.js", traced) ?? "", /^package\.json names dd-trace, .* remove it, or set/);
    assert.equal(stepsAside({ SIGHTLINE_BESIDE_AGENTS: "true" }, "/srv/a.js", traced), undefined);
  });

  it("has paths that only probes ask for", () => {
    assert.deepEqual(
      ["/healthz", "/readyz/", "/health/live", "/livez"].filter((path) => !quiet(path)),
      [],
    );
    assert.deepEqual(["/health-insurance", "/", "/orders/healthz", undefined].filter(quiet), []);
  });
});
