// The fonts of the reader's machine: a page is read sooner, and nothing else is loaded for it.
export { default } from "vitepress/theme-without-fonts";
