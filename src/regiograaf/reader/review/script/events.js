// ---- what a mouse and a keyboard do

function showPane(pane) {
  // Where there is room the letter stands beside the list: then it is no pane of its own.
  const narrow = getComputedStyle($('pane-letter')).display !== 'none';
  state.pane = pane === 'letter' && !narrow ? state.pane : pane;
  document.body.dataset.pane = state.pane;
  for (const button of $('panes').querySelectorAll('button'))
    button.setAttribute('aria-pressed', button.dataset.pane === state.pane);
  if (state.pane === 'names') drawNames();
}
function startEvents() {
  for (const button of $('panes').querySelectorAll('button'))
    button.addEventListener('click', () => {
      closeForm();
      showPane(button.dataset.pane);
      if (state.pane === 'claims') refresh();
      if (state.pane !== 'names') showCurrent();
    });
  for (const button of $('filters').querySelectorAll('[data-filter]'))
    button.addEventListener('click', () => {
      closeForm();
      state.filter = button.dataset.filter;
      refresh();
      $('claims').scrollTop = 0;
    });
  $('below').addEventListener('change', () => {
    closeForm();
    state.below = Number($('below').value);
    refresh();
  });
  $('show-all').addEventListener('click', () => {
    state.filter = 'all';
    state.below = 0;
    $('below').value = '0';
    refresh();
    move(1);
  });
  $('list').addEventListener('click', (event) => {
    const row = event.target.closest('[data-claim]');
    if (!row || event.target.closest('button, form')) return;
    const claim = allClaims().find((one) => one.id === row.dataset.claim);
    if (claim && !(state.editing && state.selected?.id === claim.id)) {
      closeForm();
      select(claim);
    }
  });
  $('list').addEventListener('focusin', (event) => {
    const row = event.target.closest('[data-claim]');
    if (!row || state.editing || state.selected?.id === row.dataset.claim) return;
    const claim = allClaims().find((one) => one.id === row.dataset.claim);
    if (claim) select(claim, { focus: false });
  });
  $('text').addEventListener('click', (event) => {
    if (String(getSelection())) return;
    const name = event.target.closest('[data-name]'),
      span = event.target.closest('[data-line]');
    if (name) {
      const [line, mention] = name.dataset.name.split(' ');
      showName(meant(LINES[line].mentions[mention].entity));
    } else if (span) chooseLine(LINES[span.dataset.line]);
  });
  $('download').addEventListener('click', download);
  $('copy').addEventListener('click', copy);
  $('help').addEventListener('click', openHelp);
  $('undo').addEventListener('click', takeBack);
  $('help-close').addEventListener('click', () => $('help-box').close());
  $('use-keys').addEventListener('change', () => {
    state.keys = $('use-keys').checked;
  });
  $('dark').addEventListener('click', () => {
    state.theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = state.theme;
    $('dark').setAttribute('aria-pressed', isDark());
  });
  $('language').addEventListener('click', () => {
    closeForm();
    state.language = state.language === 'nl' ? 'en' : 'nl';
    drawWords();
    drawText();
    refresh();
  });
  document.addEventListener('keydown', keyed);
}
// A click on a sentence: its claims one after the other; one without claims gets one.
function chooseLine(line) {
  closeForm();
  const claims = allClaims().filter((claim) => claim.line.i === line.i);
  if (!claims.length) {
    if (line.kind === 'sentence') startAdding(line);
    return;
  }
  showPane('claims');
  const at = claims.findIndex((claim) => claim.id === state.selected?.id),
    claim = claims[(at + 1) % claims.length];
  if (!shownClaims().some((one) => one.id === claim.id)) {
    state.filter = 'all';
    state.below = 0;
    $('below').value = '0';
  }
  refresh();
  select(claim);
}
const isDark = () => (state.theme ? state.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);

const DONE = { a: 'accept', d: 'drop', e: 'change', n: 'addHere' };
function keyed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $('help-box').open) return;
  const at = event.target;
  if (event.key === 'Escape' && form) {
    event.preventDefault();
    form.cancel();
    return;
  }
  if (at.matches('input:not([type=checkbox]), select, textarea') || !state.keys) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === '?') {
    event.preventDefault();
    openHelp();
    return;
  }
  if (key === 'u') {
    event.preventDefault();
    takeBack();
    return;
  }
  const arrows = key === 'ArrowDown' || key === 'ArrowUp';
  // Arrows scroll the letter when it has the focus.
  if (state.pane === 'names' || (arrows && at.closest('#letter'))) return;
  if (key === 'j' || key === 'k' || arrows) {
    event.preventDefault();
    closeForm();
    move(key === 'j' || key === 'ArrowDown' ? 1 : -1);
    return;
  }
  if (!Object.hasOwn(DONE, key) || form) return;
  const sentence = at.closest('[data-sentence]');
  if (key === 'n' && sentence) {
    event.preventDefault();
    startAdding(LINES[sentence.dataset.sentence]);
  } else if (state.selected && state.filter !== 'without') {
    event.preventDefault();
    act(DONE[key], state.selected);
  }
}
function openHelp() {
  $('help-box').showModal();
}

// ---- taking the work out of the page

function download() {
  const url = URL.createObjectURL(new Blob([turtle()], { type: 'text/turtle' })),
    link = make('a', { href: url, download: DATA.file });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
  say(t('saidSaved')(DATA.file));
}
async function copy() {
  try {
    await navigator.clipboard.writeText(turtle());
    say(t('saidCopied'));
  } catch {
    say(t('saidNotCopied'));
  }
}
