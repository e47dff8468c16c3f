import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { contractText, countingProject, everything, files } from '../helpers/project.ts';
import type { TestRepository } from '../helpers/repository.ts';
import { hasTmux, type Terminal, terminal } from '../helpers/terminal.ts';

const perfgate = perfGate();

/** Starts a command in a terminal, by default the interview; at its end the shell prints the exit code. */
function begin(repo: TestRepository, command = "start 'make it faster'"): Terminal {
  const { XDG_CACHE_HOME, XDG_STATE_HOME } = perfgate.env();
  const opened = terminal(repo.root, {
    XDG_CACHE_HOME: XDG_CACHE_HOME!,
    XDG_STATE_HOME: XDG_STATE_HOME!,
    LC_ALL: 'C.UTF-8',
    NO_COLOR: '1',
  });
  start(opened, command);
  return opened;
}

function start(opened: Terminal, command = "start 'make it faster'"): void {
  opened.type(`clear; '${process.execPath}' '${perfgate.bin()}' ${command}; echo "ended with "$?`);
  opened.press('Enter');
}

function say(opened: Terminal, text: string): void {
  if (text !== '') opened.type(text);
  opened.press('Enter');
}

const approval = /^\? Approve this contract\? \(approve\/change\/later\) ‣/m;

/** The pilot runs printed the same output, so the guard is proposed; Enter accepts it. */
async function proposesSameOutput(opened: Terminal): Promise<void> {
  await opened.sees(/^\? All 6 executions printed the same/m);
  opened.press('Enter');
}

/** The questions in order; each is answered with its default. */
const questions = [
  'What should get better?',
  'Which command reproduces the workload?',
  'Which one metric must get better?',
  'What must not get worse?',
  'How large must an improvement be',
  'How many executions?',
  'Which profiler finds the hotspots?',
  'What must hold for every change',
];

const asked = (question: string) => new RegExp(`^\\? ${question.replace(/[?()]/g, '\\$&')}`, 'm');

async function answerAll(opened: Terminal): Promise<void> {
  for (const question of questions) {
    await opened.sees(asked(question));
    opened.press('Enter');
  }
}

/** A benchmark that is found by its name. */
const project = () => countingProject({}, { 'bench.sh': `${files['bench.sh']}sleep 0.03\n` });

/** The screen as one line, because a terminal breaks long lines between words. */
const unbroken = (screen: string) => screen.replace(/\s+/g, ' ');

/** The files of the project except the draft of the contract. */
const withoutDraft = (repo: TestRepository) =>
  Object.fromEntries(Object.entries(everything(repo)).filter(([path]) => !path.startsWith('.perf-gate/')));

