import { context, propagation } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from "@opentelemetry/core";
import { isMainThread } from "node:worker_threads";
import { newerApis } from "./newer-apis";
import { instrument } from "./instrument";
import { startLine } from "./start-line";
import { providers } from "./providers";
import type { Service } from "./service";
import { endAsTheServiceDoes } from "./end";

/** Switches everything on, before the first line of a service runs. */
export function start(service: Service): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  );
  const running = providers(service, process.env);
  const libraries = instrument(process.env);
  newerApis();
  endAsTheServiceDoes(running.providers);
  if (isMainThread) process.stderr.write(`${startLine(service, running, libraries)}\n`);
}
