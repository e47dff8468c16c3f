import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { exit, failure } from '../../../core/errors.ts';
import { makeDir, remove, temporaryDir } from '../../../core/fs.ts';
import { type Choice, captureWithFirst } from '../../../profile/capture/capture.ts';
import { profilers } from '../../../profile/profilers/profilers.ts';
import { hotspots as rank } from '../../../profile/rank/hotspots.ts';
import { ofProject } from '../../../profile/rank/project-profile.ts';
import { namedProfiler, profilersFor } from '../../../scoping/choose-profiler.ts';
import { recon } from '../../../scoping/recon/recon.ts';
import { define } from '../../command.ts';
import { flag, number, percent, suggested, text } from '../../options.ts';
import { openInBrowser } from '../../terminal/browser.ts';
import type { Tools } from '../../terminal/tools.ts';
import { scriptOf } from '../measure/words.ts';
import { elsewhere, speedscopeName } from './files.ts';
import { hotspotsText, widthOf } from './text.ts';
import { writeViews } from './views.ts';

export const command = define({
  name: 'profile',
  group: 'question',
  arguments: '[command...]',
  usage: '[options] -- <command> [arguments...]',
  summary: 'run a command under a profiler, and rank the project’s functions',
  detail:
    'Needs no run and no repository. After --, several words are a command and its arguments; one word is a shell script. Files are kept only with --out, --html, --svg or --speedscope.',
  example: 'perf-gate profile --html -- node bench.mjs',
  options: {
    '--tool <name>': suggested(
      'the profiler, such as node-heap-prof or callgrind (default: the first installed profiler that suits the command)',
      profilers.map(({ tool }) => tool),
    ),
    '--value <name>': text(
      'the value to rank by, if the profile holds several: an event of perf or callgrind, or a sample type of pprof',
    ),
    '--html': flag('write a flame graph as an HTML page with zoom and search'),
    '--svg': flag('write a flame graph as an SVG picture'),
    '--speedscope': flag('write the profile for speedscope'),
    '--out <folder>': text('the folder for kept files (default perf-gate-profile)'),
    '--threshold <pct>': percent('mark hotspots where a fix can save less than this', {
      least: 0,
      most: 100,
      otherwise: 20,
    }),
    '--timeout <seconds>': number('a longer run counts as failed', { least: 1, otherwise: 600 }),
    '--open': flag('open the flame graph in the browser'),
  },
  silent: true,
  parse: ({ command: words, html, svg, ...given }) => ({
    ...given,
    script: scriptOf(words, 'perf-gate profile -- node bench.mjs'),
    endings: [...(html || given.open ? ['html'] : []), ...(svg ? ['svg'] : [])],
  }),
  async run({ script, tool, value, endings, speedscope, out, threshold, timeout, open }, tools) {
    const { env, cwd, signal } = tools;
    const keeps = out !== undefined || endings.length > 0 || speedscope;
    const scratch = temporaryDir(tmpdir(), 'perf-gate-profile-');
    const folder = keeps ? resolve(cwd, out ?? 'perf-gate-profile') : join(scratch, 'kept');
    try {
      makeDir(folder);
      const choices = await choicesOf(script, tool, tools);
      const request = {
        script,
        cwd,
        env,
        value,
        timeout_s: timeout,
        outDir: folder,
        scratch: join(scratch, 'tool'),
        signal,
      };
      const captured = await captureWithFirst(choices, request);
      if (captured.state === 'failed') throw failure('profiler_failed', captured);
      if (!captured.profile)
        throw failure('profile_unreadable', { file: captured.files[0]!, expected: 'a known format', found: 'another' });
      const profile = await ofProject(captured.profile, cwd);
      const found = rank(profile, cwd, { threshold_pct: threshold });
      const flames = endings.map((ending) => join(folder, `flame.${ending}`));
      const scope = speedscope ? join(folder, speedscopeName) : undefined;
      const views = writeViews({ profile, before: null, title: script }, { flames, speedscope: scope, cwd });
      const files = keeps ? [...captured.files, ...views] : [];
      if (tools.json) tools.out(JSON.stringify({ ...found, tool: captured.tool, note: captured.note, files }));
      else {
        tools.out(hotspotsText(found, { root: cwd, earlier: null, threshold, width: widthOf(tools) }));
        for (const line of [captured.note, ...files.map((file) => `Written: ${file}`)]) if (line) tools.say(line);
      }
      const other = elsewhere(found, profile);
      if (other)
        tools.say(
          `Much of the cost is in ${other}, outside of the project. If this file belongs to the project to profile, run \`perf-gate profile\` in that project, or pass --cwd DIR.`,
        );
      if (open) await openInBrowser(flames[0]!);
      return exit.done;
    } finally {
      remove(scratch);
    }
  },
});

async function choicesOf(script: string, tool: string | undefined, { cwd, env }: Tools): Promise<Choice[]> {
  if (tool !== undefined) return [await namedProfiler({ tool }, env)];
  const { language, tools } = recon(cwd);
  return profilersFor({ domain: 'custom', language, tools, script }, { cwd, env });
}
