import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { instrumented } from "../../../components/instrumentation/instrumented";
import { kitFolder, nodejsKit } from "../../../components/instrumentation/kit";
import { dependencies } from "../../../examples/shop/package.json";
import { built, loader, services } from "../nodejs/kit";
import packages from "../nodejs/services/package.json";
import { postgres, postgresPrograms, type Server } from "../nodejs/servers";
import { sink, type Sink, type Span } from "../nodejs/sink";

const shop = join(__dirname, "..", "..", "..", "examples", "shop");
const requests = 200;

const programs = postgresPrograms();

/** Of each request: who, what kind, what it is called, and whose child it is. Each service but the first is asked by another. */
const expected = [
  "storefront SERVER GET /baskets/:id < the client",
  "storefront CLIENT POST < storefront SERVER GET /baskets/:id",
  "orders SERVER POST /orders/{id} < storefront CLIENT POST",
  "orders CLIENT HTTP GET < orders SERVER POST /orders/{id}",
  "payments SERVER GET /limits/:customer < orders CLIENT HTTP GET",
  "orders CLIENT shop.Payments/Charge < orders SERVER POST /orders/{id}",
  "payments SERVER grpc.shop.Payments/Charge < orders CLIENT shop.Payments/Charge",
];
/** Where it is paid. */
const written = programs === undefined ? [] : ["orders CLIENT sql.conn.exec < orders SERVER POST /orders/{id}"];
const paid = [...expected, ...written].sort();

const hex = (number: number, length: number) => number.toString(16).padStart(length, "0");
const traceId = (i: number) => `5b0b${hex(i + 1, 28)}`;
const client = "00f067aa0ba902b7";

describe("the shop of examples, which only its environment traces", function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), "sightline-shop-"));
  const running: { readonly kill: (signal: "SIGTERM") => void; readonly ended: Promise<unknown> }[] = [];
  let otlp: Sink;
  let storefront: number;
  let database: Server | undefined;

  before(async () => {
    if (programs === undefined) console.log("      without a database: no PostgreSQL is installed here");
    else database = await postgres(programs);
    await built();
    // What examples ask for is installed for the other services too.
    assert.deepEqual({ ...packages.dependencies, ...dependencies }, packages.dependencies);
    symlinkSync(join(services, "node_modules"), join(folder, "node_modules"));
    for (const file of ["storefront.mjs", "payments.cjs"]) copyFileSync(join(shop, file), join(folder, file));
    await execa("go", ["build", "-trimpath", "-o", join(folder, "orders"), "."], { cwd: join(shop, "orders") });
    otlp = await sink();
    const payments = await started("payments", "nodejs", {});
    const orders = await started("orders", "go", {
      PAYMENTS_URL: `http://127.0.0.1:${payments["port"]}`,
      PAYMENTS_GRPC: `127.0.0.1:${payments["grpcPort"]}`,
      ...(database !== undefined && { DATABASE_URL: database.url }),
    });
    ({ port: storefront } = (await started("storefront", "nodejs", {
      ORDERS_URL: `http://127.0.0.1:${orders["port"]}`,
    })) as { port: number });
  });
  after(async () => {
    for (const { kill } of running) kill("SIGTERM");
    await Promise.all(running.map(({ ended }) => ended));
    await database?.close();
    otlp.close();
    rmSync(folder, { recursive: true });
  });

  /** Starts a service with the variables that a container of it is given, and gives what its first line says. */
  async function started(name: "storefront" | "orders" | "payments", runtime: "nodejs" | "go", env: object) {
    const envs = Object.entries({ ...env, PORT: "0" }).map(([key, value]) => `${key}=${value}`);
    const kit = nodejsKit();
    const { args, problems } = instrumented(
      { name, image: "shop:1", envs },
      runtime === "nodejs" ? { runtime, kit, otlp: otlp.url } : { runtime, otlp: otlp.url },
    );
    assert.deepEqual(problems, []);
    const given = (args.envs as readonly string[]).map((entry) => [
      entry.split("=", 1)[0]!,
      entry.slice(entry.indexOf("=") + 1).replace(kitFolder, dirname(loader)),
    ]);
    const program = { storefront: "storefront.mjs", payments: "payments.cjs", orders: "" }[name];
    const [file, ...words] = program === "" ? [join(folder, "orders")] : [process.execPath, join(folder, program)];
    const service = execa(file!, words, {
      env: { ...Object.fromEntries(given), OTEL_BSP_SCHEDULE_DELAY: "100" },
      extendEnv: false,
      reject: false,
      timeout: 120_000,
      killSignal: "SIGKILL",
    });
    running.push({ kill: (signal) => service.kill(signal), ended: service });
    return new Promise<Record<string, unknown>>((resolve, reject) => {
      let text = "";
      service.stdout.on("data", (chunk) => {
        text += String(chunk);
        if (text.includes("\n")) resolve(JSON.parse(text.split("\n")[0]!) as Record<string, unknown>);
      });
      void service.then(({ stderr }) => reject(new Error(`${name} ended without a word: ${stderr}`)));
    });
  }

  const order = (id: string, trace: string) =>
    fetch(`http://127.0.0.1:${storefront}/baskets/${id}`, { headers: { traceparent: `00-${trace}-${client}-01` } });

  const whoseChild = (span: Span, spans: readonly Span[]): string => {
    const who = ({ resource, kind, name }: Span) => `${resource["service.name"]} ${kind} ${name}`;
    const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
    const by = parent ? who(parent) : span.parentSpanId === client ? "the client" : `nobody's ${span.parentSpanId}`;
    return `${who(span)} < ${by}`;
  };

  it(`is ${requests} whole traces of ${requests} requests, each span under its parent`, async () => {
    for (let i = 0; i < requests; i += 20) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, j) => order(`${i + j}`, traceId(i + j)).then((answer) => answer.text())),
      );
      assert.equal(answers[0], `{"order":"${i}","limit":100,"paid":true}`);
    }
    const spans = await otlp.received(requests * paid.length);
    const traces = Map.groupBy(spans, (span) => span.traceId);
    assert.equal(traces.size, requests);
    for (let i = 0; i < requests; i++) {
      const trace = traces.get(traceId(i)) ?? [];
      assert.deepEqual(trace.map((span) => whoseChild(span, trace)).sort(), paid, `trace ${i}`);
      const routes = trace
        .filter(({ kind, name }) => kind === "SERVER" && !name.startsWith("grpc."))
        .map(({ attributes }) => attributes["http.route"])
        .sort();
      assert.deepEqual(routes, ["/baskets/:id", "/limits/:customer", "/orders/{id}"]);
    }
  });

  it("is a whole trace too where a card is refused", async () => {
    const trace = traceId(requests);
    assert.equal((await order("refused-1", trace)).status, 502);
    const all = await otlp.received(requests * paid.length + expected.length);
    const spans = all.filter((span) => span.traceId === trace);
    assert.deepEqual(spans.map((span) => whoseChild(span, spans)).sort(), expected.toSorted());
  });
});
