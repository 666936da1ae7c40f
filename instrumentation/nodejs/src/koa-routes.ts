import { context } from "@opentelemetry/api";
import { getRPCMetadata, RPCType } from "@opentelemetry/core";
import { InstrumentationBase, InstrumentationNodeModuleDefinition, isWrapped } from "@opentelemetry/instrumentation";

interface KoaContext {
  /** Set by koa-router. */
  readonly _matchedRoute?: string | RegExp;
}
type Middleware = (context: KoaContext) => Promise<unknown>;
interface Application {
  handleRequest(context: KoaContext, middleware: Middleware): unknown;
}

/** Tells the span of a request which route of Koa's router it took. Koa's own instrumentation does so in a span for each layer. */
export class KoaRoutes extends InstrumentationBase {
  constructor() {
    super("sightline-koa-routes", "1.0.0", {});
  }

  protected init() {
    return [
      new InstrumentationNodeModuleDefinition("koa", [">=2.0.0 <4"], (exported) => {
        const koa = (exported.default ?? exported) as { prototype: Application };
        if (!isWrapped(koa.prototype.handleRequest)) this._wrap(koa.prototype, "handleRequest", routed);
        return exported;
      }),
    ];
  }
}

const routed = (original: Application["handleRequest"]) =>
  function (this: Application, koa: KoaContext, middleware: Middleware) {
    const metadata = getRPCMetadata(context.active());
    return original.call(this, koa, async (inner) => {
      try {
        return await middleware(inner);
      } finally {
        // Before Koa answers, and the span ends with that.
        if (metadata?.type === RPCType.HTTP && koa._matchedRoute) metadata.route = String(koa._matchedRoute);
      }
    });
  };
