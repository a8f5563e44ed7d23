'use strict';
// A number leads to the claims that it counts: the list shows only those. Without this script it leads to the list.
{
  const list = document.getElementById('list');
  const rows = [...document.getElementById('rows').rows];
  const chosen = document.getElementById('chosen');
  const all = document.getElementById('all');
  const back = document.getElementById('back');
  let from = null;

  const numbers = (text) => {
    const found = new Set();
    for (const part of text.split(' ')) {
      const [first, last] = part.split('-').map(Number);
      for (let i = first; i <= (last ?? first); i += 1) found.add(i);
    }
    return found;
  };

  const show = (wanted) => {
    rows.forEach((row, i) => { row.hidden = wanted !== null && !wanted.has(i + 1); });
    chosen.hidden = all.hidden = back.hidden = wanted === null;
    if (wanted !== null) {
      const shown = rows.filter((row) => !row.hidden).length;
      chosen.textContent = shown === 1 ? '1 bewering gekozen.' : `${shown} beweringen gekozen.`;
      list.open = true;
    }
  };

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-rows]');
    if (!link) return;
    event.preventDefault();
    from = link;
    show(numbers(link.dataset.rows));
    const heading = document.getElementById('beweringen');
    heading.tabIndex = -1;
    heading.focus();
    heading.scrollIntoView();
  });
  all.addEventListener('click', () => { show(null); list.open = true; list.querySelector('summary').focus(); });
  back.addEventListener('click', () => { from.focus(); from.scrollIntoView({ block: 'center' }); });
}
