import { readFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:http2";
import { docker } from "../support/dev-stack";

/** What is asked of a port: a path of HTTP, or a method of gRPC. */
const questions: Readonly<Record<number, string>> = {
  4317: "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
  4318: "/v1/traces",
  5778: "/api/sampling?service=a",
  5779: "/jaeger.api_v2.SamplingManager/GetSamplingStrategy",
  8888: "/metrics",
  9090: "/api/v1/query?query=up",
  9428: "/select/logsql/query?query=*",
  13133: "/status",
  16685: "/jaeger.api_v3.QueryService/GetServices",
  16686: "/api/services",
};
const spokenInGrpc = [4317, 5779, 16685];

/**
 * What each port on which a container of the dev stack listens answers to this machine, without a login, as a page of another
 * origin and by another name: `jaeger:16686 401`.
 */
export async function answersToStrangers(): Promise<string[]> {
  const names = await docker("ps", "--filter", "label=dev.sightline.stack=sightline-dev", "--format", "{{.Names}}");
  const answers = names.sort().map(async (name) => {
    const format = "{{.State.Pid}} {{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
    const [pid = "", host = ""] = (await docker("inspect", "--format", format, name))[0]!.split(" ");
    return Promise.all(listening(pid).map(async (port) => `${short(name)}:${port} ${await answer(host, port)}`));
  });
  return (await Promise.all(answers)).flat();
}

const short = (name: string): string => name.replace("sightline-dev-", "");

/** Ports that are not of loopback alone, as the kernel lists them. Source: proc(5), on /proc/net/tcp. */
function listening(pid: string): number[] {
  const rows = ["tcp", "tcp6"].flatMap((file) => readFileSync(`/proc/${pid}/net/${file}`, "utf8").split("\n").slice(1));
  const ports = rows.flatMap((row) => {
    const [, local = "", , state] = row.trim().split(/\s+/);
    const [address = "", port = ""] = local.split(":");
    return state === "0A" && !/7F$/.test(address) ? [parseInt(port, 16)] : [];
  });
  return [...new Set(ports)].sort((a, b) => a - b);
}

const strangers = [{}, { origin: "https://evil.example" }, { host: "evil.example" }];

/** One answer where all of them got the same. */
async function answer(host: string, port: number): Promise<string> {
  const path = questions[port] ?? "/";
  if (spokenInGrpc.includes(port)) return `grpc ${await overGrpc(host, port, path)}`;
  return [...new Set(await Promise.all(strangers.map((headers) => overHttp(host, port, path, headers))))].join(" or ");
}

const overHttp = (host: string, port: number, path: string, headers: Readonly<Record<string, string>>) =>
  new Promise<string>((resolve) => {
    request({ host, port, path, headers }, (response) => {
      const readable = response.headers["access-control-allow-origin"] === undefined ? "" : ", readable";
      resolve(`${response.statusCode}${readable}`);
      response.resume();
    })
      .on("error", ({ message }) => resolve(message))
      .end();
  });

const overGrpc = (host: string, port: number, path: string) =>
  new Promise<string>((resolve) => {
    const client = connect(`http://${host}:${port}`);
    const ended = (status: unknown) => {
      if (status === undefined) return;
      resolve(String(status));
      client.destroy();
    };
    client.on("error", ({ message }) => resolve(message));
    const headers = { ":method": "POST", ":path": path, "content-type": "application/grpc", te: "trailers" };
    const stream = client.request(headers);
    stream.on("response", (answered) => ended(answered["grpc-status"]));
    stream.on("trailers", (answered: Record<string, unknown>) => ended(answered["grpc-status"]));
    stream.on("error", ({ message }) => resolve(message));
    // A message of no bytes.
    stream.end(Buffer.alloc(5));
    stream.resume();
  });
