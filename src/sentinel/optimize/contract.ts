import { relative } from 'node:path';
import type { ContractInput } from '../../contract/schema/contract.ts';
import { NOTHING } from '../../scoping/interview/commands.ts';
import { contractFrom } from '../../scoping/interview/contract-from.ts';
import { defaultAnswers, questions } from '../../scoping/interview/interview.ts';
import { listOf } from '../../scoping/interview/question.ts';
import type { Recon } from '../../scoping/recon/recon.ts';
import type { Script } from '../shell/script.ts';
import { type Reproduced, reproOf } from './repro.ts';
import type { Trial } from './trial.ts';

/** How long a hook may take, in ms: what a person does not feel, and better still. The start and the end of a session may take longer. */
const targets = { usual: [100, 50], rare: [500, 100, 50] };
const rare = new Set(['Setup', 'SessionStart', 'Stop', 'SessionEnd']);

/** A hook needs a few MB, and another program in it a few more. In per cent. */
const MEMORY_PCT = 50;

/**
 * The contract that an interview would end with for one hook: its command in the arms, the same answer as before, and the time that the
 * domain proposes. `trial`: null where none was possible; then its answers are compared, and paths taken out of them.
 */
export function contractOf(
  reproduced: Reproduced,
  { script, trial, found, task }: { script: Script; trial: Trial | null; found: Recon; task: string },
): ContractInput {
  const { hook, project } = reproduced;
  const repro = reproOf(reproduced, trial?.tellsPaths ?? true);
  const known = { domain: 'hook_latency', repro: repro.script, setup: repro.setup, build: NOTHING };
  const answers = { ...known, ...defaultAnswers(questions(found, task, known)) };
  const guards = listOf(answers, 'guards').filter((name) => name !== 'correctness' || hook.plugin !== null);
  const made = contractFrom({ ...answers, guards: [...guards, 'same_output'] }, found, task);
  const { same_output, ...others } = made.guards ?? {};
  const files = script.texts.map(({ file }) => relative(project, file)).filter((path) => !path.startsWith('..'));
  return {
    ...made,
    repro: { ...made.repro, env: { ...made.repro.env, ...repro.env } },
    metrics: {
      ...made.metrics,
      watchdogs: (made.metrics.watchdogs ?? []).map((one) =>
        one.source === 'max_rss' ? { ...one, max_regression_pct: MEMORY_PCT } : one,
      ),
    },
    room: 'always',
    ...(trial?.needsNetwork ? { network: 'full' as const } : {}),
    guards: {
      ...others,
      ...(same_output && (trial?.isSame ?? true) ? { same_output } : {}),
      ...(files.length > 0 ? { unprotected: [...new Set(files)] } : {}),
    },
    ...goalOf(hook.event, trial),
  };
}

/** The run ends once the hook is as fast as the next target asks; null below all of them. */
function goalOf(event: string, trial: Trial | null): Pick<ContractInput, 'goal'> {
  const target = (rare.has(event) ? targets.rare : targets.usual).find((ms) => trial !== null && ms < trial.wall_ms);
  if (trial === null || target === undefined) return {};
  return { goal: { pct: Math.max(1, Math.round(100 * (1 - target / trial.wall_ms))) } };
}
