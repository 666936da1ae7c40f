import { execa } from "execa";
import { join, resolve } from "node:path";

const root = join(__dirname, "..", "..", "..");
export const kit = join(root, "instrumentation", "nodejs");
export const services = join(__dirname, "services");
export const loader = join(kit, "dist", "loader.cjs");

/** Makes the kit's two files. */
export const built = () => execa(process.execPath, ["build.mjs"], { cwd: kit });

/** A service that runs with the kit. */
export interface Service {
  /** First line of its standard output, which is JSON. */
  readonly said: Readonly<Record<string, unknown>>;
  /** Lines after the first. */
  readonly lines: () => readonly string[];
  /** All that it wrote to standard error. */
  readonly errors: () => string;
  readonly process: ReturnType<typeof run>;
}

/** Starts a script with the kit before it, and waits for its first line. */
export async function service(script: string, env: Readonly<Record<string, string>>): Promise<Service> {
  const started = run(script, env);
  let [errors, text] = ["", ""];
  started.stderr.on("data", (chunk) => (errors += String(chunk)));
  const lines: string[] = [];
  const first = await new Promise<string>((resolve, reject) => {
    started.stdout.on("data", (chunk) => {
      text += String(chunk);
      const whole = text.split("\n");
      text = whole.pop()!;
      lines.push(...whole.filter((line) => line !== ""));
      if (lines.length > 0) resolve(lines[0]!);
    });
    void started.then(() => reject(new Error(`ended without a word: ${errors}`)));
  });
  return {
    said: JSON.parse(first) as Record<string, unknown>,
    lines: () => lines.slice(1),
    errors: () => errors,
    process: started,
  };
}

/** Starts a script with the kit before it. */
export const run = (script: string, env: Readonly<Record<string, string>> = {}, before = loader) =>
  execa(process.execPath, [resolve(services, script)], {
    env: {
      NODE_OPTIONS: `--require ${before}`,
      OTEL_SERVICE_NAME: "",
      OTEL_BSP_SCHEDULE_DELAY: "100",
      OTEL_METRICS_EXPORTER: "none",
      ...env,
    },
    reject: false,
    // Longer than any of them takes: a test that fails leaves nothing running.
    timeout: 15_000,
    killSignal: "SIGKILL",
  });
