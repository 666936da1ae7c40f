import type { Instrumentation } from "@opentelemetry/instrumentation";
import { AmqplibInstrumentation } from "@opentelemetry/instrumentation-amqplib";
import { AwsInstrumentation } from "@opentelemetry/instrumentation-aws-sdk";
import { BunyanInstrumentation } from "@opentelemetry/instrumentation-bunyan";
import { ExpressInstrumentation, ExpressLayerType } from "@opentelemetry/instrumentation-express";
import { GraphQLInstrumentation } from "@opentelemetry/instrumentation-graphql";
import { GrpcInstrumentation } from "@opentelemetry/instrumentation-grpc";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { IORedisInstrumentation } from "@opentelemetry/instrumentation-ioredis";
import { KafkaJsInstrumentation } from "@opentelemetry/instrumentation-kafkajs";
import { MongoDBInstrumentation } from "@opentelemetry/instrumentation-mongodb";
import { MySQL2Instrumentation } from "@opentelemetry/instrumentation-mysql2";
import { PgInstrumentation } from "@opentelemetry/instrumentation-pg";
import { PinoInstrumentation } from "@opentelemetry/instrumentation-pino";
import { RedisInstrumentation } from "@opentelemetry/instrumentation-redis";
import { RuntimeNodeInstrumentation } from "@opentelemetry/instrumentation-runtime-node";
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import { WinstonInstrumentation } from "@opentelemetry/instrumentation-winston";
import { KoaRoutes } from "./koa-routes";

/**
 * What is instrumented, by the name that OTEL_NODE_ENABLED_INSTRUMENTATIONS and OTEL_NODE_DISABLED_INSTRUMENTATIONS have
 * for it. A span for each request, call and statement, none for middleware and routers; what goes to a database is
 * followed within a request alone, or polls and pools would begin traces of their own.
 */
export const libraries = {
  http: () => new HttpInstrumentation(),
  undici: () => new UndiciInstrumentation(),
  express: () =>
    new ExpressInstrumentation({ ignoreLayersType: [ExpressLayerType.MIDDLEWARE, ExpressLayerType.REQUEST_HANDLER] }),
  koa: () => new KoaRoutes(),
  graphql: () => new GraphQLInstrumentation({ ignoreTrivialResolveSpans: true, mergeItems: true }),
  grpc: () => new GrpcInstrumentation(),
  pg: () => new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true }),
  mysql2: () => new MySQL2Instrumentation(),
  mongodb: () => new MongoDBInstrumentation({ requireParentSpan: true }),
  redis: () => new RedisInstrumentation({ requireParentSpan: true }),
  ioredis: () => new IORedisInstrumentation({ requireParentSpan: true }),
  kafkajs: () => new KafkaJsInstrumentation(),
  amqplib: () => new AmqplibInstrumentation(),
  "aws-sdk": () => new AwsInstrumentation({ suppressInternalInstrumentation: true }),
  pino: () => new PinoInstrumentation({ disableLogSending: !sendsLogs() }),
  winston: () => new WinstonInstrumentation({ disableLogSending: !sendsLogs() }),
  bunyan: () => new BunyanInstrumentation({ disableLogSending: !sendsLogs() }),
  "runtime-node": () => new RuntimeNodeInstrumentation(),
} satisfies Record<string, () => Instrumentation>;

const sendsLogs = (): boolean => (process.env["OTEL_LOGS_EXPORTER"] ?? "none") !== "none";
