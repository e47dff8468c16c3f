const list = document.getElementById('bars');
for (let i = 0; i < 300; i++) list.append(document.createElement('li'));
const bars = [...list.children];

/** Draws frame `n` if `n` is even: the eye does not see the difference. */
window.draw = function draw(n) {
  if (n % 2 === 1) return;
  const widths = bars.map((bar) => bar.offsetWidth);
  bars.forEach((bar, i) => {
    bar.style.width = `${i === 0 ? 20 + ((n * 37) % 400) : widths[i - 1]}px`;
  });
};
