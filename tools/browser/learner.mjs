// The chapters as a learner works in them: a wrong answer, its reply, the hint, put right; a figure moved; progress().
//   node tools/browser/learner.mjs [--theme light|dark] [--shots FOLDER] [chapters/01_tensors.ipynb …]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { choose, limit, notebooks, openNotebook, option, root, runAll, shutDown, sleep, withLab } from './lab.mjs';

const answers = JSON.parse(execFileSync(option.python, [join(root, 'tools', 'browser', 'answers.py')], { cwd: root, encoding: 'utf8', env: { ...process.env, PYTHONPATH: root } }));
const QUESTION = /^answer = \.\.\.[^\n]*\n+guess\("(.*)", answer\)$/;
const nameOf = source => source.match(/^def (\w+)/)[1];
const EXERCISE = /^def my_\w+\([^\n]*\): \.\.\.\n[^]*check\(\w+\)$/;

class Desk { // one notebook, open, with a person in front of it
  constructor(page, stem) {
    Object.assign(this, { page, stem, number: 0 });
  }

  ask(index, read) { // `read(cell widget)` in the page
    return this.page.evaluate(([index, source]) => new Function('cell', `return (${source})(cell)`)(window.jupyterapp.shell.currentWidget.content.widgets[index]), [index, read.toString()]);
  }

  source(index) {
    return this.ask(index, cell => cell.model.sharedModel.getSource());
  }

  async said(index) { // the verdict below a cell; where there is none, whatever it shows
    return this.ask(index, cell => (cell.node.querySelector('.minnet-verdict') ?? cell.outputArea.node).textContent.replace(/\s+/g, ' ').trim());
  }

  async place(index, words) { // where these words are on the screen
    await this.ask(index, cell => cell.node.scrollIntoView({ block: 'center' }));
    await sleep(150);
    return this.page.evaluate(([index, words]) => {
      const walker = document.createTreeWalker(window.jupyterapp.shell.currentWidget.content.widgets[index].node.querySelector('.cm-content'), NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + words.length);
        const { x, y, width, height } = range.getBoundingClientRect();
        return [x + width / 2, y + height / 2];
      }
      return null;
    }, [index, words]);
  }

  async run(index) {
    const before = await this.ask(index, cell => cell.model.executionCount);
    await this.page.keyboard.press('Control+Enter');
    await this.idle(index, before);
  }

  async idle(index, before) {
    const done = ([index, before]) => {
      const { executionCount, executionState } = window.jupyterapp.shell.currentWidget.content.widgets[index].model;
      const { status } = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
      return status === 'idle' && executionState !== 'running' && executionCount !== null && executionCount !== before;
    };
    await this.page.waitForFunction(done, [index, before], { timeout: limit, polling: 100 });
    await sleep(200);
  }

  async runAbove(index) { // as the chapters tell who comes in later
    const dots = await this.place(index, '...');
    await this.page.mouse.click(...dots);
    await choose(this.page, 'Run', 'notebook:run-all-above');
    await sleep(500);
    const above = index => {
      const { content, sessionContext } = window.jupyterapp.shell.currentWidget;
      const cells = content.widgets.slice(0, index).filter(cell => cell.model.type === 'code' && cell.model.sharedModel.getSource().trim());
      return sessionContext.session.kernel.status === 'idle' && cells.every(({ model }) => model.executionCount !== null && model.executionState !== 'running');
    };
    await this.page.waitForFunction(above, index, { timeout: limit, polling: 200 });
  }

  async typeOnDots(index, words) { // the first gesture: a double click on the dots, and type
    const wanted = (await this.source(index)).replace('...', () => words);
    await this.page.mouse.dblclick(...await this.place(index, '...'));
    await this.page.keyboard.type(words, { delay: 5 });
    await this.expectSource(index, wanted, 'a double click on the dots, and typing');
  }

  async putRight(index, line, words) { // the whole line anew
    const wanted = (await this.source(index)).replace(line, () => words);
    await this.page.mouse.click(...await this.place(index, line.split(/\W/)[0]));
    await this.page.keyboard.press('End');
    await this.page.keyboard.press('Shift+Home');
    await this.page.keyboard.press('Shift+Home');
    await this.page.keyboard.insertText(words);
    await this.expectSource(index, wanted, 'typing the line anew');
  }

  async expectSource(index, wanted, what) {
    const source = await this.source(index);
    if (source !== wanted) throw new Error(`${what} leaves in the cell: ${source.split('\n')[0]}`);
  }

  async unfold(index, title) { // a click on "Hint"; the words that it opens
    const cell = this.page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook .jp-Cell').nth(index);
    const fold = cell.locator('details', { has: this.page.locator('summary', { hasText: new RegExp(`^${title}`) }) }).first();
    if (!await fold.count()) throw new Error(`there is no fold "${title}" beside the cell`);
    const closed = await fold.evaluate(each => !each.open);
    await fold.locator('summary').click();
    await sleep(200);
    const [open, words, height] = await fold.evaluate(each => [each.open, each.innerText, each.getBoundingClientRect().height]);
    if (!closed || !open || height < 40) throw new Error(`the fold "${title}" is ${closed ? 'shut after' : 'open before'} a click`);
    const code = fold.locator('pre');
    return await code.count() ? (await code.first().innerText()).trim() : words;
  }

  async shoot(what) {
    if (!option.shots) return;
    this.number++;
    await this.page.screenshot({ path: join(option.shots, `${this.stem}-learner-${this.number}-${what}.png`) });
  }
}

