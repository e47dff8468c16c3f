import { sha256 } from '../../core/hash.ts';
import { type Alert, fingerprint } from './alert.ts';
import type { Notice } from './notices.ts';
import type { Labels, Rule } from './rule.ts';
import { alertWords } from './words.ts';

/**
 * The body of a request to a webhook. The body has the webhook format of Alertmanager, version 4, so that existing receivers can read it.
 */
export type Payload = {
  version: '4';
  groupKey: string;
  truncatedAlerts: number;
  status: Notice['status'];
  receiver: string;
  groupLabels: Record<string, string>;
  commonLabels: Record<string, string>;
  commonAnnotations: Record<string, string>;
  externalURL: string;
  alerts: PayloadAlert[];
};

type PayloadAlert = {
  status: Notice['status'];
  labels: Record<string, string>;
  annotations: { summary: string };
  startsAt: string;
  endsAt: string;
  generatorURL: string;
  fingerprint: string;
};

/** One message lists at most this number of alerts; further alerts are only counted. */
const mostAlerts = 50;

/** The end time that Alertmanager writes for an alert that has not ended. */
const notEnded = '0001-01-01T00:00:00Z';

export function payloadOf(notice: Notice, receiver: string, rules: readonly Rule[]): Payload {
  const rule = rules.find(({ name }) => name === notice.rule);
  const alerts = notice.alerts.slice(0, mostAlerts).map((alert) => payloadAlert(alert, rule));
  return {
    version: '4',
    groupKey: `{}:{alertname=${JSON.stringify(notice.rule)}}`,
    truncatedAlerts: notice.alerts.length - alerts.length,
    status: notice.status,
    receiver,
    groupLabels: { alertname: notice.rule },
    commonLabels: common(alerts.map(({ labels }) => labels)),
    commonAnnotations: {},
    externalURL: '',
    alerts,
  };
}

function payloadAlert(alert: Alert, rule: Rule | undefined): PayloadAlert {
  return {
    status: alert.ended === null ? 'firing' : 'resolved',
    labels: { alertname: alert.rule, severity: alert.severity, ...withoutNothing(alert.labels) },
    annotations: { summary: alertWords(alert, rule) },
    startsAt: new Date(alert.began).toISOString(),
    endsAt: alert.ended === null ? notEnded : new Date(alert.ended).toISOString(),
    generatorURL: '',
    fingerprint: sha256(fingerprint(alert)).slice(0, 16),
  };
}

const withoutNothing = (labels: Labels): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).filter((entry): entry is [string, string] => entry[1] !== undefined));

function common(all: readonly Record<string, string>[]): Record<string, string> {
  const [first = {}, ...others] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([label, value]) => others.every((labels) => labels[label] === value)),
  );
}
