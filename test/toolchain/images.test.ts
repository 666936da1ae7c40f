import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { images } from "../../components/images";
import { keyOf } from "../../toolchain/built-image";
import { engineImages } from "../../toolchain/engine-images";
import { obtainImage } from "../../toolchain/images";
import { emptyCache, scripted, type Answer } from "./support";

const offline = { code: 1, stderr: "Error response from daemon: no such host" };
const absent = { code: 1, stderr: "No such image" };
const inspected = (reference: string) =>
  `docker image inspect --format {{index .Config.Labels "dev.sightline.key"}} ${reference}`;
const compiles: Answer = (args) => {
  writeFileSync(args[args.indexOf("-o") + 1]!, "binary");
  return {};
};
const builds = {
  "go env": { stdout: "go1.26.8" },
  "go build": compiles,
  "docker image inspect": absent,
  "docker pull": offline,
  "docker load": {},
};
const built = { repository: "jaegertracing/jaeger", tag: "2.13.0", version: "2.13.0", user: "10001:10001" };

describe("obtaining an image", () => {
  emptyCache();

  it("uses the wanted one where it is there, and asks for nothing else", async () => {
    const { exec, calls } = scripted({ "docker image inspect": { stdout: "\n" } });
    assert.deepEqual(await obtainImage("jaeger", { exec }), { ...images.jaeger, origin: "present" });
    assert.deepEqual(calls, [inspected("jaegertracing/jaeger:2.20.0")]);
  });

  it("uses an official one of the version that could be built", async () => {
    const { exec } = scripted({ "docker image inspect": absent, [inspected("jaegertracing/jaeger:2.13.0")]: {} });
    assert.deepEqual(await obtainImage("jaeger", { exec }), { ...built, origin: "present" });
  });

  it("pulls the wanted one", async () => {
    const { exec, calls } = scripted({ "docker image inspect": absent, "docker pull": {} });
    assert.deepEqual(await obtainImage("jaeger", { exec }), { ...images.jaeger, origin: "pulled" });
    assert.equal(calls.at(-1), "docker pull jaegertracing/jaeger:2.20.0");
  });

  it("builds one, with the version that is really in it, where no registry answers", async () => {
    const { exec, calls } = scripted(builds);
    const reports: string[] = [];
    assert.deepEqual(await obtainImage("jaeger", { exec, report: (line) => reports.push(line) }), {
      ...built,
      origin: "built",
    });
    assert.equal(calls.at(-1), "docker load");
    assert.equal(
      reports[0],
      "jaegertracing/jaeger:2.20.0 cannot be pulled (no such host); building jaegertracing/jaeger:2.13.0 from source",
    );
  });

  it("pulls none that is built here alone: its name on a public registry might be anybody's", async () => {
    const { exec, calls } = scripted(builds);
    assert.equal((await obtainImage("guard", { exec })).origin, "built");
    assert.deepEqual(
      calls.filter((call) => call.startsWith("docker pull")),
      [],
    );
  });

  it("keeps one it has built, without asking any registry", async () => {
    let key = "";
    const { exec, calls } = scripted({
      ...builds,
      [inspected("jaegertracing/jaeger:2.13.0")]: () => (key === "" ? absent : { stdout: key }),
    });
    const reading = async (...[file, args, options]: Parameters<typeof exec>) => {
      if (args[0] === "load") {
        for await (const chunk of options!.input!) key ||= /"dev.sightline.key":"(\w+)"/.exec(String(chunk))?.[1] ?? "";
      }
      return exec(file, args, options);
    };
    await obtainImage("jaeger", { exec: reading });
    assert.match(key, /^[0-9a-f]{10}$/);
    const before = calls.length;
    assert.deepEqual(await obtainImage("jaeger", { exec: reading }), { ...built, origin: "built" });
    assert.deepEqual(
      calls.slice(before).map((call) => call.split(" ")[1]),
      ["image", "image"],
    );
  });

  it("builds anew where the one it has built is of other sources", async () => {
    const { exec, calls } = scripted({
      ...builds,
      [inspected("jaegertracing/jaeger:2.13.0")]: { stdout: "0123456789" },
    });
    await obtainImage("jaeger", { exec });
    assert.equal(calls.at(-1), "docker load");
  });

  it("keeps an engine made of jars, in the version that Maven has", async () => {
    const { exec, calls } = scripted({
      "docker image inspect": absent,
      [inspected("elasticsearch:7.10.2")]: { stdout: keyOf(engineImages.elasticsearch!) },
    });
    assert.deepEqual(await obtainImage("elasticsearch", { exec }), {
      ...{ repository: "elasticsearch", tag: "7.10.2", version: "7.10.2", user: "1000:0" },
      origin: "built",
    });
    assert.deepEqual(calls, [
      inspected(`elasticsearch:${images.elasticsearch.tag}`),
      inspected("elasticsearch:7.10.2"),
    ]);
  });

  it("talks to the engine and looks for the release it is given", async () => {
    const { exec, calls } = scripted({ "docker --host ssh://a": {} });
    const wanted = { ...images.loki, repository: "mirror/loki" };
    await obtainImage("loki", { exec, host: "ssh://a", wanted });
    assert.match(calls[0]!, /^docker --host ssh:\/\/a image inspect .* mirror\/loki:3\.7\.8$/);
  });

  it("says why Grafana cannot be had where it is neither there nor pullable", async () => {
    const { exec } = scripted({ "docker image inspect": absent, "docker pull": offline });
    const obtained = await obtainImage("grafana", { exec });
    assert.ok(obtained.origin === "unavailable");
    assert.match(obtained.problem.reason, /cannot be pulled \(no such host\) or built: Grafana's server/);
    assert.match(obtained.problem.remedy, /docker load/);
  });

  it("says so where the engine does not take the image", async () => {
    const { exec } = scripted({ ...builds, "docker load": { code: 1, stderr: "no space left on device" } });
    await assert.rejects(obtainImage("jaeger", { exec }), { message: /docker load failed: no space left on device/ });
  });
});
