// Runs in the page of a report. Returns a list of visible faults, in words; empty if everything fits.
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
    if ([...pair.children].filter((child) => child.getBoundingClientRect().height > 0).length < 2)
      wrong.push(`half of the page is empty beside “${pair.textContent.slice(0, 40)}”`);
  for (const table of document.querySelectorAll('.scroll'))
    if (table.scrollWidth > table.clientWidth && getComputedStyle(table).backgroundImage === 'none')
      wrong.push(`nothing shows that “${table.ariaLabel}” scrolls`);
  wrong.push(...textsOutside(), ...faintTexts());
  return [...new Set(wrong)];

  /** Texts that overflow their box at a side or at the bottom. A table or a listing may scroll, but the texts of its cells must fit. */
  function textsOutside() {
    return textNodes().flatMap(({ node, text }) => {
      const holder = boxOf(node.parentElement);
      const box = holder.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()];
      const leaves = rects.some((r) => r.left < box.left - 1 || r.right > box.right + 1 || r.bottom > box.bottom + 3);
      const page = holder.closest('.scroll, pre')
        ? false
        : rects.some((r) => r.right > window.innerWidth + 1 || r.left < -1);
      if (holder.closest('pre') ? false : leaves || page) return [`“${text}” leaves its box`];
      const clips = clipperOf(holder)?.getBoundingClientRect();
      return clips && rects.some((r) => r.right > clips.right + 1) ? [`“${text}” is clipped`] : [];
    });
  }

  /** Texts that are too faint to read: a contrast below 4.5, or 3 for large letters (WCAG 2.1, AA). */
  function faintTexts() {
    return textNodes().flatMap(({ node, text }) => {
      const style = getComputedStyle(node.parentElement);
      const isLarge =
        Number.parseFloat(style.fontSize) >= 24 ||
        (Number.parseFloat(style.fontSize) >= 18.6 && Number(style.fontWeight) >= 600);
      const ratio = contrast(channels(style.color), backgroundOf(node.parentElement));
      return ratio < (isLarge ? 3 : 4.5) ? [`“${text}” is too faint: ${ratio.toFixed(1)}`] : [];
    });
  }

  function textNodes() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const text = node.textContent.trim().slice(0, 40);
      // figures are checked above; only screen readers read captions
      if (text && !node.parentElement.closest('svg, caption, style')) found.push({ node, text });
    }
    return found;
  }

  function boxOf(element) {
    let at = element;
    while (getComputedStyle(at).display === 'inline') at = at.parentElement;
    return at;
  }

  /** The nearest ancestor that clips its content sideways; null if one that scrolls is nearer. */
  function clipperOf(element) {
    for (let at = element; at; at = at.parentElement) {
      const { overflowX } = getComputedStyle(at);
      if (overflowX === 'auto' || overflowX === 'scroll') return null;
      if (overflowX === 'hidden' || overflowX === 'clip') return at;
    }
    return null;
  }

  function backgroundOf(element) {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) return colour;
    }
    return [255, 255, 255, 1];
  }

  function channels(colour) {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    return [red, green, blue, alpha];
  }

  function contrast(a, b) {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  }

  function luminance(colour) {
    const [red, green, blue] = colour.slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
})();
