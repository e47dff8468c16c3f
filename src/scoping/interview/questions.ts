import { isDeterministic } from '../../contract/schema/metrics.ts';
import { domainNames } from '../../core/domain-names.ts';
import { fittingProfilers } from '../../profile/profilers/profilers.ts';
import { domains } from '../domains.ts';
import type { Recon } from '../recon/recon.ts';
import type { Suggestion } from '../suggestion.ts';
import { buildOf, NOTHING, setupOf } from './commands.ts';
import { examplesFor } from './examples.ts';
import {
  candidatesFor,
  chosen,
  domainOf,
  guessDomain,
  primariesFor,
  sampleSizes,
  usualWatchdogs,
  watchdogsFor,
} from './offers.ts';
import { type Answers, type Choice, type Question, type QuestionId, textOf } from './question.ts';

type Ask = (answers: Answers, recon: Recon, task: string) => Question | null;

/**
 * All questions, in the order in which they are asked. Each function makes one question from the earlier answers. It returns null if there
 * is nothing to choose.
 */
export const ask: Record<QuestionId, Ask> = {
  domain: (_answers, recon, task) => ({
    id: 'domain',
    kind: 'select',
    message: 'What should get better?',
    choices: domainNames.map((value) => ({ value, label: domains[value].label, hint: domains[value].what })),
    default: guessDomain(task, recon),
    explain: 'The domain suggests metrics and profilers. You can change all of them.',
  }),
  repro: (answers, recon, task) => {
    const candidates = candidatesFor(domainOf(answers, recon, task), recon);
    return {
      id: 'repro',
      kind: 'input',
      message: 'Which command reproduces the workload?',
      choices: candidates.map(({ command, found_in, caution }) =>
        choice(command, command, caution === undefined ? found_in : `${found_in}; ${caution}`),
      ),
      default: candidates[0]?.command ?? '',
      explain: `The command runs many times from the project’s root. It needs a fixed input, a fixed seed and exit code 0, and should take between 20 ms and 5 minutes. For example: ${examplesFor(recon.language).command}`,
    };
  },
  setup: (answers, recon) => ({
    ...commandQuestion('setup', setupOf(answers, recon)),
    message: 'What must run once in a fresh copy of the project, before the command works?',
    explain: 'This command is not timed. It makes a copy of the project runnable, and perf-gate measures that copy.',
  }),
  build: (answers, recon) => ({
    ...commandQuestion('build', buildOf(answers, recon)),
    message: 'Which command builds the project after a change?',
    explain: 'This command is not timed either. Without it, perf-gate would measure the old compiled program.',
  }),
  primary: (answers, recon, task) => {
    const offers = primariesFor(domainOf(answers, recon, task), recon, chosen(answers, recon));
    return {
      id: 'primary',
      kind: 'select',
      message: 'Which one metric must get better?',
      choices: offers.map((m) =>
        choice(
          m.name,
          `${m.name}${m.unit ? ` in ${m.unit}` : ''}, ${m.lower_is_better ? 'lower' : 'higher'} is better`,
          m.needs ?? m.why,
        ),
      ),
      default: offers[0]!.name,
      explain: adviceOn(offers[0]!, offers[0] === chosen(answers, recon)?.reports),
    };
  },
  watchdogs: (answers, recon, task) => {
    const domain = domainOf(answers, recon, task);
    const primary = textOf(answers, 'primary');
    const command = chosen(answers, recon);
    const offers = watchdogsFor(domain, primary, recon, command);
    if (offers.length === 0) return null;
    return {
      id: 'watchdogs',
      kind: 'multiselect',
      message: 'What must not get worse?',
      choices: offers.map((w) =>
        choice(w.name, `${w.name}, at most ${w.max_regression_pct} % worse`, w.needs ?? w.why),
      ),
      default: usualWatchdogs(domain, primary, recon, command),
      explain: 'A change that improves the primary metric but worsens one of these metrics is rejected.',
    };
  },
  threshold: (answers, recon, task) => ({
    id: 'threshold',
    kind: 'input',
    message: 'How large must an improvement be, in per cent?',
    default: String(domains[domainOf(answers, recon, task)].threshold_pct),
    explain:
      'perf-gate accepts a change only if it is proved that the improvement is at least this large; an estimate is not enough. Smaller thresholds need more executions.',
  }),
  runs: (answers, recon, task) => {
    const domain = domainOf(answers, recon, task);
    const primary = primariesFor(domain, recon, chosen(answers, recon)).find(
      (m) => m.name === textOf(answers, 'primary'),
    );
    if (primary && isDeterministic(primary)) return null;
    return {
      id: 'runs',
      kind: 'select',
      message: 'How many executions?',
      choices: Object.entries(sampleSizes).map(([value, { label }]) => ({ value, label })),
      default: 'standard',
      explain:
        'Base and candidate run in turn. An exact rank test judges them at alpha 0.05, and a change that passes is measured a second time. As long as the result is undecided, perf-gate adds executions, up to the larger number.',
    };
  },
  profiler: (answers, recon, task) => {
    const domain = domainOf(answers, recon, task);
    const offers = fittingProfilers(domain, recon).filter((p) => p.by !== 'hand');
    if (offers.length === 0) return null;
    const isThere = ({ tool }: { tool: string }) => !recon.missing_profilers.includes(tool);
    const first = offers.find((p) => isThere(p) && p.auto !== false);
    return {
      id: 'profiler',
      kind: 'select',
      message: 'Which profiler finds the hotspots?',
      choices: [
        choice(
          'auto',
          'auto',
          `the first installed profiler that can profile the command${first ? `, here ${first.tool}` : ''}`,
        ),
        ...offers.map((p) =>
          isThere(p) ? choice(p.tool, p.title) : choice(p.tool, p.title, `not installed: ${p.install}`),
        ),
        choice('none', 'none', 'no profile: you or the agent name the hotspots'),
      ],
      default: 'auto',
      explain:
        'The profiler runs once after the baseline and once after every accepted change, never during a measurement.',
    };
  },
  guards: (_answers, recon) => {
    const offers = guardChoices(recon);
    return {
      id: 'guards',
      kind: 'multiselect',
      message: `What must hold for every change${recon.secrets.length > 0 ? ', and which secrets does the command get' : ''}?`,
      choices: offers,
      default: offers.filter(({ value }) => value === 'correctness' || value === 'protected').map(({ value }) => value),
      explain: `A change that breaks a guard is rejected before it is measured.${recon.secrets.length > 0 ? ' perf-gate stores only the path of a secrets file.' : ''}`,
    };
  },
};

