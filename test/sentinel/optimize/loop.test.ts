import { cpSync, utimesSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { Optimization } from '../../../src/sentinel/optimize/optimize.ts';
import { perfGate } from '../../helpers/cli.ts';
import { at, repository, type TestRepository, temporaryFolder } from '../../helpers/repository.ts';

const perfgate = perfGate();

/** A marketplace in a separate repository, like its author's. */
function marketplace(): TestRepository {
  const { root } = repository({});
  cpSync(resolve('examples/hooks'), root, { recursive: true });
  const repo = at(root);
  repo.commit('twelve plugins');
  process.env.HOME = temporaryFolder(); // without transcripts
  return repo;
}

/** The same checks in pure shell instead of Python. */
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

it('refuses an item that no run can show, and names the repository of a foreign hook', async () => {
  const repo = marketplace();
  const start = (cwd: string, item: number) => perfgate.run(cwd, 'start', '--from-plan', String(item), '--yes');
  const none = await start(repo.root, 1);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('There is no plan for the hooks yet')]);

  const asked = ['sentinel', 'optimize', '--plugins', '.', '--static'];
  const plan = await perfgate.json<Optimization>(repo.root, ...asked);
  expect(plan.total.waits).toEqual([]);
  const beyond = await start(repo.root, plan.items.length + 1);
  expect([beyond.code, beyond.stderr]).toEqual([2, expect.stringContaining('The plan has no item')]);

  const removal = plan.items.find(({ rule }) => rule === 'blocking-without-use')!;
  const shown = await start(repo.root, removal.item);
  expect([shown.code, shown.stderr]).toEqual([2, expect.stringContaining('No run can be started')]);

  const other = repository({ 'a.txt': 'a\n' });
  const walk = plan.items.find(({ rule }) => rule === 'project-walk')!;
  const elsewhere = await start(other.root, walk.item);
  expect(elsewhere.code).toBe(2);
  expect(elsewhere.stderr).toContain(`is in ${join(repo.root, 'project-hygiene')}`);
  expect(elsewhere.stderr).toContain(`perf-gate start --from-plan ${walk.item} --cwd ${repo.root}`);
});

it.runIf(process.platform === 'linux')(
  'reuses the audit of the last day until a script of a hook changes',
  async () => {
    const repo = repository({
      'p/hooks/hooks.json': JSON.stringify({
        hooks: {
          PreToolUse: [
            { matcher: 'Edit', hooks: [{ type: 'command', command: 'sh "$CLAUDE_PLUGIN_ROOT"/a.sh', timeout: 5 }] },
          ],
        },
      }),
      'p/a.sh': 'cat > /dev/null\n',
    });
    const plan = async (...more: string[]) => {
      const { audited } = await perfgate.json<Optimization>(
        repo.root,
        'sentinel',
        'optimize',
        '--plugins',
        'p',
        ...more,
      );
      return audited;
    };
    const audit = (...more: string[]) => perfgate.json(repo.root, 'sentinel', 'audit', '--plugins', 'p', ...more);
    await audit('--runs', '7');
    expect((await plan()).runs).toBe(6); // the other audit had no long inputs
    await audit('--runs', '7', '--payload', '10k,100k');
    const kept = await plan();
    expect(kept.runs).toBe(7);
    expect(await plan()).toEqual(kept);
    const soon = new Date(Date.now() + 5000); // file systems may count whole seconds
    utimesSync(join(repo.root, 'p/a.sh'), soon, soon);
    const then = await plan();
    expect(then.runs).toBe(6);
    expect(then.at > kept.at).toBe(true);
  },
);

it.runIf(process.platform === 'linux')(
  'makes a hook of the examples faster, from the plan to an accepted change',
  { timeout: 300_000 },
  async () => {
    const repo = marketplace();
    const asked = ['sentinel', 'optimize', '--plugins', 'git-flow', '--runs', '2'];
    const plan = await perfgate.json<Optimization>(repo.root, ...asked);
    expect(plan).toMatchObject({ code: 0, frequencies: { from: 'usual_day' } });
    const item = plan.items.find(({ rule }) => rule === 'interpreter-for-json')!;
    expect(item).toMatchObject({ files: [join(repo.root, hook)], measured: { on: 'usual' } });

    const fixes = at(temporaryFolder());
    fixes.write('1.sh', '#!/bin/sh\nexit 0\n'); // fast, and useless
    fixes.write('2.sh', withoutPython);
    const fix = `cat ${fixes.root}/$PERF_GATE_ATTEMPT.sh > ${hook}`;
    const ended = await perfgate.json(
      repo.root,
      ...['start', '--from-plan', String(item.item), '--yes', '--fix-command', fix],
    );
    const told = ended.attempts.map(({ verdict, reasons }) => `${verdict}: ${reasons.join('; ')}`);
    expect(told[0], ended.reason ?? '').toMatch(/^rejected: correctness_failed: [\s\S]*PreToolUse\.Bash/);
    expect(told[1]).toMatch(/^accepted/);
    expect(ended).toMatchObject({ code: 0, outcome: 'accepted' });
    expect(repo.git('diff', '--name-only', 'main', 'HEAD')).toBe(hook);
    expect(repo.read(hook)).toBe(withoutPython);
  },
);
