// Every chapter in a real JupyterLab, as a learner meets it: open, Run All Cells, look. See README.md.
//   node tools/browser/run_all.mjs [--theme light|dark] [--shots FOLDER] [chapters/01_tensors.ipynb …]
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { notebooks, openNotebook, option, runAll, shutDown, sleep, text, withLab } from './lab.mjs';

const themes = option.theme ? [option.theme] : ['light', 'dark'];
const SLICE = 1500; // pixels of a notebook on one screenshot
const seconds = since => ((Date.now() - since) / 1000).toFixed(1) + ' s';
const isFigure = output => Boolean(output.data?.['image/png'] || output.data?.['image/svg+xml']);
const moves = output => text(output.data?.['text/html']).includes('<iframe');
const pictures = cell => (cell.outputs ?? []).filter(output => isFigure(output) || moves(output)).length;

async function findProblems(page, stored) {
  const { cells, status } = await page.evaluate(() => {
    const panel = window.jupyterapp.shell.currentWidget;
    const cells = [...panel.content.model.cells].filter(cell => cell.type === 'code').map(cell => cell.toJSON());
    return { cells, status: panel.sessionContext.session?.kernel?.status };
  });
  const problems = status === 'idle' ? [] : [`the kernel is ${status ?? 'not there'}`];
  let figures = 0, moving = 0, unrun = 0;
  cells.forEach((cell, index) => {
    const say = what => problems.push(`code cell ${index + 1}: ${what}\n       ${text(cell.source).split('\n')[0]}`);
    if (text(cell.source).trim() && cell.execution_count === null) {
      unrun++;
      return;
    }
    const errors = cell.outputs.filter(output => output.output_type === 'error');
    const meant = (cell.metadata.tags ?? []).includes('raises-exception');
    if (!meant) errors.forEach(error => say(`${error.ename}: ${error.evalue}`));
    if (meant && !errors.length) say('is tagged raises-exception, and raised nothing');
    cell.outputs.filter(output => output.name === 'stderr').forEach(output => say('stderr: ' + text(output.text).trim().slice(0, 300)));
    if (pictures(cell) < pictures(stored[index])) say(`${pictures(stored[index])} pictures are stored, ${pictures(cell)} were made`);
    figures += cell.outputs.filter(isFigure).length;
    moving += cell.outputs.filter(moves).length;
  });
  if (unrun) problems.push(`${unrun} code cells have not run`);
  const seen = await page.evaluate(() => {
    const large = picture => picture.getBoundingClientRect().width > 50 && getComputedStyle(picture).visibility === 'visible';
    const all = selector => [...document.querySelectorAll(selector)];
    return {
      pictures: all('.jp-OutputArea-output img, .jp-OutputArea-output > svg, .jp-RenderedSVG svg').filter(picture => large(picture) && !picture.closest('.minnet-moving')).length,
      broken: all('.jp-MarkdownOutput img').filter(picture => !picture.naturalWidth).map(picture => picture.alt || picture.src),
      formulas: all('mjx-merror, mjx-mtext[style*="color: red"]').map(bad => bad.closest('mjx-container').textContent.slice(0, 100)),
      dialogs: all('.jp-Dialog').map(dialog => dialog.innerText.slice(0, 200)),
    };
  });
  const runs = frame => frame.evaluate(() => document.body.className === 'runs').catch(() => false);
  const running = (await Promise.all(page.frames().slice(1).map(runs))).filter(Boolean).length;
  if (seen.pictures < figures) problems.push(`${figures} pictures were made, ${seen.pictures} are on the screen`);
  if (running < moving) problems.push(`${moving} figures move, ${running} of them run on the page`);
  seen.broken.forEach(source => problems.push(`a picture in the text does not load: ${source}`));
  seen.formulas.forEach(formula => problems.push(`a formula does not parse: ${formula}`));
  seen.dialogs.forEach(words => problems.push(`a dialog is open: ${words}`));
  return { problems, counts: `${cells.length} code cells, ${figures} pictures, ${moving} that move` };
}

// One PNG for each SLICE pixels, from the first cell to the last.
async function takeScreenshots(page, stem) {
  mkdirSync(option.shots, { recursive: true });
  await page.setViewportSize({ width: Number(option.width), height: SLICE + 100 });
  await sleep(500);
  const measure = () => {
    const scroller = [...document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) *')].find(
      part => part.scrollHeight > part.clientHeight + 5 && part.querySelector(':scope .jp-Cell') && /auto|scroll/.test(getComputedStyle(part).overflowY));
    if (!scroller) return null;
    window.scroller = scroller;
    const box = scroller.getBoundingClientRect();
    return { clip: { x: box.x, y: box.y, width: box.width, height: box.height }, whole: scroller.scrollHeight };
  };
  const area = await page.evaluate(measure);
  const steps = area ? Math.ceil(area.whole / area.clip.height) : 1;
  for (let step = 0; step < steps; step++) {
    if (area) await page.evaluate(top => { window.scroller.scrollTop = top; }, step * area.clip.height);
    await sleep(150);
    const path = join(option.shots, `${stem}-${String(step + 1).padStart(2, '0')}.png`);
    await page.screenshot({ path, ...(area && { clip: area.clip }) });
  }
  return steps;
}

async function checkNotebook(context, url, path, theme) {
  const page = await context.newPage(), name = basename(path), since = Date.now();
  const stored = JSON.parse(readFileSync(path, 'utf8')).cells.filter(cell => cell.cell_type === 'code');
  const problems = [];
  let counts = '', opened = false;
  page.on('pageerror', error => problems.push(`a script error on the page: ${error.message}`));
  try {
    await openNotebook(page, url, name);
    opened = true;
    await runAll(page);
  } catch (error) {
    problems.push(error.message.split('\n')[0]);
  }
  try {
    if (opened) {
      const found = await findProblems(page, stored);
      problems.push(...found.problems);
      counts = `${found.counts}, ${seconds(since)}`;
      const shots = option.shots ? await takeScreenshots(page, `${basename(name, '.ipynb')}-${theme}`) : 0;
      counts += shots ? `, ${shots} screenshots` : '';
      await shutDown(page);
    }
  } catch (error) {
    problems.push(error.message.split('\n')[0]);
  }
  await page.close();
  console.log(`${problems.length ? 'FAIL' : 'ok  '} ${name} (${theme}): ${counts || seconds(since)}`);
  problems.forEach(problem => console.log('     ' + problem));
  return problems.length === 0;
}

let good = true;
for (const theme of themes)
  good = await withLab(theme, async ({ context, url }) => {
    let all = true;
    for (const path of notebooks) all = await checkNotebook(context, url, path, theme) && all;
    return all;
  }) && good;
process.exit(good ? 0 : 1);
