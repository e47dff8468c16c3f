import { closeSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { exit, failure } from '../../../core/errors.ts';
import { start } from '../../../core/exec.ts';
import { openForOutput } from '../../../core/fs.ts';
import { printable } from '../../../core/text.ts';
import { monitorConfig } from '../../../monitor/config/read.ts';
import type { MonitorConfig } from '../../../monitor/config/schema.ts';
import { makeHome, monitorHome, monitorPaths } from '../../../monitor/home.ts';
import { runService } from '../../../monitor/service/run.ts';
import { pageAddress, type Service, type ServiceState, serviceOf } from '../../../monitor/service/state.ts';
import { errorOf } from '../../../run/background.ts';
import { define } from '../../command.ts';
import { flag, number } from '../../options.ts';
import type { Tools } from '../../terminal/tools.ts';

export const command = define({
  name: 'monitor start',
  group: 'look',
  summary: 'start the service that receives the telemetry of Claude Code',
  detail:
    'The service listens on 127.0.0.1, stores the telemetry in a local database, serves a page that shows it, and runs until `monitor stop`. `monitor setup` makes Claude Code send to it.',
  example: 'perf-gate monitor start',
  options: {
    '--otlp <port>': number('the port for telemetry (default: the configured one, 4318; 0: any free port)', {
      least: 0,
      most: 65_535,
      whole: true,
    }),
    '--port <port>': number('the port of the page (default: the configured one, 8080; 0: any free port)', {
      least: 0,
      most: 65_535,
      whole: true,
    }),
    '--foreground': flag('stay in this terminal, until Ctrl-C'),
  },
  async run({ otlp, port, foreground }, tools) {
    const home = monitorHome(tools.env);
    const { config, file } = monitorConfig(tools.env);
    if (!config.enabled) throw failure('monitor_disabled', { file: file! });
    if (!foreground) return inBackground(home, { otlp, port }, tools);
    await runService({
      home,
      otlpPort: otlp ?? config.receiver.otlp_port,
      pagePort: pagePort({ otlp, port }, config),
      config,
      clock: tools.clock,
      env: tools.env,
      self: [process.execPath, ...process.execArgv, process.argv[1]!],
      signal: tools.signal,
      note: tools.say,
      ready: (state) => tell(tools, state),
    });
    return exit.done;
  },
});

type Ports = { otlp: number | undefined; port: number | undefined };

/** The port of the page. Null if the page is disabled. With `--otlp 0` and without `--port`, it is 0, which means any free port. */
function pagePort({ otlp, port }: Ports, { dashboard }: MonitorConfig): number | null {
  if (port !== undefined) return port;
  if (!dashboard.enabled) return null;
  return otlp === 0 ? 0 : dashboard.port;
}

/**
 * V8 options that make garbage collection frequent, for a service that runs for days. Without them, the heap of newer V8 versions grows to
 * 300 MB under load.
 */
const SMALL = ['--max-semi-space-size=1', '--heap-growing-percent=20'];

/** Starts the service in a new process session, so that it outlives the terminal. Returns when the service listens. */
async function inBackground(home: string, ports: Ports, tools: Tools): Promise<number> {
  const already = serviceOf(home);
  if (already) throw failure('monitor_running', already.holder);
  const { log } = monitorPaths(home);
  makeHome(home);
  const out = openForOutput(log);
  const given = Object.entries(ports).flatMap(([name, port]) =>
    port === undefined ? [] : [`--${name}`, String(port)],
  );
  const words = ['monitor', 'start', '--foreground', '--json', ...given, '--cwd', tools.cwd];
  const child = start(process.execPath, [...SMALL, ...process.execArgv, process.argv[1]!, ...words], {
    env: tools.env,
    cwd: '/',
    detached: true,
    stdio: ['ignore', out, out],
  });
  closeSync(out);
  child.unref();
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  let service: Service | undefined;
  while (!service?.state && !isGone() && !tools.signal.aborted) {
    await sleep(20);
    service = serviceOf(home);
  }
  if (!service?.state) throw whyItEnded(readFileSync(log, 'utf8'), log, child.exitCode ?? exit.bug);
  tell(tools, service.state);
  return exit.done;
}

function tell(tools: Tools, state: ServiceState): void {
  const endpoint = `http://127.0.0.1:${state.otlp_port}`;
  const page = pageAddress(state);
  if (tools.json) tools.out(JSON.stringify({ pid: state.pid, endpoint, page }));
  else {
    tools.say(`The monitor listens on ${endpoint} (pid ${state.pid}). \`perf-gate monitor stop\` ends it.`);
    if (page) tools.say(`Page: ${page}`);
  }
}

/** The error that the service printed as JSON when it ended. */
function whyItEnded(output: string, log: string, exit_code: number): Error {
  const line = output.split('\n').find((text) => text.startsWith('{"error":'));
  if (line === undefined) return failure('monitor_died', { log, output: printable(output.trim()) });
  return errorOf({ ...(JSON.parse(line) as { error: Parameters<typeof errorOf>[0] }).error, exit_code });
}
