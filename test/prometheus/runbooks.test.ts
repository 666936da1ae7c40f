import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parser as promql } from "@prometheus-io/lezer-promql";
import { CommanderError, type Command } from "commander";
import { runbookPages, runbooksPage } from "../../cli/render/runbooks";
import { sightlineCommand } from "../../cli/sightline";
import { boards, dashboardQueries } from "../../components/dashboards";
import { objectiveRules } from "../../components/prometheus/objectives";
import { read, root } from "../support/markdown";
import { availability } from "./objective-scenarios";
import { alertsWith } from "./rule-tests";

const pages = readdirSync(join(root, "docs/runbooks")).map((file) => file.replace(".md", ""));
const text = (page: string) => read("docs/runbooks", `${page}.md`);
const alerts = [
  ...new Set(
    [
      ...alertsWith("victorialogs"),
      ...alertsWith("loki"),
      ...objectiveRules([availability]).flatMap(({ rules }) => rules.filter((rule) => "alert" in rule)),
    ].map(({ alert }) => alert),
  ),
];
/** Lines of all blocks of a language in a page. */
const lines = (page: string, language: string) =>
  [...text(page).matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))].flatMap(([, body = ""]) =>
    body.trimEnd().split("\n"),
  );

/** Verbs, and options that take what comes after them, of the programs that somebody on call has. */
const known: Readonly<Record<string, readonly [verbs: RegExp, options: RegExp]>> = {
  kubectl: [
    /^(get (pods|pvc|jobs|events|endpointslices)|logs|describe pods|top pods|rollout (history|undo) deployment)$/,
    /^(-n|-l|-o|--since=\d+m|--tail=\d+|--sort-by=\S+)$/,
  ],
  docker: [/^(ps|logs|inspect|stats|system df|image prune)$/, /^(--all|--filter|--since|--format|--no-stream|-v)$/],
};
const others = ["curl", "promtool", "timedatectl", "kafka-consumer-groups.sh"];

/** Why a line of `sightline` could not be run; undefined where it could. */
function wrong(command: Command, args: readonly string[]): string | undefined {
  const [first = "", ...rest] = args;
  const inner = command.commands.find((one) => one.name() === first);
  if (inner !== undefined) return wrong(inner, rest);
  if (command.commands.length > 0) return `no command ${first}`;
  // What comes after it is for another program.
  if (command.name() === "pulumi") return undefined;
  try {
    const { operands, unknown } = command
      .exitOverride()
      .configureOutput({ writeErr: () => {} })
      .parseOptions([...args]);
    if (unknown.length > 0) return `unknown ${unknown.join(" ")}`;
    const most = command.registeredArguments.some(({ variadic }) => variadic)
      ? Infinity
      : command.registeredArguments.length;
    return operands.length > most ? `too much: ${operands.join(" ")}` : undefined;
  } catch (error) {
    if (error instanceof CommanderError) return error.message;
    throw error;
  }
}

/** The words of a command that are neither options nor their values, as far as they are its verb. */
const verbOf = (words: readonly string[]): string => {
  const own = words.filter(
    (word, i) => !word.startsWith("-") && !/^(-n|-l|-o|--filter|--since|--format)$/.test(words[i - 1] ?? ""),
  );
  return own.filter((word) => /^[a-z]+$/.test(word)).join(" ");
};

describe("runbooks", () => {
  it("are there for every alert, and for nothing else", () => {
    assert.deepEqual([...pages].sort(), [...alerts].sort());
  });

  it("are listed in docs/runbooks.md with what they mean; npm run render writes it", () => {
    assert.equal(read("docs/runbooks.md"), runbooksPage(runbookPages()));
    const listed = [...read("docs/runbooks.md").matchAll(/^- \[(\w+)\]/gm)].map(([, alert]) => alert);
    assert.deepEqual(listed.sort(), [...pages].sort());
  });

  it("have the same parts, and are short", () => {
    for (const page of pages) {
      const headings = [...text(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading);
      assert.deepEqual(headings, [page, "Confirm", "Likely causes", "Commands", "Escalation"], page);
      assert.ok(text(page).split("\n").length < 60, page);
    }
  });

  it("lead to panels that exist", () => {
    const titles = new Map(Object.entries(boards).map(([file, board]) => [file, board("victorialogs").title]));
    const panels = dashboardQueries().map(({ dashboard, panel }) => `${titles.get(dashboard)}: ${panel}`);
    for (const page of pages) {
      const named = [...text(page).matchAll(/^- (\w[^:\n]*: .*)$/gm)].map(([, panel = ""]) => panel);
      assert.ok(named.length > 0, page);
      const missing = named.filter(
        (name) => !panels.some((panel) => panel === name.replace(/^Jaeger:/, "Jaeger and its storage:")),
      );
      assert.deepEqual(missing, [], page);
    }
  });

  it("name alerts that exist", () => {
    for (const page of pages) {
      const named = [...text(page).matchAll(/`([A-Z][a-z]+(?:[A-Z][a-z]+)+)`/g)].map(([, alert = ""]) => alert);
      assert.deepEqual(
        named.filter((alert) => !alerts.includes(alert)),
        [],
        page,
      );
    }
  });

  it("ask Prometheus in its language", () => {
    for (const page of pages) {
      for (const query of lines(page, "promql")) {
        promql
          .parse(query)
          .iterate({ enter: ({ type, from }) => assert.ok(!type.isError, `${page}: ${query} at ${from}`) });
      }
    }
  });

  it("have commands that parse, those of sightline by its own tree", () => {
    const tree = sightlineCommand();
    for (const page of pages) {
      const commands = lines(page, "sh");
      assert.ok(commands.length > 0, page);
      for (const line of commands) {
        const [program = "", ...words] = line.replace(/'[^']*'/g, "quoted").split(" ");
        if (program === "sightline") {
          assert.equal(wrong(tree, words), undefined, `${page}: ${line}`);
          continue;
        }
        const [verbs, options] = known[program] ?? [];
        if (verbs === undefined || options === undefined) {
          assert.ok(others.includes(program), `${page}: ${line}`);
          continue;
        }
        assert.match(verbOf(words), verbs, `${page}: ${line}`);
        for (const word of words.filter((one) => one.startsWith("-"))) assert.match(word, options, `${page}: ${line}`);
      }
    }
  });

  it("see a command that does not parse", () => {
    const tree = sightlineCommand();
    assert.equal(wrong(tree, ["verfy"]), "no command verfy");
    assert.equal(wrong(tree, ["verify", "--legder"]), "unknown --legder");
    assert.match(wrong(tree, ["verify", "-s"]) ?? "", /argument missing/);
    assert.equal(wrong(tree, ["doctor", "me"]), "too much: me");
  });
});
