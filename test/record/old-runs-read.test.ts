/**
 * Runs that an earlier version recorded (`test/fixtures/runs/`), read by this one. What it printed then lies in
 * `test/fixtures/golden/records/`; `GOLDEN=write npx vitest run test/record/old-runs-read.test.ts` writes it anew.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { expectGolden, type Normaliser } from '../helpers/golden.ts';
import { type Restored, recordedRuns, restored } from '../helpers/recorded.ts';
import { filesUnder } from '../helpers/repository.ts';

const perfgate = perfGate();

type Story = { run: string; artifacts: { file: string; frontmatter: Record<string, unknown>; body: string }[] };
type Attempts = { attempts: { attempt: number }[] };

/** Hashes and ids are those of the recorded run. What is measured on this machine meanwhile is not a part of it; texts may be worded anew. */
const normaliser = ({ repo }: Restored): Normaliser => ({
  texts: [[repo.root, '<root>']],
  keys: { message: '<text>', hint: '<text>', measuring: '<now>', waiting: '<now>' },
});

/** The artifacts without their texts, which are those of the files. */
async function story({ project, run }: Restored): Promise<object> {
  const { artifacts, ...rest } = await perfgate.json<Story>(project.root, 'show', run);
  for (const { file, body } of artifacts) expect(readFileSync(file, 'utf8').endsWith(body), file).toBe(true);
  const heads = artifacts.map(({ file, frontmatter: { stage, epoch, attempt, result } }) => {
    return { file: basename(file), stage, epoch, attempt, result };
  });
  return { ...rest, artifacts: heads };
}

/** What the commands that only look print of a run. */
async function told({ project }: Restored): Promise<Record<string, object>> {
  const of = (...args: string[]) => perfgate.json<Record<string, unknown>>(project.root, ...args);
  const names = ['list', 'status', 'attempts', 'verify', 'report'];
  const found = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await of(name)] as const)));
  const { attempts } = found.attempts as unknown as Attempts;
  for (const { attempt } of attempts) {
    const name = `attempts show ${attempt}`;
    found[name] = await of(...name.split(' '));
  }
  return found;
}

it.each(recordedRuns)(
  'lists, summarises, shows, reports and verifies the old run “%s” as before, and changes nothing',
  async (name) => {
    const run = restored(name);
    const all = () => [filesUnder(run.repo.root), run.repo.git('for-each-ref'), run.repo.git('rev-parse', 'HEAD')];
    const before = all();
    expectGolden(`records/${name}`, { ...(await told(run)), show: await story(run) }, normaliser(run));
    expect(all()).toEqual(before);
  },
);

it('shows every artifact of a run to a person: its text without its frontmatter', async () => {
  const run = restored('resumed');
  const { stdout } = await perfgate.run(run.project.root, 'show', run.run);
  expect(stdout.match(/^──── .*/gm)).toHaveLength(9);
  expect(stdout).not.toMatch(/^epoch: /m);
});
