import type { Config } from "../../core/config";
import type { Endpoint } from "../../core/platform";
import type { Problem } from "../../core/problems";
import * as check from "../checks";
import { refTo, type Extension } from "../part";

export interface ClientOptions {
  readonly to: Endpoint;
  /** Encrypts, and checks the receiver's certificate. @default - as the address says, else true outside the stack */
  readonly tls?: boolean;
  /** Says who sends: basic authentication or a bearer token. @default - nobody is asked */
  readonly auth?: Extension;
}

/** Whether a client encrypts. */
export const encrypts = ({ to, tls = to.secure ?? to.of === undefined }: ClientOptions): boolean => tls;

/** An address with one scheme, and `tls` for the other. */
export const clientProblems = ({ to: { secure }, tls }: ClientOptions): Problem[] =>
  check.unless(tls === undefined || secure === undefined || tls === secure, {
    path: "tls",
    value: tls,
    reason: `the address says ${secure ? "https" : "http"}`,
    remedy: "leave it out, or give another address",
  });

/** `tls` and `auth` of a client. */
export const clientConfig = (options: ClientOptions): Config => ({
  tls: { insecure: !encrypts(options) },
  ...(options.auth && { auth: { authenticator: refTo(options.auth) } }),
});

/** What a client refers to. */
export const clientExtensions = ({ auth }: ClientOptions): readonly Extension[] => (auth ? [auth] : []);
