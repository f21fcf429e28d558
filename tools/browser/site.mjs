// The site in a real browser, from its files, as a reader without a network has it. See README.md.
//   node tools/browser/site.mjs [--shots FOLDER] [--site FOLDER] [index.html chapters/01_tensors.html …]
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const { values: option, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    site: { type: 'string', default: join(here, '..', '..', 'docs', 'site', 'build', 'html') },
    shots: { type: 'string' },
    chromium: { type: 'string', default: process.env.CHROMIUM ?? '/usr/bin/chromium' },
  },
});
const site = resolve(option.site);
const beside = createRequire(process.env.PLAYWRIGHT_FROM ?? join(here, 'package.json'));
function refuse(what) {
  console.error(`${what}: see tools/browser/README.md.`);
  process.exit(2);
}
if (!existsSync(join(site, 'index.html'))) refuse(`no site in ${site}`);
let chromium, axe;
try {
  ({ chromium } = beside('playwright-core'));
  axe = readFileSync(beside.resolve('axe-core/axe.min.js'), 'utf8');
} catch {
  refuse('playwright-core or axe-core is not installed');
}

const all = readdirSync(site, { recursive: true }).filter(name => name.endsWith('.html') && !/^(figures|_static)[\\/]/.test(name)).sort();
const names = positionals.length ? positionals : all;
const address = name => pathToFileURL(join(site, name)).href;
const found = []; // every complaint
const pages = new Map(); // page: its ids and its links

// What a page says about itself, once it has settled.
const looked = () => {
  const main = document.querySelector('main') ?? document.body;
  const headings = [...main.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(each => each.getClientRects().length);
  const wrong = [];
  if (headings.filter(each => each.tagName === 'H1').length !== 1) wrong.push('has not one h1');
  headings.reduce((before, each) => {
    const level = Number(each.tagName[1]);
    if (level > before + 1) wrong.push(`${each.tagName} after H${before}: ${each.textContent.slice(0, 40)}`);
    return level;
  }, 0);
  for (const image of main.querySelectorAll('img')) {
    if (!image.alt.trim()) wrong.push(`a picture without a description: ${image.src.slice(-60)}`);
    if (!image.complete || !image.naturalWidth) wrong.push(`a picture that did not load: ${image.src.slice(-60)}`);
  }
  for (const frame of main.querySelectorAll('iframe')) if (!frame.title.trim()) wrong.push('a moving figure without a title');
  for (const sum of document.querySelectorAll('mjx-merror, .math.notranslate:not(:has(mjx-container))')) wrong.push(`a formula that is not set: ${sum.textContent.slice(0, 60)}`);
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 1) wrong.push(`is ${wide} pixels wider than the window`);
  const ids = [...document.querySelectorAll('[id], a[name]')].map(each => each.id || each.name);
  const links = [...document.querySelectorAll('a[href]')].map(each => each.href);
  return { wrong, ids, links };
};

async function open(browser, name, theme, width) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme });
  const page = await context.newPage(), say = what => found.push(`${name} (${theme}, ${width}): ${what}`);
  page.on('pageerror', error => say(`raises ${error.message}`));
  page.on('console', message => message.type() === 'error' && say(`logs ${message.text().slice(0, 200)}`));
  page.on('request', request => /^(file|data|about|blob):/.test(request.url()) || say(`asks for ${request.url().slice(0, 100)}`));
  await page.addInitScript(() => document.addEventListener('DOMContentLoaded', () => document.querySelectorAll('img[loading]').forEach(image => { image.loading = 'eager'; })));
  await page.goto(address(name));
  await page.waitForFunction(() => !window.MathJax || window.MathJax.startup?.promise, null, { timeout: 60000 });
  await page.evaluate(async () => {
    await window.MathJax?.startup?.promise;
    await Promise.all([...document.images].map(image => image.complete || new Promise(done => { image.onload = image.onerror = done; })));
  });
  return { page, say };
}

