import { certificateProblems, tlsFiles, type Certificates } from "../../core/certificates";
import type { Config } from "../../core/config";
import { connectsTo, type Endpoint } from "../../core/platform";
import { within, type Problem } from "../../core/problems";
import type { Needs } from "../../core/workload";
import * as check from "../checks";
import { refTo, type Extension } from "../part";

export interface ClientOptions {
  readonly to: Endpoint;
  /**
   * Encrypts, and checks the receiver's certificate: by authorities of one's own, or with a certificate to show, where
   * they are given.
   *
   * @default - as the address says, else true outside the stack
   */
  readonly tls?: boolean | Certificates;
  /** Says who sends: basic authentication or a bearer token. @default - nobody is asked */
  readonly auth?: Extension;
}

/** Whether a client encrypts. */
export const encrypts = ({ to, tls = to.secure ?? to.of === undefined }: Pick<ClientOptions, "to" | "tls">): boolean =>
  tls !== false;

/** An address with one scheme and `tls` for the other, and certificates that are none. */
export const clientProblems = ({ to: { secure }, tls }: ClientOptions): Problem[] => [
  ...check.unless(tls === undefined || secure === undefined || (tls !== false) === secure, {
    path: "tls",
    ...(typeof tls === "boolean" && { value: tls }),
    reason: `the address says ${secure ? "https" : "http"}`,
    remedy: "leave it out, or give another address",
  }),
  ...(typeof tls === "object" ? within("tls", certificateProblems(tls)) : []),
];

/** Files of its certificates. They lie apart from those of other exporters, as `part` tells them apart. */
const certificates = (part: string, { ca, certificate, key }: Certificates) =>
  tlsFiles(`/etc/otelcol-contrib/tls/${part}`, {
    ca_file: ["ca.pem", ca],
    cert_file: ["client.pem", certificate],
    key_file: ["client-key.pem", key],
  });

/** `tls` and `auth` of a client. */
export const clientConfig = (part: string, options: ClientOptions): Config => ({
  tls: {
    insecure: !encrypts(options),
    ...(typeof options.tls === "object" && certificates(part, options.tls).tls),
  },
  ...(options.auth && { auth: { authenticator: refTo(options.auth) } }),
});

/** What a client refers to. */
export const clientExtensions = ({ auth }: ClientOptions): readonly Extension[] => (auth ? [auth] : []);

/** What a client asks of the workload: a way to the receiver, and its certificates. */
export const clientNeeds = (part: string, { to, tls }: ClientOptions): Needs => ({
  ...connectsTo(to),
  ...(typeof tls === "object" && certificates(part, tls).needs),
});
