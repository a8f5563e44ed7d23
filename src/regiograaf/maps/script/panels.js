// ---- panels: beside the map, or sheets over it where there is no room

const NARROW = matchMedia('(max-width: 760px)'),
  ROOMY = matchMedia('(min-width: 1180px)');
let filtersOpen = ROOMY.matches;
const sheet = () => document.body.dataset.sheet || '';
function showPanels() {
  document.body.dataset.filters = filtersOpen ? 'open' : 'closed';
  $('b-filters').setAttribute('aria-expanded', NARROW.matches ? sheet() === 'filters' : filtersOpen);
  $('b-detail').setAttribute('aria-expanded', sheet() === 'detail');
}
function openSheet(name) {
  if (!NARROW.matches || (state.view !== 'kaart' && name === 'detail')) return;
  document.body.dataset.sheet = name;
  showPanels();
}
function closeSheet(focus = true) {
  const was = sheet();
  if (!was) return false;
  document.body.dataset.sheet = '';
  showPanels();
  if (focus) $(was === 'filters' ? 'b-filters' : 'net').focus();
  return true;
}
function toggleFilters() {
  if (!NARROW.matches) {
    filtersOpen = !filtersOpen;
    showPanels();
    return;
  }
  if (sheet() === 'filters') {
    closeSheet();
    return;
  }
  openSheet('filters');
  $('filters').focus();
}
function toggleDetail() {
  if (sheet() === 'detail') {
    closeSheet();
    return;
  }
  if (state.view !== 'kaart') show('kaart');
  openSheet('detail');
  $('detail').focus();
}
function focusDetail() {
  openSheet('detail');
  $('detail').focus();
}
// How much of the map lies under a sheet.
const covered = () =>
  sheet() === 'detail'
    ? Math.max(0, $('net').getBoundingClientRect().bottom - $('detail').getBoundingClientRect().top)
    : 0;

// The menu of exports, as the ARIA practices have it: arrows, Home, End, Escape, first letters.
const menuItems = () => [...$('menu-export').querySelectorAll('[role=menuitem]')];
function openMenu(last = false) {
  $('menu-export').hidden = false;
  $('b-export').setAttribute('aria-expanded', 'true');
  const items = menuItems();
  items[last ? items.length - 1 : 0].focus();
}
function closeMenu(focus = true) {
  if ($('menu-export').hidden) return;
  $('menu-export').hidden = true;
  $('b-export').setAttribute('aria-expanded', 'false');
  if (focus) $('b-export').focus();
}
function menuKeys(event) {
  const items = menuItems(),
    i = items.indexOf(document.activeElement),
    to = { ArrowDown: i + 1, ArrowUp: i - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) items[to % items.length].focus();
  else if (event.key === 'Escape') {
    closeMenu();
    event.stopPropagation();
  } else if (event.key === 'Tab') {
    closeMenu(false);
    return;
  } else if (event.key.length === 1 && event.key !== ' ') {
    const next = [...items.slice(i + 1), ...items.slice(0, i + 1)].find((item) =>
      fold(item.textContent.trim()).startsWith(fold(event.key)),
    );
    if (next) next.focus();
  } else return;
  event.preventDefault();
}
function listenPanels() {
  showPanels();
  rove(document.querySelector('.pair'), 'button');
  $('b-filters').addEventListener('click', toggleFilters);
  $('b-detail').addEventListener('click', toggleDetail);
  for (const button of document.querySelectorAll('.sheet-close')) button.addEventListener('click', () => closeSheet());
  ROOMY.addEventListener('change', () => {
    filtersOpen = ROOMY.matches;
    showPanels();
  });
  NARROW.addEventListener('change', () => {
    closeSheet(false);
    showPanels();
  });
  $('b-export').addEventListener('click', () => {
    if ($('menu-export').hidden) openMenu();
    else closeMenu();
  });
  $('b-export').addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      openMenu(event.key === 'ArrowUp');
    }
  });
  $('menu-export').addEventListener('keydown', menuKeys);
  document.addEventListener('pointerdown', (event) => {
    if (!event.target.closest('.menu')) closeMenu(false);
  });
  for (const [id, action] of [
    ['b-link', copyLink],
    ['b-svg', saveSvg],
    ['b-png', savePng],
    ['b-csv', saveCsv],
    ['b-print', () => print()],
  ])
    $(id).addEventListener('click', () => {
      closeMenu();
      action();
    });
}
