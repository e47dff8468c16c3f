import { resolve } from 'node:path';
import { loadContract } from '../contract/parse.ts';
import { failure } from '../core/errors.ts';
import { openRepo } from '../git/repo.ts';
import { verdictPanel } from '../report/panel.ts';
import { storyAttempt } from '../stages/shared/story-attempt.ts';
import { storyContract } from '../stages/shared/story-contract.ts';
import { type Comparison, compare } from '../workflow/compare.ts';
import { exitCodes } from '../workflow/outcome.ts';
import type { Run } from './command.ts';
import { lookOf } from './look.ts';

export const run: Run = async ([base = '', head = ''], options, tools) => {
  if (typeof options.contract !== 'string')
    throw failure('usage', {
      problem: '`compare` needs a contract.',
      hint: 'Pass --contract FILE; `perf-gate schema` prints its form.',
    });
  const contract = loadContract(resolve(tools.cwd, options.contract));
  const repo = await openRepo(tools.cwd);
  const made = await compare(repo, tools, { base, head, contract });
  const { measured, ...shown } = made;
  if (tools.json) tools.out(JSON.stringify(shown));
  else {
    const test = contract.significance.test === 'auto' ? 'mann_whitney' : contract.significance.test;
    tools.say(verdictPanel(storyAttempt(asAttempt(made), measured), storyContract(contract, test), lookOf(tools)));
    for (const path of made.protected_from_base)
      tools.say(`${path} is protected and differs: both were measured with that of ${base}.`);
  }
  return exitCodes[made.verdict];
};

function asAttempt({
  base,
  head,
  verdict,
  reasons,
  primary,
  watchdogs,
}: Comparison): Parameters<typeof storyAttempt>[0] {
  const nothing = { commit: '', tree: '' };
  return {
    attempt: 1,
    hotspot: `${base.slice(0, 12)} → ${head.slice(0, 12)}`,
    verdict,
    reasons,
    primary,
    watchdogs,
    ref: '',
    base: nothing,
    snapshot: nothing,
    changes: [],
    diffstat: '',
  };
}