async function look(browser, name, theme, width) {
  const { page, say } = await open(browser, name, theme, width);
  const { wrong, ids, links } = await page.evaluate(looked);
  wrong.forEach(say);
  pages.set(name, { ids: new Set(ids), links });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, {
    iframes: false, resultTypes: ['violations'], // what moves is tested by figures.mjs
    rules: { region: { enabled: false }, 'label-content-name-mismatch': { enabled: false } }, // the theme's own bars
  }));
  for (const { id, nodes } of violations) say(`${id}, ${nodes.length} times: ${nodes[0].html.slice(0, 120)} ${(nodes[0].any[0]?.message ?? '').slice(0, 120)}`);
  if (option.shots) {
    const file = `${name.replace(/[\\/]/g, '-').replace('.html', '')}-${theme}-${width}`;
    const high = await page.evaluate(() => document.documentElement.scrollHeight);
    for (let top = 0, i = 1; top < Math.min(high, 9000); top += 1800, i++) {
      await page.setViewportSize({ width, height: 1800 });
      await page.evaluate(y => window.scrollTo(0, y), top);
      await page.waitForTimeout(200);
      await page.screenshot({ path: join(option.shots, `${file}-${i}.png`) });
    }
  }
  await page.context().close();
}

// By keys alone: past the navigation by the skip link, and through it to a chapter.
async function keys(browser) {
  const { page, say } = await open(browser, 'index.html', 'light', 1280);
  const focused = () => page.evaluate(() => ({ text: document.activeElement.textContent.trim(), inside: !!document.activeElement.closest('main'), id: document.activeElement.id, seen: !!document.activeElement.getClientRects().length }));
  await page.keyboard.press('Tab');
  const skip = await focused();
  if (!/skip to main/i.test(skip.text) || !skip.seen) say(`Tab first reaches "${skip.text}", not a skip link`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  if (!(await focused()).inside) say('the skip link does not lead into the text');
  await page.goto(address('index.html'));
  let there = false;
  for (let i = 0; i < 25 && !there; i++) {
    await page.keyboard.press('Tab');
    there = /^1 Tensors/.test((await focused()).text);
  }
  if (!there) say('no chapter is reached by Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/01_tensors\.html/).catch(() => say('Enter on a chapter does not open it'));
  await page.context().close();
}

async function search(browser) {
  const { page, say } = await open(browser, 'search.html', 'light', 1280);
  await page.goto(`${address('search.html')}?q=momentum`);
  await page.waitForSelector('#search-results li a', { timeout: 15000 }).catch(() => {});
  await page.waitForTimeout(1000);
  const results = await page.locator('#search-results li a').allTextContents();
  if (!results.some(text => text.includes('Optimizers'))) say(`a search for momentum finds ${results.join(', ') || 'nothing'}`);
  await page.context().close();
}

async function moves(browser) {
  const { page, say } = await open(browser, 'chapters/02_cost_functions.html', 'light', 1280);
  await page.locator('iframe').first().scrollIntoViewIfNeeded();
  await page.waitForTimeout(500);
  const inside = page.frames()[1], svg = () => inside.evaluate(() => document.querySelector('svg').innerHTML);
  const before = await svg();
  await inside.locator('[role=slider], input[type=range]').first().focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowUp');
  if (await svg() === before) say('the moved house does not move');
  await page.context().close();
}

function links() {
  for (const [name, { links }] of pages) for (const href of new Set(links)) {
    if (!href.startsWith('file:')) continue;
    const url = new URL(href), file = fileURLToPath(url.origin === 'null' ? `file://${url.pathname}` : url.href.split('#')[0]);
    const id = decodeURIComponent(url.hash.slice(1)), page = relative(site, file);
    if (!existsSync(file)) found.push(`${name}: a link to ${page}, which is not there`);
    else if (id && pages.has(page) && !pages.get(page).ids.has(id)) found.push(`${name}: a link to ${page}#${id}, and there is no such place`);
  }
}

if (option.shots) mkdirSync(option.shots, { recursive: true });
const browser = await chromium.launch({ executablePath: option.chromium, args: ['--no-sandbox', '--disable-dev-shm-usage', '--allow-file-access-from-files'] });
try {
  for (const name of names) {
    for (const [theme, width] of [['light', 1280], ['dark', 1280], ['light', 700]]) await look(browser, name, theme, width);
    console.log(`looked at ${name}`);
  }
  links();
  if (!positionals.length) for (const each of [keys, search, moves]) await each(browser);
} finally {
  await browser.close();
}
const told = [...new Set(found)];
console.log(told.length ? told.join('\n') : `${names.length} pages, and nothing to complain of`);
process.exit(told.length ? 1 : 0);
