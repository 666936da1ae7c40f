import type { Form } from "../form";

/** Parts of names of fields in a log record whose values are credentials. */
export const credentialNames = ["uthorization", "ookie", "pi[_.-]?[Kk]ey"] as const;

const requestHeaders = ["authorization", "proxy-authorization", "cookie", "x-api-key"];
/** In names of attributes before 1.21 a hyphen was an underscore. */
const bothSpellings = (name: string): string[] => [...new Set([name, name.replaceAll("-", "_")])];

/** Attributes that are credentials. Source: `http.request.header.<key>` in OpenTelemetry's semantic conventions. */
export const credentialAttributes: readonly string[] = [
  ...requestHeaders.flatMap(bothSpellings).map((name) => `http.request.header.${name}`),
  ...bothSpellings("set-cookie").map((name) => `http.response.header.${name}`),
  "authorization",
  "cookie",
];

/** Name and password in a URL. */
export const userInfo: Form = {
  rule: "credentials",
  pattern: String.raw`([A-Za-z][0-9A-Za-z+.-]*://)[^\s/@:"'{]*:[^\s/@"'{}]*@`,
  mask: "${1}{credentials}@",
  hints: [String.raw`://[^\s/@:"'{]*:[^\s/@"'{}]*@`],
};

const separator = String.raw`\\?["']?\s*[:=]\s*\\?["']?`;

/** Headers as they are written in a line; one of cookies has several. */
export const headers: Form = {
  rule: "credentials",
  pattern: String.raw`((?:[Aa]uthorization|[Aa]pi[_-]?[Kk]ey)${separator}(?:[A-Za-z]+ )?)[^\s"'\\{}]{4,}|([Cc]ookie${separator})[^\s"'\\{}][^"'\r\n\\]*`,
  mask: "${1}${2}{credentials}",
  hints: ["uthorization", "ookie", "pi[_-]?[Kk]ey"].map((name) => String.raw`${name}\\?["']?\s*[:=]`),
};
