import { isIPv4, isIPv6 } from "node:net";
import type { Problem } from "./problems";
import type { AbsolutePath, Address } from "./workload";

/** What an address says, whoever wrote it: `host:port`, or a URL of http or https. */
export interface ParsedAddress {
  /** An IPv6 address stands in its brackets. */
  readonly host: string;
  readonly port: number;
  /** Whether its scheme asks for encryption. @default - it has no scheme */
  readonly secure?: boolean;
  /** Without a slash at its end. @default - none */
  readonly path?: AbsolutePath;
}

/** Why a text is no address, and what to write. */
export type NoAddress = Pick<Problem, "reason" | "remedy">;

const schemePorts: Readonly<Record<string, number>> = { http: 80, https: 443 };
const example = "otlp.example.com:4317";

/**
 * Reads an address: `otlp.example.com:4317`, `[2001:db8::1]:4317`, `https://otlp.example.com/otlp`. A port may be missing
 * where the scheme has one. Everything that reads an address a user wrote asks here.
 */
export function parseAddress(text: string): ParsedAddress | NoAddress {
  const [, scheme, authority = "", rest = ""] = /^(?:([^:/?#[\]]*):\/\/)?([^/?#]*)(.*)$/s.exec(text) ?? [];
  const no = (reason: string, remedy: string): NoAddress => ({ reason, remedy });
  if (text === "") return no("empty", `write "${example}"`);
  if (scheme !== undefined && !(scheme in schemePorts)) {
    return no("neither http nor https", `write "https://otlp.example.com", or just host and port, as "${example}"`);
  }
  if (authority.includes("@")) return no("contains credentials", "give them separately, as a secret");
  if (/[?#$\s]/.test(text)) return no("contains more than host, port and path", "remove everything after the path");
  if (scheme === undefined && rest !== "") return no("has a path but no scheme", `write "https://${text}"`);
  if (isIPv6(authority)) return no("an IPv6 address without brackets", 'write it as "[2001:db8::1]:4317"');

  const [, host, digits] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(authority) ?? [];
  if (host === undefined || !isHost(host)) return no("not a host", `write a name or an IP address, as "${example}"`);
  if (digits === undefined && scheme === undefined) return no("has no port", `write "${host}:4317", for example`);
  const port = digits === undefined ? schemePorts[scheme!]! : /^\d{1,5}$/.test(digits) ? Number(digits) : NaN;
  if (!(port >= 1 && port <= 65535)) return no("not a port", "write a number from 1 to 65535");

  const path = rest.replace(/\/+$/, "");
  return {
    host,
    port,
    ...(scheme !== undefined && { secure: scheme === "https" }),
    ...(path !== "" && { path: path as AbsolutePath }),
  };
}

export const isAddress = (parsed: ParsedAddress | NoAddress): parsed is ParsedAddress => "port" in parsed;

const label = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
const hostName = new RegExp(`^(?=.{1,253}$)${label}(\\.${label})*\\.?$`);

/** A name, an IPv4 address, or an IPv6 address in brackets. */
export function isHost(text: string): boolean {
  if (text.startsWith("[")) return text.endsWith("]") && isIPv6(text.slice(1, -1)) && !text.includes("%");
  // What has digits and dots alone is meant as an address.
  return /^[\d.]+$/.test(text) ? isIPv4(text) : hostName.test(text);
}

/** Addresses outside the stack that are none. A text that could not be read stands as the host, without a port. */
export const addressProblems = (externals: readonly Address[] = []): Problem[] =>
  externals.flatMap(({ host, port }) => {
    const text = Number.isNaN(port) ? host : `${host}:${port}`;
    const parsed = parseAddress(text);
    if (isAddress(parsed)) return [];
    // It may hold a password.
    return [{ path: "externals", ...(!text.includes("@") && { value: text }), ...parsed }];
  });

/** Whether a text is the address of a Docker engine: `unix:///…`, `ssh://user@host`, `tcp://host:port`. */
export function isEngine(text: string): boolean {
  if (/^unix:\/\/\/[^/\s]\S*$/.test(text)) return true;
  const [, authority] = /^(?:ssh:\/\/(?:[^@:/\s]+@)?|tcp:\/\/)([^/?#]+)\/?$/.exec(text) ?? [];
  return authority !== undefined && isAddress(parseAddress(`http://${authority}`));
}