const expect = (said, wanted, what) => { if (!said.includes(wanted)) throw new Error(`${what} gets "${said.slice(0, 200)}", not "${wanted}"`); };

async function answerQuestion(desk, index, hint) {
  const [, name] = (await desk.source(index)).match(QUESTION), { right, wrong, reply } = answers[name];
  await desk.runAbove(index);
  await desk.typeOnDots(index, wrong);
  await desk.run(index);
  expect(await desk.said(index), reply.replace(/\s+/g, ' '), `${wrong} for "${name}"`);
  await desk.shoot('reply');
  if (hint) await desk.unfold(hint, 'Hint');
  await desk.putRight(index, (await desk.source(index)).split('\n')[0], `answer = ${right}`);
  await desk.run(index);
  expect(await desk.said(index), `${name}: right`, `${right} for "${name}"`);
  await desk.shoot('right');
}

async function solveExercise(desk, index, folds) {
  const line = (await desk.source(index)).split('\n')[0], name = nameOf(line);
  await desk.runAbove(index);
  await desk.typeOnDots(index, 'return 0');
  await desk.run(index);
  expect(await desk.said(index), `${name}: not yet`, `${name} that returns 0`);
  await desk.shoot('not-yet');
  await desk.unfold(folds, 'Hint');
  await desk.shoot('hint');
  const solution = await desk.unfold(folds, 'One solution');
  await desk.putRight(index, line.replace('...', 'return 0'), solution);
  await desk.run(index);
  expect(await desk.said(index), `${name}: right`, `the chapter's own solution for ${name}`);
  await desk.shoot('solved');
}

// The first control that changes the drawing, by keys or a click; and whether its picture is another one, too.
async function moveFigure(desk, frame) {
  const element = await frame.frameElement();
  await element.scrollIntoViewIfNeeded();
  const drawing = () => frame.evaluate(() => document.querySelector('svg').outerHTML);
  const [before, picture] = [await drawing(), await element.screenshot()];
  for (const control of await frame.locator('input, button, [tabindex="0"]').all()) {
    if (!await control.isVisible()) continue;
    await control.focus();
    for (const key of ['ArrowRight', 'ArrowUp', 'ArrowLeft', 'Enter']) {
      await desk.page.keyboard.press(key);
      await sleep(400);
      if (await drawing() === before) continue;
      await frame.evaluate(() => document.activeElement.blur());
      await desk.shoot('moved');
      if ((await element.screenshot()).equals(picture)) throw new Error('a figure was moved, and its picture is the same');
      return;
    }
  }
  throw new Error('a figure that should move stays as it is, whatever is pressed');
}

