import type { hooks as data } from '../../serve/views/hooks.ts';
import { h } from '../h.ts';
import type { PageView } from '../view.ts';

type Data = ReturnType<typeof data>;

export const hooks: PageView<Data> = {
  name: 'hooks',
  title: 'Hooks',
  about: '',
  spans: true,
  kinds: [],
  draw(into, found) {
    into.append(h('pre', {}, JSON.stringify(found, null, 1).slice(0, 4000)));
  },
};
