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
  const known = told.get(words) ?? 0;
  told.set(words, known + 1);
  if (known < 2) console.log(`FAILED ${basename(page)}: ${words}`);
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
  protocolTimeout: 300_000,
});
const tab = await browser.newPage();
tab.setDefaultTimeout(120_000);
// Copied text goes through a textarea of a page of its own, as a regulator's form would take it.
const form = await browser.newPage();
await form.setContent("<!DOCTYPE html><title>form</title><textarea></textarea>");
let pressed = 0;
let outside = 0;
tab.on("request", (request) => {
  if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) outside += 1;
});
tab.on("pageerror", (error) => fail(tab.url(), `script: ${error.message}`));

async function pasted() {
  await form.bringToFront();
  await form.$eval("textarea", (area) => { area.value = ""; area.focus(); });
  await form.keyboard.press("KeyV", { commands: ["Paste"] });
  const text = await form.$eval("textarea", (area) => area.value);
  await tab.bringToFront();
  return text;
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
  const buttons = await tab.$$("button[data-copy]");
  for (const [n, button] of buttons.entries()) {
    const wanted = await button.evaluate((b) => document.getElementById(b.dataset.copy).textContent);
    // Without the permission the page falls back to selecting: both ways must copy.
    await button.evaluate((b, old) => {
      if (old) Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
      else delete navigator.clipboard;
    }, n % 2 === 1);
    await button.click();
    await tab.waitForFunction((b) => b.textContent === document.getElementById("words").dataset.copied, {}, button);
    // Pasting again is slow; the first two buttons of a page stand for both ways.
    if (n < 2 && (await pasted()) !== wanted) fail(page, `button ${n + 1} copied something else`);
    pressed += 1;
  }
  const boxes = await tab.$$("input[type=checkbox]");
  for (const box of boxes) await box.evaluate((b) => b.click());
  if (boxes.length > 0) {
    const said = await tab.$eval("#progress", (p) => p.textContent);
    if (!said.startsWith(`${boxes.length} of ${boxes.length} `)) fail(page, `progress says "${said}"`);
  }
}
if (outside > 0) fail("all pages", `${outside} requests left the machine`);
await browser.close();
console.log(`${pages.length} pages, ${pressed} copy buttons pressed, ${failed} failures`);
process.exit(failed > 0 ? 1 : 0);
