import { expect, it } from 'vitest';
import { hashContract, hashProtected } from '../../src/contract/seal.ts';
import { perfGate } from '../helpers/cli.ts';
import { contractText, files, halve } from '../helpers/project.ts';
import { at, repository } from '../helpers/repository.ts';
import { type Copy, copyOf } from './finished-run.ts';

const perfgate = perfGate();
const folder = 'packages/app';

/** An accepted run of a project in a folder of a larger repository. The fix changes two files; neither is protected. */
async function accepted(): Promise<Copy> {
  const inside = Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
  const all = repository({ ...inside, [`${folder}/c.yaml`]: contractText(), 'other.txt': 'outside of the project\n' });
  const app = at(`${all.root}/${folder}`);
  const options = ['--contract', 'c.yaml', '--yes', '--fix-command', `${halve}; echo changed >> other.txt`];
  const ended = await perfgate.json(app.root, 'start', 'make it faster', ...options);
  expect(ended.outcome).toBe('accepted');
  return copyOf(all.root, ended.run, perfgate.env(), folder);
}

/** Forges an approval of another contract: one that protects this file, with every hash recomputed. */
function protectAfterwards(run: Copy, path: string): void {
  run.forge((_, lines) => {
    for (const line of lines.filter((l) => l.type === 'transition' && l.stage === 'scoping')) {
      line.data.contract.guards.protected.push(path);
      line.data.contract_hash = hashContract(line.data.contract);
      Object.assign(line.data.protected, hashProtected(run.repo.root, [path]));
    }
  });
}

it('finds a protected file that the fix changed if the project is a folder of the repository', async () => {
  const run = await accepted();
  expect((await run.verify()).findings).toEqual([]);
  protectAfterwards(run, 'other.txt');
  const { holds, findings } = await run.verify();
  expect(holds).toBe(false);
  const touched = { code: 'session_differs', expected: 'protected_path' };
  expect(findings).toContainEqual(expect.objectContaining(touched));
  expect(findings).toContainEqual(expect.objectContaining({ code: 'protected_committed', where: 'other.txt' }));
});

it('does not confuse a file outside of the project with a protected one of the same path', async () => {
  const run = await accepted();
  protectAfterwards(run, `${folder}/other.txt`);
  expect((await run.verify()).findings).toEqual([]);
});