function commandQuestion(id: 'setup' | 'build', proposed: string | null) {
  return {
    id,
    kind: 'input' as const,
    choices: [...(proposed === null ? [] : [choice(proposed, proposed)]), choice(NOTHING, NOTHING)],
    default: proposed ?? NOTHING,
    ...(proposed === null ? { onlyOnWish: true as const } : {}),
  };
}

/** The reasons for and against the proposed metric. */
function adviceOn({ source }: Suggestion, isReported: boolean): string {
  if (source === 'undelayed_wall')
    return 'Undelayed wall time leaves out the time in which the command waits for a processor. On a busy machine, this waiting is most of the noise of wall time. CPU time is better if the command works in child processes.';
  if (source === 'cpu')
    return 'CPU time has several times less noise than wall time. Choose wall time if the command mostly waits (disk, network, sleep) or shares its work among processors.';
  if (source === 'wall')
    return 'Wall time is the time that a person waits. CPU time has less noise, but does not show the gain of parallel work.';
  if (isReported)
    return 'The benchmark tool decides how long the command takes. A change can improve only the number that the tool reports.';
  return 'This metric decides whether a change is an improvement. The watchdogs and guards can only reject a change.';
}

function guardChoices(recon: Recon): Choice[] {
  return [
    ...(recon.test_command ? [choice('correctness', `the tests pass: ${recon.test_command}`)] : []),
    choice(
      'same_output',
      'the output of the command stays the same',
      'only if it never varies: no times, no random values',
    ),
    ...(recon.protected.length > 0
      ? [choice('protected', `tests and benchmarks stay as they are: ${recon.protected.join(', ')}`)]
      : []),
    ...recon.secrets.map((file) => choice(`secrets:${file}`, `the command gets the variables in ${file}`)),
  ];
}

function choice(value: string, label: string, hint?: string): Choice {
  return hint ? { value, label, hint } : { value, label };
}
