// Every chapter in a real JupyterLab, as a learner meets it: open, Run All Cells, look. See README.md.
//   node tools/browser/run_all.mjs [--theme light|dark] [--shots FOLDER] [chapters/01_tensors.ipynb …]
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '..', '..');
const venv = join(root, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const { values: option, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    theme: { type: 'string' },
    shots: { type: 'string' },
    width: { type: 'string', default: '1280' },
    timeout: { type: 'string', default: '120' },
    python: { type: 'string', default: venv },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});
const notebooks = positionals.length
  ? positionals.map(path => resolve(path))
  : readdirSync(join(root, 'chapters')).filter(name => name.endsWith('.ipynb')).sort().map(name => join(root, 'chapters', name));
const themes = option.theme ? [option.theme] : ['light', 'dark'];
const limit = Number(option.timeout) * 1000;
const SLICE = 1500; // pixels of a notebook on one screenshot

function refuse(what) {
  console.error(`${what}: see tools/browser/README.md.`);
  process.exit(2);
}

function loadPlaywright() {
  try { // beside this file, or where PLAYWRIGHT_FROM says
    return createRequire(process.env.PLAYWRIGHT_FROM ?? join(here, 'package.json'))('playwright-core');
  } catch {
    return refuse('playwright-core is not installed');
  }
}

const seconds = since => ((Date.now() - since) / 1000).toFixed(1) + ' s';
const sleep = ms => new Promise(done => setTimeout(done, ms));
const freePort = () => new Promise(done => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

// JupyterLab on a copy, with settings of its own: it saves by itself, and remembers.
function makeHome(theme) {
  const home = mkdtempSync(join(tmpdir(), 'minnet-browser-'));
  const work = join(home, 'chapters');
  mkdirSync(work);
  for (const folder of new Set(notebooks.map(path => dirname(path))))
    cpSync(folder, work, { recursive: true, filter: path => !/[\\/](\.ipynb_checkpoints|__pycache__|\.git|\.venv)([\\/]|$)/.test(path.slice(folder.length)) });
  const settings = {
    'notebook-extension/tracker': { windowingMode: 'none' }, // every cell on the page, not only those in view
    'apputils-extension/notification': { fetchNews: 'false', checkForUpdates: false },
    'apputils-extension/themes': { theme: theme === 'dark' ? 'JupyterLab Dark' : 'JupyterLab Light', 'adaptive-theme': false },
  };
  for (const [name, value] of Object.entries(settings)) {
    const file = join(home, 'settings', '@jupyterlab', name + '.jupyterlab-settings');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(value));
  }
  return { home, work };
}

