// Runs in the page of a report. Lists, in words, what a reader would see go wrong; empty if everything fits.
(() => {
  for (const details of document.querySelectorAll('details')) details.open = true;
  const wrong = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > window.innerWidth) wrong.push(`the page is ${wide} px wide`);
  for (const svg of document.querySelectorAll('svg')) {
    const frame = svg.getBoundingClientRect();
    const shapes = [...svg.querySelectorAll('rect, circle, .span, .whisker')];
    for (const text of svg.querySelectorAll('text')) {
      const box = text.getBoundingClientRect();
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1)
        wrong.push(`“${text.textContent}” leaves its figure`);
      if (!text.matches('.name')) continue;
      const covered = shapes.map((s) => s.getBoundingClientRect());
      if (covered.some((c) => c.left < box.right && c.right > box.left && c.top < box.bottom && c.bottom > box.top))
        wrong.push(`“${text.textContent}” runs into a bar`);
    }
    for (const shape of shapes) {
      const box = shape.getBoundingClientRect();
      if (box.left < frame.left - 1 || box.right > frame.right + 1) wrong.push(`a ${shape.tagName} leaves its figure`);
    }
  }
  for (const big of document.querySelectorAll('.big, .result'))
    if (big.getClientRects().length > 0 && big.scrollWidth > big.clientWidth)
      wrong.push(`“${big.textContent}” is cut off`);
  for (const pair of document.querySelectorAll('.pair'))
    if (pair.children.length < 2) wrong.push(`half of the page is empty beside “${pair.textContent.slice(0, 40)}”`);
  for (const table of document.querySelectorAll('.scroll'))
    if (table.scrollWidth > table.clientWidth && getComputedStyle(table).backgroundImage === 'none')
      wrong.push(`nothing shows that “${table.ariaLabel}” scrolls`);
  return [...new Set(wrong)];
})();
