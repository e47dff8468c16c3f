const kinds = ['Thé vert', 'Thé noir', 'Café moulu', 'Tasse émaillée', 'Théière', 'Moulin à café', 'Crème brûlée'];
const makers = ['Müller', 'Łódź', 'Ångström', 'Peña', 'Dvořák', 'Çelik', 'Óbidos', 'Søren'];

/** 2 000 products, the same in every process. */
export const products = Array.from({ length: 2000 }, (_, id) => ({
  id,
  name: `${kinds[id % kinds.length]} ${makers[(id * 3) % makers.length]} n° ${id}`,
  cents: 290 + ((id * 7919) % 5000),
}));
