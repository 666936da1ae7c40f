import type { Version } from "../../components/core/version";

/** Where an engine runs and keeps what it writes. */
export interface Place {
  readonly folder: string;
  /** Its clients' port, on 127.0.0.1. */
  readonly port: number;
  /** Ask clients who they are, where the engine can. @default false */
  readonly authenticated?: boolean;
}

/** A store or a queue as a Java program, whose parts Maven carries. */
export interface JavaEngine {
  /** Folder of its pom.xml, beside this file. */
  readonly folder: string;
  readonly version: Version;
  /** The requirement in pom.xml that decides the version, as `group:artifact:version`. */
  readonly source: string;
  /** Majors of Java it runs on, oldest and newest. */
  readonly java: readonly [number, number];
  /** Clients' port where none is asked for. */
  readonly port: number;
  /** Heap, in MiB. */
  readonly heap: number;
  /** Options of the virtual machine, main class and arguments. */
  readonly command: (place: Place) => readonly string[];
  /** Files it reads, by their path in its folder. */
  readonly files: (place: Place) => Readonly<Record<string, string>>;
  /** A command, run with the same Java before each start, that prepares its folder once. @default - none */
  readonly prepare?: { readonly once: string; readonly command: (place: Place) => readonly string[] };
  /** Path that answers 200 when it works. @default - it works when its port is open */
  readonly ready?: `/${string}`;
}
