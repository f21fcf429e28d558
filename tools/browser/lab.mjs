// A JupyterLab of our own on a copy of notebooks, and a Chromium to look at it with.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
export const root = resolve(here, '..', '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    theme: { type: 'string' },
    shots: { type: 'string' },
    width: { type: 'string', default: '1280' },
    timeout: { type: 'string', default: '120' },
    python: { type: 'string', default: join(root, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python') },
    chromium: { type: 'string', default: process.env.CHROMIUM ?? '/usr/bin/chromium' },
  },
});
export const option = values;
export const limit = Number(option.timeout) * 1000;
const chapters = () => readdirSync(join(root, 'chapters')).filter(name => name.endsWith('.ipynb')).sort().map(name => join(root, 'chapters', name));
export const notebooks = positionals.length ? positionals.map(path => resolve(path)) : chapters();

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

for (const [what, path] of [['Python', option.python], ['browser', option.chromium], ...notebooks.map(path => ['notebook', path])])
  if (!existsSync(path)) refuse(`There is no ${what} at ${path}`);
const { chromium } = loadPlaywright();

export const sleep = ms => new Promise(done => setTimeout(done, ms));
export const text = source => [].concat(source ?? '').join('');
const freePort = () => new Promise(done => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

// Settings of its own: JupyterLab saves by itself, and remembers.
function makeHome(theme) {
  const home = mkdtempSync(join(tmpdir(), 'minnet-browser-'));
  const work = join(home, 'chapters');
  mkdirSync(work);
  for (const folder of new Set(notebooks.map(path => dirname(path))))
    cpSync(folder, work, { recursive: true, filter: path => !/[\\/](\.ipynb_checkpoints|__pycache__|\.git|\.venv|\.progress\.json)([\\/]|$)/.test(path.slice(folder.length)) });
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

// Start both, hand `{context, url, work}` to `use`, and clear everything away; true where all is good.
// `prepare` may change the copy of a notebook before.
export async function withLab(theme, use, prepare = () => {}) {
  const place = makeHome(theme);
  notebooks.forEach(path => prepare(join(place.work, basename(path))));
  let jupyterlab, browser;
  const clear = () => rmSync(place.home, { recursive: true, force: true, maxRetries: 5 });
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      jupyterlab?.server.kill('SIGKILL');
      clear();
      process.exit(130);
    });
  try {
    jupyterlab = await startJupyterLab(place);
    browser = await chromium.launch({ executablePath: option.chromium, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    const context = await browser.newContext({ viewport: { width: Number(option.width), height: 900 } });
    const outside = new Set();
    context.on('request', request => { if (!/^(https?|wss?):\/\/127\.0\.0\.1|^(data|blob|about):/.test(request.url())) outside.add(request.url()); });
    const good = await use({ context, url: jupyterlab.url, work: place.work });
    for (const url of outside) console.log(`FAIL a request left this machine: ${url}`);
    return good && !outside.size;
  } finally {
    await browser?.close();
    if (jupyterlab) await stopJupyterLab(jupyterlab.server);
    clear();
  }
}

// The model (window.jupyterapp) is the truth; the page is what the learner sees.

export async function openNotebook(page, url, name) {
  await page.goto(`${url}/lab/tree/${encodeURIComponent(name)}?reset&token=minnet`);
  await page.waitForSelector('.jp-NotebookPanel .jp-Notebook .jp-Cell', { timeout: limit });
  const ready = () => {
    const dialog = document.querySelector('.jp-Dialog'); // asks for a kernel, where the notebook's is not there
    if (dialog) return dialog.innerText;
    return window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle';
  };
  const said = await (await page.waitForFunction(ready, null, { timeout: limit })).jsonValue();
  if (Number(option.width) < 900) // on a narrow screen one closes the list of files
    await page.evaluate(() => window.jupyterapp.shell.leftCollapsed || window.jupyterapp.commands.execute('application:toggle-left-area'));
  if (said !== true) throw new Error(`there is no kernel: ${said.split('\n').filter(Boolean).slice(0, 2).join(': ')}`);
}

export async function choose(page, menu, command) {
  await page.locator('.lm-MenuBar-item', { hasText: new RegExp(`^${menu}$`) }).click();
  await page.locator(`.lm-Menu-item[data-command="${command}"]`).click();
}

export const shutDown = page => page.evaluate(() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown());

// Run → Run All Cells; it ends when all have run or one has stopped the rest. A cell that hangs is named.
export async function runAll(page) {
  await choose(page, 'Run', 'runmenu:run-all');
  const look = () => {
    const panel = window.jupyterapp.shell.currentWidget;
    const cells = [...panel.content.model.cells].filter(cell => cell.type === 'code' && cell.sharedModel.getSource().trim());
    const { status } = panel.sessionContext.session.kernel;
    const tagged = cell => (cell.getMetadata('tags') ?? []).includes('raises-exception');
    const stopped = cells.some(cell => !tagged(cell) && cell.toJSON().outputs.some(output => output.output_type === 'error'));
    const open = cells.findIndex(cell => cell.executionCount === null || cell.executionState === 'running');
    const died = document.querySelector('.jp-Dialog') !== null; // JupyterLab says so, and starts another
    const line = open < 0 ? '' : cells[open].sharedModel.getSource().split('\n')[0];
    return { ended: died || (status === 'idle' && (open < 0 || stopped)), open, line };
  };
  await sleep(300); // the counts of an earlier run are taken away
  let last = { open: -2 }, since = Date.now();
  for (;;) {
    const now = await page.evaluate(look);
    if (now.ended) break;
    if (now.open !== last.open) since = Date.now();
    else if (Date.now() - since > limit) throw new Error(`code cell ${now.open + 1} has not ended after ${option.timeout} s: ${now.line}`);
    last = now;
    await sleep(200);
  }
  await sleep(500); // the last pictures
}
