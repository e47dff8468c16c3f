import type { tools as data } from '../../serve/views/tools.ts';
import { h } from '../h.ts';
import type { PageView } from '../view.ts';

type Data = ReturnType<typeof data>;

export const tools: PageView<Data> = {
  name: 'tools',
  title: 'Tools and models',
  about: '',
  spans: true,
  kinds: [],
  draw(into, found) {
    into.append(h('pre', {}, JSON.stringify(found, null, 1).slice(0, 4000)));
  },
};
