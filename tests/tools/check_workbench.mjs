// The workbench in Chromium, by a person's steps alone: from a spreadsheet to approved letters.
// usage: node check_workbench.mjs CHROMIUM PROGRAM LIST HOME [PICTURES]
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { FileSystemConfigLoader, HtmlValidate, esmResolver } from "html-validate";
import puppeteer from "puppeteer-core";

const [chromium, program, list, home, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const config = JSON.parse(readFileSync(new URL("./htmlvalidate.json", import.meta.url), "utf8"));
const validator = new HtmlValidate(new FileSystemConfigLoader([esmResolver()], config));
let failed = 0;
function fail(words) {
  failed += 1;
  console.log(`FAILED ${words}`);
}

const bench = spawn(program, ["open", "--no-browser", home], { stdio: ["ignore", "pipe", "inherit"] });
const address = await new Promise((resolve, reject) => {
  let said = "";
  bench.stdout.on("data", (bytes) => {
    said += bytes;
    if (said.includes("\n")) resolve(said.trim());
  });
  bench.on("exit", () => reject(new Error("the workbench ended")));
});
const origin = new URL(address).origin;

const browser = await puppeteer.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  protocolTimeout: 300_000,
});
const tab = await browser.newPage();
tab.setDefaultTimeout(300_000);
let outside = 0;
tab.on("request", (request) => {
  const url = request.url();
  if (url.startsWith(origin) || url.startsWith("data:") || url.startsWith("blob:")) return;
  outside += 1;
  console.log(`elsewhere: ${url.slice(0, 120)}`);
});
tab.on("pageerror", (error) => fail(`${tab.url()}: script: ${error.message}`));
let inside = false;
tab.on("console", (message) => {
  if (inside && message.type() === "error") fail(`${tab.url()}: ${message.text()}`);
});
tab.on("dialog", (dialog) => dialog.accept());

async function go(path) {
  await tab.goto(origin + path, { waitUntil: "load" });
}
// Enter on the button: what a mouse can press, a keyboard can.
async function press(text) {
  const button = await tab.evaluateHandle(
    (words) => [...document.querySelectorAll("main button, main a")].find((b) => b.textContent.trim().startsWith(words)),
    text,
  );
  const element = button.asElement();
  if (!element) throw new Error(`${tab.url()}: no button ${text}`);
  await element.focus();
  await Promise.all([tab.waitForNavigation({ waitUntil: "load" }), tab.keyboard.press("Enter")]);
}
async function fill(label, value) {
  const handle = await tab.evaluateHandle((words) => {
    const labels = [...document.querySelectorAll("main label")];
    const found = labels.find((l) => l.textContent.trim().startsWith(words));
    return found && document.getElementById(found.htmlFor);
  }, label);
  const field = handle.asElement();
  if (!field) throw new Error(`${tab.url()}: no field ${label}`);
  await tab.evaluate((element, text) => {
    element.closest("details")?.setAttribute("open", "");
    if (element.type === "checkbox" || element.type === "radio") element.checked = true;
    else element.value = text;
  }, field, value);
  return field;
}
async function named(name, value) {
  const found = await tab.evaluate((of, text) => {
    const element = document.getElementsByName(of)[0];
    if (!element) return false;
    element.value = text;
    return element.value === text;
  }, name, value);
  if (!found) throw new Error(`${tab.url()}: no field ${name}`);
}
// The page reloads itself once the work is over.
async function worked() {
  await tab.waitForFunction(() => !document.querySelector(".progress"), { polling: 500 }).catch(() => {});
  await tab.waitForFunction(() => document.querySelector("h1") && !document.querySelector(".progress"));
}
let shots = 0;
async function shot(name, options = {}) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  shots += 1;
  const path = `${pictures}/${String(shots).padStart(2, "0")}-${name}.png`;
  await tab.screenshot({ path, fullPage: true, ...options });
}
const seen = new Set();
async function sound(name) {
  if (seen.has(name)) return;
  seen.add(name);
  const html = await tab.evaluate(async () => (await fetch(location.href)).text());
  for (const result of (await validator.validateString(html)).results) {
    for (const message of result.messages) {
      fail(`${name}: ${message.ruleId} at line ${message.line}: ${message.message}`);
    }
  }
  // A page's policy forbids scripts of others; axe comes in by the debugger's own world.
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate(() => window.axe.run());
  for (const violation of violations) {
    fail(`${name}: ${violation.id}: ${violation.nodes[0].html.slice(0, 160)}`);
  }
  for (const width of [1440, 1024, 390]) {
    await tab.setViewport({ width, height: 900 });
    const over = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) fail(`${name}: ${over} px too wide at ${width} px`);
  }
  await shot(`${name}-390`);
  await tab.setViewport({ width: 1280, height: 900 });
  await shot(name);
}

