import { merge } from "../../core/needs";
import { connectsTo, external } from "../../core/platform";
import { goDuration, inMebibytes, type Duration, type Size } from "../../core/units";
import { certificateChecks, certificateFiles, hostAndPort, incomplete, type Certificates } from "../external";
import { check, duration, flag, object, optional, size, type Checks } from "../options";
import type { TraceStorage } from "../storage";

export interface GrpcOptions {
  readonly external: GrpcServer;
  /** Longest time for one request. @default "5s" */
  readonly timeout?: Duration;
  /** Largest answer taken, as for a trace of many spans. Needs Jaeger 2.19. @default - 4 MiB, as all gRPC clients */
  readonly largestAnswer?: Size;
}

/** A server of Jaeger's storage API that somebody else runs. */
export interface GrpcServer extends Certificates {
  /** `host:port` */
  readonly address: string;
  /** Where spans are written, if elsewhere: an OTLP receiver, `host:port`. @default - the same address */
  readonly writer?: string;
  /** @default true */
  readonly tls?: boolean;
}

const checks: Checks<GrpcOptions> = {
  external: object<GrpcServer>(
    {
      address: hostAndPort,
      writer: optional(hostAndPort),
      tls: optional(flag),
      ...certificateChecks,
    },
    '{ address: "storage.example.com:17271" }',
  ),
  timeout: optional(duration),
  largestAnswer: optional((value) => {
    const problems = size(value);
    return problems.length > 0 || inMebibytes(value as Size) > 0
      ? problems
      : [{ path: "", value, reason: "less than 1 MiB", remedy: 'write "16 MiB"' }];
  }),
};

/**
 * Keeps traces wherever a server of Jaeger's storage API keeps them. It asks nobody who they are.
 *
 * Source: internal/storage/v2/grpc/config.go of Jaeger.
 */
export function grpc(options: GrpcOptions): TraceStorage {
  const storage = { kind: "grpc", shared: true };
  const wrong = check(options, checks);
  if (wrong.length > 0) return { ...storage, config: {}, problems: wrong };
  const { external: server, timeout = "5s", largestAnswer } = options;
  const { address, writer, tls: encrypted = true } = server;
  const certificates = certificateFiles(server);
  const addresses = [address, ...(writer === undefined ? [] : [writer])];
  const { needs } = merge(certificates.needs, connectsTo(...addresses.map(external)));
  const tls = encrypted ? certificates.tls : { insecure: true };
  return {
    ...storage,
    ...(largestAnswer !== undefined && { since: "2.19.0" as const }),
    needs,
    config: {
      endpoint: address,
      tls,
      ...(writer !== undefined && { writer: { endpoint: writer, tls } }),
      timeout: goDuration(timeout),
      ...(largestAnswer !== undefined && { max_recv_msg_size_mib: inMebibytes(largestAnswer) }),
    },
    problems: incomplete(server, encrypted),
  };
}