async function work(desk, place, name) {
  const done = { questions: 0, exercises: 0, moved: 0 };
  const cells = await desk.page.evaluate(() => window.jupyterapp.shell.currentWidget.content.widgets.map(({ model }) => [model.type, model.sharedModel.getSource()]));
  const [asked, set] = [QUESTION, EXERCISE].map(pattern => cells.flatMap(([type, source], index) => (type === 'code' && pattern.test(source) ? [index] : [])));
  // A question's hint ends the cell above it, or opens the one below; a fold that opens the cell above is another question's.
  const HINT = '<details><summary>Hint</summary>', starts = near => cells[near]?.[1].startsWith('<details>');
  const hint = index => (cells[index - 1]?.[1].includes(HINT) && !starts(index - 1) ? index - 1 : cells[index + 1]?.[1].startsWith(HINT) && index + 1);
  const solution = index => [index - 1, index + 1].find(near => cells[near]?.[0] === 'markdown' && cells[near][1].includes(`\ndef ${nameOf(cells[index][1])}(`));
  const questions = asked.filter(index => answers[cells[index][1].match(QUESTION)[1]]);
  const question = questions.find(hint) ?? questions[0], exercise = set.find(solution);
  if (question !== undefined) {
    await answerQuestion(desk, question, hint(question));
    done.questions++;
  }
  if (exercise !== undefined) {
    await solveExercise(desk, exercise, solution(exercise));
    done.exercises++;
  }
  await runAll(desk.page); // and on to the end, with what was typed
  const moving = await desk.page.locator('.minnet-moving iframe').all();
  for (const each of moving) {
    const frame = await (await each.elementHandle()).contentFrame();
    if (!await frame.evaluate(() => document.body.className === 'runs')) throw new Error('the script of a figure that moves did not run');
    await moveFigure(desk, frame);
    done.moved++;
  }
  if (cells.some(([type, source]) => type === 'code' && /^progress\(\)$/m.test(source))) await readProgress(desk, place, done);
  return done;
}

async function readProgress(desk, place, done) {
  const tiles = desk.page.locator('.minnet-progress').last();
  if (!await tiles.count()) throw new Error('progress() shows nothing');
  const said = (await tiles.innerText()).replace(/\s+/g, ' ');
  const [, made, solved] = said.match(/(\d+) of \d+ predictions made.*?(\d+) of \d+ exercises are yours/) ?? [];
  const counts = Number(made) + Number(solved); // a question may stand among the exercises
  if (counts !== done.questions + done.exercises) throw new Error(`progress() counts otherwise than the learner: ${said.slice(0, 120)}`);
  if (!existsSync(join(place, '.progress.json')) && counts) throw new Error('progress is not kept in .progress.json');
  await tiles.scrollIntoViewIfNeeded();
  await desk.shoot('progress');
}

async function checkNotebook(context, url, path, place) {
  const page = await context.newPage(), name = basename(path), since = Date.now(), problems = [];
  const desk = new Desk(page, basename(name, '.ipynb'));
  let done = null;
  page.on('pageerror', error => problems.push(`a script error on the page: ${error.message}`));
  try {
    await openNotebook(page, url, name);
    done = await work(desk, place, name);
    await shutDown(page);
  } catch (error) {
    problems.push(error.message.split('\n')[0]);
    await desk.shoot('problem').catch(() => {});
  }
  await page.close();
  const counts = done && `${done.questions} questions, ${done.exercises} exercises, ${done.moved} figures moved`;
  console.log(`${problems.length ? 'FAIL' : 'ok  '} ${name} (as a learner): ${counts || 'not to the end'}, ${((Date.now() - since) / 1000).toFixed(1)} s`);
  problems.forEach(problem => console.log('     ' + problem));
  return problems.length ? null : done;
}

// A learner's copy has not run yet, as run.py hands it over.
function forget(path) {
  const notebook = JSON.parse(readFileSync(path, 'utf8'));
  for (const cell of notebook.cells) if (cell.cell_type === 'code') Object.assign(cell, { outputs: [], execution_count: null });
  writeFileSync(path, JSON.stringify(notebook));
}

if (option.shots) mkdirSync(option.shots, { recursive: true });
const good = await withLab(option.theme ?? 'light', async ({ context, url, work }) => {
  let all = true;
  const lessons = notebooks.filter(path => /\bguess\b|\bcheck\b/.test(readFileSync(path, 'utf8')));
  for (const path of lessons) all = await checkNotebook(context, url, path, work) && all;
  return all;
}, forget);
process.exit(good ? 0 : 1);
