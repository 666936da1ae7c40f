export { readPreview } from "./steps";
export { refused, summarize, type Summary } from "./summary";
export { inMarkdown, inWords } from "./text";
