import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { Audit } from '../../../src/sentinel/audit/audit.ts';
import { perfGate } from '../../helpers/cli.ts';
import { repository, temporaryFolder } from '../../helpers/repository.ts';

const perfgate = perfGate();
const examples = resolve('examples/hooks');

/** The faults of the examples according to their README; empty: no fault. */
const habits: Record<string, string[]> = {
  'projman/SessionStart/startup-check.sh': ['http-in-session-start', 'no-timeout'],
  'cmdb-assistant/SessionStart/startup-check.sh': ['http-in-session-start', 'timeout-in-ms'],
  'pr-review/SessionStart/startup-check.sh': [],
  'viz-platform/SessionStart/1': ['blocking-without-use'],
  'clarity-assist/UserPromptSubmit/vagueness-check.sh': ['superlinear-in-payload'],
  'git-flow/PreToolUse/branch-check.sh': ['broad-matcher', 'no-early-exit'],
  'git-flow/PreToolUse/commit-msg-check.sh': ['broad-matcher', 'interpreter-for-json'],
  'session-janitor/PreToolUse/guard.sh': ['dead-matcher'],
  'contract-validator/PostToolUse/breaking-change-check.sh': ['no-early-exit'],
  'data-platform/PostToolUse/schema-diff-check.sh': [],
  'project-hygiene/PostToolUse/cleanup.sh': ['project-walk'],
  'doc-guardian/PostToolUse/notify.sh': ['dead-shape'],
  'session-janitor/Stop/sweep.sh': ['blocking-without-use'],
};

const of = ({ hooks }: Audit, id: string) => hooks.find((hook) => hook.id === id)!;

it.runIf(process.platform === 'linux')(
  'the examples run in a cage, and the faults that their README lists are found',
  async () => {
    const home = temporaryFolder();
    const kept = repository({ 'src/a.txt': 'a\n', 'sentinel-example-kept': 'the project’s\n' });
    const file = join(kept.root, 'sentinel-example-kept');
    const asked = ['sentinel', 'audit', '--plugins', examples, '--runs', '2', '--payload', '10k,100k'];
    const before = process.env.HOME;
    process.env.HOME = home;
    const made = await perfgate.json<Audit>(kept.root, ...asked).finally(() => {
      process.env.HOME = before;
    });
    expect(made.code).toBe(0);
    expect(made.hooks).toHaveLength(16);
    expect(new Set(made.hooks.map(({ plugin }) => plugin)).size).toBe(12);
    expect(made.cage).toMatchObject({ network: 'sink', state: 'warm' });
    expect(made.coverage).toBe(1); // the fourteen live hooks did their work
    for (const [id, rules] of Object.entries(habits))
      if (rules.length === 0) expect(of(made, id), id).toMatchObject({ dead: null, findings: [] });
      else expect(of(made, id).findings, id).toEqual(expect.arrayContaining(rules));
    expect(made.redundancy).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ hooks: expect.objectContaining({ length: 3 }) }),
        expect.objectContaining({ what: 'git remote get-url origin', hooks: expect.objectContaining({ length: 2 }) }),
      ]),
    );
    expect(made.events.map(({ event, hooks }) => [event, hooks.length])).toEqual(
      expect.arrayContaining([
        ['SessionStart', 7],
        ['PostToolUse', 3],
      ]),
    );
    expect(made.recommendations.map(({ priority }) => priority)).toEqual(
      made.recommendations.map(({ priority }) => priority).sort(),
    );
    // one of the hooks deletes such files in the project
    expect(readFileSync(file, 'utf8')).toBe('the project’s\n');
    expect(existsSync(join(home, '.claude'))).toBe(false);
    expect(kept.git('status', '--porcelain')).toBe('');
  },
);

it('only reads scripts with --static, and fails if the score is too low', async () => {
  const { root } = repository({ 'a.txt': 'a\n' });
  const asked = ['sentinel', 'audit', '--plugins', examples, '--static'];
  const made = await perfgate.json<Audit>(root, ...asked, '--fail-under', '90');
  expect(made).toMatchObject({ code: 1, coverage: 0, cage: { level: 'none' } });
  expect(made.hooks.every(({ wall_ms }) => wall_ms === null)).toBe(true);
  const { code, stdout } = await perfgate.run(root, ...asked);
  expect(code).toBe(0);
  expect(stdout).toContain(`Score ${made.score}/100`);
});

it('gives no score without hooks', async () => {
  const { root } = repository({ 'hooks/hooks.json': '{ "hooks": {} }' });
  const { code, stdout } = await perfgate.run(root, 'sentinel', 'audit', '--plugins', '.', '--static');
  expect([code, stdout.trim()]).toEqual([0, expect.stringMatching(/^No hooks are declared here/)]);
});

it('names invalid options', async () => {
  const { root } = repository({ 'a.txt': 'a\n' });
  const { code, stderr } = await perfgate.run(root, 'sentinel', 'audit', '--payload', '10q');
  expect(code).toBe(2);
  expect(stderr).toContain('--payload takes sizes from 1 to 10m, such as 1k,10k,100k, not 10q.');
});
