import { resolve } from 'node:path';
import { exit } from '../../../core/errors.ts';
import type { Way } from '../../../sentinel/benchmark/benchmark.ts';
import { usualOptions } from '../../../sentinel/dry-run/options.ts';
import { sentinelHome } from '../../../sentinel/store/home.ts';
import { hyperfineWords, keptWords } from '../../../sentinel/store/words.ts';
import { define } from '../../command.ts';
import { flag, number, suggested } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';
import { inCage, inTime, ofPlugins, ofSession, onInputs, progressing, recordedIn } from './cage-options.ts';
import { asPage, reportsOf } from './report-options.ts';

/** Defaults of --quick. */
const quickly = { runs: 5, warmup: 1, users: 0 };

/** The scenarios of sentinel/scenarios/, in the order of the help. */
const scenarios = [
  'simple-read',
  'complex-write',
  'violation',
  'mcp-tool',
  'error',
  'large-file',
  'sequence',
  'malformed-input',
  'time-out',
];

export const command = define({
  name: 'sentinel benchmark',
  group: 'question',
  arguments: '<hook>',
  summary: 'run a hook often, alone and under load: percentiles, targets and a grade',
  detail:
    'Name the hook by an id of `sentinel list`, by the end of an id, or as `all`. The hook runs in a cage, as in an audit: nothing that the hook writes or sends leaves the cage.',
  example: 'perf-gate sentinel benchmark all --quick',
  options: {
    ...ofPlugins,
    ...ofSession,
    '--runs <n>': number('measured executions (default 20)', { least: 2, most: 1000, whole: true }),
    '--warmup <n>': number('executions before the measured ones (default 3)', { least: 1, most: 100, whole: true }),
    '--users <n>': number('simulated sessions that run the hook at once (default 5; 0: no load)', {
      least: 0,
      most: 100,
      whole: true,
    }),
    '--requests <n>': number('executions of each simulated session', {
      least: 1,
      most: 1000,
      whole: true,
      otherwise: 10,
    }),
    '--scenario <s>': suggested(`the scenario: ${scenarios.join(', ')}, or a file`, scenarios),
    '--trace': flag('show where the time goes, from one execution under strace'),
    '--quick': flag('the same as --runs 5 --warmup 1 --users 0'),
    ...inCage,
    ...inTime,
    ...onInputs,
    ...asPage,
  },
  async run(
    { hook, plugins, quick, requests, network, state, limitS, scenario, trace, fromTranscript, html, ...given },
    tools,
  ) {
    const reports = reportsOf({ html }, tools);
    const { benchmark } = await import('../../../sentinel/benchmark/benchmark.ts');
    const { benchmarkText } = await import('../../../sentinel/benchmark/text.ts');
    const { subjectOf } = await import('../../../sentinel/store/audits.ts');
    const { keepBenchmark, latestBenchmark } = await import('../../../sentinel/store/benchmarks.ts');
    const { readScenario } = await import('../../../sentinel/dry-run/scenarios.ts');
    const { sentinelConfig } = await import('../../../sentinel/store/config.ts');
    const { external_tools, verbose } = sentinelConfig(tools.env);
    const usual = quick ? quickly : { runs: 20, warmup: 3, users: 5 };
    const { runs = usual.runs, warmup = usual.warmup, users = usual.users } = given;
    const load = users > 0 ? { users, requests } : null;
    const seed = `benchmark ${tools.clock.now()}`;
    const dry = {
      ...usualOptions,
      runs,
      warm_ups: warmup,
      sets: false,
      load,
      network,
      state,
      strace: external_tools.use_strace,
      limit_s: limitS,
      breakdown: trace,
      recorded: await recordedIn(fromTranscript, tools),
      scenario: scenario === undefined ? null : readScenario(scenario, tools.cwd),
      seed,
    };
    const home = sentinelHome(tools.env);
    const subject = subjectOf(tools.cwd, plugins);
    const last = (id: string, way: Way) => latestBenchmark(home, subject, id, way);
    const flags = { settings: given.settings, pluginDirs: given.pluginDir };
    const made = await benchmark({ hook, plugins, flags, dry, last }, progressing(tools));
    if (reports.html) {
      const { benchmarkPage } = await import('../../../sentinel/page/benchmark-page.ts');
      reports.html(benchmarkPage(made, { place: resolve(tools.cwd, plugins ?? '.'), at: tools.clock.now() }));
    }
    if (tools.json) tools.out(JSON.stringify(made));
    else tools.out(benchmarkText(made, lookOf(tools)));
    const kept = keepBenchmark(home, subject, made, tools.clock);
    for (const note of [keptWords(kept, verbose), hyperfineWords(external_tools)]) if (note) tools.say(note);
    return exit.done;
  },
});
