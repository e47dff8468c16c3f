/** A run is opened for writing under the lock of its project, and its contract is read through its own schema. */
import { readFileSync } from 'node:fs';
import { expect, expectTypeOf, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { openRepo } from '../../src/git/repo.ts';
import { openForWriting } from '../../src/run/open-run.ts';
import { locked, type RunLock } from '../../src/run/run-lock.ts';
import { perfGate } from '../helpers/cli.ts';
import { changeJournal, restored } from '../helpers/recorded.ts';

const perfgate = perfGate();

const world = {
  cwd: '/',
  env: perfgate.env(),
  clock: systemClock,
  notify: () => {},
  signal: new AbortController().signal,
};

it('opens a run only with the lock of its own project, which an object literal cannot imitate', async () => {
  const [mine, other] = [restored('fixing'), restored('fixing')];
  const [repo, elsewhere] = await Promise.all([openRepo(mine.project.root), openRepo(other.project.root)]);
  expectTypeOf<{ died: undefined }>().not.toExtend<RunLock>();
  await locked(elsewhere, 'a test', async (lock) => {
    expect(() => openForWriting(repo, mine.run, world, lock)).toThrow('the lock belongs to the project');
    expect(openForWriting(elsewhere, other.run, world, lock).run.state.stage).toBe('fix');
  });
});

it.each([
  ['in force', (line: Line) => line.type === 'transition' && line.stage === 'scoping'],
  ['that the run began with', (line: Line) => line.type === 'run_started'],
])(
  'refuses a contract %s that the schema rejects, with name and line, and abort sets the journal aside',
  async (_, holds) => {
    const { repo, project, run } = restored('fixing');
    const file = `.perf-gate/runs/${run}/journal.jsonl`;
    let seq = 0;
    changeJournal(project, run, (line: Line) => {
      const contract = line.data?.contract ?? line.beginning?.contract;
      if (!holds(line) || !contract) return;
      contract.threshold = { pct_min: 'a lot' };
      seq = line.seq;
    });
    expect(seq).toBeGreaterThan(0);
    const before = readFileSync(`${project.root}/${file}`, 'utf8');
    for (const command of ['next', 'pause', 'approve']) {
      const refused = await perfgate.json<{ error: { code: string; message: string } }>(project.root, command);
      expect(refused, command).toMatchObject({ code: 3, error: { code: 'journal_damaged' } });
      expect(refused.error.message).toContain(`line ${seq} of`);
    }
    expect(readFileSync(`${project.root}/${file}`, 'utf8')).toBe(before);
    expect(await perfgate.json(project.root, 'abort')).toMatchObject({
      code: 0,
      set_aside: [expect.stringContaining('damaged')],
    });
    expect(
      await perfgate.json(project.root, 'start', 'again', '--contract', 'c.yaml', '--include-dirty'),
    ).toMatchObject({ code: 0 });
    expect(repo.git('symbolic-ref', '--short', 'HEAD')).toBe('perf-gate/again');
  },
);

type Line = { seq: number; type: string; stage?: string; data?: Held; beginning?: Held };
type Held = { contract?: Record<string, unknown> };
