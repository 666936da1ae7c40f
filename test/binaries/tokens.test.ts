import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { basicAuth, bearerTokenAuth, loadBalancing, otlp, otlpHttp } from "../../components/collector/parts";
import { otelCollector } from "../../components/collector/workload";
import { external } from "../../components/core/platform";
import { until } from "../support/until";
import { local, type Local } from "../storage/local";
import { loginHeaders, testLogin as login } from "../support/login";
import { otlpSink, type Sink } from "../support/otlp-sink";
import { spansOf } from "../support/sized";
import { temporaryFolder } from "./folder";
import { obtain } from "./obtain";

/** Writes files as a kubelet does: into a folder of their own, to which a link then leads, before the older folder goes. */
function secretIn(folder: string, name: string): (text: string) => void {
  let last: string | undefined;
  let version = 0;
  rmSync(join(folder, name), { force: true });
  symlinkSync(join("..data", name), join(folder, name));
  return (text) => {
    const own = `..version_${++version}`;
    mkdirSync(join(folder, own));
    writeFileSync(join(folder, own, name), text);
    symlinkSync(own, join(folder, "..data_tmp"));
    renameSync(join(folder, "..data_tmp"), join(folder, "..data"));
    if (last !== undefined) rmSync(join(folder, last), { recursive: true });
    last = own;
  };
}

describe("a token that is renewed while spans come", () => {
  const folder = temporaryFolder();
  let sink: Sink;
  let first: Local;
  let behind: Local;
  let write: (text: string) => void;

  before("what is not built yet is built", async function () {
    this.timeout(0);
    const { "otelcol-contrib": binary } = await obtain("otelcol-contrib");
    sink = await otlpSink();
    const asked = otelCollector("behind", {
      pipelines: {
        traces: {
          receivers: [otlp({ auth: basicAuth({ kind: "server", name: "stack", ...login }) })],
          exporters: [otlpHttp({ name: "sink", to: external(sink.url), queue: "none" })],
        },
      },
    });
    behind = await local(binary, asked, join(folder, "behind"));
    const next = { ...external(behind.address(4317).replace("127.0.0.1", "localhost")), login };
    const asking = otelCollector("first", {
      pipelines: {
        traces: {
          receivers: [otlp({ auth: bearerTokenAuth({ tokens: { secret: "" } }) })],
          exporters: [loadBalancing({ name: "behind", resolver: { kind: "dns", endpoint: next }, queue: "none" })],
        },
      },
    });
    first = await local(binary, asking, join(folder, "first"));
    write = secretIn(join(folder, "first", "etc", "otelcol-contrib"), "tokens");
    write("old payments\nother shop\n");
    await behind.start();
    await first.start();
  });
  after(async () => {
    await first?.stop();
    await behind?.stop();
    await sink?.close();
  });

  const acknowledged: string[] = [];

  /** Sends a span; what it is answered with. */
  async function send(to: Local, headers: Readonly<Record<string, string>>): Promise<number> {
    const { path, body, ids } = spansOf(1, 10);
    const answer = await fetch(`${to.url(4318)}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    if (answer.ok) acknowledged.push(...ids);
    await answer.text();
    return answer.status;
  }
  const showing = (token: string) => send(first, { authorization: `Bearer ${token}` });

  it("is refused to nobody: the new one is taken beside the old one, which alone is refused when it is gone", async () => {
    const answers = new Map<string, number>();
    let token = "old";
    let ended = false;
    const load = async (tokenOf: () => string) => {
      while (!ended) {
        const answer = `${tokenOf()} ${await showing(tokenOf())}`;
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      }
    };
    const senders = [load(() => token), load(() => token), load(() => "other")];
    const some = (answer: string, more: number) => {
      const had = answers.get(answer) ?? 0;
      return until(`${more} times ${answer}`, () => (answers.get(answer) ?? 0) >= had + more);
    };
    try {
      await some("old 200", 20);
      assert.equal(await showing("new"), 401);
      write("old payments\nnew payments-2\nother shop\n");
      await until("the new one is taken", async () => (await showing("new")) === 200);
      await some("old 200", 20);
      token = "new";
      await some("new 200", 20);
      write("new payments-2\nother shop\n");
      await until("the old one is refused", async () => (await showing("old")) === 401);
      await some("new 200", 20);
      await some("other 200", 20);
    } finally {
      ended = true;
      await Promise.all(senders);
    }
    assert.deepEqual([...answers.keys()].sort(), ["new 200", "old 200", "other 200"]);
    assert.deepEqual(new Set(sink.spans.map(({ spanId }) => spanId)), new Set(acknowledged));
  });

  it("cannot be gone round by the Collector behind, which takes the login of the stack alone", async () => {
    assert.equal(await send(first, {}), 401);
    assert.equal(await send(behind, {}), 401);
    assert.equal(await send(behind, { authorization: "Bearer new" }), 401);
    assert.equal(await send(behind, loginHeaders), 200);
  });
});
