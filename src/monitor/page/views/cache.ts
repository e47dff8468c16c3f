import type { cache as data } from '../../serve/views/cache.ts';
import { h } from '../h.ts';
import type { PageView } from '../view.ts';

type Data = ReturnType<typeof data>;

export const cache: PageView<Data> = {
  name: 'cache',
  title: 'Cache',
  about: '',
  spans: true,
  kinds: [],
  draw(into, found) {
    into.append(h('pre', {}, JSON.stringify(found, null, 1).slice(0, 4000)));
  },
};
