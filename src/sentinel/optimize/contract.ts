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
 * Targets for a hook's time, in ms, the easiest first. `rare`: the targets for hooks at the start and the end of a session, and at the end
 * of a turn, which may take longer.
 */
const targets = { usual: [100, 50], rare: [500, 100, 50] };
const rare = new Set(['Setup', 'SessionStart', 'Stop', 'SessionEnd']);

/**
 * The memory limit of the contract: memory must not grow by more than this, in per cent. A hook needs only a few MB, and each further
 * program that it starts needs a few more.
 */
const MEMORY_PCT = 50;

/**
 * All work of a hook is done by child processes of the shell that starts the hook. Undelayed wall time does not include how long child
 * processes wait for a processor. If the hook mostly computes, CPU time is the primary metric, because CPU time has less noise. In this
 * case, wall time must not grow either.
 */
const [CPU, WALL] = ['hook_cpu_ms', 'hook_ms'];
const waiting = { name: WALL, unit: 'ms', lower_is_better: true, source: 'wall', max_regression_pct: 25 } as const;

/**
 * The known facts about the hook: its script, the result of a trial, the usual time on the measured input, and the answers to other events.
 * The result is null without a trial, and the time is null if it is unknown.
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
 * The contract for one hook. It has the same parts as a contract from an interview: the hook's command in the arms, unchanged answers as a
 * guard, and the domain's time metric. Without a trial, paths are removed from the answers before the answers are compared.
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
 * The goal of the optimization run, which is the next target below the hook's present time. A hook that already meets the last target gets
 * no goal.
 */
function goalOf(event: string, usual_ms: number | null): Pick<ContractInput, 'goal'> {
  if (usual_ms === null) return {};
  const target = (rare.has(event) ? targets.rare : targets.usual).find((ms) => ms < usual_ms);
  return target === undefined ? {} : { goal: { pct: Math.max(1, Math.round(100 * (1 - target / usual_ms))) } };
}
