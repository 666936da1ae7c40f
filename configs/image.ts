import { z } from "zod";
import { isVersion, type Version } from "../components/core/version";

const version = z.custom<Version>((value) => typeof value === "string" && isVersion(value), "must be three numbers");

/** Another image of a program than the pinned one. */
export const image = z.strictObject({
  repository: z.string("must be a string").min(1, "must not be empty").optional(),
  tag: z
    .string("must be a string")
    .regex(/^[\w][\w.-]{0,127}$/, "must be a tag")
    .optional(),
  version: version.optional(),
  digest: z
    .string("must be a string")
    .regex(/^sha256:[0-9a-f]{64}$/, "must be sha256: and 64 hexadecimal digits")
    .optional(),
  user: z
    .string("must be a string")
    .regex(/^\d+:\d+$/, "must be a numeric user and group")
    .optional(),
});
