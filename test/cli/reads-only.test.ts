import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runByHand } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, everything, halve } from '../helpers/project.ts';
import type { TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();

/** Simulates a crash in the middle of a write: makes the last line of the journal incomplete. */
async function tear(repo: TestRepository): Promise<string> {
  const { run } = await perfgate.json(repo.root, 'status');
  const journal = join(repo.root, '.perf-gate/runs', run, 'journal.jsonl');
  appendFileSync(journal, '{"seq":999,"at":"2026-');
  return journal;
}

/** Runs commands one after the other; each must exit with its code and change no byte on disk. */
async function changesNothing(repo: TestRepository, calls: [code: number, ...args: string[]][]): Promise<void> {
  const before = everything(repo);
  expect(Object.keys(before).some((path) => path.endsWith('/journal.jsonl'))).toBe(true);
  for (const [code, ...args] of calls) {
    const ended = await perfgate.run(repo.root, ...args);
    expect(ended.code, `${args.join(' ')}\n${ended.stderr}`).toBe(code);
    expect(everything(repo), args.join(' ')).toEqual(before);
  }
}

it('reading commands change nothing in an ended run with an incomplete journal line', async () => {
  const repo = countingProject();
  await perfgate.run(repo.root, 'start', 'less', '--contract', 'c.yaml', '--yes', '--fix-command', halve);
  await tear(repo);
  await changesNothing(repo, [
    [0, 'wait'],
    [0, 'wait', '--json'],
    [0, 'status'],
    [0, 'status', '--json'],
    [0, 'list'],
    [0, 'show'],
    [0, 'show', '--json'],
    [0, 'brief'],
    [0, 'report'],
    [0, 'attempts'],
    [0, 'attempts', 'show', '1'],
    [0, 'verify'],
    [0, 'statusline'],
    [0, 'workflow'],
  ]);
}, 120_000);

it('reading commands change nothing in a waiting run with an incomplete journal line', async () => {
  const repo = await runByHand(perfgate, 'hotspots');
  await tear(repo);
  await changesNothing(repo, [
    [0, 'wait'],
    [0, 'wait', '--json'],
    [0, 'status'],
    [0, 'brief', '--stage'],
    [0, 'show'],
    [0, 'attempts'],
    [0, 'verify'],
    [0, 'statusline'],
    [2, 'plan'],
  ]);
}, 120_000);
