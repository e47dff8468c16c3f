import { exit } from '../../../core/errors.ts';
import { define } from '../../command.ts';
import { text } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';

export const command = define({
  name: 'sentinel profile-session',
  group: 'question',
  arguments: '[transcript]',
  summary: 'tell where the time of a session of Claude Code went: model, tools, hooks, start-up',
  detail:
    'Reads the transcript of a session: a file, a session’s id, or the newest session of this project. A debug log or an export (OTLP/JSON) makes the figures complete.',
  example: 'perf-gate sentinel profile-session',
  options: {
    '--otlp <file>': text('what the client exported of the session: bodies of OTLP/JSON, one a line'),
    '--debug-log <file>': text('the client’s debug log of the session (claude --debug-file FILE)'),
  },
  async run({ transcript, otlp, debugLog }, tools) {
    const { profileFile } = await import('../../../sentinel/session/of-file.ts');
    const { profileText } = await import('../../../sentinel/session/text.ts');
    const profile = profileFile({ transcript, otlp, debugLog }, tools);
    if (tools.json) tools.out(JSON.stringify(profile));
    else tools.out(profileText(profile, lookOf(tools)));
    return exit.done;
  },
});
