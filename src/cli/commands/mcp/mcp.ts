import manifest from '../../../../package.json' with { type: 'json' };
import { exit } from '../../../core/errors.ts';
import { define } from '../../command.ts';
import type { Tools } from '../../terminal/tools.ts';
import { answer } from './answer.ts';

const INSTRUCTIONS = `perf-gate drives a performance task through gated stages: call \`next\`, follow the brief under \`waiting\`, edit its draft, call \`submit\`, and go on with \`next\`. Only perf-gate measures, judges, commits and reverts. A person approves the contract, in a terminal.`;

export const command = define({
  name: 'mcp',
  group: 'hooks',
  summary: 'serve the main commands to an agent, as an MCP server over stdio',
  detail:
    'The tools are status, next, submit, compare, hotspots and measure. Each tool returns the object that its command prints with --json. No tool approves a contract.',
  example: 'perf-gate mcp --cwd /path/to/project',
  silent: true,
  run: (_, tools) => serve(tools),
});

/** The largest size of one request, in bytes. */
const LONGEST_REQUEST = 1024 ** 2;

/** The JSON-RPC errors for lines that are not requests. Such an error has the id null. */
const invalid = {
  tooLong: { code: -32600, message: `invalid request: it is longer than ${LONGEST_REQUEST} bytes, and was dropped` },
  notRead: { code: -32700, message: 'invalid request: expected a JSON-RPC message on one line' },
};
const refuse = (error: object) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id: null, error })}\n`);

/** Serves the tools over stdin and stdout until the client closes stdin, or a signal arrives. */
async function serve(tools: Tools): Promise<number> {
  const { mcpTools } = await import('./tools.ts');
  const { McpServer } = await import('@modelcontextprotocol/sdk/server/mcp.js');
  const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
  const { linesWithin } = await import('./lines-within.ts');
  const server = new McpServer({ name: 'perf-gate', version: manifest.version }, { instructions: INSTRUCTIONS });
  for (const { name, call, ...described } of mcpTools)
    server.registerTool(name, described, (args, extra) =>
      answer(tools, { extra, args }, (world) => call(args as never, world)),
    );
  const closed = new Promise<void>((done) => {
    server.server.onclose = done;
    process.stdin.once('end', done);
    tools.signal.addEventListener('abort', () => done(), { once: true });
  });
  const requests = process.stdin.pipe(linesWithin(LONGEST_REQUEST, () => refuse(invalid.tooLong)));
  const transport = new StdioServerTransport(requests as unknown as typeof process.stdin);
  await server.connect(transport);
  const told = transport.onerror;
  transport.onerror = (error) => {
    refuse(invalid.notRead);
    told?.(error);
  };
  await closed;
  await server.close();
  return exit.done;
}
