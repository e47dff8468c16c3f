import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readJournal } from '../../src/artifact/journal.ts';
import { runPaths } from '../../src/artifact/paths.ts';
import { callerWith, installAgents } from '../helpers/agents.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, everything } from '../helpers/project.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

const fixes = { fix: { edit: ['STEPS=100', 'STEPS=50'] as [string, string] } };
const started = ['start', 'make it faster', '--contract', 'c.yaml', '--yes', '--agent'];

it.each(['claude', 'codex', 'gemini'])(
  '%s orders the hotspots and makes the fix; its transcript is kept, redacted',
  async (agent) => {
    const repo = countingProject({}, { '.perf-gate/config.yaml': 'agent_may_approve: true\n' });
    const { bin, calls } = installAgents({
      hotspots: { draft: ['- id: whole program', '- id: work.sh'] },
      fix: { ...fixes.fix, says: 'It is faster now; hunter2-hunter2 is the key.' },
    });
    const call = callerWith(perfgate, repo, bin, { DEPLOY_API_KEY: 'hunter2-hunter2', CLAUDECODE: '1' });
    const ended = await call(...started, agent);
    expect(ended).toMatchObject({ code: 0, outcome: 'accepted', attempts: [{ hotspot: 'work.sh' }] });
    expect(calls().map(({ program, stage }) => [program, stage])).toEqual([
      [agent, 'hotspots'],
      [agent, 'fix'],
    ]);
    expect(calls()[1]!.prompt).toMatch(/no person can answer[\s\S]*# Fix, attempt 1: work\.sh/);
    expect(calls()[1]!.env).not.toContain('CLAUDECODE');

    const { transcripts, journal } = runPaths(repo.root, ended.run);
    expect(readdirSync(transcripts)).toEqual([
      expect.stringMatching(/^fix-\d+-1\.jsonl$/),
      expect.stringMatching(/^hotspots-/),
    ]);
    const transcript = readFileSync(join(transcripts, readdirSync(transcripts)[0]!), 'utf8');
    expect(transcript).toContain('It is faster now; [redacted] is the key.');
    const facts = readJournal(journal).records.flatMap((r) =>
      r.type === 'done' && r.effect === 'command' ? [r.facts] : [],
    );
    expect(facts.at(-1)).toEqual({
      answer: 'done',
      turns: agent === 'claude' ? 2 : agent === 'codex' ? 1 : null,
      cost_usd: agent === 'claude' ? 0.25 : null,
    });
  },
);

it('an agent proposes a contract once, which waits for a person, and cannot approve it', async () => {
  const repo = countingProject();
  const { bin, calls } = installAgents({});
  const call = callerWith(perfgate, repo, bin);
  const proposed = await call('start', 'make it faster', '--agent', 'claude');
  expect(proposed).toMatchObject({ code: 0, stage: 'scoping', outcome: null });
  expect(calls()).toMatchObject([{ stage: 'scoping', args: expect.arrayContaining(['--permission-mode', 'default']) }]);
  expect(await call('next')).toMatchObject({ code: 0, stage: 'scoping' });
  expect(await call('status')).toMatchObject({ next: 'perf-gate approve' });
  expect(calls()).toHaveLength(1);

  const other = countingProject();
  const forger = installAgents({ scoping: { draft: ['result: pending', 'result: approved'] } });
  const forged = await callerWith(perfgate, other, forger.bin)('start', 'make it faster', '--agent', 'claude');
  expect(forged).toMatchObject({ code: 2, error: { code: 'approval_by_person' } });
});

it('an agent is not started for a run from another machine', async () => {
  const repo = countingProject();
  const { bin, calls } = installAgents({ scoping: { fails: 'out of order' } });
  expect(await callerWith(perfgate, repo, bin)('start', 'make it faster', '--agent', 'codex')).toMatchObject({
    code: 3,
  });
  const elsewhere = callerWith(perfgate, repo, bin, { XDG_STATE_HOME: temporaryFolder() });
  expect(await elsewhere('next')).toMatchObject({ code: 0, waiting: { stage: 'scoping' } });
  expect(calls()).toHaveLength(1);
});

it('an agent whose client is not installed is refused before the run begins', async () => {
  const repo = countingProject();
  const before = everything(repo);
  const call = callerWith(perfgate, repo, temporaryFolder(), { PATH: '/usr/bin:/bin' });
  const refused = await call(...started, 'gemini');
  expect(refused).toMatchObject({ code: 3, error: { code: 'agent_missing' } });
  expect(refused.stderr).toContain('geminicli.com');
  expect(everything(repo)).toEqual(before);
});

it('an agent gets the task as text, never as an option or a command', async () => {
  const repo = countingProject();
  const { bin, calls } = installAgents(fixes);
  const task = '--dangerously-skip-permissions $(touch PWNED) `touch PWNED`';
  const ended = await callerWith(perfgate, repo, bin)(
    'start',
    '--contract',
    'c.yaml',
    '--yes',
    '--agent',
    'claude',
    '--',
    task,
  );
  expect(ended).toMatchObject({ outcome: 'accepted' });
  expect(calls()[1]!.prompt).toContain(task);
  expect(calls().flatMap(({ args }) => args)).not.toContain('--dangerously-skip-permissions');
  expect(Object.keys(repo.files())).not.toContain('PWNED');
});

it('an agent that reaches its limit of turns skips the fix', async () => {
  const repo = countingProject({}, { '.perf-gate/config.yaml': 'agent: { max_turns: 1, model: small }\n' });
  const { bin, calls } = installAgents(fixes);
  const ended = await callerWith(perfgate, repo, bin)(...started, 'claude');
  expect(ended).toMatchObject({ code: 1, outcome: 'rejected', attempts: [] });
  expect(ended.stderr).toContain(
    'claude reached its limit of turns (agent.max_turns), so the stage fix counts as skipped',
  );
  expect(calls()[0]!.args.join(' ')).toContain('--max-turns 1 --max-budget-usd 5 --model small');
});

it('an agent that failed is called again when the run resumes', async () => {
  const repo = countingProject();
  const broken = installAgents({ fix: { fails: 'Not logged in' } });
  const failed = await callerWith(perfgate, repo, broken.bin)(...started, 'claude');
  expect(failed).toMatchObject({ code: 3, error: { code: 'agent_failed' } });
  expect(failed.stderr).toContain('Not logged in');
  const { bin } = installAgents(fixes);
  rmSync(broken.bin, { recursive: true });
  const resumed = await callerWith(perfgate, repo, bin)('resume');
  expect(resumed).toMatchObject({ code: 0, outcome: 'accepted' });
  const { transcripts } = runPaths(repo.root, resumed.run);
  expect(readdirSync(transcripts).filter((name) => name.startsWith('fix'))).toHaveLength(2);
});
