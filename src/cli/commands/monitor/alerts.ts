import { exit, failure } from '../../../core/errors.ts';
import { define } from '../../command.ts';
import { text } from '../../options.ts';
import { lookOf, type Tools } from '../../terminal/tools.ts';
import { backTo } from './figures.ts';
import { rulesHere, standing } from './standing.ts';
import { changeStored } from './stored.ts';

export const command = define({
  name: 'monitor alerts',
  group: 'look',
  arguments: '[action] [rule]',
  completes: ['list', 'silence', 'test'],
  summary: 'list alerts and rules, silence a rule, or test the receivers',
  detail:
    'Without arguments it lists the alerts and the rules. `silence RULE` keeps a rule quiet for a time. `test` sends a made-up alert to every receiver of your monitor.yaml, and exits with 3 if a delivery failed.',
  example: 'perf-gate monitor alerts silence slow-hooks-warning --for 12h',
  options: {
    '--for <time>': backTo('2h', 'how long `silence` keeps the rule quiet: hours, days or weeks, such as 12h, 7d, 4w'),
    '--reason <text>': text('silence: why'),
  },
  silent: true,
  parse({ action = 'list', rule, for: length, reason = '' }) {
    if (action !== 'list' && action !== 'silence' && action !== 'test')
      throw failure('usage', { problem: `There is no “alerts ${action}”.`, hint: 'Use list, silence or test.' });
    if ((action === 'silence') !== (rule !== undefined))
      throw failure('usage', {
        problem: '`silence` needs a rule; `list` and `test` take none.',
        hint: 'perf-gate monitor alerts silence RULE',
      });
    return { action: action as keyof typeof actions, rule: rule ?? '', length, reason };
  },
  run: ({ action, ...given }, tools) => actions[action](given, tools),
});

type Given = { rule: string; length: number; reason: string };

const actions = { list, silence, test } satisfies Record<string, (given: Given, tools: Tools) => Promise<number>>;

async function list(_: Given, tools: Tools): Promise<number> {
  const { standingText } = await import('../../../monitor/text/alerts.ts');
  const found = await standing(tools);
  tools.out(tools.json ? JSON.stringify(found) : standingText(found, lookOf(tools)));
  return exit.done;
}

async function silence({ rule, length, reason }: Given, tools: Tools): Promise<number> {
  const known = (await rulesHere(tools)).map(({ name }) => name);
  if (!known.includes(rule)) throw failure('monitor_no_rule', { rule, known });
  const { MOST_REASON } = await import('../../../monitor/alerts/silence.ts');
  if (reason.length > MOST_REASON)
    throw failure('usage', {
      problem: `The reason has ${reason.length} characters.`,
      hint: `Give at most ${MOST_REASON}.`,
    });
  const { addSilence } = await import('../../../monitor/store/alerts.ts');
  const until = new Date(Date.parse(tools.clock.now()) + length).toISOString();
  const made = await changeStored(tools, (db) => addSilence(db, { rule, labels: {}, until, reason }));
  if (tools.json) tools.out(JSON.stringify(made));
  else tools.say(`${rule} is silent until ${made.until}.`);
  return exit.done;
}

async function test(_: Given, tools: Tools): Promise<number> {
  const { monitorConfig } = await import('../../../monitor/config/read.ts');
  const { triedReceivers } = await import('../../../monitor/alerts/try-receivers.ts');
  const { deliveriesText } = await import('../../../monitor/text/alerts.ts');
  const { receivers } = monitorConfig(tools.env).config.notifications;
  const deliveries = await triedReceivers(receivers, Date.parse(tools.clock.now()), tools);
  tools.out(tools.json ? JSON.stringify({ deliveries }) : deliveriesText(deliveries, lookOf(tools)));
  return deliveries.some(({ problem }) => problem !== null) ? exit.environment : exit.done;
}
