// Writes dist/: app.css, paper.css, app.js, charts.js, field.js, field-worker.js, icons.svg and the licences of what they contain.
// `node build.mjs --watch` rebuilds on every change.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const modules = join(here, "node_modules");

const compileSass = {
  name: "sass",
  setup(build) {
    build.onLoad({ filter: /\.scss$/ }, ({ path }) => {
      const { css, loadedUrls } = sass.compile(path, { loadPaths: [modules], quietDeps: true });
      return { contents: css, loader: "css", watchFiles: loadedUrls.map((url) => fileURLToPath(url)) };
    });
  },
};

// One sprite of the icons named in icons.txt: a page loads one small file, and needs no icon font.
async function writeIcons() {
  const names = (await readFile(join(here, "icons.txt"), "utf8")).split("\n").map((n) => n.trim()).filter(Boolean);
  const symbols = await Promise.all(names.map(async (name) => {
    const file = join(modules, "@tabler/icons/icons/outline", `${name}.svg`);
    const svg = await readFile(file, "utf8").catch(() => {
      throw new Error(`icons.txt names "${name}", which is not in @tabler/icons outline; check the spelling.`);
    });
    const shapes = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>")).replace(/\s+/g, " ").trim();
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
  }));
  await writeFile(join(dist, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
}

async function writeLicences() {
  const parts = ["@tabler/core", "@tabler/icons", "htmx.org", "echarts"];
  const lines = await Promise.all(parts.map(async (name) => {
    const { version, license } = JSON.parse(await readFile(join(modules, name, "package.json"), "utf8"));
    return `${name} ${version}: ${license}`;
  }));
  await writeFile(join(dist, "licences.txt"), lines.join("\n") + "\n");
}

const options = {
  entryPoints: [
    { in: join(here, "scripts/app.js"), out: "app" },
    { in: join(here, "scripts/charts.js"), out: "charts" },
    { in: join(here, "scripts/field/app.js"), out: "field" },
    { in: join(here, "scripts/field/worker.js"), out: "field-worker" },
    { in: join(here, "styles/app.css"), out: "app" },
    { in: join(here, "styles/paper.css"), out: "paper" },
  ],
  outdir: dist,
  bundle: true,
  minify: true,
  legalComments: "none",
  format: "esm",
  target: ["chrome88", "firefox90", "safari15"],
  plugins: [compileSass],
  logLevel: "warning",
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await Promise.all([writeIcons(), writeLicences(), copyFile(join(here, "images/mark.svg"), join(dist, "mark.svg"))]);
if (process.argv.includes("--watch")) {
  await (await esbuild.context({ ...options, logLevel: "info" })).watch();
} else {
  await esbuild.build(options);
}
