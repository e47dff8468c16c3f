import type { Candidate } from '../recon/finding.ts';
import type { Recon } from '../recon/recon.ts';
import { stackOf } from '../stack-of.ts';
import { chosen } from './offers.ts';
import { type Answers, textOf } from './question.ts';

/** The answer for “no such command”. */
export const NOTHING = 'nothing';

/** The command that installs the dependencies of the project and of the chosen command. Null if no dependencies are known. */
export function setupOf(answers: Answers, recon: Recon): string | null {
  return joined([recon.setup_command, known(answers, recon)?.setup ?? null]);
}

/**
 * The command that must build the program before the chosen command can run. If recon found such a build together with the chosen command,
 * that build is returned. If recon found none, but the chosen command runs a file that the project's build writes, the project's build is
 * returned. Null if no build is needed.
 */
export function buildOf(answers: Answers, recon: Recon): string | null {
  const command = known(answers, recon);
  if (command?.build) return command.build;
  const script = textOf(answers, 'repro');
  const isOutput = recon.output !== null && script.includes(recon.output.replace(/\*.*$/, ''));
  return isOutput && command?.kind !== 'build' ? recon.build_command : null;
}

/** The chosen candidate. For a command that a person typed, the candidate with the same program but other arguments. */
function known(answers: Answers, recon: Recon): Candidate | undefined {
  const program = programOf(textOf(answers, 'repro'));
  const isSame = ({ command }: Candidate) => program.includes('/') && programOf(command) === program;
  return chosen(answers, recon) ?? recon.scripts.find(isSame);
}

const programOf = (command: string) => command.replace(/^\.\//, '').split(/\s/, 1)[0]!;

/**
 * The environment variables that the command needs. These variables concern only Python, so commands of other languages get no variables.
 */
export function envOf(answers: Answers, recon: Recon): Record<string, string> {
  const stack = stackOf(textOf(answers, 'repro'), { cwd: '/nonexistent', env: {} });
  return stack === null || stack === 'python' ? recon.env : {};
}

const joined = (commands: readonly (string | null)[]) =>
  commands.filter((command) => command !== null).join(' && ') || null;
