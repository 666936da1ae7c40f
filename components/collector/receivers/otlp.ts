import { certificateProblems, tlsFiles, type ServerCertificate } from "../../core/certificates";
import { within } from "../../core/problems";
import { goDuration, inBytes, inMebibytes, type Duration, type Size } from "../../core/units";
import type { Port } from "../../core/workload";
import * as check from "../checks";
import { unknownNeighbours } from "../limits";
import { refTo, type Extension, type Receiver, type Signal } from "../part";

export interface OtlpReceiverOptions {
  /** Who may send. @default "platform" */
  readonly reach?: Port["reach"];
  /** Numbers under which the outside reaches it. @default - 4317 and 4318 */
  readonly outside?: { readonly grpc?: number; readonly http?: number };
  /** Checks who sends. @default - nobody is asked */
  readonly auth?: Extension;
  /** Encrypts, and asks senders for a certificate where authorities of theirs are named. @default - nothing is encrypted */
  readonly tls?: ServerCertificate;
  /**
   * Largest request taken, after decompression, in whole MiB. A larger one is refused for good, and its sender told: by
   * HTTP with 400 or 413, by gRPC with RESOURCE_EXHAUSTED.
   *
   * @default "4 MiB", as gRPC servers have it
   */
  readonly largest?: Size;
  /**
   * Longest life of a gRPC connection, after which the sender makes another one. Behind an address that several processes
   * share, senders would else stay with the one they found first. @default - for ever
   */
  readonly maxConnectionAge?: Duration;
  /**
   * How often a sender may ask whether its connection is alive, while it waits for an answer. One that asks more often is
   * cut off.
   *
   * @default - each 5 minutes, as gRPC servers have it
   */
  readonly pings?: Duration;
  /** Processors see the headers of a request, as `metadata.<name>`. @default false */
  readonly metadata?: boolean;
}

/** Ports of an OTLP receiver: IANA has registered 4317 (gRPC) and 4318 (HTTP). */
export const otlpPorts = { "otlp-grpc": { port: 4317 }, "otlp-http": { port: 4318 } } as const;

/** Requests under way on one connection. A client that wants more waits for one of them. */
const streams = 100;

/**
 * How long a sender may take for a request, answer included, so that slow ones do not gather. Connections without a request
 * are kept longer than load balancers keep them, which would else send into one that has just been closed.
 */
const patience = { read_timeout: "1m", idle_timeout: "5m" } as const;

/**
 * Receives traces, metrics and logs over OTLP, by gRPC and by HTTP.
 *
 * Source: receiver/otlpreceiver of the Collector.
 */
export function otlp({
  reach = "platform",
  outside = {},
  auth,
  tls,
  largest = `${unknownNeighbours.takes} MiB`,
  maxConnectionAge,
  pings,
  metadata = false,
}: OtlpReceiverOptions = {}): Receiver<Signal> {
  const encrypted = tls && serverFiles(tls);
  const server = (port: number) => ({
    // The default is localhost, which nobody outside the container reaches.
    endpoint: `0.0.0.0:${port}`,
    ...(encrypted && { tls: encrypted.tls }),
    ...(auth && { auth: { authenticator: refTo(auth) } }),
    ...(metadata && { include_metadata: true }),
  });
  const keepalive = {
    ...(maxConnectionAge && { server_parameters: { max_connection_age: goDuration(maxConnectionAge) } }),
    ...(pings && { enforcement_policy: { min_time: goDuration(pings) } }),
  };
  const port = (port: Port, number: number | undefined): Port => ({
    ...port,
    reach,
    ...(number !== undefined && { outside: number }),
    ...((auth ?? tls?.clientCa) !== undefined && { asks: true }),
  });
  return {
    role: "receiver",
    type: "otlp",
    carries: { traces: true, metrics: true, logs: true },
    config: {
      protocols: {
        grpc: {
          ...server(4317),
          max_recv_msg_size_mib: inMebibytes(largest),
          max_concurrent_streams: streams,
          ...(Object.keys(keepalive).length > 0 && { keepalive }),
        },
        http: { ...server(4318), max_request_body_size: inBytes(largest), ...patience },
      },
    },
    needs: {
      ...encrypted?.needs,
      ports: {
        "otlp-grpc": port(otlpPorts["otlp-grpc"], outside.grpc),
        "otlp-http": port(otlpPorts["otlp-http"], outside.http),
      },
    },
    ...(auth && { extensions: [auth] }),
    problems: [
      ...check.duration("maxConnectionAge", maxConnectionAge),
      ...check.duration("pings", pings),
      ...check.unless(inBytes(largest) > 0 && Number.isInteger(inBytes(largest) / inBytes("1 MiB")), {
        path: "largest",
        value: largest,
        reason: "not a whole number of MiB, the unit of gRPC servers",
        remedy: 'write a whole number, as "8 MiB"',
      }),
      ...(tls === undefined ? [] : within("tls", serverProblems(tls))),
    ],
  };
}

const serverFiles = ({ certificate, key, clientCa }: ServerCertificate) =>
  tlsFiles("/etc/otelcol-contrib/tls/otlp", {
    cert_file: ["server.pem", certificate],
    key_file: ["server-key.pem", key],
    client_ca_file: ["client-ca.pem", clientCa],
  });

const serverProblems = ({ certificate, key, clientCa }: ServerCertificate) => [
  ...certificateProblems({ certificate, key }),
  ...(clientCa === undefined
    ? []
    : certificateProblems({ ca: clientCa }).map((problem) => ({ ...problem, path: "clientCa" }))),
];
