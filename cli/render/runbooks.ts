import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const docs = join(__dirname, "..", "..", "docs");

/** When to act, with how the escalation of such an alert begins. The first that fits is taken. */
const urgencies: readonly (readonly [heading: string, escalation: RegExp])[] = [
  ["Page at once", /^(Page|When it stops: page)/],
  ["The next working day", /next working day/],
  ["The same day", /^/],
];
const order = ["Page at once", "The same day", "The next working day"];

/** Text of docs/runbooks.md: every alert with what it means, by when to act. Taken from the pages of docs/runbooks, by alert. */
export function runbooksPage(pages: Readonly<Record<string, string>>): string {
  const alerts = Object.entries(pages).map(([alert, text]) => {
    const escalation = part(text, "## Escalation\n\n");
    const [heading = ""] = urgencies.find(([, begins]) => begins.test(escalation)) ?? [];
    return { heading, line: `- [${alert}](runbooks/${alert}.md): ${part(text, `# ${alert}\n`)}\n` };
  });
  const sections = order.map((heading) => {
    const lines = alerts.filter((alert) => alert.heading === heading).map(({ line }) => line);
    return `\n## ${heading}\n\n${lines.join("")}`;
  });
  return `# Runbooks\n\n${introduction}\n${sections.join("")}`;
}

const introduction = `One page for each alert: how to confirm it, likely causes, commands, and who to wake. \`npm run render\` writes this list from them.
Who gets which alert: [alerts](alerts.md). Words: [glossary](glossary.md).`;

/** The paragraph after some text, on one line. */
const part = (text: string, after: string): string => {
  const from = text.indexOf(after) + after.length;
  return text.slice(from).trimStart().split("\n\n")[0]!.replace(/\s*\n/g, " ").trim();
};

/** Pages of docs/runbooks, by alert. */
export const runbookPages = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(docs, "runbooks"))
      .sort()
      .map((file) => [file.replace(".md", ""), readFileSync(join(docs, "runbooks", file), "utf8")]),
  );

/** Writes docs/runbooks.md. */
export const writeRunbooks = (): void => writeFileSync(join(docs, "runbooks.md"), runbooksPage(runbookPages()));
