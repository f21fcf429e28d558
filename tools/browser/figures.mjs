// Figures that move, each on a bare page: opened at two widths, moved by mouse and keys, and as a still.
//   node tools/browser/figures.mjs FIGURES.json   [{name, html, play: [["press", "ArrowUp", 3], …], goal}]
// tests/test_moving.py writes the file and reads the complaints, one line each; see README.md.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const { chromium } = createRequire(process.env.PLAYWRIGHT_FROM ?? join(here, 'package.json'))('playwright-core');
const figures = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const shots = process.argv[3]; // a folder for pictures, if one is wanted
const complain = (...words) => console.log(words.join(' '));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});

// What each named part of a drawing says: its attributes and words.
const parts = root => Object.fromEntries([...root.querySelectorAll('[id]')].map(part =>
  [part.id, [...part.attributes].map(a => `${a.name}=${a.value}`).sort().join(' ') + (part.children.length ? '' : part.textContent)]));

async function open(figure, width, scripts = true) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, deviceScaleFactor: 1.5 });
  page.on('pageerror', error => complain(figure.name, 'raises', error.message));
  page.on('console', message => message.type() === 'error' && scripts && complain(figure.name, 'logs', message.text()));
  page.on('request', request => /^(data|about|blob):/.test(request.url()) || complain(figure.name, 'asks for', request.url().slice(0, 80)));
  const html = scripts ? figure.html : figure.html.replace('sandbox="allow-scripts"', 'sandbox=""');
  await page.setContent(`<!doctype html><body style="margin:0">${html}`);
  await page.waitForTimeout(150);
  return { page, inside: page.frames()[1] };
}

async function step(page, inside, [verb, what, more]) {
  if (verb === 'focus') await inside.locator(what).focus();
  if (verb === 'click') await inside.locator(what).click();
  if (verb === 'fill') await inside.locator(what).fill(more);
  if (verb === 'press') for (let i = 0; i < (more ?? 1); i++) await page.keyboard.press(what);
  if (verb === 'drag') { // by [right, down] pixels of the page
    const box = await inside.locator(what).boundingBox(), [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (const t of [.4, .8, 1]) await page.mouse.move(x + more[0] * t, y + more[1] * t);
    await page.mouse.up();
  }
}

for (const figure of figures) {
  for (const width of [900, 500]) {
    const { page, inside } = await open(figure, width), say = (...words) => complain(figure.name, `at ${width}:`, ...words);
    if (!await inside.evaluate(() => document.body.className === 'runs')) say('its script did not run to its end');
    const still = await page.evaluate(source => {
      const image = document.querySelector('img').src, text = decodeURIComponent(image.slice(image.indexOf(',') + 1));
      return new Function('root', `return (${source})(root)`)(new DOMParser().parseFromString(text, 'image/svg+xml'));
    }, parts.toString());
    const now = () => inside.evaluate(source => new Function('root', `return (${source})(root)`)(document.querySelector('svg')), parts.toString());
    const live = await now(), rest = text => text.replace(/ ?aria-valuenow=\S+/, '');
    for (const id in still)
      if (!(figure.changed ?? []).includes(id) && rest(still[id]) !== rest(live[id])) say('still and live differ in', id, still[id].slice(0, 90), '|', live[id].slice(0, 90));
    const overflow = () => inside.evaluate(() => {
      const low = Math.max(...[...document.querySelectorAll('#bar > *')].map(e => e.getBoundingClientRect().bottom));
      const right = Math.max(...[...document.querySelectorAll('#bar *')].map(e => e.getBoundingClientRect().right));
      const box = document.querySelector('svg').getBoundingClientRect();
      const words = [...document.querySelectorAll('svg text')].filter(t => t.textContent && getComputedStyle(t).opacity > 0).filter(t => {
        const b = t.getBoundingClientRect();
        return b.width && (b.left < box.left - 1 || b.right > box.right + 1 || b.top < box.top - 1 || b.bottom > box.bottom + 1);
      });
      return [low > innerHeight && `the bar ends at ${low} of ${innerHeight}`, right > innerWidth && `the bar is ${right} wide`,
        words.length && `words leave the drawing: ${words.map(t => t.textContent).join(', ')}`].filter(Boolean).join('; ');
    });
    const goals = () => inside.evaluate(() => [...document.querySelectorAll('.goal')].filter(g => g.classList.contains('met')).map(g => '#' + g.id));
    if ((await goals()).length) say('a goal is met before anything has moved');
    const troubles = new Set([await overflow()]);
    let before = JSON.stringify(live);
    for (const [i, move] of figure.play.entries()) {
      await step(page, inside, move);
      const then = JSON.stringify(await now());
      if (['press', 'drag'].includes(move[0]) && then === before) say('nothing changes at step', i, JSON.stringify(move));
      before = then;
      troubles.add(await overflow());
    }
    for (const trouble of troubles) if (trouble) say(trouble);
    for (const goal of [].concat(figure.goal ?? [])) if (!(await goals()).includes(goal)) say('the play does not reach', goal);
    if (shots) await page.screenshot({ path: join(shots, `${figure.name.replaceAll(' ', '_')}-${width}.png`) });
    await page.close();
  }
  const { page, inside } = await open(figure, 700, false); // without scripts the still is what one sees
  const seen = await page.evaluate(() => {
    const image = document.querySelector('img');
    return image.complete && image.naturalWidth > 0 && image.alt.length > 20;
  });
  if (!seen) complain(figure.name, 'has no still');
  if (await inside.evaluate(() => getComputedStyle(document.body).visibility !== 'hidden')) complain(figure.name, 'covers its still');
  if (shots) await page.screenshot({ path: join(shots, `${figure.name.replaceAll(' ', '_')}-still.png`) });
  await page.close();
}
await browser.close();
