import { readFileSync } from "node:fs";
import { join } from "node:path";
import { slug } from "./slug";

/** Entries by title: a page of the repository, with an anchor or without, or entries below that title. */
export interface Entries {
  readonly [title: string]: string | Entries;
}

/** All that the site shows, in the order of its sidebar. */
export function navigation(root: string): Entries {
  const read = (page: string) => readFileSync(join(root, page), "utf8");
  return {
    Start: {
      "What Sightline is": "README.md",
      "Find an answer": "docs/start.md",
      "Services to begin with": "examples/README.md",
      "Without downloads": "docs/offline.md",
      "A cluster to test on": "docs/cluster.md",
    },
    Concepts: {
      "Traces and their path": "docs/concepts.md",
      "Agent, gateway, sampler": "docs/prod.md",
      Glossary: "docs/glossary.md",
    },
    Instrument: {
      "Trace your services": "docs/instrumentation.md",
      "Which service first": "docs/discovery.md",
    },
    Sample: {
      "Head and tail sampling": "docs/sampling.md",
    },
    Operate: {
      "Preview and deploy": "docs/gitops.md",
      Capacity: "docs/capacity.md",
      Storage: "docs/storage.md",
      "Log lines": "docs/logs.md",
      Objectives: "docs/objectives.md",
      "Who gets alerts": "docs/alerts.md",
      Security: "docs/security.md",
      Privacy: "docs/privacy.md",
      "Loss, and which alert says so": "docs/loss.md",
      "A damaged queue": "docs/damaged-queue.md",
      "Docker hosts": "docs/docker.md",
      Limits: "docs/limits.md",
      Benchmarks: "docs/benchmarks.md",
    },
    Runbooks: { "All alerts": "docs/runbooks.md", ...alertsIn(read("docs/runbooks.md")) },
    Reference: {
      Settings: "docs/settings.md",
      Commands: "docs/commands.md",
      "Lint rules": "docs/lint.md",
      "API of the library": "site/api/index.md",
      Changelog: "CHANGELOG.md",
      Licences: "docs/licences.md",
    },
    Extend: {
      "Import the components": "docs/library.md",
      "Change the project": "CONTRIBUTING.md",
      ...recipesIn(read("CONTRIBUTING.md")),
      "Report a vulnerability": "SECURITY.md",
    },
  };
}

/** Alerts of docs/runbooks.md under their headings. */
const alertsIn = (page: string): Entries =>
  Object.fromEntries(
    headed(page, "## ").map(([heading, text]) => [
      heading,
      Object.fromEntries([...text.matchAll(/^- \[(\w+)\]\((.+?)\)/gm)].map(([, alert, to]) => [alert, `docs/${to}`])),
    ]),
  );

/** Recipes of CONTRIBUTING.md, which its third headings are: "A storage backend" is found as "Add a storage backend". */
const recipesIn = (page: string): Entries =>
  Object.fromEntries(
    headed(page, "### ").map(([heading]) => [
      `Add ${heading.charAt(0).toLowerCase()}${heading.slice(1)}`,
      `CONTRIBUTING.md#${slug(heading)}`,
    ]),
  );

/** Headings of one depth, each with the text under it. */
const headed = (page: string, mark: string): [heading: string, text: string][] =>
  page
    .split(new RegExp(`^${mark}`, "m"))
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")), section]);

/** Pages of some entries, without anchors. */
export const pagesOf = (entries: Entries): string[] =>
  Object.values(entries).flatMap((to) => (typeof to === "string" ? [to.replace(/#.*/, "")] : pagesOf(to)));
