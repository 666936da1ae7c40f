import { isAddress, parseAddress } from "../core/address";
import { clientFiles, isPem, type Certificates } from "../core/certificates";
import type { Config } from "../core/config";
import type { Problem } from "../core/problems";
import type { Needs, Secret } from "../core/workload";
import { matching, optional, type Check, type Checks } from "./options";
import type { Warning } from "./storage";

/** Who connects to a store that somebody else runs. */
export interface Credentials {
  /** @default - nobody is asked */
  readonly user?: string;
  /** Goes to the process as a variable; no rendered file shows it. */
  readonly password?: Secret;
}

export type { Certificates } from "../core/certificates";

const pem: Check = (value) =>
  isPem(value)
    ? []
    : [{ path: "", reason: "not a certificate", remedy: "give the text of the PEM file, not its path" }];

/** Says nothing of the value: it may be the secret itself. */
const secret: Check = (value) =>
  typeof value === "object" && value !== null && "secret" in value && value.secret !== undefined && value.secret !== ""
    ? []
    : [{ path: "", reason: "not a secret", remedy: "give { secret: … }, as from `pulumi config set --secret`" }];

export const credentialChecks: Checks<Credentials> = {
  user: optional(matching(/^.+$/s, "not a name", "write a user name")),
  password: optional(secret),
};

export const certificateChecks: Checks<Certificates> = {
  ca: optional(pem),
  certificate: optional(pem),
  key: optional(secret),
};

export const hostAndPort: Check = (value) => {
  const parsed = typeof value === "string" ? parseAddress(value) : undefined;
  if (parsed !== undefined && isAddress(parsed) && parsed.secure === undefined) return [];
  const reason = parsed === undefined ? "not a string" : isAddress(parsed) ? "has a scheme" : parsed.reason;
  const secret = typeof value === "string" && value.includes("@");
  return [
    {
      path: "",
      ...(value !== undefined && !secret && { value }),
      reason: value === undefined ? "missing" : reason,
      remedy: 'write "host:port", as "store-1.example.com:9042"',
    },
  ];
};

/** Addresses of one store, all encrypted or none. Problems never repeat a URL: it may hold a password. */
export const url: Check = (value) => {
  const problem = (reason: string, remedy = 'write it as "https://store.example.com:9200"'): Problem[] => [
    { path: "", reason, remedy },
  ];
  if (typeof value !== "string") return problem("not a URL");
  const parsed = parseAddress(value);
  if (isAddress(parsed)) return parsed.secure === undefined ? problem("neither http nor https") : [];
  if (value.includes("@")) {
    return problem(
      "contains credentials",
      "set user and password; in a stack the password is the secret storagePassword",
    );
  }
  return problem(parsed.reason);
};

export const isEncrypted = (url: string): boolean => url.startsWith("https:");

/** What belongs together and is not. */
export function incomplete({ user, password, ca, certificate, key }: Credentials & Certificates, encrypted: boolean) {
  const problems: Problem[] = [];
  const pair = (path: string, missing: string): void => {
    problems.push({ path: `external.${path}`, reason: `given without ${missing}`, remedy: "give both or neither" });
  };
  if (user !== undefined && password === undefined) pair("user", "password");
  if (password !== undefined && user === undefined) pair("password", "user");
  if (certificate !== undefined && key === undefined) pair("certificate", "key");
  if (key !== undefined && certificate === undefined) pair("key", "certificate");
  if (!encrypted && (ca ?? certificate ?? key) !== undefined) {
    problems.push({
      path: "external",
      reason: "certificates are given, but the connection is not encrypted",
      remedy: "encrypt the connection, or remove the certificates",
    });
  }
  return problems;
}

/** A password that anyone on the way can read. */
export const readable = ({ password }: Credentials, encrypted: boolean): Warning[] =>
  password === undefined || encrypted
    ? []
    : [
        {
          path: "external.password",
          reason: "would be sent over an unencrypted connection",
          remedy: "encrypt it, unless the connection stays on this machine",
        },
      ];

const folder = "/etc/jaeger/storage";

/** User and password as a store's `auth` takes them: references to variables that hold them. */
export function basicAuth(kind: string, { user, password }: Credentials): { config: Config; needs: Needs } {
  if (user === undefined || password === undefined) return { config: {}, needs: {} };
  const name = (word: string) => `${kind.toUpperCase()}_${word}`;
  const [username, secret] = [name("USER"), name("PASSWORD")];
  return {
    config: { auth: { basic: { username: `\${env:${username}}`, password: `\${env:${secret}}` } } },
    needs: { env: { [username]: user, [secret]: password } },
  };
}

/** Body of `tls` for an encrypted connection, and the files it names. */
export const certificateFiles = (given: Certificates): { tls: Config; needs: Needs } => clientFiles(folder, given);
