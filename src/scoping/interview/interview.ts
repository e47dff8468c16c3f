import { isDeterministic } from '../../contract/schema/metrics.ts';
import { type DomainName, domainNames } from '../../core/domain-names.ts';
import { fittingProfilers, recommendProfiler } from '../../profile/profilers/fitting.ts';
import { domains } from '../domains.ts';
import type { Recon } from '../recon/recon.ts';
import { candidatesFor, guessDomain, primariesFor, watchdogsFor } from './offers.ts';
import { type Answers, type Choice, type Question, type QuestionId, textOf } from './question.ts';

/** How long a session may be, by name; runs a side at the first look and at the last. */
export function rigours(
  domain: DomainName,
): Record<string, { label: string; measurement_runs: number; max_runs: number }> {
  const { measurement, max } = domains[domain].runs;
  return {
    standard: { label: `${measurement} to ${max} runs a side`, measurement_runs: measurement, max_runs: max },
    thorough: { label: '12 to 40 runs a side: for small gains or much noise', measurement_runs: 12, max_runs: 40 },
    quick: { label: '6 to 10 runs a side: for slow commands and large gains', measurement_runs: 6, max_runs: 10 },
  };
}

type Ask = (answers: Answers, recon: Recon, task: string) => Question | null;

/** The steps in order. A step that has nothing to ask is left out; later ones build on earlier answers. */
const steps: Record<QuestionId, Ask> = {
  domain: (_answers, recon, task) => ({
    id: 'domain',
    kind: 'select',
    message: 'What should get better?',
    choices: domainNames.map((value) => ({ value, label: domains[value].label, hint: domains[value].what })),
    default: guessDomain(task, recon),
    explain: 'The domain brings sensible metrics and profilers; every one of them can be changed.',
  }),
  repro: (answers, recon, task) => {
    const candidates = candidatesFor(domainOf(answers, recon, task), recon);
    return {
      id: 'repro',
      kind: 'input',
      message: 'Which command reproduces the workload?',
      choices: candidates.map(({ command, found_in }) => ({ value: command, label: command, hint: found_in })),
      default: candidates[0]?.command ?? '',
      explain:
        'It runs from the project’s root, many times: fixed input, fixed seed, exit code 0, at best between 20 ms and 5 minutes.',
    };
  },
  primary: (answers, recon, task) => {
    const offers = primariesFor(domainOf(answers, recon, task), recon);
    return {
      id: 'primary',
      kind: 'select',
      message: 'Which one metric must get better?',
      choices: offers.map((m) =>
        choice(
          m.name,
          `${m.name}${m.unit ? ` in ${m.unit}` : ''}, ${m.lower_is_better ? 'lower' : 'higher'} is better`,
          m.needs,
        ),
      ),
      default: offers[0]!.name,
      explain: 'CPU time has several times less noise than wall time where the processor is the limit.',
    };
  },
  watchdogs: (answers, recon, task) => {
    const offers = watchdogsFor(domainOf(answers, recon, task), textOf(answers, 'primary'), recon);
    if (offers.length === 0) return null;
    return {
      id: 'watchdogs',
      kind: 'multiselect',
      message: 'What must not get worse?',
      choices: offers.map((w) => choice(w.name, `${w.name}, at most ${w.max_regression_pct} % worse`, w.needs)),
      // What needs something of the user would fail the pre-flight if it were taken unasked.
      default: offers
        .filter((w) => !w.needs && domains[domainOf(answers, recon, task)].watchdogs.some((d) => d.name === w.name))
        .map((w) => w.name),
      explain: 'A change that wins on the primary metric and loses on one of these is rejected.',
    };
  },
  threshold: (answers, recon, task) => ({
    id: 'threshold',
    kind: 'input',
    message: 'From which improvement on does a change count (in per cent)?',
    default: String(domains[domainOf(answers, recon, task)].threshold_pct),
    explain:
      'The improvement must be proved to be at least this large, not only estimated. Smaller thresholds need more runs.',
  }),
  runs: (answers, recon, task) => {
    const domain = domainOf(answers, recon, task);
    const primary = primariesFor(domain, recon).find((m) => m.name === textOf(answers, 'primary'));
    if (primary && isDeterministic(primary)) return null;
    return {
      id: 'runs',
      kind: 'select',
      message: 'How many runs, and how sure?',
      choices: Object.entries(rigours(domain)).map(([value, { label }]) => ({ value, label })),
      default: 'standard',
      explain:
        'Base and candidate run in turn; an exact rank test judges at alpha 0.05, and a pass is measured a second time. Undecided verdicts buy more runs up to the larger number.',
    };
  },
  profiler: (answers, recon, task) => {
    const domain = domainOf(answers, recon, task);
    const recommended = recommendProfiler(domain, recon);
    const offers = fittingProfilers(domain, recon).filter((p) => p.by !== 'hand');
    if (!recommended || offers.length === 0) return null;
    return {
      id: 'profiler',
      kind: 'select',
      message: 'Which profiler finds the hotspots?',
      choices: [
        ...offers.map((p) => choice(p.tool, p.title, p.install)),
        choice('none', 'none', 'hotspots come from whoever proposes them'),
      ],
      default: recommended.tool,
      explain:
        'It runs once after the baseline and after every accepted change; nothing that it slows down is measured.',
    };
  },
  guards: (_answers, recon) => {
    const offers = guardChoices(recon);
    return {
      id: 'guards',
      kind: 'multiselect',
      message: 'What must hold for every change, and what does the command need?',
      choices: offers,
      default: offers.filter(({ value }) => value === 'correctness' || value === 'protected').map(({ value }) => value),
      explain:
        'A change that breaks a guard is rejected before it is measured. Of a secrets file only the path is kept.',
    };
  },
};

