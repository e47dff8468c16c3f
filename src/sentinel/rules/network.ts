import type { Command } from '../shell/script.ts';
import { operands } from './commands.ts';

/**
 * Programs that use the network. The value is a pattern for the program's subcommands that use the network. Null if all subcommands of the
 * program use the network.
 */
const talking: Record<string, RegExp | null> = {
  curl: null,
  wget: null,
  http: null,
  https: null,
  xh: null,
  nc: null,
  ncat: null,
  ssh: null,
  scp: null,
  rsync: /:/,
  gh: /^(api|auth|issue|pr|release|repo|run|search|workflow)$/,
  glab: /^(api|auth|issue|mr|release|repo)$/,
  tea: null,
  git: /^(fetch|pull|push|clone|ls-remote)$/,
  npm: /^(view|info|outdated|search|ping|whoami|audit)$/,
  pip: /^(index|download)$/,
  psql: null,
  mysql: null,
  aws: null,
  gcloud: null,
  az: null,
  kubectl: null,
};

/** Options with which these programs do not use the network. */
const answered = /^(-h|-V|--help|--version)$/;

/** The host of the first URL among the words. Null if no word is a URL. */
export const hostIn = ({ words }: Command): string | null =>
  words.map(({ value }) => /^https?:\/\/([\w.-]+)/.exec(value ?? '')?.[1]).find((host) => host !== undefined) ?? null;

export function talksToOthers(command: Command): boolean {
  const { program, words } = command;
  if (program === null || !Object.hasOwn(talking, program) || words.some(({ text }) => answered.test(text)))
    return false;
  const subcommands = talking[program]!;
  return subcommands === null || operands(command).some((word) => subcommands.test(word));
}