async function startJupyterLab({ home, work }) {
  const port = await freePort();
  const words = ['-m', 'jupyterlab', '--no-browser', '--allow-root', `--ServerApp.root_dir=${work}`, '--ServerApp.ip=127.0.0.1',
    `--ServerApp.port=${port}`, '--ServerApp.port_retries=0', '--IdentityProvider.token=minnet',
    `--LabApp.user_settings_dir=${join(home, 'settings')}`, `--LabApp.workspaces_dir=${join(home, 'workspaces')}`,
    '--LabApp.expose_app_in_browser=True'];
  const env = { ...process.env, JUPYTER_CONFIG_DIR: join(home, 'config'), JUPYTER_RUNTIME_DIR: join(home, 'runtime'), IPYTHONDIR: join(home, 'ipython') };
  for (const foreign of ['MPLBACKEND', 'PYTHONPATH', 'PYTHONHOME']) delete env[foreign];
  const server = spawn(option.python, words, { cwd: work, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  server.on('error', problem => { log += problem.message; });
  for (const stream of [server.stdout, server.stderr]) stream.on('data', text => { log += text; });
  const url = `http://127.0.0.1:${port}`;
  for (const since = Date.now(); ;) {
    if (await fetch(`${url}/api/status?token=minnet`).then(reply => reply.ok, () => false)) return { server, url };
    if (server.exitCode !== null || !server.pid || Date.now() - since > 60000) {
      server.kill('SIGKILL');
      throw new Error('JupyterLab did not start:\n' + log);
    }
    await sleep(200);
  }
}

async function stopJupyterLab(server) {
  const gone = new Promise(done => server.once('exit', done));
  if (server.exitCode !== null) return;
  server.kill('SIGTERM');
  const killer = setTimeout(() => server.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(killer);
}

// The model (window.jupyterapp) is the truth; the page is what the learner sees.
async function runAll(page, url, name) {
  await page.goto(`${url}/lab/tree/${encodeURIComponent(name)}?reset&token=minnet`);
  await page.waitForSelector('.jp-NotebookPanel .jp-Notebook .jp-Cell', { timeout: limit });
  const idle = () => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle';
  await page.waitForFunction(idle, null, { timeout: limit });
  await page.locator('.lm-MenuBar-item', { hasText: /^Run$/ }).click();
  await page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click();
  const ended = () => {
    const panel = window.jupyterapp.shell.currentWidget;
    const cells = [...panel.content.model.cells].filter(cell => cell.type === 'code' && cell.sharedModel.getSource().trim());
    const { status } = panel.sessionContext.session.kernel;
    const tagged = cell => (cell.getMetadata('tags') ?? []).includes('raises-exception');
    const stopped = cells.some(cell => !tagged(cell) && cell.toJSON().outputs.some(output => output.output_type === 'error'));
    const finished = cells.every(cell => cell.executionCount !== null && cell.executionState !== 'running');
    const died = document.querySelector('.jp-Dialog') !== null; // JupyterLab says so, and starts another
    return died || (status === 'idle' && (finished || stopped));
  };
  await page.waitForFunction(ended, null, { timeout: limit, polling: 200 });
  await sleep(500); // the last pictures
}

async function findProblems(page) {
  const { cells, status } = await page.evaluate(() => {
    const panel = window.jupyterapp.shell.currentWidget;
    const cells = [...panel.content.model.cells].filter(cell => cell.type === 'code').map(cell => cell.toJSON());
    return { cells, status: panel.sessionContext.session.kernel.status };
  });
  const problems = status === 'idle' ? [] : [`the kernel is ${status}`];
  const text = source => [].concat(source ?? '').join('');
  let figures = 0, unrun = 0;
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
    figures += cell.outputs.filter(output => output.data?.['image/png'] || output.data?.['image/svg+xml']).length;
  });
  if (unrun) problems.push(`${unrun} code cells have not run`);
  const seen = await page.evaluate(() => {
    const large = picture => picture.getBoundingClientRect().width > 50 && getComputedStyle(picture).visibility === 'visible';
    const all = selector => [...document.querySelectorAll(selector)];
    return {
      pictures: all('.jp-OutputArea-output img, .jp-OutputArea-output > svg, .jp-RenderedSVG svg').filter(large).length,
      broken: all('.jp-MarkdownOutput img').filter(picture => !picture.naturalWidth).map(picture => picture.src),
      formulas: all('mjx-merror, mjx-mtext[style*="color: red"]').map(bad => bad.closest('mjx-container').textContent.slice(0, 100)),
      dialogs: all('.jp-Dialog').map(dialog => dialog.innerText.slice(0, 200)),
    };
  });
  if (seen.pictures < figures) problems.push(`${figures} pictures were made, ${seen.pictures} are on the screen`);
  seen.broken.forEach(source => problems.push(`a picture in the text does not load: ${source}`));
  seen.formulas.forEach(formula => problems.push(`a formula does not parse: ${formula}`));
  seen.dialogs.forEach(words => problems.push(`a dialog is open: ${words}`));
  return { problems, counts: `${cells.length} code cells, ${figures} pictures` };
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

async function checkNotebook(context, url, name, theme) {
  const page = await context.newPage();
  const since = Date.now();
  const problems = [];
  let counts = '';
  page.on('pageerror', error => problems.push(`a script error on the page: ${error.message}`));
  try {
    await runAll(page, url, name);
  } catch (error) {
    problems.push(error.message.split('\n')[0]);
  }
  try {
    const found = await findProblems(page);
    problems.push(...found.problems);
    counts = found.counts;
    const ran = seconds(since);
    const shots = option.shots ? await takeScreenshots(page, `${basename(name, '.ipynb')}-${theme}`) : 0;
    counts += `, ${ran}${shots ? `, ${shots} screenshots` : ''}`;
    await page.evaluate(() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown());
  } catch (error) {
    problems.push(error.message.split('\n')[0]);
  }
  await page.close();
  console.log(`${problems.length ? 'FAIL' : 'ok  '} ${name} (${theme}): ${counts}`);
  problems.forEach(problem => console.log('     ' + problem));
  return problems.length === 0;
}

async function checkTheme(theme) {
  const place = makeHome(theme);
  let jupyterlab, browser;
  try {
    jupyterlab = await startJupyterLab(place);
    browser = await chromium.launch({ executablePath: option.chromium, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    const context = await browser.newContext({ viewport: { width: Number(option.width), height: 900 } });
    const outside = new Set();
    context.on('request', request => { if (!/^(https?|wss?):\/\/127\.0\.0\.1|^(data|blob):/.test(request.url())) outside.add(request.url()); });
    let good = true;
    for (const path of notebooks) good = await checkNotebook(context, jupyterlab.url, basename(path), theme) && good;
    for (const url of outside) console.log(`FAIL a request left this machine: ${url}`);
    return good && !outside.size;
  } finally {
    await browser?.close();
    if (jupyterlab) await stopJupyterLab(jupyterlab.server);
    rmSync(place.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

for (const [what, path] of [['Python', option.python], ['browser', option.chromium], ...notebooks.map(path => ['notebook', path])])
  if (!existsSync(path)) refuse(`There is no ${what} at ${path}`);
const { chromium } = loadPlaywright();
let good = true;
for (const theme of themes) good = await checkTheme(theme) && good;
process.exit(good ? 0 : 1);
