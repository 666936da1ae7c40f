import { context } from "@opentelemetry/api";
import { getRPCMetadata, RPCType } from "@opentelemetry/core";
import { subscribe } from "node:diagnostics_channel";

interface Request {
  readonly routeOptions?: { readonly url?: string };
}
interface Fastify {
  addHook(name: "onRequest", hook: (request: Request, reply: unknown, done: () => void) => void): void;
}

/** Tells the span of a request which route of Fastify it took. Fastify announces each server it makes on this channel. */
export function fastifyRoutes(): void {
  subscribe("fastify.initialization", (message) => {
    (message as { fastify: Fastify }).fastify.addHook("onRequest", ({ routeOptions }, _, done) => {
      const metadata = getRPCMetadata(context.active());
      if (metadata?.type === RPCType.HTTP && routeOptions?.url) metadata.route = routeOptions.url;
      done();
    });
  });
}
