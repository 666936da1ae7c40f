import { z } from "zod";
import type { BufferOptions } from "../components/buffer/buffer";
import type { Problem } from "../components/core/problems";
import { crowded, inClear, type Where } from "./stores";

/** Where traces wait for Jaeger. Options are checked by the buffer itself, which alone knows them. */
export const buffer = z.looseObject({}, "must be an object with external or managed");

interface Buffered extends Where {
  readonly buffer?: BufferOptions | undefined;
  readonly bufferPassword?: unknown;
}

/** What is wrong with a buffer where it is to run, or with its password. */
export const bufferProblems = ({ platform, buffer, bufferPassword }: Buffered): Problem[] => [
  ...inClear("buffer", buffer, "bufferPassword"),
  ...crowded("buffer", buffer, platform),
  ...(bufferPassword === undefined || buffer?.external !== undefined
    ? []
    : [{ path: "bufferPassword", reason: "the configured buffer uses no password", remedy: "remove it" }]),
];
