import type { AlertState } from './evaluate.ts';
import type { Ending } from './phase.ts';
import { keyOf } from './readings.ts';
import type { Labels, Severity } from './rule.ts';

/** An alert that fires or has ended. Times are milliseconds since 1970. */
export type Alert = {
  rule: string;
  labels: Labels;
  severity: Severity;
  /** The value of the metric when the condition of the rule last held. Null for an alert that reports missing values. */
  value: number | null;
  began: number;
  /** When the alert ended; null while the alert fires. */
  ended: number | null;
  /** Why the alert is over; absent while the alert fires. */
  ending?: Ending | undefined;
};

/** All firing alerts, including the alerts about missing values. */
export const firingAlerts = ({ rules }: AlertState): Alert[] =>
  Object.entries(rules).flatMap(([rule, { series, absent, seen }]) => [
    ...Object.values(series).flatMap(({ labels, phase }): Alert[] =>
      phase.phase === 'firing'
        ? [{ rule, labels, severity: phase.severity, value: phase.value, began: phase.since, ended: null }]
        : [],
    ),
    ...(absent ? [{ rule, labels: {}, severity: 'warning' as const, value: null, began: seen ?? 0, ended: null }] : []),
  ]);

/** A text that identifies an alert: the name of its rule and its labels, and `absent` for an alert about missing values. */
export const fingerprint = ({ rule, labels, value }: Pick<Alert, 'rule' | 'labels' | 'value'>): string =>
  `${value === null ? 'absent ' : ''}${rule} ${keyOf(labels)}`;
