export { readPreview } from "./steps";
export { failed, refused, summarize, type Summary } from "./summary";
export { inMarkdown, inWords } from "./text";