describe.skipIf(!hasTmux())('the interview in a terminal (needs tmux)', () => {
  it('asks one question at a time, and begins a run without approval if the person types “later”', async () => {
    const repo = project();
    const opened = begin(repo);
    await answerAll(opened);
    await proposesSameOutput(opened);
    expect(await opened.sees(approval)).toMatch(/- exit code: 0, in 6 executions of `sh bench\.sh`/);
    expect(opened.screen()).toMatch(/script: `sh bench\.sh`[\s\S]*same_output: `true`[\s\S]*Pre-flight:/);
    say(opened, 'later');
    const screen = await opened.sees(/^ended with \d+$/m);
    expect(screen).toMatch(/^ended with 0$/m);
    expect(screen).toContain('perf-gate approve');
    expect(await perfgate.json(repo.root, 'status')).toMatchObject({ stage: 'scoping', next: 'perf-gate approve' });
    expect(Object.keys(repo.files()).filter((path) => path.includes('contract.draft'))).toEqual([]);
  });

  it('measures after the whole word “approve”; Enter, y and maybe do not approve', async () => {
    const repo = project();
    const opened = begin(repo);
    await answerAll(opened);
    await proposesSameOutput(opened);
    for (const text of ['', 'y', 'maybe']) {
      await opened.sees(approval);
      say(opened, text);
      await opened.sees(new RegExp(`^✔ Approve this contract.*· ${text}$`, 'm'));
    }
    expect(repo.git('branch', '--show-current')).toBe('main');
    await opened.sees(approval);
    say(opened, 'approve');
    await opened.sees(/^ended with 0$/m, 60);
    const { stage } = await perfgate.json(repo.root, 'status');
    expect(['hotspots', 'scoping']).toContain(stage);
  });

  it('reports correctly after Ctrl-C at the approval, and continues from the draft with a changed answer', async () => {
    const repo = project();
    const opened = begin(repo);
    await answerAll(opened);
    await proposesSameOutput(opened);
    await opened.sees(approval);
    opened.press('C-c');
    expect(unbroken(await opened.sees(/^ended with \d+$/m))).toMatch(
      /error: Cancelled\. No run was begun, and your branch is as it was\. The draft .*contract\.draft\.yaml hint: .* ended with 130/,
    );
    start(opened);
    await opened.sees(/^\? An earlier start left a draft of a contract \(“make it faster”\)/m);
    opened.press('Down', 'Enter');
    await opened.sees(/^\? Which answer\?/m);
    opened.press('Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'Enter');
    await opened.sees(asked('How large must an improvement be'));
    say(opened, '7');
    expect(await opened.sees(approval)).toMatch(/pct_min: 7/);
  });

  it('keeps the answers when the command fails, shows the reason, and tries again', async () => {
    const repo = project();
    repo.write('bench.sh', 'echo lost >&2; exit 3\n');
    repo.git('commit', '-qam', 'broken');
    const opened = begin(repo);
    await answerAll(opened);
    expect(await opened.sees(/^\? What now\?/m)).toMatch(
      /error: The repro failed \(exit code 3\): sh bench\.sh\n +lost/,
    );
    expect(repo.read('.perf-gate/local/contract.draft.yaml')).toMatch(/^ {2}script: sh bench\.sh$/m);
    repo.write('bench.sh', `${files['bench.sh']}sleep 0.03\n`);
    repo.git('commit', '-qam', 'mended');
    opened.press('Down', 'Enter');
    await proposesSameOutput(opened);
    await opened.sees(approval);
  });

  it('returns to the previous question with Escape', async () => {
    const opened = begin(project());
    for (const question of questions.slice(0, 3)) {
      await opened.sees(asked(question));
      opened.press('Enter');
    }
    await opened.sees(asked(questions[3]!));
    opened.press('Escape');
    await opened.sees(asked(questions[2]!));
    opened.press('Enter');
    await opened.sees(asked(questions[3]!));
  });

  it('marks ticked choices without colours', async () => {
    const opened = begin(project());
    for (const question of questions.slice(0, 7)) {
      await opened.sees(asked(question));
      opened.press('Enter');
    }
    const screen = await opened.sees(asked(questions[7]!));
    expect(screen).toMatch(/\[ \] the output of the command stays the same/);
    expect(screen).toMatch(/\[x\] tests and benchmarks stay as they are/);
  });

  it('asks again after an invalid answer', async () => {
    const opened = begin(project());
    for (const question of questions.slice(0, 4)) {
      await opened.sees(asked(question));
      opened.press('Enter');
    }
    await opened.sees(asked(questions[4]!));
    opened.type('plenty');
    opened.press('Enter');
    await opened.sees(/number/);
    opened.press('C-c');
    await opened.sees(/^ended with 130$/m);
  });

  it.each([0, 1, 3, 7])('leaves only the answers behind after Ctrl-C at question %i', async (at) => {
    const repo = project();
    const before = withoutDraft(repo);
    const opened = begin(repo);
    for (const question of questions.slice(0, at)) {
      await opened.sees(asked(question));
      opened.press('Enter');
    }
    await opened.sees(asked(questions[at]!));
    opened.press('C-c');
    expect(await opened.sees(/^ended with \d+$/m)).toMatch(
      /^error: Cancelled\. No run was begun, and your branch is as it was\.[\s\S]*^ended with 130$/m,
    );
    expect(withoutDraft(repo)).toEqual(before);
    expect(existsSync(join(repo.root, '.perf-gate/local/contract.draft.yaml'))).toBe(at > 0);
    opened.type('echo the terminal is $((40 + 2))');
    opened.press('Enter');
    await opened.sees(/^the terminal is 42$/m);
  });

  it('reports the run that exists if its approval is declined, and refuses a second approval before it asks', async () => {
    const repo = project();
    repo.write('perf-gate.yaml', contractText({ guards: { protected: [] } }));
    expect((await perfgate.run(repo.root, 'start', 'make it faster')).code).toBe(0);
    const opened = begin(repo, 'approve');
    await opened.sees(/^\? Approve this contract/m);
    opened.press('C-c');
    expect(unbroken(await opened.sees(/^ended with \d+$/m))).toMatch(
      /error: The contract is not approved\. The run \S+ waits for the approval, and its branch perf-gate\/make-it-faster is checked out\. hint: .*perf-gate abort.*main.* ended with 130/,
    );
    expect((await perfgate.run(repo.root, 'approve', '--yes')).code).toBe(0);
    opened.type(`clear; '${process.execPath}' '${perfgate.bin()}' approve; echo "ended with "$?`);
    opened.press('Enter');
    const screen = await opened.sees(/^ended with 2$/m);
    expect(screen).toMatch(/^error: `approve` is not possible in the stage baseline/m);
    expect(screen).not.toMatch(/^\? Approve/m);
  });
});
