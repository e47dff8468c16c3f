import { readFileSync } from 'node:fs';
import { asset } from '../core/assets.ts';
import { asDiskError } from '../core/disk.ts';
import { exit, failure, isFailure } from '../core/errors.ts';
import type { Command, Options } from './command.ts';

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
    if (argv.length === 1 && argv[0] === 'statusline') {
      const { run } = await import('./commands/statusline.ts');
      process.exitCode = await run([], {});
      return;
    }
    const { buildProgram } = await import('./program.ts');
    await buildProgram(version(), dispatch).parseAsync(argv.length > 0 ? argv : ['--help'], { from: 'user' });
  } catch (thrown) {
    const error = asDiskError(thrown);
    process.exitCode = isFailure(error) ? error.exitCode : exit.bug;
    const { printError } = await import('./terminal/print-error.ts');
    printError(error, plain);
  }
}

async function dispatch(load: Command['load'], args: string[], options: Options): Promise<void> {
  const [{ toolsFor }, { run, silent }] = await Promise.all([import('./terminal/tools.ts'), load()]);
  process.exitCode = await run(args, options, await toolsFor(options, silent));
}

function version(): string {
  return (JSON.parse(readFileSync(asset('package.json'), 'utf8')) as { version: string }).version;
}

if (process.argv[1]?.endsWith('src/cli/index.ts')) await main();
