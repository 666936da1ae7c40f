import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { request } from "node:http";
import { verify } from "../../cli/verify";
import { webhook, type Webhook } from "../support/webhook";
import { loginHeaders, storesUser } from "../support/login";
import { startDev, type DevProcesses, type Program } from "./dev-processes";
import { temporaryFolder } from "./folder";

/** What a store answers to one request: its status, and whether a page of another origin may read it. */
interface Answer {
  readonly status: number;
  readonly readable: boolean;
}

/** By node:http, since fetch sends no Host of one's own. */
const ask = (url: string, headers: Readonly<Record<string, string>>, method = "GET"): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request(url, { method, headers }, (response) => {
      const origin = response.headers["access-control-allow-origin"];
      response.resume().on("end", () => resolve({ status: response.statusCode!, readable: origin !== undefined }));
    })
      .on("error", reject)
      .end();
  });

const wrong = { authorization: `Basic ${Buffer.from("sightline:password").toString("base64")}` };
const preflight = { origin: "https://evil.example", "access-control-request-method": "POST" };
/** Who comes without the login: anybody, a guess, a page of another origin, and one whose name was bound anew to this machine. */
const strangers = [
  ["nobody", {}, "GET"],
  ["a wrong password", wrong, "GET"],
  ["a page of another origin", { origin: "https://evil.example" }, "GET"],
  ["its preflight", preflight, "OPTIONS"],
  ["a page by a name bound anew", { host: "evil.example" }, "GET"],
] as const;

/** What reads, writes and ends, by where it is. */
const doors = {
  prometheus: [9090, ["/", "/api/v1/query?query=up", "/metrics", "/api/v1/otlp/v1/metrics", "/-/ready", "/-/quit"]],
  jaeger: [16686, ["/", "/api/services", "/api/traces?service=a", "/api/v3/services", "/api/metrics/calls?service=a"]],
  alertmanager: [9093, ["/", "/api/v2/silences", "/api/v2/alerts", "/metrics", "/-/ready", "/-/reload"]],
  victorialogs: [
    9428,
    [
      ...["/", "/select/logsql/query?query=*", "/select/vmui/", "/insert/opentelemetry/v1/logs", "/insert/jsonline"],
      ...["/delete/run_task?filter=*", "/internal/force_flush", "/internal/partition/list", "/metrics", "/flags"],
      ...["/debug/pprof/heap"],
    ],
  ],
} as const satisfies Partial<Record<Program, readonly [number, readonly string[]]>>;

/** What everybody may ask of a store: whether it works. */
const open = [
  ["victorialogs", 9428, "/health"],
  ["jaeger", 13133, "/status"],
  ["jaeger", 8888, "/metrics"],
  ["jaeger", 5778, "/api/sampling?service=any"],
] as const;

/** What even the login cannot do: each by its method, and what is answered. */
const closed = {
  prometheus: [
    [9090, "POST", "/-/quit", 403],
    [9090, "POST", "/-/reload", 403],
    [9090, "POST", "/api/v1/admin/tsdb/delete_series?match[]=up", 500],
    [9090, "POST", "/api/v1/admin/tsdb/snapshot", 500],
    [9090, "POST", "/api/v1/write", 404],
  ],
  victorialogs: [
    [9428, "POST", "/delete/run_task?filter=*", 400],
    [9428, "POST", "/internal/insert", 400],
    [9428, "POST", "/internal/select/query", 400],
  ],
} as const satisfies Partial<Record<Program, readonly (readonly [number, string, string, number])[]>>;

describe("stores of the dev stack, as processes", () => {
  const folder = temporaryFolder();
  let told: Webhook;
  let stack: DevProcesses;

  before(async () => {
    told = await webhook();
    stack = await startDev(folder, `${told.url}/pager`);
  });
  after(async () => {
    await stack?.close();
    await told.close();
  });

  for (const [program, [port, paths]] of Object.entries(doors)) {
    for (const [who, headers, method] of strangers) {
      it(`${program} answers 401 to ${who}, and lets no page read it`, async () => {
        const answers = await Promise.all(
          paths.map((path) => ask(stack.of(program as Program).url(port) + path, headers, method)),
        );
        assert.deepEqual(
          answers,
          // VictoriaLogs says of every path that it may be asked, to nobody: no origin is named.
          paths.map(() => ({
            status: program === "victorialogs" && method === "OPTIONS" ? 204 : 401,
            readable: false,
          })),
        );
      });
    }
  }

  for (const [who, headers, method] of strangers) {
    it(`jaeger takes no span of ${who}`, async () => {
      const answer = await ask(`${stack.of("jaeger").url(4318)}/v1/traces`, headers, method);
      assert.deepEqual(answer, { status: 401, readable: false });
    });
  }

  for (const [program, port, path] of open) {
    it(`${program} says on ${path} whether it works, to everybody`, async () => {
      assert.deepEqual(await ask(stack.of(program).url(port) + path, {}), { status: 200, readable: false });
    });
  }

  for (const [program, requests] of Object.entries(closed)) {
    for (const [port, method, path, status] of requests) {
      it(`${program} answers ${status} to ${method} ${path} even of who shows the login`, async () => {
        const answer = await ask(stack.of(program as Program).url(port) + path, loginHeaders, method);
        assert.deepEqual(answer, { status, readable: false });
      });
    }
  }

  it("know each other: a canary is found in each, asked with the login", async () => {
    const result = await verify(
      {
        otlpHttp: stack.of("collector").url(4318),
        jaeger: stack.of("jaeger").url(16686),
        sampling: stack.of("jaeger").url(5778),
        prometheus: stack.of("prometheus").url(9090),
        logs: { kind: "victorialogs", url: stack.of("victorialogs").url(9428) },
        stores: storesUser,
      },
      { quiet: true },
    );
    assert.deepEqual(
      result.steps.filter(({ outcome }) => outcome === "missing"),
      [],
    );
  });

  it("are scraped, each of them", async () => {
    const up = async () => {
      const answer = await fetch(`${stack.of("prometheus").url(9090)}/api/v1/query?query=up`, {
        headers: loginHeaders,
      });
      const { data } = (await answer.json()) as {
        data: { result: { metric: { job: string }; value: [number, string] }[] };
      };
      return Object.fromEntries(data.result.map(({ metric: { job }, value: [, value] }) => [job, value]));
    };
    const wanted = { alertmanager: "1", collector: "1", jaeger: "1", prometheus: "1", victorialogs: "1" };
    for (const deadline = Date.now() + 45_000; Date.now() < deadline; await wait(500)) {
      if (JSON.stringify(Object.entries(await up()).sort()) === JSON.stringify(Object.entries(wanted))) break;
    }
    const why = await fetch(`${stack.of("prometheus").url(9090)}/api/v1/targets`, { headers: loginHeaders });
    assert.deepEqual(await up(), wanted, await why.text());
  });

  it("let Jaeger ask Prometheus for its Monitor page", async () => {
    const url = `${stack.of("jaeger").url(16686)}/api/metrics/calls?service=sightline-canary-shop&spanKind=server&lookback=600000`;
    const answer = await fetch(url, { headers: loginHeaders });
    const body = await answer.text();
    assert.equal(answer.status, 200, body);
    assert.equal((JSON.parse(body) as { name: string }).name, "service_call_rate", body);
  });
});
