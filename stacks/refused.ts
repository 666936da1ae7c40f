import { RunError } from "@pulumi/pulumi";
import { Refusal } from "../components/core/problems";

/** Says a refusal as Pulumi says errors of users: its text, without a stack trace. */
export function orRefused<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof Refusal ? new RunError(error.message) : error;
  }
}
