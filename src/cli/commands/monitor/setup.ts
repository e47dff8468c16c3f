import { exit, failure } from '../../../core/errors.ts';
import { monitorConfig } from '../../../monitor/config/read.ts';
import { monitorHome } from '../../../monitor/home.ts';
import { serviceOf } from '../../../monitor/service/state.ts';
import { ofShell, overruling } from '../../../monitor/setup/elsewhere.ts';
import {
  applySetup,
  applyUndo,
  forgetSetup,
  planSetup,
  planUndo,
  scopes,
  telemetryEnv,
} from '../../../monitor/setup/setup.ts';
import { overruledText, setupText, shellText } from '../../../monitor/text/setup.ts';
import { define } from '../../command.ts';
import { choice, flag, number } from '../../options.ts';
import { askForWord } from '../../terminal/prompt.ts';
import type { Tools } from '../../terminal/tools.ts';

export const command = define({
  name: 'monitor setup',
  group: 'look',
  summary: 'make Claude Code send its telemetry to the monitor, or undo that',
  detail:
    'Shows five variables and, if you agree, sets them in the settings of Claude Code. Everything else in the file stays as it is, and --undo restores the file byte for byte. The change affects new sessions only.',
  example: 'perf-gate monitor setup',
  options: {
    '--scope <scope>': choice(
      'the settings to change: user (yours, for all projects), project (shared), or local (yours, for this project)',
      scopes,
      { otherwise: 'user' },
    ),
    '--otlp <port>': number('the port (default: the service’s port, else the configured port)', {
      least: 1,
      most: 65_535,
      whole: true,
    }),
    '--print': flag('only print the variables, to set them yourself'),
    '--undo': flag('remove the variables again'),
    '--replace': flag('send to the monitor even if the settings name another collector'),
    '--yes': flag('do not ask'),
  },
  silent: true,
  async run({ scope, otlp, print, undo, replace, yes }, tools) {
    const home = monitorHome(tools.env);
    const where = { cwd: tools.cwd, env: tools.env, scope, home };
    const port = otlp ?? serviceOf(home)?.state?.otlp_port ?? monitorConfig(tools.env).config.receiver.otlp_port;
    if (print) {
      const env = telemetryEnv(port);
      tools.out(JSON.stringify({ env }, null, tools.json ? 0 : 2));
      return exit.done;
    }
    const planned = undo ? planUndo(where) : planSetup(where, port, replace);
    const { file, variables } = planned;
    const wanted = telemetryEnv(port);
    const overruled = undo ? [] : overruling(where, scope, wanted);
    const shell = undo ? [] : ofShell(tools.env, wanted);
    const changed = planned.text !== planned.after;
    if (!tools.json) tools.say(setupText(planned, undo));
    if (changed) {
      if (!yes) await agreed(file, tools);
      if (undo) applyUndo(where, planned);
      else applySetup(where, planned);
    } else if (undo) forgetSetup(where, planned);
    if (tools.json) {
      tools.out(JSON.stringify({ file, changed, variables, overruled, shell }));
      return exit.done;
    }
    if (shell.length > 0) tools.say(shellText(shell));
    if (overruled.length > 0) tools.say(overruledText(overruled, wanted.OTEL_EXPORTER_OTLP_ENDPOINT!));
    else if (changed && !shell.some(({ wins }) => wins))
      tools.say(
        undo
          ? 'The settings are again as they were before the setup.'
          : 'New sessions send their telemetry to the monitor.',
      );
    return exit.done;
  },
});

/** @throws monitor_setup_unconfirmed, cancelled */
async function agreed(file: string, tools: Tools): Promise<void> {
  if (!tools.interactive) throw failure('monitor_setup_unconfirmed', { file });
  if ((await askForWord('Change the file? (yes/no)', ['yes', 'no'])) === 'no') throw failure('cancelled');
}
