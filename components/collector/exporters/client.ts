import type { Config } from "../../core/config";
import type { Endpoint } from "../../core/platform";
import { refTo, type Extension } from "../part";

export interface ClientOptions {
  readonly to: Endpoint;
  /** Encrypts, and checks the receiver's certificate. @default - true for an endpoint outside the stack */
  readonly tls?: boolean;
  /** Says who sends: basic authentication or a bearer token. @default - nobody is asked */
  readonly auth?: Extension;
}

/** Whether a client encrypts. */
export const encrypts = ({ to, tls = to.of === undefined }: ClientOptions): boolean => tls;

/** `tls` and `auth` of a client. */
export const clientConfig = (options: ClientOptions): Config => ({
  tls: { insecure: !encrypts(options) },
  ...(options.auth && { auth: { authenticator: refTo(options.auth) } }),
});

/** What a client refers to. */
export const clientExtensions = ({ auth }: ClientOptions): readonly Extension[] => (auth ? [auth] : []);
