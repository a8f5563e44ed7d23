// ---- start

function drawWords() {
  document.documentElement.lang = state.language;
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll('[data-label]'))
    element.setAttribute('aria-label', t(element.dataset.label));
  for (const element of document.querySelectorAll('[data-title]')) element.title = t(element.dataset.title);
  for (const element of [$('title'), $('text'), $('source')]) {
    if (state.language === 'nl') element.removeAttribute('lang');
    else element.lang = 'nl';
  }
  const other = state.language === 'nl' ? 'en' : 'nl';
  $('language').textContent = other.toUpperCase();
  $('language').lang = other;
  $('language').setAttribute('aria-label', other === 'en' ? 'EN, English' : 'NL, Nederlands');
  $('below').replaceChildren(
    option('0', t('anyChance'), !state.below),
    ...[90, 70, 50].map((n) => option(String(n), t('below')(n), state.below === n)),
  );
  $('below').value = String(state.below);
  $('key-list').replaceChildren(
    ...t('keyList').map(([keys, what]) =>
      make('div', {}, make('dt', {}, make('kbd', { text: keys })), ' ', make('dd', { text: what })),
    ),
  );
  $('family-list').replaceChildren(
    ...Object.keys(SHAPES).map((family) =>
      make('li', {}, shape(family), make('span', { class: `name ${family}`, text: t('family')[family] })),
    ),
  );
  $('modality-list').replaceChildren(
    ...[...MODALITIES].map(([key, pair]) => make('li', {}, sample(key), make('span', { text: words(pair) }))),
  );
}

const [found, lost] = restore();
drawWords();
drawText();
startEvents();
showPane('claims');
$('dark').setAttribute('aria-pressed', isDark());
refresh();
if (found || lost)
  say([found ? t('saidRestored')(found) : '', lost ? t('saidLost')(lost) : ''].filter(Boolean).join(' '));
globalThis.regiograaf = {
  state,
  turtle,
  claims: () => allClaims().map((claim) => ({ id: claim.id, standing: standing(claim), ...content(claim) })),
};
document.documentElement.dataset.klaar = '';
