import { certificateProblems, clientFiles, type Certificates } from "../../core/certificates";
import type { Config } from "../../core/config";
import type { Login } from "../../core/login";
import { connectsTo, type Endpoint } from "../../core/platform";
import { within, type Problem } from "../../core/problems";
import type { Needs, Secret } from "../../core/workload";
import * as check from "../checks";
import { basicAuth } from "../extensions/basic-auth";
import { refTo, type Extension } from "../part";
import { secretVariable, type SecretVariable } from "../secrets";

export interface ClientOptions {
  readonly to: Endpoint;
  /**
   * Encrypts, and checks the receiver's certificate: by authorities of one's own, or with a certificate to show, where
   * they are given.
   *
   * @default - as the address says, else true outside the stack
   */
  readonly tls?: boolean | Certificates;
  /** Says who sends: basic authentication or a bearer token. @default - the login of the address, or nobody is asked */
  readonly auth?: Extension;
  /** Sent with each request: `{ "x-api-key": { secret } }`. What is secret is in no rendered file. @default - none */
  readonly headers?: Readonly<Record<string, string | Secret>>;
}

/** How a client says who it is. */
const authOf = ({ auth, to: { login } }: ClientOptions): Extension | undefined =>
  auth ?? (login && basicAuth({ ...login, kind: "client", name: login.username }));

/** Whether a client encrypts. */
export const encrypts = ({ to, tls = to.secure ?? to.of === undefined }: Pick<ClientOptions, "to" | "tls">): boolean =>
  tls !== false;

/** An address with one scheme and `tls` for the other, and certificates that are none. */
export const clientProblems = ({ to: { secure }, tls }: ClientOptions): Problem[] => [
  ...check.unless(tls === undefined || secure === undefined || (tls !== false) === secure, {
    path: "tls",
    ...(typeof tls === "boolean" && { value: tls }),
    reason: `the address uses ${secure ? "https" : "http"}`,
    remedy: "remove it, or give another address",
  }),
  ...(typeof tls === "object" ? within("tls", certificateProblems(tls)) : []),
];

/** Files of its certificates. They lie apart from those of other exporters, as `part` tells them apart. */
const certificates = (part: string, given: Certificates) => clientFiles(`/etc/otelcol-contrib/tls/${part}`, given);

/** The login of an address as a header, for who has no extension that shows it: gRPC without encryption, load balancing. */
export const loginHeader = ({ header, username }: Login): SecretVariable =>
  secretVariable(header, "basic_auth", username, "header");

/** Headers as configuration shows them, and the variables that hold those that are secret. */
function headersOf(part: string, headers: ClientOptions["headers"] = {}) {
  const held = Object.entries(headers).map(([name, value]) => {
    if (typeof value === "string") return { header: [name, value], env: {} };
    const { reference, env } = secretVariable(value, part, "header", name);
    return { header: [name, reference], env };
  });
  return {
    headers: Object.fromEntries(held.map(({ header }) => header)) as Record<string, string>,
    env: Object.assign({}, ...held.map(({ env }) => env)) as NonNullable<Needs["env"]>,
  };
}

/** `tls`, `auth` and `headers` of a client. */
export function clientConfig(part: string, options: ClientOptions): Config {
  const auth = authOf(options);
  return {
    tls: {
      insecure: !encrypts(options),
      ...(typeof options.tls === "object" && certificates(part, options.tls).tls),
    },
    ...(auth && { auth: { authenticator: refTo(auth) } }),
    ...(options.headers && { headers: headersOf(part, options.headers).headers }),
  };
}

/** What a client refers to. */
export function clientExtensions(options: ClientOptions): readonly Extension[] {
  const auth = authOf(options);
  return auth ? [auth] : [];
}

/** What a client asks of the workload: a way to the receiver, its certificates, and its secret headers. */
export const clientNeeds = (part: string, { to, tls, headers }: ClientOptions): Needs => ({
  ...connectsTo(to),
  ...(typeof tls === "object" && certificates(part, tls).needs),
  ...(headers && { env: headersOf(part, headers).env }),
});
