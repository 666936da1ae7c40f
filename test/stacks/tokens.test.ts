import assert from "node:assert/strict";
import { parse } from "yaml";
import type { Workload } from "../../components/core/workload";
import { chains } from "../../components/tracing";
import { settingsFrom } from "../../configs/settings-from";
import { tokenForms } from "../../configs/otlp-tokens";
import { describedSecrets, observability } from "../../stacks/observability";
import { plannerOf } from "../../stacks/planner";

type Config = Readonly<Record<string, unknown>>;

interface Sections {
  readonly receivers: Readonly<Record<string, { readonly protocols?: Readonly<Record<string, { auth?: Config }>> }>>;
  readonly exporters: Readonly<Record<string, Config>>;
  readonly extensions: Readonly<Record<string, Config>>;
}

const tokens = { otlpTokens: { payments: "one", "payments-2": "two" } };
const platforms = ["docker", "kubernetes"] as const;

function described(raw: Config): Workload[] {
  const settings = settingsFrom("prod", { memory: { collector: "2 GiB" }, ...raw });
  return observability(settings, plannerOf(settings), describedSecrets);
}

function sectionsOf({ files = {} }: Workload): Sections | undefined {
  const text = Object.entries(files).find(([path]) => path.endsWith("/config.yaml"))?.[1];
  if (text === undefined || !("content" in text)) return undefined;
  const sections = parse(text.content) as Sections;
  return "receivers" in sections ? sections : undefined;
}

/** What each door for OTLP asks for, as `workload/protocol authenticator`. */
const doors = (workloads: readonly Workload[]): string[] =>
  workloads.flatMap((workload) =>
    Object.values(sectionsOf(workload)?.receivers ?? {}).flatMap(({ protocols = {} }) =>
      Object.entries(protocols).map(
        ([protocol, { auth }]) => `${workload.name}/${protocol} ${String(auth?.["authenticator"] ?? "nobody")}`,
      ),
    ),
  );

const both = (name: string, asks: string): string[] => [`${name}/grpc ${asks}`, `${name}/http ${asks}`];

describe("tokens of senders", () => {
  for (const platform of platforms) {
    for (const roles of chains) {
      for (const guard of platform === "docker" ? [false, true] : [false]) {
        const [first = "", ...behind] = roles;
        const raw = { platform, roles, guard, ...(roles.includes("sampler") && { tailSampling: { errors: true } }) };

        it(`are asked for by every door of ${roles.join(", ")} on ${platform}${guard ? ", behind a guard" : ""}`, () => {
          const workloads = described({ ...raw, ...tokens });
          assert.deepEqual(doors(workloads), [
            ...both(first, "bearertokenauth"),
            ...behind.flatMap((role) => both(role, "basicauth/stack")),
            ...both("jaeger", "basicauth/stack"),
          ]);
          const open = workloads.flatMap(({ name, ports }) =>
            Object.entries(ports).flatMap(([port, { reach, asks }]) =>
              port.startsWith("otlp-") && reach === "outside" && !asks ? [`${name}/${port}`] : [],
            ),
          );
          assert.deepEqual(open, []);
        });
      }
    }
  }

  it("are in one file, which the first Collector alone has; those behind it show each other the login of the stack", () => {
    const workloads = described({ roles: ["gateway", "sampler"], tailSampling: { errors: true }, ...tokens });
    const has = workloads.filter(({ files = {} }) => "/etc/otelcol-contrib/tokens" in files).map(({ name }) => name);
    assert.deepEqual(has, ["gateway"]);
    const [gateway, sampler] = ["gateway", "sampler"].map((name) => workloads.find((one) => one.name === name)!);
    assert.partialDeepStrictEqual(sectionsOf(gateway!)?.exporters["load_balancing/sampler"], {
      protocol: { otlp: { headers: { authorization: "${env:BASIC_AUTH_SIGHTLINE_HEADER}" } } },
    });
    assert.equal(gateway!.env?.["BASIC_AUTH_SIGHTLINE_HEADER"], describedSecrets.login.header);
    assert.deepEqual(sectionsOf(sampler!)?.extensions["basicauth/stack"], {
      htpasswd: { inline: "sightline:${env:BASIC_AUTH_STACK_PASSWORD}" },
    });
    assert.equal(sampler!.env?.["BASIC_AUTH_STACK_PASSWORD"], describedSecrets.login.password);
  });

  it("restart no pod when they change: the Secret keeps its name, and the file is read again", () => {
    const secretAndPods = (otlpTokens: string) => {
      const settings = settingsFrom("prod", { platform: "kubernetes", ...tokens });
      const planner = plannerOf(settings);
      const secrets = { ...describedSecrets, otlpTokens: { secret: otlpTokens } };
      return JSON.stringify(planner.plan(observability(settings, planner, secrets)));
    };
    assert.equal(secretAndPods("one payments\n"), secretAndPods("two payments\n"));
  });

  it("are refused where no sender could show them, without being repeated", () => {
    const problems = tokenForms({
      fine: "aZ09-._~+/==",
      schemed: "Bearer abc",
      "two-lines": "a\nb",
      none: "",
      list: ["a"],
    });
    assert.deepEqual(
      problems.map(({ path, value }) => [path, value]),
      ["schemed", "two-lines", "none", "list"].map((name) => [`otlpTokens.${name}`, undefined]),
    );
  });
});
