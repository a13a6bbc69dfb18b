// Builds the scripts and the style sheet into ../static/dist and prints what each weighs.
import { readFileSync, rmSync } from "node:fs";
import { relative } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const out = new URL("../static/dist/", import.meta.url).pathname;
rmSync(out, { recursive: true, force: true });

// The oldest WeChat webviews we serve: iOS 13.4, Android with Chromium 80.
const usual = {
  absWorkingDir: new URL(".", import.meta.url).pathname,
  outdir: out,
  entryNames: "[name]",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2020", "safari13.1", "chrome80"],
  supported: { destructuring: true }, // Safari 13 lacks only the dead zone of default values
  charset: "utf8",
  external: ["*.woff2", "*.svg", "*.png"],
  metafile: true,
  logLevel: "warning",
};
const built = [
  await build({
    ...usual,
    entryPoints: [
      ...["runner.ts", "waiting-room.ts", "console.ts", "practical.ts", "desk.ts", "lesson.ts", "site.ts"],
      ...["styles/main.css", "styles/bank.css", "styles/console.css"],
    ].map((name) => `src/${name}`),
  }),
  // What most visitors never need of the chat comes in a file of its own, named by its content.
  await build({ ...usual, entryPoints: ["src/chat.ts"], splitting: true, chunkNames: "chat-[name]-[hash]" }),
  // Other houses' websites name it in a plain script tag.
  await build({ ...usual, entryPoints: ["src/widget.ts"], format: "iife" }),
];
const metafile = { outputs: Object.assign({}, ...built.map((one) => one.metafile.outputs)) };

for (const file of Object.keys(metafile.outputs)) {
  const bytes = readFileSync(new URL(file, import.meta.url));
  const path = relative(process.cwd(), new URL(file, import.meta.url).pathname);
  console.log(`${path}  ${(bytes.length / 1024).toFixed(1)} KB, ${(gzipSync(bytes).length / 1024).toFixed(1)} KB compressed`);
}
