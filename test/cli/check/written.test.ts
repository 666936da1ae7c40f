import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { look } from "../../../cli/check/written";
import { good } from "../../lint/written/good";

describe("check --config", () => {
  let folder = "";
  const write = (files: Readonly<Record<string, string>>): string[] =>
    Object.entries(files).map(([name, text]) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    });
  const text = (configs: readonly string[], format = "text", version?: string): string =>
    look(configs, format, version).text.replaceAll(folder, "");

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sightline-check-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const batched = good["gateway.yaml"]!.replace("https://logs.example.com", "http://logs.example.com");

  it("passes a path without a fault", () => {
    const { text, exitCode } = look(write(good), "text");
    assert.deepEqual([text, exitCode], ["4 files: 0 errors, 0 warnings, 0 notes", 0]);
  });

  it("fails where there is an error or a warning, and passes with notes alone", () => {
    assert.equal(look(write({ "gateway.yaml": batched }), "text").exitCode, 1);
    const noted = good["sampler.yaml"]!.replace("    producer: { required_acks: all }\n", "");
    const { text: said, exitCode } = look(write({ "sampler.yaml": noted }), "text");
    assert.match(said, /1 file: 0 errors, 0 warnings, 1 note$/);
    assert.equal(exitCode, 0);
  });

  it("refuses what is no Collector's, and still looks at the others", () => {
    const { text: said, exitCode } = look(write({ "compose.yaml": "services: {}\n", "gateway.yaml": batched }), "text");
    assert.equal(exitCode, 2);
    assert.match(said, /compose\.yaml:1:1: error: .*\[not-a-collector\]\n.*gateway\.yaml:21:5: warning: .*\[tls-off\]/);
    assert.equal(look(["/no/such/file.yaml"], "text").exitCode, 2);
  });

  it("prints findings as JSON", () => {
    const [file] = write({ "gateway.yaml": batched });
    assert.deepEqual(JSON.parse(text([file!], "json")), [
      {
        code: "tls-off",
        severity: "warning",
        at: { file: "/gateway.yaml", line: 21, column: 5 },
        path: "exporters.otlp_http.endpoint",
        reason: "anyone on the network path to logs.example.com can read and change the data",
        remedy: "write https://",
      },
    ]);
  });

  it("prints findings as annotations of a pull request", () => {
    const [file] = write({ "gateway.yaml": batched });
    assert.equal(
      text([file!], "github"),
      "::warning file=/gateway.yaml,line=21,col=5,title=tls-off::exporters.otlp_http.endpoint: anyone on the network path to logs.example.com can read and change the data; write https://",
    );
  });

  it("merges files joined with commas, and reads what they include", () => {
    const [agent, more] = write({
      "base.yaml": "receivers: ${file:receivers.yaml}\nexporters: { debug: }\n",
      "service.yaml": "service: { pipelines: { traces: { receivers: [otlp], exporters: [debug] } } }\n",
      "receivers.yaml": "otlp: { protocols: { grpc: } }\n",
    });
    assert.equal(text([`${agent},${more}`]), "2 files: 0 errors, 0 warnings, 0 notes");
    assert.match(text([agent!]), /service\.pipelines: no pipelines/);
  });

  it("refuses a format and a version that are none", () => {
    assert.throws(() => look([], "xml"), /--format: unknown format, got "xml"; use text, json, github/);
    assert.throws(() => look([], "text", "latest"), /--collector: not a version of the Collector, got "latest"/);
  });
});
