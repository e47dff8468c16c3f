import { relative } from 'node:path';
import type { ContractInput } from '../../contract/schema/contract.ts';
import { NOTHING } from '../../scoping/interview/commands.ts';
import { contractFrom } from '../../scoping/interview/contract-from.ts';
import { defaultAnswers, questions } from '../../scoping/interview/interview.ts';
import { listOf } from '../../scoping/interview/question.ts';
import type { Recon } from '../../scoping/recon/recon.ts';
import type { Script } from '../shell/script.ts';
import { type Answer, checksOf, type Reproduced, reproOf } from './repro.ts';
import type { Trial } from './trial.ts';

/**
 * Targets for a hook's time, in ms, the easiest first. Hooks of rare events, such as the start and the end of a session, have an
 * additional, easier target.
 */
const targets = { usual: [100, 50], rare: [500, 100, 50] };
const rare = new Set(['Setup', 'SessionStart', 'Stop', 'SessionEnd']);

/**
 * The largest percentage by which the contract lets memory grow. The percentage is large, because a hook needs only a few MB, and each
 * further program that the hook starts needs a few MB more.
 */
const MEMORY_PCT = 50;

/**
 * The names of the two time metrics. If the hook mostly computes, CPU time is the primary metric, because CPU time has less noise. Wall
 * time is then a watchdog. Undelayed wall time would not help: it leaves out only the delays of the main process, but child processes do
 * all work of a hook.
 */
const [CPU, WALL] = ['hook_cpu_ms', 'hook_ms'];
const waiting = { name: WALL, unit: 'ms', lower_is_better: true, source: 'wall', max_regression_pct: 25 } as const;

/**
 * The known facts about the hook. `trial`: the result of a few executions, or null if no cage is possible. `usual_ms`: the usual time on
 * the measured input, or null if it is unknown. `others`: the hook's output and exit code on events other than the measured one.
 */
type Given = {
  script: Script;
  trial: Trial | null;
  usual_ms: number | null;
  others: readonly Answer[];
  found: Recon;
  task: string;
};

/**
 * The contract for one hook. The arms run the hook's command, a guard checks that the hook's output and exit code stay the same, and the
 * primary metric is a time. Without a trial, the arm's paths in the output are replaced with placeholders before the outputs are compared.
 */
export function contractOf(
  reproduced: Reproduced,
  { script, trial, usual_ms, others, found, task }: Given,
): ContractInput {
  const { hook, project } = reproduced;
  const repro = reproOf(reproduced, trial?.tellsPaths ?? true);
  const primary = (trial?.worksMost ?? true) ? CPU : WALL;
  const known = { domain: 'hook_latency', repro: repro.script, setup: repro.setup, build: NOTHING, primary };
  const answers = { ...known, ...defaultAnswers(questions(found, task, known)) };
  const guards = listOf(answers, 'guards').filter((name) => name !== 'correctness' || hook.plugin !== null);
  const made = contractFrom({ ...answers, guards: [...guards, 'same_output'] }, found, task);
  const { same_output, correctness, ...guarded } = made.guards ?? {};
  const checks = [others.length > 0 ? checksOf(reproduced, others) : [], correctness ?? []].flat();
  const files = script.texts.map(({ file }) => relative(project, file)).filter((path) => !path.startsWith('..'));
  return {
    ...made,
    repro: { ...made.repro, env: { ...made.repro.env, ...repro.env } },
    metrics: {
      ...made.metrics,
      watchdogs: [
        ...(primary === CPU ? [waiting] : []),
        ...(made.metrics.watchdogs ?? []).map((one) =>
          one.source === 'max_rss' ? { ...one, max_regression_pct: MEMORY_PCT } : one,
        ),
      ],
    },
    room: 'always',
    ...(trial?.needsNetwork ? { network: 'full' as const } : {}),
    guards: {
      ...guarded,
      ...(checks.length > 0 ? { correctness: checks.join('\n') } : {}),
      ...(same_output && (trial?.isSame ?? true) ? { same_output } : {}),
      ...(files.length > 0 ? { unprotected: [...new Set(files)] } : {}),
    },
    ...goalOf(hook.event, usual_ms),
  };
}

/**
 * The goal of the optimization run: the next target below the hook's present time. A hook that is already faster than all targets gets no
 * goal.
 */
function goalOf(event: string, usual_ms: number | null): Pick<ContractInput, 'goal'> {
  if (usual_ms === null) return {};
  const target = (rare.has(event) ? targets.rare : targets.usual).find((ms) => ms < usual_ms);
  return target === undefined ? {} : { goal: { pct: Math.max(1, Math.round(100 * (1 - target / usual_ms))) } };
}
