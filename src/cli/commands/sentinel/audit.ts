import { resolve } from 'node:path';
import { exit, failure } from '../../../core/errors.ts';
import { usualOptions } from '../../../sentinel/dry-run/options.ts';
import { sentinelHome } from '../../../sentinel/store/home.ts';
import { keptWords } from '../../../sentinel/store/words.ts';
import { define } from '../../command.ts';
import { flag, number, text } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';
import { inCage, inTime, ofPlugins, ofSession, onInputs, progressing, recordedIn } from './cage-options.ts';
import { asMarkdown, asPage, reportsOf } from './report-options.ts';

export const command = define({
  name: 'sentinel audit',
  group: 'question',
  summary: 'measure every hook of Claude Code in a cage, and list what makes it slow',
  detail:
    'Runs each hook alone, and all hooks of an event at once, as Claude Code does. Nothing that hooks write or send leaves the cage. Also searches the hooks’ files for patterns that cost time. Exit code 1: the score is below --fail-under.',
  example: 'perf-gate sentinel audit',
  options: {
    ...ofPlugins,
    ...ofSession,
    '--static': flag('only read the hooks’ files, and run nothing'),
    '--runs <n>': number('executions of each hook', {
      least: 1,
      most: 100,
      whole: true,
      otherwise: usualOptions.runs,
    }),
    ...inCage,
    ...inTime,
    ...onInputs,
    '--payload <sizes>': text(
      'input sizes to try, such as 1k,10k,100k: shows whether the time grows faster than the input',
    ),
    ...asPage,
    ...asMarkdown,
    '--fail-under <n>': number('exit with 1 if the score is lower', { least: 0, most: 100, otherwise: 0 }),
  },
  async run(
    { plugins, static: textsAlone, runs, network, state, payload, html, markdown, failUnder, ...given },
    tools,
  ) {
    const reports = reportsOf({ html, markdown }, tools);
    const { audit } = await import('../../../sentinel/audit/audit.ts');
    const { auditText } = await import('../../../sentinel/audit/text.ts');
    const { keepAudit, subjectOf } = await import('../../../sentinel/store/audits.ts');
    const { conditionsOf } = await import('../../../sentinel/store/conditions.ts');
    const { sentinelConfig } = await import('../../../sentinel/store/config.ts');
    const config = sentinelConfig(tools.env);
    const dry = textsAlone
      ? null
      : {
          ...usualOptions,
          runs,
          network,
          state,
          payload: sizesOf(payload),
          limit_s: given.limitS,
          recorded: await recordedIn(given.fromTranscript, tools),
          strace: config.external_tools.use_strace,
          seed: `audit ${tools.clock.now()}`,
        };
    const flags = { settings: given.settings, pluginDirs: given.pluginDir };
    const made = await audit({ plugins, flags, dry }, progressing(tools));
    const about = { place: resolve(tools.cwd, plugins ?? '.'), at: tools.clock.now() };
    if (reports.html) reports.html((await import('../../../sentinel/page/audit-page.ts')).auditPage(made, about));
    if (reports.markdown)
      reports.markdown((await import('../../../sentinel/page/audit-markdown.ts')).auditMarkdown(made, about));
    if (tools.json) tools.out(JSON.stringify(made));
    else if (markdown !== '-') tools.out(auditText(made, { ...config.thresholds, place: about.place }, lookOf(tools)));
    const conditions = dry && conditionsOf(dry, flags);
    const subject = subjectOf(tools.cwd, plugins);
    const kept = keepAudit(sentinelHome(tools.env), subject, { audit: made, conditions }, tools.clock);
    const note = keptWords(kept, config.verbose);
    if (note) tools.say(note);
    return made.score < failUnder ? exit.gateSaidNo : exit.done;
  },
});

const units: Readonly<Record<string, number>> = { '': 1, k: 1000, m: 1_000_000 };

/** `1k,10k` as bytes, ascending. @throws usage */
function sizesOf(written: string | undefined): number[] {
  if (written === undefined) return [];
  const sizes = written.split(',').map((one) => {
    const [, digits, unit = ''] = /^(\d{1,9})([km]?)b?$/i.exec(one.trim()) ?? [];
    return digits === undefined ? Number.NaN : Number(digits) * units[unit.toLowerCase()]!;
  });
  if (sizes.some((size) => !(size > 0 && size <= 10_000_000)))
    throw failure('usage', {
      problem: `--payload takes sizes from 1 to 10m, such as 1k,10k,100k, not ${written}.`,
      hint: 'Without --payload, each hook runs on its usual input only.',
    });
  return sizes.sort((a, b) => a - b);
}
