// Valid, accessible, and what a copy button copies is what stands beside it.
// usage: node check_pages.mjs CHROMIUM LIST, where LIST holds one page a line
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { FileSystemConfigLoader, HtmlValidate, esmResolver } from "html-validate";
import puppeteer from "puppeteer-core";

const [chromium, list] = process.argv.slice(2);
const pages = readFileSync(list, "utf8").trim().split("\n");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const config = JSON.parse(readFileSync(new URL("./htmlvalidate.json", import.meta.url), "utf8"));
const validator = new HtmlValidate(new FileSystemConfigLoader([esmResolver()], config));
const told = new Map();
let failed = 0;

function fail(page, words) {
  failed += 1;
  const kind = words.replace(/line \d+/, "line");
  const known = told.get(kind) ?? 0;
  told.set(kind, known + 1);
  if (known < 3) console.log(`FAILED ${basename(page)}: ${words}`);
}

for (const page of pages) {
  const report = await validator.validateString(readFileSync(page, "utf8"));
  for (const result of report.results) {
    for (const message of result.messages) {
      fail(page, `${message.ruleId} at line ${message.line}: ${message.message}`);
    }
  }
}

const browser = await puppeteer.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  protocolTimeout: 120_000,
});
const tab = await browser.newPage();
tab.setDefaultTimeout(120_000);
let pressed = 0;
let outside = 0;
tab.on("request", (request) => {
  if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) outside += 1;
});
tab.on("pageerror", (error) => fail(tab.url(), `script: ${error.message}`));

// What a regulator's form would get: a text area, Control-V.
async function pasted() {
  await tab.evaluate(() => {
    const area = document.createElement("textarea");
    area.id = "pasted";
    document.body.append(area);
    area.focus();
  });
  await tab.keyboard.press("KeyV", { commands: ["Paste"] });
  return tab.evaluate(() => {
    const area = document.getElementById("pasted");
    area.remove();
    return area.value;
  });
}

for (const page of pages) {
  for (const scheme of ["light", "dark"]) {
    await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await tab.goto(pathToFileURL(page).href);
    await tab.evaluate(axe);
    const { violations } = await tab.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    for (const violation of violations) {
      const where = violation.nodes[0].target.join(" ");
      fail(page, `axe ${scheme} ${violation.id}: ${violation.help} (${where})`);
    }
  }
  const buttons = await tab.$$eval("button[data-copy]", (list) => list.length);
  for (let n = 0; n < buttons; n += 1) {
    // Without leave to write to the clipboard the page selects and copies: both ways must work.
    const wanted = await tab.evaluate((at, old) => {
      if (old) Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
      else delete navigator.clipboard;
      const button = document.querySelectorAll("button[data-copy]")[at];
      button.focus();
      return document.getElementById(button.dataset.copy).textContent;
    }, n, n % 2 === 1);
    await tab.keyboard.press("Enter");
    const copied = await tab.evaluate(async (at) => {
      const button = document.querySelectorAll("button[data-copy]")[at];
      for (let tries = 0; tries < 100; tries += 1) {
        if (button.textContent === document.getElementById("words").dataset.copied) return true;
        await new Promise((done) => setTimeout(done, 20));
      }
      return false;
    }, n);
    if (!copied) fail(page, "a button does not say that it copied");
    // Pasting again is slow; the first two buttons of a page stand for both ways.
    if (n < 2 && (await pasted()) !== wanted) fail(page, "a button copied something else");
    pressed += 1;
  }
  const [boxes, said] = await tab.evaluate(() => {
    const list = document.querySelectorAll("input[type=checkbox]");
    list.forEach((box) => box.click());
    return [list.length, document.getElementById("progress")?.textContent ?? ""];
  });
  if (buttons > 0 && !said.startsWith(`${boxes} of ${boxes} `)) fail(page, `progress says "${said}"`);
}
if (outside > 0) fail("all pages", `${outside} requests left the machine`);
await browser.close();
console.log(`${pages.length} pages, ${pressed} copy buttons pressed, ${failed} failures`);
process.exit(failed > 0 ? 1 : 0);
