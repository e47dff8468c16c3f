import { tmpdir } from 'node:os';
import { exit } from '../../../core/errors.ts';
import { remove, temporaryDir } from '../../../core/fs.ts';
import { configSchema } from '../../../monitor/config/schema.ts';
import { DAYS } from '../../../monitor/demo/month.ts';
import { filledDemo } from '../../../monitor/demo/store.ts';
import { runService } from '../../../monitor/service/run.ts';
import { pageAddress, type ServiceState } from '../../../monitor/service/state.ts';
import { casesText } from '../../../monitor/text/analytics.ts';
import { type Look, shown, wrap } from '../../../report/terminal/look.ts';
import { define } from '../../command.ts';
import { flag, text } from '../../options.ts';
import { lookOf, type Tools } from '../../terminal/tools.ts';

export const command = define({
  name: 'monitor demo',
  group: 'look',
  summary: 'show four invented weeks of sessions on the monitor’s page',
  detail:
    'In these weeks one hook became slower, one day was busy, and one test fails now and then. The demo serves the page until Ctrl-C and then removes its data. Until then, the other commands of the monitor can read this data. The report covers only the last week: to find a change in that week, the monitor needs the three weeks before. Your own data is neither read nor changed.',
  example: 'perf-gate monitor demo --once --json',
  options: {
    '--once': flag('print the result and exit, without the page'),
    '--live': flag('run two real hooks: one becomes slower and is proved slower, the other runs on a busy machine'),
    '--seed <text>': text('any text, to generate other data'),
  },
  silent: true,
  async run({ once, live, seed = '1' }, tools) {
    const home = temporaryDir(tmpdir(), 'perf-gate-monitor-demo-');
    try {
      if (live) return await (await import('./demo-live.ts')).showLive(home, tools);
      const found = await filledDemo(home, seed, Date.parse(tools.clock.now()));
      if (once) show(found, null, null, tools);
      else await serve(home, tools, (page) => show(found, page, home, tools));
      return exit.done;
    } finally {
      remove(home);
    }
  },
});

type Found = Awaited<ReturnType<typeof filledDemo>>;

function show(found: Found, page: string | null, home: string | null, tools: Tools): void {
  const { events, series, cases, alerts, report } = found;
  if (tools.json) {
    const told = cases.map((one) => ({ ...one, verdict: one.state }));
    tools.out(JSON.stringify({ events, series, cases: told, alerts, report, home, page }));
    return;
  }
  const raised = alerts.map(({ summary, quiet }) =>
    quiet?.by === 'inhibition' ? `${summary} Not sent, because ${quiet.rule} fired.` : summary,
  );
  const parts = [
    ...(page ? [`The page: ${page}\n`] : []),
    `${DAYS} invented days: ${events} events in ${series} series. These became slower:\n`,
    `${casesText(cases, series, lookOf(tools))}\n`,
    `Alerts of the last week:\n${indented(raised.length > 0 ? raised : ['none'], lookOf(tools))}\n`,
    report,
    ...(home
      ? [
          `\nOther commands: PERF_GATE_MONITOR_HOME=${home} perf-gate monitor top\nCtrl-C ends the demo and removes everything.`,
        ]
      : []),
  ];
  tools.out(parts.join('\n'));
}

const indented = (texts: readonly string[], look: Look): string =>
  texts.flatMap((text) => wrap(shown(text, look), look.width - 2).map((line) => `  ${line}`)).join('\n');

/** Serves the page on free ports. Reads neither hooks nor client data of the user. */
async function serve(home: string, { clock, env, signal, say }: Tools, ready: (page: string) => void): Promise<void> {
  const none = { HOME: home, CLAUDE_CONFIG_DIR: `${home}/client` };
  await runService({
    home,
    otlpPort: 0,
    pagePort: 0,
    config: configSchema.parse({ metrics: { resource_usage: false } }),
    clock,
    env: { ...env, ...none },
    self: [process.execPath, ...process.execArgv, process.argv[1]!],
    signal,
    note: say,
    ready: (state: ServiceState) => ready(pageAddress(state)!),
  });
}
