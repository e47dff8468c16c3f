import type { cache as data } from '../../serve/views/cache.ts';
import { chart } from '../chart.ts';
import { nothing, section, tile, tiles } from '../parts.ts';
import { table } from '../table.ts';
import type { PageView } from '../view.ts';
import { number, percent, short, usd } from '../words.ts';

type Data = ReturnType<typeof data>;

export const cache: PageView<Data> = {
  name: 'cache',
  title: 'Cache',
  about: 'The share of input tokens that models read from their cache.',
  spans: true,
  draw(into, { rows, columns }) {
    if (rows.length === 0) {
      into.append(section('Cache', null, nothing('No token counts were recorded in this time.')));
      return;
    }
    const sum = (of: (row: Data['rows'][number]) => number) => rows.reduce((all, row) => all + of(row), 0);
    const read = sum((row) => row.cache_read_tokens);
    const all = read + sum((row) => row.cache_creation_tokens + row.input_tokens);
    into.append(
      tiles(
        tile('From the cache', percent(all === 0 ? null : read / all), `of ${short(all)} input tokens`),
        tile('Read', short(read), 'tokens'),
        tile('Written', short(sum((row) => row.cache_creation_tokens)), 'tokens'),
        tile('Fresh', short(sum((row) => row.input_tokens)), 'tokens'),
        tile('Cost', usd(sum((row) => row.cost_usd)), 'as reported by the client'),
      ),
      section(
        'Share of tokens from the cache',
        null,
        chart({
          title: 'Share of tokens from the cache over time',
          times: columns.map(({ t }) => t),
          lines: [{ label: 'from the cache', values: columns.map((one) => one.cache_read_share), colour: '--model' }],
          shown: percent,
        }),
      ),
      section(
        'By model',
        null,
        table(
          'Tokens by model',
          [
            { title: 'model', cell: ({ model }) => model },
            { title: 'from cache', cell: ({ cache_read_share }) => percent(cache_read_share), figure: true },
            { title: 'requests', cell: ({ requests }) => number(requests), figure: true },
            { title: 'read', cell: ({ cache_read_tokens }) => short(cache_read_tokens), figure: true },
            { title: 'written', cell: ({ cache_creation_tokens }) => short(cache_creation_tokens), figure: true },
            { title: 'fresh', cell: ({ input_tokens }) => short(input_tokens), figure: true },
            { title: 'output', cell: ({ output_tokens }) => short(output_tokens), figure: true },
            { title: 'cost', cell: ({ cost_usd }) => usd(cost_usd), figure: true },
          ],
          rows,
        ),
      ),
    );
  },
};
