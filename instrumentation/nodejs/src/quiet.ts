/** Paths that probes ask for, many times a minute on every process: they are counted by metrics and make no spans. */
const paths = /^\/(healthz?|readyz?|livez?|ping|_health|health\/(live|ready)|actuator\/health)\/?$/;

export const quiet = (path: string | undefined): boolean => path !== undefined && paths.test(path);

/** Connections that a client opens outside a request, of which its instrumentation makes a trace each. */
export const connects = (span: string): boolean => span === "redis-connect";
