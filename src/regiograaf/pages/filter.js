'use strict';
// A group of boxes shows the rows of the chosen states, and says how many there are; without this script all are shown.
for (const group of document.querySelectorAll('fieldset[data-filter]')) {
  const rows = [...document.getElementById(group.dataset.filter).querySelectorAll('[data-state]')];
  const boxes = [...group.querySelectorAll('input')];
  const told = group.querySelector('[role=status]');
  const show = () => {
    const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let shown = 0;
    for (const row of rows) {
      row.hidden = !chosen.has(row.dataset.state);
      if (!row.hidden) shown += 1;
    }
    told.textContent = told.dataset.words.replace('{n}', shown).replace('{all}', rows.length);
  };
  group.hidden = false;
  group.addEventListener('change', show);
}
