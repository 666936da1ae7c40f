import assert from "node:assert/strict";
import { compareWithJaeger } from "../support/jaeger-count";
import { probe, send } from "./probe";
import type { Sitting } from "./sitting";
import { storedTrace } from "./stored";

/** Sends two traces and puts the first of them into the archive, as Jaeger's page does. */
export async function archiveOne({ otlp, query }: Sitting): Promise<Archived> {
  const [one, other] = [probe("kept by hand"), probe("not kept")];
  for (const { body } of [one, other]) await send(otlp, body);
  const spans = new Map([one, other].map(({ probe }) => [probe.traceId, [...probe.spanIds]]));
  assert.deepEqual((await compareWithJaeger(query, spans)).missing, []);
  const answer = await fetch(`${query}/api/archive/${one.probe.traceId}`, { method: "POST" });
  assert.equal(answer.status, 200, await answer.text());
  return {
    async isAllThatIsLeft() {
      const left = await Promise.all([one, other].map(({ probe }) => storedTrace(query, probe.traceId)));
      assert.deepEqual(
        left.map((spans) => spans.map(({ spanId }) => spanId).sort()),
        [[...one.probe.spanIds].sort(), []],
      );
    },
  };
}

export interface Archived {
  /** Of the two the one in the archive is found by its id, whole; the other one is gone. */
  isAllThatIsLeft(): Promise<void>;
}
