import { readFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { lint } from "../../components/lint/written";
import { line, type Finding } from "../../components/path/read/finding";
import { read, type Reading } from "../../components/path/read";
import { Refusal } from "../../components/core/problems";
import { exitCodes } from "../exit-codes";

export const formats = ["text", "json", "github"] as const;
export type Format = (typeof formats)[number];

/** What came of a look at configuration that others wrote. */
export interface Looked {
  readonly text: string;
  readonly exitCode: number;
}

/**
 * Configuration that others wrote, against the rules of docs/lint.md.
 *
 * @param configs one a process; files that a process merges are joined with commas
 * @param collector version of the Collector that runs it, `0.120.0` @default - not known
 */
export function look(configs: readonly string[], format: string, collector?: string): Looked {
  const version = collector === undefined ? undefined : minorOf(collector);
  if (!isFormat(format)) {
    throw new Refusal("options of check", [
      { path: "--format", value: format, reason: "unknown format", remedy: `use ${formats.join(", ")}` },
    ]);
  }
  const reading = readConfigs(configs, version);
  const findings = lint(reading);
  const isRefused = reading.findings.some(({ severity }) => severity === "error");
  const isBad = findings.some(({ severity }) => severity !== "note");
  return {
    text: texts[format](findings, reading.files.length),
    exitCode: isRefused ? exitCodes.usage.code : isBad ? exitCodes.failed.code : exitCodes.done.code,
  };
}

/** Option that may be given several times, for commander. */
export const each = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Reads files of this machine, one entry a process; files that a process merges are joined with commas. */
export const readConfigs = (configs: readonly string[], version?: number): Reading =>
  read(
    configs.map((config) => config.split(",")),
    readFile,
    version,
  );

const isFormat = (format: string): format is Format => formats.some((one) => one === format);

/** Files as they are named; what a file includes is looked for beside it too. */
function readFile(path: string, from: string): string | undefined {
  const places = isAbsolute(path) || path === from ? [path] : [path, join(dirname(from), path)];
  for (const place of places) {
    try {
      return readFileSync(place, "utf8");
    } catch {
      // Looked for in the next place. A file that is only there where the Collector runs is unknown.
    }
  }
  return undefined;
}

function minorOf(version: string): number {
  const minor = /^v?0\.(\d+)(\.\d+)?$/.exec(version)?.[1];
  if (minor !== undefined) return Number(minor);
  throw new Refusal("options of check", [
    {
      path: "--collector",
      value: version,
      reason: "not a version of the Collector",
      remedy: "write it as 0.158.0",
    },
  ]);
}

const count = (findings: readonly Finding[], severity: Finding["severity"]): string => {
  const number = findings.filter((finding) => finding.severity === severity).length;
  return `${number} ${severity}${number === 1 ? "" : "s"}`;
};

/** Marks of a workflow command that have a meaning of their own. Source: https://github.com/actions/toolkit command.ts */
const escaped = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const escapedProperty = (text: string): string => escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

const levels = { error: "error", warning: "warning", note: "notice" } as const;

const texts: Readonly<Record<Format, (findings: readonly Finding[], files: number) => string>> = {
  text: (findings, files) =>
    [
      ...findings.map(line),
      `${files} file${files === 1 ? "" : "s"}: ${count(findings, "error")}, ${count(findings, "warning")}, ${count(findings, "note")}`,
    ].join("\n"),
  json: (findings) => JSON.stringify(findings, null, 2),
  github: (findings) =>
    findings
      .map(({ code, severity, at, path, reason, remedy }) => {
        const place = `file=${escapedProperty(at.file)},line=${at.line},col=${at.column},title=${escapedProperty(code)}`;
        return `::${levels[severity]} ${place}::${escaped(`${path}: ${reason}; ${remedy}`)}`;
      })
      .join("\n"),
};
