import { type Ending, type Phase, step } from './phase.ts';
import { emptyReading, keyOf, type Reading } from './readings.ts';
import type { Labels, Rule } from './rule.ts';

/** The state that one evaluation of the rules passes to the next. The state is plain JSON, so that it survives a restart of the service. */
export type AlertState = {
  /** The time of the last evaluation; null before the first evaluation. */
  looked: number | null;
  rules: Record<string, RuleState>;
};

type RuleState = {
  /** The rule as JSON. If a rule changes, its state is discarded. */
  definition: string;
  /** When the rule last saw a value; null if never. */
  seen: number | null;
  /** Whether an alert about missing values fires for the rule. */
  absent: boolean;
  series: Record<string, { labels: Labels; phase: Phase }>;
};

export const noAlerts: AlertState = { looked: null, rules: {} };

/**
 * A change in the state of an alert, found by an evaluation of the rules. The changes `absent` and `seen_again` are about the rule itself,
 * so they have no labels.
 */
export type Happening = {
  happened: 'fired' | 'escalated' | 'resolved' | 'absent' | 'seen_again';
  rule: string;
  labels: Labels;
  value: number | null;
  ending?: Ending;
};

/**
 * If the pause between two evaluations is at most this number of ms, a condition that holds at both evaluations counts as holding in
 * between. During a longer pause, it is unknown whether the condition held.
 */
const gapMs = 120_000;

/** Evaluates all rules. `readings` returns the current readings of a rule. */
export function evaluated(
  state: AlertState,
  rules: readonly Rule[],
  { now, readings }: { now: number; readings: (rule: Rule) => readonly Reading[] },
): { state: AlertState; happened: Happening[] } {
  const unbroken = state.looked !== null && now - state.looked <= gapMs;
  const happened: Happening[] = [];
  const next: AlertState = { looked: now, rules: {} };
  for (const rule of rules) {
    const definition = JSON.stringify(rule);
    const known = state.rules[rule.name];
    const before = known?.definition === definition ? known : undefined;
    const seen = readings(rule);
    const after = ofRule(rule, before, seen, { now, unbroken });
    next.rules[rule.name] = { definition, ...after.state };
    happened.push(...after.happened);
  }
  for (const [name, { definition, series }] of Object.entries(state.rules)) {
    if (next.rules[name]?.definition === definition) continue;
    const ended = Object.values(series).filter(({ phase }) => phase.phase === 'firing');
    happened.push(...ended.map(({ labels, phase }) => endedBy(name, labels, phase)));
  }
  return { state: next, happened };
}

const endedBy = (rule: string, labels: Labels, { value }: Phase): Happening => ({
  happened: 'resolved',
  rule,
  labels,
  value,
  ending: 'rule_changed',
});

type Ruled = { state: Omit<RuleState, 'definition'>; happened: Happening[] };

function ofRule(
  rule: Rule,
  before: RuleState | undefined,
  readings: readonly Reading[],
  look: { now: number; unbroken: boolean },
): Ruled {
  const happened: Happening[] = [];
  const series: RuleState['series'] = {};
  const read = new Map(readings.map((reading) => [keyOf(reading.labels), reading]));
  const known = Object.values(before?.series ?? {}).map(({ labels }) => labels);
  // A rule without `by` has one series. This series is evaluated even without samples, because a rate of 0 can be below the rule's limit.
  if (rule.by.length === 0 && before?.seen != null) known.push({});
  for (const labels of known) {
    const key = keyOf(labels);
    if (!read.has(key)) read.set(key, emptyReading(rule, labels));
  }
  for (const [key, reading] of read) {
    const was = before?.series[key]?.phase ?? null;
    const { phase, happened: what, ending } = step(rule, was, reading, look);
    if (phase) series[key] = { labels: reading.labels, phase };
    const value = phase?.value ?? was?.value ?? reading.value;
    if (what)
      happened.push({ happened: what, rule: rule.name, labels: reading.labels, value, ...(ending && { ending }) });
  }
  const seen = readings.some(({ samples }) => samples > 0) ? look.now : (before?.seen ?? null);
  const absent = seen !== null && look.now - seen >= rule.absent_after;
  if (absent !== (before?.absent ?? false)) {
    happened.push({ happened: absent ? 'absent' : 'seen_again', rule: rule.name, labels: {}, value: null });
  }
  return { state: { seen, absent, series }, happened };
}
