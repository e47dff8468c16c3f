import { count, listed, oneLine } from '../../core/text.ts';
import { quantity } from '../../core/units.ts';
import { factList, table, unbroken } from '../../report/html/elements.ts';
import { html, type Markup } from '../../report/markup.ts';
import type { HookBenchmark } from '../benchmark/benchmark.ts';
import { targets } from '../benchmark/grade.ts';
import { beforeWords, loadWords, outcomeWords, share, spreadWords, targetWords } from '../benchmark/words.ts';
import { adviceOf, kindRows, programWords } from '../breakdown/words.ts';
import { bytes, milliseconds as ms } from '../words.ts';

type Run = Extract<HookBenchmark, { state: 'run' }>;

/** The benchmark figures of a hook that was run. */
export function facts(hook: Run): Markup {
  const { load, max_rss_kb, cold_ms, inputs, before, hosts } = hook;
  const list = [
    { label: 'Time', value: spreadWords(hook.wall) },
    ...(cold_ms === null ? [] : [{ label: 'First time', value: ms(cold_ms) }]),
    ...(before === null ? [] : [{ label: before.worse ? 'Before: worse' : 'Before', value: beforeWords(before) }]),
    { label: 'Targets', value: targetWords(hook) },
    ...(load ? [{ label: `${count(load.users, 'user')} × ${load.requests}`, value: loadWords(load) }] : []),
    ...(inputs.length > 1
      ? inputs.map(({ input, wall_ms }) => ({ label: `On ${oneLine(input)}`, value: ms(wall_ms) }))
      : []),
    { label: 'Ended', value: outcomeWords(hook.outcomes) },
    { label: 'Consistency', value: share(hook.consistency) },
    { label: 'CPU time', value: ms(hook.cpu_ms) },
    { label: 'Memory', value: max_rss_kb === null ? 'unknown' : quantity(max_rss_kb, 'KB') },
    { label: 'Prints', value: `${bytes(hook.stdout_bytes)} on stdout, ${bytes(hook.stderr_bytes)} on stderr` },
    { label: 'Feedback', value: `in ${share(hook.feedback)} of the executions` },
    ...(hosts.length > 0 ? [{ label: 'Calls', value: listed(hosts) }] : []),
  ];
  return factList(list.map(({ label, value }) => ({ label, value: unbroken(value) })));
}

/** The kinds of work on which the traced execution spent its time. Empty without a trace. */
export function whereTimeGoes({ id, breakdown, hosts, wall }: Run): Markup {
  if (breakdown === null) return html``;
  const rows = kindRows(breakdown).map(({ name, ms: time, share: part }) => [
    name,
    time,
    html`<span class="share" aria-hidden="true"><i style="width:${Number.parseFloat(part)}%"></i></span><span>${unbroken(part)}</span>`,
  ]);
  const advice = wall.p50 > targets.stretch_ms ? adviceOf(breakdown, hosts) : null;
  return html`<p><strong>Where the time goes</strong></p>
<p class="soft">${unbroken(`One execution of ${ms(breakdown.traced_ms)} under strace, which slows it down. When several processes work at once, the time counts for only one process. At work: ${programWords(breakdown)}.`)}</p>
${table(`How ${oneLine(id)} spends its time`, 'lrl', ['What', 'Time', 'Share'], rows)}
${advice !== null && html`<p>${unbroken(advice)}</p>`}`;
}
