import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { Optimization } from '../../../src/sentinel/optimize/optimize.ts';
import { perfGate } from '../../helpers/cli.ts';
import { at, repository, type TestRepository, temporaryFolder } from '../../helpers/repository.ts';

const perfgate = perfGate();

/** A marketplace in a repository of its own, as its author has it. */
function marketplace(): TestRepository {
  const { root } = repository({});
  cpSync(resolve('examples/hooks'), root, { recursive: true });
  const repo = at(root);
  repo.commit('twelve plugins');
  process.env.HOME = temporaryFolder(); // without transcripts
  return repo;
}

/** The same checks, with the shell's own means in place of Python. */
const withoutPython = `#!/bin/bash
# Refuses a commit whose message does not say what kind of change it is.
IFS= read -r -d '' input
[[ $input =~ \\"command\\"\\ *:\\ *\\"(([^\\"\\\\]|\\\\.)*)\\" ]] || exit 0
command=\${BASH_REMATCH[1]//\\\\\\"/\\"}

[[ $command == *'git commit'* && $command =~ -m\\ *[\\"\\'](.*)[\\"\\'] ]] || exit 0
message=\${BASH_REMATCH[1]}
[[ $message =~ ^(feat|fix|docs|test|chore|refactor)(\\([a-z-]+\\))?:\\  ]] && exit 0
echo "[git-flow] Begin the message with feat:, fix:, docs:, test:, chore: or refactor:." >&2
exit 2
`;

const hook = 'git-flow/hooks/commit-msg-check.sh';

it('says what no run can show, and where a run for a hook of others belongs', async () => {
  const repo = marketplace();
  const start = (cwd: string, item: number) => perfgate.run(cwd, 'start', '--from-plan', String(item), '--yes');
  const none = await start(repo.root, 1);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('There is no plan of hooks yet')]);

  const asked = ['sentinel', 'optimize', '--plugins', '.', '--static'];
  const plan = await perfgate.json<Optimization>(repo.root, ...asked);
  expect(plan.total.waits).toEqual([]);
  const beyond = await start(repo.root, plan.items.length + 1);
  expect([beyond.code, beyond.stderr]).toEqual([2, expect.stringContaining('The plan has no item')]);

  const removal = plan.items.find(({ rule }) => rule === 'blocking-without-use')!;
  const shown = await start(repo.root, removal.item);
  expect([shown.code, shown.stderr]).toEqual([2, expect.stringContaining('No run of a hook can show')]);

  const other = repository({ 'a.txt': 'a\n' });
  const walk = plan.items.find(({ rule }) => rule === 'project-walk')!;
  const elsewhere = await start(other.root, walk.item);
  expect(elsewhere.code).toBe(2);
  expect(elsewhere.stderr).toContain(`lies in ${join(repo.root, 'project-hygiene')}`);
  expect(elsewhere.stderr).toContain(`perf-gate start --from-plan ${walk.item} --cwd ${repo.root}`);
});

it.runIf(process.platform === 'linux')(
  'a hook of the examples is made faster: from the plan to a change that is accepted',
  async () => {
    const repo = marketplace();
    const asked = ['sentinel', 'optimize', '--plugins', 'git-flow', '--runs', '2'];
    const plan = await perfgate.json<Optimization>(repo.root, ...asked);
    expect(plan).toMatchObject({ code: 0, frequencies: { from: 'usual_day' } });
    const item = plan.items.find(({ rule }) => rule === 'interpreter-for-json')!;
    expect(item).toMatchObject({ files: [join(repo.root, hook)], measured: { on: 'usual' } });

    const fix = join(temporaryFolder(), 'hook.sh');
    at(join(fix, '..')).write('hook.sh', withoutPython);
    const ended = await perfgate.json(
      repo.root,
      ...['start', '--from-plan', String(item.item), '--yes', '--fix-command', `cat ${fix} > ${hook}`],
    );
    const [attempt] = ended.attempts;
    expect(attempt?.verdict, ended.reason ?? attempt?.reasons.join('\n')).toBe('accepted');
    expect(ended).toMatchObject({ code: 0, outcome: 'accepted' });
    expect(repo.git('diff', '--name-only', 'main', 'HEAD')).toBe(hook);
    expect(repo.read(hook)).toBe(withoutPython);
  },
);
