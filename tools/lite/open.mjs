// A built JupyterLite in a real browser: open a notebook, run its first cells, and see that nothing fails.
//   node tools/lite/open.mjs --site FOLDER [--notebook 01_tensors.ipynb] [--cells 12] [--timeout 300] [--shot FILE]
import { createServer } from 'node:http';
import { createReadStream, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const browserTests = join(dirname(fileURLToPath(import.meta.url)), '..', 'browser', 'package.json');
const { chromium } = createRequire(process.env.PLAYWRIGHT_FROM ?? browserTests)('playwright-core');
const { values: option } = parseArgs({
  options: {
    site: { type: 'string' },
    notebook: { type: 'string', default: '01_tensors.ipynb' },
    cells: { type: 'string', default: '12' },
    timeout: { type: 'string', default: '300' },
    shot: { type: 'string' },
    chromium: { type: 'string', default: process.env.CHROMIUM ?? '/usr/bin/chromium' },
  },
});
const limit = Number(option.timeout) * 1000, wanted = Number(option.cells), root = resolve(option.site);
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json', '.css': 'text/css', '.svg': 'image/svg+xml' };

// The folder as a web server would give it.
const server = createServer((request, response) => {
  let file = join(root, normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname)));
  const about = statSync(file, { throwIfNoEntry: false });
  if (about?.isDirectory()) file = join(file, 'index.html');
  if (!statSync(file, { throwIfNoEntry: false })) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
  return createReadStream(file).pipe(response);
});
await new Promise(done => server.listen(0, '127.0.0.1', done));
const url = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: option.chromium, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
const outside = new Set(), problems = [];
context.on('request', request => { if (!request.url().startsWith(url) && /^(https?|wss?):/.test(request.url())) outside.add(request.url()); });
const page = await context.newPage(), since = Date.now();
page.on('pageerror', error => problems.push(`a script error on the page: ${error.message}`));
let seen = [];
try {
  await page.goto(`${url}/lab/index.html?path=${encodeURIComponent(option.notebook)}`);
  await page.waitForFunction(() => {
    const panel = window.jupyterapp?.shell.currentWidget;
    return panel?.content?.widgets?.length && panel.sessionContext?.session?.kernel?.status === 'idle';
  }, null, { timeout: limit });
  await page.evaluate(wanted => { // select the first code cells, and run what is selected
    const { content } = window.jupyterapp.shell.currentWidget;
    const code = content.widgets.filter(cell => cell.model.type === 'code');
    content.activeCellIndex = 0;
    content.extendContiguousSelectionTo(content.widgets.indexOf(code[Math.min(wanted, code.length) - 1]));
    window.jupyterapp.commands.execute('notebook:run-cell');
  }, wanted);
  await page.waitForFunction(wanted => {
    const code = window.jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model).filter(model => model.type === 'code').slice(0, wanted);
    const failed = code.some(model => model.toJSON().outputs.some(output => output.output_type === 'error'));
    return failed || code.every(model => model.executionCount !== null && model.executionState !== 'running');
  }, wanted, { timeout: limit, polling: 500 });
  seen = await page.evaluate(wanted => window.jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model)
    .filter(model => model.type === 'code').slice(0, wanted).map(model => model.toJSON().outputs), wanted);
  seen.forEach((outputs, index) => outputs.filter(each => each.output_type === 'error')
    .forEach(error => problems.push(`code cell ${index + 1}: ${error.ename}: ${error.evalue.slice(0, 300)}`)));
} catch (error) {
  problems.push(error.message.split('\n')[0]);
}
if (option.shot) await page.screenshot({ path: option.shot });
for (const address of outside) problems.push(`a request left this machine: ${address}`);
await browser.close();
server.close();
const said = seen.flat().filter(each => each.name === 'stdout').map(each => [].concat(each.text).join('').trim());
console.log(`${problems.length ? 'FAIL' : 'ok  '} ${option.notebook} in JupyterLite: ${seen.length} code cells, ${((Date.now() - since) / 1000).toFixed(1)} s`);
if (said.length) console.log('     ' + said.join('\n     '));
problems.forEach(problem => console.log('     ' + problem));
process.exit(problems.length ? 1 : 0);
