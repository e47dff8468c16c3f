import type { Command, Target } from '../shell/script.ts';
import { rule } from './rule.ts';

export const notRunnable = rule<{ script: string; state: string }>({
  id: 'not-runnable',
  severity: 'high',
  title: 'The hook fails each time: its script cannot be run',
  remedy: { act: 'make the script runnable', lines: 1, saves: false },
  advice: ({ script, state }) => `${script} ${remedies[state as Stopped]}`,
  detect({ hook, script: { commands } }) {
    const ofHook = ({ at, conditional }: Command) => at.file === hook.file && !conditional;
    return commands.filter(ofHook).flatMap(({ target, at }) => {
      if (!target || !(target.state in remedies)) return [];
      return [{ lines: [at], facts: { script: target.written, state: target.state } }];
    });
  },
});

type Stopped = Exclude<Target['state'], 'there' | 'unread'>;

const remedies: Record<Stopped, string> = {
  missing:
    'does not exist: Claude Code runs the command anyway, and the command fails. Correct the path, or remove the hook.',
  not_executable: 'is not executable: set its mode with chmod +x, or run it through its interpreter.',
  not_a_file: 'is not a file: name a script.',
};
