import type { cases as data } from '../../serve/views/cases.ts';
import { h } from '../h.ts';
import type { PageView } from '../view.ts';

type Data = ReturnType<typeof data>;

export const cases: PageView<Data> = {
  name: 'cases',
  title: 'Cases',
  about: '',
  spans: true,
  kinds: [],
  draw(into, found) {
    into.append(h('pre', {}, JSON.stringify(found, null, 1).slice(0, 4000)));
  },
};
