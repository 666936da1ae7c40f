import { z } from "zod";
import { tracingDefaults } from "../components/tracing";
import { count } from "./values";

/** What is kept for names that senders choose. */
export const names = z.strictObject({
  identifiers: z.enum(["replace", "keep"], "must be replace or keep").default(tracingDefaults.names.identifiers),
  seriesPerService: count.optional(),
});
