import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { exit, failure } from '../../../core/errors.ts';
import { makeDir, remove, temporaryDir } from '../../../core/fs.ts';
import { type Choice, captureWithFirst } from '../../../profile/capture/capture.ts';
import { hotspots as rank } from '../../../profile/rank/hotspots.ts';
import { ofProject } from '../../../profile/rank/project-profile.ts';
import { namedProfiler, profilersFor } from '../../../scoping/choose-profiler.ts';
import { recon } from '../../../scoping/recon/recon.ts';
import type { Run, Tools } from '../../command.ts';
import { numberOf, textOf } from '../../options.ts';
import { openFile } from '../../terminal/open.ts';
import { scriptOf } from '../measure/request.ts';
import { elsewhere } from './elsewhere.ts';
import { speedscopeName } from './files.ts';
import { hotspotsText, widthOf } from './text.ts';
import { thresholdOf } from './threshold.ts';
import { writeViews } from './views.ts';

export const silent = true;

export const run: Run = async (words, options, tools) => {
  const script = scriptOf(words, 'perf-gate profile -- node bench.mjs');
  const threshold = thresholdOf(options);
  const timeout_s = numberOf(options, 'timeout', { least: 1, otherwise: 600 });
  const out = textOf(options, 'out');
  const endings = [
    options.html === true || options.open === true ? 'html' : '',
    options.svg === true ? 'svg' : '',
  ].filter(Boolean);
  const keeps = out !== undefined || endings.length > 0 || options.speedscope === true;
  const scratch = temporaryDir(tmpdir(), 'perf-gate-profile-');
  const folder = keeps ? resolve(tools.cwd, out ?? 'perf-gate-profile') : join(scratch, 'kept');
  try {
    makeDir(folder);
    const choices = await choicesOf(script, textOf(options, 'tool'), tools);
    const { env, cwd, signal } = tools;
    const request = { script, cwd, env, timeout_s, outDir: folder, scratch: join(scratch, 'tool') };
    const captured = await captureWithFirst(choices, { ...request, ...(signal ? { signal } : {}) });
    if (captured.state === 'failed') throw failure('profiler_failed', captured);
    if (!captured.profile)
      throw failure('profile_unreadable', { file: captured.files[0]!, expected: 'a known format', found: 'another' });
    const profile = await ofProject(captured.profile, cwd);
    const found = rank(profile, cwd, { threshold_pct: threshold });
    const flames = endings.map((ending) => join(folder, `flame.${ending}`));
    const speedscope = options.speedscope === true ? join(folder, speedscopeName) : undefined;
    const views = writeViews({ profile, before: null, title: script }, { flames, speedscope, cwd });
    const files = keeps ? [...captured.files, ...views] : [];
    if (tools.json) tools.out(JSON.stringify({ ...found, tool: captured.tool, note: captured.note, files }));
    else {
      tools.out(hotspotsText(found, { root: cwd, earlier: null, threshold, width: widthOf(tools) }));
      for (const text of [captured.note, ...files.map((file) => `Written: ${file}`)]) if (text) tools.say(text);
    }
    const other = elsewhere(found, profile);
    if (other)
      tools.say(
        `Much was spent in ${other}: if that is the project’s, run this in the project, or say where it is with --cwd.`,
      );
    if (options.open === true) await openFile(flames[0]!);
    return exit.done;
  } finally {
    remove(scratch);
  }
};

async function choicesOf(script: string, tool: string | undefined, { cwd, env }: Tools): Promise<Choice[]> {
  if (tool !== undefined) return [await namedProfiler({ tool }, env)];
  const { language, tools } = recon(cwd);
  return profilersFor({ domain: 'custom', language, tools, script }, { cwd, env });
}
