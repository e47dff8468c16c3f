import { count } from '../../core/text.ts';
import { moment } from '../../core/units.ts';
import { type Look, paint, shown, toned, wrap } from '../../report/terminal/look.ts';
import type { Delivery } from '../alerts/deliver.ts';
import type { Quiet } from '../alerts/silence.ts';
import type { Standing } from '../alerts/standing.ts';
import { aligned } from './times.ts';

/** The state of the alerts as text: the alerts that fire, followed by the state of each rule. */
export function standingText({ looked, alerts, rules, silences }: Standing, look: Look): string {
  const lines = alerts.flatMap(({ severity, summary, quiet }) => [
    paint([toned(severity.padEnd(8), severity === 'critical' ? 'bad' : 'open'), ` ${shown(summary, look)}`], look),
    ...(quiet ? [`         ${shown(quietWords(quiet), look)}`] : []),
  ]);
  const states = rules.map(({ rule, state, seen }) => [rule, stateWords[state], seen ? moment(seen) : '–']);
  const until = silences.map(
    ({ rule, until, reason }) => `Silenced until ${moment(until)}: ${rule ?? 'all'}. ${reason}`,
  );
  return [
    ...(lines.length > 0 ? lines : ['No alert fires.']),
    '',
    ...aligned([['rule', 'state', 'last value seen'], ...states], look),
    ...until.flatMap((line) => wrap(shown(line, look), look.width)),
    '',
    looked ? shown(`As of ${moment(looked)}.`, look) : 'The monitor has not evaluated its rules yet.',
  ].join('\n');
}

const stateWords: Record<Standing['rules'][number]['state'], string> = {
  quiet: 'quiet',
  pending: 'pending',
  firing: 'firing',
  no_data: 'no longer sees any value',
  never_seen: 'has seen no value yet',
};

const quietWords = (quiet: NonNullable<Quiet>): string =>
  quiet.by === 'silence' ? `silenced until ${moment(quiet.until)}` : `not sent while ${quiet.rule} fires`;

/** The outcome of a test message, by receiver. */
export function deliveriesText(deliveries: readonly Delivery[], look: Look): string {
  if (deliveries.length === 0)
    return 'No receiver is configured. Add receivers to your own monitor.yaml, below `notifications: receivers:`.';
  return deliveries
    .map(({ receiver, attempts, problem }) =>
      shown(
        problem === null
          ? `${receiver}: received the message.`
          : `${receiver}: not delivered after ${count(attempts, 'attempt')}: ${problem}.`,
        look,
      ),
    )
    .join('\n');
}
