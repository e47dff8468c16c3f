import { describe, expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, everything, files } from '../helpers/project.ts';
import type { TestRepository } from '../helpers/repository.ts';
import { hasTmux, type Terminal, terminal } from '../helpers/terminal.ts';

const perfgate = perfGate();

/** Begins the interview in a terminal; the shell says at the end how it ended. */
function begin(repo: TestRepository): Terminal {
  const { XDG_CACHE_HOME, XDG_STATE_HOME } = perfgate.env();
  const opened = terminal(repo.root, {
    XDG_CACHE_HOME: XDG_CACHE_HOME!,
    XDG_STATE_HOME: XDG_STATE_HOME!,
    LC_ALL: 'C.UTF-8',
    NO_COLOR: '1',
  });
  opened.type(`clear; '${process.execPath}' '${perfgate.bin()}' start 'make it faster'; echo "ended with "$?`);
  opened.press('Enter');
  return opened;
}

/** The questions in their order: each is answered with its default. */
const questions = [
  'What should get better?',
  'Which command reproduces the workload?',
  'Which one metric must get better?',
  'What must not get worse?',
  'From which improvement on does a change count',
  'How many runs, and how sure?',
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

describe.skipIf(!hasTmux())('the interview in a terminal (needs tmux)', () => {
  it('asks one question at a time, with defaults that make a contract, and leaves the approval to a person', async () => {
    const repo = project();
    const opened = begin(repo);
    await answerAll(opened);
    expect(await opened.sees(/^\? Approve this contract/m)).toMatch(
      /- exit code: 0, in 6 executions of `sh bench\.sh`/,
    );
    opened.press('n');
    const screen = await opened.sees(/^ended with \d+$/m);
    expect(screen).toMatch(/^ended with 0$/m);
    expect(screen).toContain('perf-gate approve');
    expect(await perfgate.json(repo.root, 'status')).toMatchObject({ stage: 'scoping', next: 'perf-gate approve' });
  });

  it('measures when the person approves', async () => {
    const repo = project();
    const opened = begin(repo);
    await answerAll(opened);
    await opened.sees(/^\? Approve this contract/m);
    opened.press('Enter');
    await opened.sees(/^ended with 0$/m);
    const { stage } = await perfgate.json(repo.root, 'status');
    expect(['hotspots', 'scoping']).toContain(stage);
  });

  it('shows what is ticked without colours', async () => {
    const opened = begin(project());
    for (const question of questions.slice(0, 7)) {
      await opened.sees(asked(question));
      opened.press('Enter');
    }
    const screen = await opened.sees(asked(questions[7]!));
    expect(screen).toMatch(/\[ \] the command prints the same/);
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

  it.each([0, 1, 3, 7])('leaves nothing behind after Ctrl-C at question %i', async (at) => {
    const repo = project();
    const before = everything(repo);
    const opened = begin(repo);
    for (const question of questions.slice(0, at)) {
      await opened.sees(asked(question));
      opened.press('Enter');
    }
    await opened.sees(asked(questions[at]!));
    opened.press('C-c');
    expect(await opened.sees(/^ended with \d+$/m)).toMatch(
      /^error: Cancelled; nothing was changed\.$[\s\S]*^ended with 130$/m,
    );
    expect(everything(repo)).toEqual(before);
    opened.type('echo the terminal is $((40 + 2))');
    opened.press('Enter');
    await opened.sees(/^the terminal is 42$/m);
  });
});