await tab.setViewport({ width: 1280, height: 900 });
try {
  await tab.goto(address, { waitUntil: "load" });
  await Promise.all([
    tab.waitForNavigation({ waitUntil: "load" }),
    tab.click("button"),
  ]);
  await tab.waitForSelector("h1");
  inside = true;
  await go("/");
  await sound("start");

  // A new incident from a messy spreadsheet.
  await fill("A short name", "clinic-1");
  const input = await tab.$("input[type=file]");
  await input.uploadFile(list);
  await press("Begin");
  await sound("columns");
  await named("column-T", "data_elements");
  await press("Keep and go on");

  // The facts, as somebody who knows them fills them in.
  const facts = JSON.parse(readFileSync(new URL("./workbench_facts.json", import.meta.url), "utf8"));
  for (const [section, fields] of Object.entries(facts)) {
    const name = section.split("#")[0];
    await go(`/1/facts/${name}`);
    await sound(`facts-${name}`);
    for (const [name, value] of Object.entries(fields)) await named(name, value);
    await press("Keep and go on");
  }
  await go("/1/facts");
  await sound("facts");

  await go("/1/roster");
  await sound("roster-unchecked");
  await press("Check the list");
  await worked();
  await sound("checked");
  await press("See the rows");
  await sound("roster");
  await go("/1/roster/spellings");
  await sound("spellings");
  await go("/1/roster/repairs");
  await sound("repairs");
  await go("/1/law");
  await sound("law");
  for (;;) {
    const href = await tab.evaluate(() => {
      const open = [...document.querySelectorAll("td")].find((td) => td.textContent.startsWith("Open: approval waits"));
      return open?.closest("tr").querySelector("a").getAttribute("href");
    });
    if (!href) break;
    await go(href);
    await sound("question");
    await tab.click("input[name=choice]");
    await fill("Your name and role", "A. Made-Up, counsel");
    await press("Record the answer");
  }
  await go("/1/letters");
  await press("Make the letters and filings");
  await worked();
  await go("/1/letters");
  await sound("letters");
  await go("/1/filings");
  await sound("filings");

  await go("/1/approve");
  await sound("approve");
  const asked = await tab.evaluate(() => {
    const number = (name) => document.querySelector(`label[for="${document.getElementsByName(name)[0]?.id}"]`)?.textContent;
    return { letters: number("letters"), held: number("held") };
  });
  await named("letters", asked.letters.match(/[\d,]+/)[0]);
  if (asked.held) await named("held", asked.held.match(/[\d,]+/)[0]);
  await fill("Your name and role", "A. Made-Up, counsel");
  await press("Approve ");
  await worked();
  await sound("approved");
  const title = await tab.$eval("h1", (h1) => h1.textContent);
  if (title !== "Approve: done") fail(`approval: ${title}: ${await tab.$eval("main", (main) => main.innerText)}`);
  await go("/1/print");
  await press("Print the letters");
  await worked();
  await go("/1/print");
  await sound("print");
  for (const screen of ["email", "returned", "find", "record"]) {
    await go(`/1/${screen}`);
    await sound(screen);
  }

  // Without script every page says the same.
  await tab.setJavaScriptEnabled(false);
  for (const screen of ["", "facts", "roster", "law", "approve"]) {
    await go(screen ? `/1/${screen}` : "/");
    if (!(await tab.$("h1"))) fail(`${screen}: nothing without script`);
  }
  await tab.setJavaScriptEnabled(true);
  await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
  await go("/1/roster");
  seen.delete("roster");
  await sound("roster");
} catch (error) {
  fail(error.message);
  await shot("broken");
  console.log(await tab.evaluate(() => document.querySelector("main")?.innerText ?? ""));
}
if (outside > 0) fail(`${outside} requests to elsewhere`);
await browser.close();
bench.kill("SIGTERM");
const code = await new Promise((resolve) => bench.on("exit", resolve));
if (code !== 0) fail(`the workbench ended with ${code}`);
console.log(`screens: ${seen.size}; failed: ${failed}`);
process.exit(failed ? 1 : 0);
