import { readFileSync } from 'node:fs';
import { asset } from '../core/assets.ts';
import { exit, failure, isFailure } from '../core/errors.ts';
import type { Options, Run } from './command.ts';
import { printError } from './print-error.ts';
import { toolsFor } from './tools.ts';

/** The command line: parse, run, set the exit code. The only place that catches everything. */
export async function main(argv: string[] = process.argv.slice(2)): Promise<void> {
  const ours = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined); // the rest is the user's command
  const plain = { json: ours.includes('--json'), debug: ours.includes('--debug') };
  try {
    if (process.platform === 'win32') throw failure('unsupported_platform', { platform: 'Windows' });
    if (argv[0] === '--version' || argv[0] === '-V') {
      process.stdout.write(`${version()}\n`);
      return;
    }
    const { buildProgram } = await import('./program.ts');
    await buildProgram(version(), dispatch).parseAsync(argv.length > 0 ? argv : ['--help'], { from: 'user' });
  } catch (error) {
    process.exitCode = isFailure(error) ? error.exitCode : exit.bug;
    printError(error, plain);
  }
}

async function dispatch(load: () => Promise<{ run: Run }>, args: string[], options: Options): Promise<void> {
  const [tools, command] = await Promise.all([toolsFor(options), load()]);
  process.exitCode = await command.run(args, options, tools);
}

function version(): string {
  return (JSON.parse(readFileSync(asset('package.json'), 'utf8')) as { version: string }).version;
}

if (process.argv[1]?.endsWith('src/cli/index.ts')) await main();
