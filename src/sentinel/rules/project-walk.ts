import { placesOf, spelled, waited } from './commands.ts';
import { rule } from './rule.ts';
import { rootsOf } from './walk-roots.ts';

export const projectWalk = rule<{ commands: readonly string[]; walks: number }>({
  id: 'project-walk',
  severity: 'high',
  title: 'The hook walks through the whole project',
  remedy: { act: 'look only at the file of the event', lines: 15, saves: true },
  advice: ({ commands }) =>
    `${commands.map((command) => `“${command}”`).join(', ')} looks at every file, including node_modules and .git. ` +
    'Look only at the file that is named in the event, use git ls-files, or limit the depth with -maxdepth.',
  detect({ hook, script }) {
    const { project, home } = script.around;
    const isWide = (root: string | null) =>
      root !== null && (root === '/' || root === home || root === project || project.startsWith(`${root}/`));
    const walks = waited(hook, script).filter((command) => rootsOf(command).some(isWide));
    if (walks.length === 0) return [];
    return [{ lines: placesOf(walks), facts: { commands: [...new Set(walks.map(spelled))], walks: walks.length } }];
  },
});