const ids = Object.keys(steps) as QuestionId[];

/** The question that comes next, or null when there is enough for a contract. */
export function nextQuestion(answers: Answers, recon: Recon, task: string): Question | null {
  for (const id of ids) {
    const question = answers[id] === undefined ? steps[id](answers, recon, task) : null;
    if (question) return question;
  }
  return null;
}

/** All questions, each as it would be asked if the earlier ones were answered with their defaults: 4 to 8. */
export function questions(recon: Recon, task: string): Question[] {
  const asked: Question[] = [];
  let answers: Answers = {};
  for (let next = nextQuestion(answers, recon, task); next; next = nextQuestion(answers, recon, task)) {
    asked.push(next);
    answers = { ...answers, [next.id]: next.default };
  }
  return asked;
}

/** Why an answer cannot be taken, or null when it can. */
export function answerProblem(question: Question, answer: string | readonly string[]): string | null {
  const text = typeof answer === 'string' ? answer.trim() : answer.join();
  if (question.id === 'repro') return text === '' ? 'A command is needed, for example: node bench.mjs' : null;
  if (question.id === 'threshold') {
    const pct = percentOf(text);
    return pct > 0 && pct < 100 ? null : 'A number between 0 and 100 is needed, for example: 20';
  }
  const values = question.choices?.map((c) => c.value) ?? [];
  const strange = (typeof answer === 'string' ? [text] : answer).find((value) => !values.includes(value));
  return strange === undefined ? null : `“${strange}” is not one of ${values.join(', ')}`;
}

/** `20`, `20%` and `20 %` are the same; NaN for anything else. */
export function percentOf(text: string): number {
  return /^\s*\d+([.,]\d+)?\s*%?\s*$/.test(text) ? Number.parseFloat(text.replace(',', '.')) : Number.NaN;
}

/** The domain that was answered, or the one that would be proposed. */
export function domainOf(answers: Answers, recon: Recon, task: string): DomainName {
  const answer = textOf(answers, 'domain');
  return domainNames.find((name) => name === answer) ?? guessDomain(task, recon);
}

function guardChoices(recon: Recon): Choice[] {
  return [
    ...(recon.test_command ? [choice('correctness', `the tests pass: ${recon.test_command}`)] : []),
    choice(
      'same_output',
      'the command prints the same',
      'only where its output does not vary: no times, no random values',
    ),
    ...(recon.protected.length > 0
      ? [choice('protected', `tests and benchmarks stay as they are: ${recon.protected.join(', ')}`)]
      : []),
    ...recon.secrets.map((file) => choice(`secrets:${file}`, `the command gets the values of ${file}`)),
  ];
}

function choice(value: string, label: string, hint?: string): Choice {
  return hint ? { value, label, hint } : { value, label };
}
