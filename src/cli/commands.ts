import type { Command } from './command.ts';

/** Loads the file of a command. */
type Load = () => Promise<{ command: Command<unknown> }>;

/** Every command by its name. One call loads one file, because start-up time counts at every call. */
export const commands = {
  start: () => import('./commands/start/start.ts'),
  status: () => import('./commands/status.ts'),
  next: () => import('./commands/next.ts'),
  wait: () => import('./commands/wait.ts'),
  submit: () => import('./commands/submit.ts'),
  preflight: () => import('./commands/preflight.ts'),
  approve: () => import('./commands/approve.ts'),
  pause: () => import('./commands/pause.ts'),
  resume: () => import('./commands/resume.ts'),
  abort: () => import('./commands/abort.ts'),
  attempts: () => import('./commands/attempts.ts'),
  undo: () => import('./commands/undo.ts'),
  finish: () => import('./commands/finish.ts'),
  compare: () => import('./commands/compare/compare.ts'),
  measure: () => import('./commands/measure/measure.ts'),
  judge: () => import('./commands/judge.ts'),
  profile: () => import('./commands/profile/profile.ts'),
  hotspots: () => import('./commands/profile/hotspots.ts'),
  'sentinel audit': () => import('./commands/sentinel/audit.ts'),
  'sentinel list': () => import('./commands/sentinel/list.ts'),
  'sentinel benchmark': () => import('./commands/sentinel/benchmark.ts'),
  'sentinel optimize': () => import('./commands/sentinel/optimize.ts'),
  'sentinel baseline': () => import('./commands/sentinel/baseline.ts'),
  'sentinel compare': () => import('./commands/sentinel/compare.ts'),
  'sentinel ci': () => import('./commands/sentinel/ci.ts'),
  'sentinel profile-session': () => import('./commands/sentinel/profile-session.ts'),
  'sentinel record': () => import('./commands/sentinel/record.ts'),
  'sentinel clean': () => import('./commands/sentinel/clean.ts'),
  'monitor setup': () => import('./commands/monitor/setup.ts'),
  'monitor start': () => import('./commands/monitor/start.ts'),
  'monitor stop': () => import('./commands/monitor/stop.ts'),
  'monitor status': () => import('./commands/monitor/status.ts'),
  'monitor import': () => import('./commands/monitor/import.ts'),
  'monitor top': () => import('./commands/monitor/top.ts'),
  'monitor hooks': () => import('./commands/monitor/hooks.ts'),
  'monitor tools': () => import('./commands/monitor/tools.ts'),
  'monitor agents': () => import('./commands/monitor/agents.ts'),
  'monitor tests': () => import('./commands/monitor/tests.ts'),
  'monitor cache': () => import('./commands/monitor/cache.ts'),
  'monitor resources': () => import('./commands/monitor/resources.ts'),
  'monitor trends': () => import('./commands/monitor/trends.ts'),
  'monitor regressions': () => import('./commands/monitor/regressions.ts'),
  'monitor bottlenecks': () => import('./commands/monitor/bottlenecks.ts'),
  'monitor report': () => import('./commands/monitor/report.ts'),
  'monitor alerts': () => import('./commands/monitor/alerts.ts'),
  'monitor check': () => import('./commands/monitor/check.ts'),
  'monitor export': () => import('./commands/monitor/export.ts'),
  'monitor config': () => import('./commands/monitor/config.ts'),
  'monitor demo': () => import('./commands/monitor/demo.ts'),
  'monitor gc': () => import('./commands/monitor/gc.ts'),
  plan: () => import('./commands/plan.ts'),
  report: () => import('./commands/report.ts'),
  show: () => import('./commands/show.ts'),
  list: () => import('./commands/list.ts'),
  verify: () => import('./commands/verify/verify.ts'),
  proof: () => import('./commands/proof.ts'),
  brief: () => import('./commands/brief.ts'),
  mcp: () => import('./commands/mcp/mcp.ts'),
  hook: () => import('./commands/hook.ts'),
  statusline: () => import('./commands/statusline.ts'),
  init: () => import('./commands/init/init.ts'),
  doctor: () => import('./commands/doctor.ts'),
  calibrate: () => import('./commands/calibrate.ts'),
  lease: () => import('./commands/lease.ts'),
  gc: () => import('./commands/gc.ts'),
  workflow: () => import('./commands/workflow.ts'),
  schema: () => import('./commands/schema.ts'),
  demo: () => import('./commands/demo.ts'),
} satisfies Record<string, Load>;

export const isCommand = (name: string): name is keyof typeof commands => Object.hasOwn(commands, name);

/** All commands, in the order of the table: for help and reference. */
export async function allCommands(): Promise<Command[]> {
  const files: { command: Command }[] = await Promise.all(Object.values(commands).map((load) => load()));
  return files.map(({ command }) => command);
}
