// Opens the pages of a report as a reader does, from the folder, and says what is wrong with them.
//   node look.mjs SITE KEPT [--keep]      SITE/zh and SITE/en are reports; KEPT holds the screenshots to compare with
import { readFileSync, writeFileSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import puppeteer from "puppeteer-core";

const [site, kept, keep] = process.argv.slice(2);
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const widths = [390, 1280, 1920];
// Pages of one kind look alike: of views three are enough.
const mostViews = 3;
// Part of a picture that may differ: fonts are drawn differently by different machines.
const tolerance = 0.08;

const problems = [];
const wrong = (page, what) => problems.push(`${page}: ${what}`);

function pagesOf(folder) {
  const pages = [];
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) {
      const inner = pagesOf(path);
      pages.push(...(name === "view" ? inner.slice(0, mostViews) : inner));
    } else if (name.endsWith(".html")) {
      pages.push(path);
    }
  }
  return pages.sort();
}

// Runs in the page: texts that cover each other, and a page wider than its window.
function layoutProblems() {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth + 1) found.push(`is ${root.scrollWidth} wide in a window of ${root.clientWidth}`);
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    // What a printed page covers is its publisher's; names of bars show on hovering only.
    if (!node.data.trim() || node.parentElement.closest("svg.page, title, sup")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const window = node.parentElement.closest(".scroll")?.getBoundingClientRect();
    for (const { left, right, top, bottom } of range.getClientRects()) {
      if (right - left < 1 || (window && (left > window.right || right < window.left))) continue;
      boxes.push({ left, right, top, bottom, text: node.data.trim().slice(0, 20) });
    }
  }
  boxes.sort((one, other) => one.top - other.top);
  boxes.forEach((one, at) => {
    for (let next = at + 1; next < boxes.length && boxes[next].top < one.bottom - 3; next++) {
      const other = boxes[next];
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      // Letters are lower than their boxes.
      if (across > 2 && down > 0.35 * Math.min(one.bottom - one.top, other.bottom - other.top)) {
        found.push(`“${one.text}” and “${other.text}” cover each other`);
      }
    }
  });
  return found.slice(0, 3);
}

async function look(browser, file) {
  const name = relative(site, file);
  const page = await browser.newPage();
  page.on("console", (message) => message.type() === "error" && wrong(name, `console: ${message.text()}`));
  page.on("pageerror", (error) => wrong(name, `script: ${error.message}`));
  page.on("requestfailed", (request) => wrong(name, `cannot load ${request.url()}`));
  page.on("request", (request) => /^https?:/.test(request.url()) && wrong(name, `asks the network for ${request.url()}`));
  for (const width of widths) {
    await page.setViewport({ width, height: 900 });
    if (width === widths[0]) await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
    for (const problem of await page.evaluate(layoutProblems)) wrong(`${name} at ${width}`, problem);
  }
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => axe.run(document, { preload: false, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
  for (const { id, help, nodes } of violations) wrong(name, `axe ${id}: ${help} (${nodes.length}, e.g. ${nodes[0].html.slice(0, 120)})`);
  await page.close();
}

async function compare(browser, file, picture, width, height) {
  const page = await browser.newPage();
  await page.setViewport({ width, height });
  await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
  const now = Buffer.from(await page.screenshot());
  await page.close();
  const path = join(kept, picture);
  if (keep === "--keep" || !existsSync(path)) {
    mkdirSync(kept, { recursive: true });
    writeFileSync(path, now);
    return;
  }
  const [before, after] = [PNG.sync.read(readFileSync(path)), PNG.sync.read(now)];
  if (before.width !== after.width || before.height !== after.height) return wrong(picture, "has another size now");
  const differing = pixelmatch(before.data, after.data, null, after.width, after.height, { threshold: 0.2 });
  const part = differing / (after.width * after.height);
  if (part > tolerance) wrong(picture, `${(100 * part).toFixed(1)} % of the picture looks different: ./dev report-test --keep, where that is meant`);
}

const validate = new HtmlValidate(new FileSystemConfigLoader([], {
  root: true,
  extends: ["html-validate:standard"],
  // Neither is wrong: they are matters of style.
  rules: { "no-trailing-whitespace": "off", "no-inline-style": "off", "attribute-boolean-style": "off", "long-title": "off", "prefer-native-element": "off" },
}));
const executablePath = process.env.CHROMIUM;
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--font-render-hinting=none"] });
let pages = 0;
try {
  for (const language of ["zh", "en"]) {
    for (const file of pagesOf(join(site, language))) {
      pages += 1;
      for (const { messages } of (await validate.validateFile(file)).results) {
        for (const { ruleId, message, line } of messages.slice(0, 3)) wrong(`${relative(site, file)}:${line}`, `${ruleId}: ${message}`);
      }
      await look(browser, file);
    }
    const one = (folder, heading) => pagesOf(join(site, language, folder)).find((file) => readFileSync(file, "utf8").includes(`<h1>${heading}`));
    await compare(browser, join(site, language, "index.html"), `overview-${language}.png`, 390, 1000);
    await compare(browser, one("department", "上海市奉贤区信访局"), `department-${language}.png`, 390, 1000);
    await compare(browser, one("disclosure", "上海市奉贤区信访局 2023"), `disclosure-${language}.png`, 390, 1000);
    if (language === "zh" && process.env.PICTURES) {
      for (const [file, name] of [[one("department", "上海市奉贤区信访局"), "report-department.png"], [one("disclosure", "上海市奉贤区信访局 2023"), "report-disclosure.png"]]) {
        const page = await browser.newPage();
        await page.setViewport({ width: 760, height: 900 });
        await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
        await page.screenshot({ path: join(process.env.PICTURES, name) });
        await page.close();
      }
    }
  }
} finally {
  await browser.close();
}
for (const problem of problems) console.error(problem);
console.log(`${pages} pages at ${widths.join(", ")} pixels: ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
