import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refused, summarize, type Summary } from "../../../cli/preview/summary";
import { inMarkdown } from "../../../cli/preview/text";
import { recorded } from "./recorded";

const of = (name: string, stack = "prod"): Summary => summarize(recorded(name), { stack });

/** One change each, as it is told on a pull request. */
const comments: Readonly<Record<string, () => Summary>> = {
  configuration: () => of("kubernetes-config"),
  upgrade: () => of("kubernetes-upgrade"),
  provider: () => of("kubernetes-provider"),
  failure: () => of("kubernetes-failure"),
  // Files of these two were cut when they were recorded.
  loss: () => ({ ...of("docker-storage", "dev"), configuration: [] }),
  rename: () => ({ ...of("docker-renamed", "dev"), configuration: [] }),
  // A pull request from a fork has no state either.
  "no-state": () => {
    const notes = ["what it replaces, restarts and loses: the Pulumi backend here knows no stack of this name"];
    return summarize(recorded("docker-new"), { stack: "dev", compared: false, notes });
  },
  refused: () => {
    const problem = { path: "queueSize", value: "2", reason: "must be a size with its unit", remedy: 'write "2 GiB"' };
    return refused({ stack: "prod", problems: [problem] });
  },
};

describe("the comment on a pull request", () => {
  for (const [name, summary] of Object.entries(comments)) {
    it(`tells of ${name} as test/cli/preview/comments/${name}.md has it (WRITE_COMMENTS=1 writes it)`, () => {
      const file = join(__dirname, "comments", `${name}.md`);
      const text = inMarkdown(summary());
      if (process.env["WRITE_COMMENTS"] === "1") writeFileSync(file, text);
      assert.equal(text, readFileSync(file, "utf8"));
    });
  }
});
