import type { Candidate } from '../recon/finding.ts';
import type { Recon } from '../recon/recon.ts';
import { stackOf } from '../stack-of.ts';
import { chosen } from './offers.ts';
import { type Answers, textOf } from './question.ts';

/** The answer for “no such command”. */
export const NOTHING = 'nothing';

/**
 * The command that installs the dependencies: first those of the project, then those of the chosen command. Null if no such command is
 * known.
 */
export function setupOf(answers: Answers, recon: Recon): string | null {
  return joined([recon.setup_command, known(answers, recon)?.setup ?? null]);
}

/**
 * The build that the chosen command needs. Recon possibly found one for exactly this command. If not, the project's build is returned if
 * the chosen command runs a file that this build writes. Null if no build is needed.
 */
export function buildOf(answers: Answers, recon: Recon): string | null {
  const command = known(answers, recon);
  if (command?.build) return command.build;
  const script = textOf(answers, 'repro');
  const isOutput = recon.output !== null && script.includes(recon.output.replace(/\*.*$/, ''));
  return isOutput && command?.kind !== 'build' ? recon.build_command : null;
}

/** The chosen candidate. If a person typed a command, this is the candidate that starts the same program, even with other arguments. */
function known(answers: Answers, recon: Recon): Candidate | undefined {
  const program = programOf(textOf(answers, 'repro'));
  const isSame = ({ command }: Candidate) => program.includes('/') && programOf(command) === program;
  return chosen(answers, recon) ?? recon.scripts.find(isSame);
}

const programOf = (command: string) => command.replace(/^\.\//, '').split(/\s/, 1)[0]!;

/**
 * The environment variables that recon proposes for the command. Recon proposes them only for Python, so a command of another language gets
 * none.
 */
export function envOf(answers: Answers, recon: Recon): Record<string, string> {
  const stack = stackOf(textOf(answers, 'repro'), { cwd: '/nonexistent', env: {} });
  return stack === null || stack === 'python' ? recon.env : {};
}

const joined = (commands: readonly (string | null)[]) =>
  commands.filter((command) => command !== null).join(' && ') || null;
