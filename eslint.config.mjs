import tseslint from "typescript-eslint";

/** Imports go one way: stacks → configs → components; inside components jaeger → collector, sampling, storage → core. */
const layer = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { "@typescript-eslint/no-restricted-imports": ["error", { patterns }] },
});
const providers = {
  regex: "^@pulumi/(kubernetes|docker|random)",
  message: "provider SDKs live in components/platforms and stacks",
};
const pulumi = {
  regex: "^@pulumi/pulumi",
  message: "descriptions are plain values: only components and platforms load Pulumi",
  allowTypeImports: true,
};
const upward = {
  regex: "/(stacks|configs|cli|toolchain)(/|$)",
  message: "components are given settings; they do not read them",
};
const platforms = { regex: "/platforms(/|$)", message: "only stacks choose a platform" };
const telemetry = {
  regex: "/(collector|jaeger|storage|sampling|prometheus|logs|dashboards)(/|$)",
  message: "this layer has no telemetry words",
};
const above = {
  regex: "/(jaeger|prometheus|logs|dashboards)(/|$)",
  message: "the Collector's language knows core alone",
};

export default tseslint.config(
  {
    ignores: [
      "**/dist/**",
      "**/node_modules/**",
      "configs/rendered/**",
      "examples/**",
      "instrumentation/nodejs/src/loader.cjs",
      "test/kits/nodejs/services/**",
      "site/.vitepress/{cache,.temp}/**",
    ],
  },
  ...tseslint.configs.strict,
  {
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "off",
      // A test that runs alone hides all others.
      "no-restricted-properties": ["error", ...["it", "describe"].map((object) => ({ object, property: "only" }))],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  layer(["components/core/**"], [providers, pulumi, upward, platforms, telemetry]),

  layer(["components/platforms/**/index.ts"], [upward, telemetry]),
  layer(
    ["components/platforms/**"],
    [pulumi, upward, telemetry, { ...providers, allowTypeImports: true }],
    ["components/platforms/**/index.ts"],
  ),
  layer(["components/{collector,sampling,storage}/**"], [providers, pulumi, upward, platforms, above]),
  layer(
    ["components/{privacy,jaeger,prometheus,logs,dashboards,tracing,instrumentation,path,lint}/**"],
    [providers, pulumi, upward, platforms],
    ["components/instrumentation/instrument-all.ts"],
  ),
  layer(["components/instrumentation/instrument-all.ts"], [providers, upward, platforms]),
  layer(
    ["configs/**"],
    [providers, { regex: "/(stacks|cli|toolchain)(/|$)", message: "settings know components alone" }],
  ),
);
