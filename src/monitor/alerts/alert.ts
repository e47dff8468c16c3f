import type { AlertState } from './evaluate.ts';
import type { Ending } from './phase.ts';
import { keyOf } from './readings.ts';
import type { Labels, Severity } from './rule.ts';

/** An alert that fires, or the end of one. Times are milliseconds since 1970. */
export type Alert = {
  rule: string;
  labels: Labels;
  severity: Severity;
  /** What the rule saw when the condition last held; null: that it sees nothing at all is the alert. */
  value: number | null;
  began: number;
  /** Null while it fires. */
  ended: number | null;
  /** Why it is over; left out while it fires. */
  ending?: Ending | undefined;
};

/** Every alert that fires, and one for each rule that has seen nothing for too long. */
export const firingAlerts = ({ rules }: AlertState): Alert[] =>
  Object.entries(rules).flatMap(([rule, { series, absent, seen }]) => [
    ...Object.values(series).flatMap(({ labels, phase }): Alert[] =>
      phase.phase === 'firing'
        ? [{ rule, labels, severity: phase.severity, value: phase.value, began: phase.since, ended: null }]
        : [],
    ),
    ...(absent ? [{ rule, labels: {}, severity: 'warning' as const, value: null, began: seen ?? 0, ended: null }] : []),
  ]);

/** Tells alerts apart. */
export const fingerprint = ({ rule, labels, value }: Pick<Alert, 'rule' | 'labels' | 'value'>): string =>
  `${value === null ? 'absent ' : ''}${rule} ${keyOf(labels)}`;
