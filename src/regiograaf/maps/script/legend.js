// ---- legend, words, theme

function buildFacets() {
  $('facets').replaceChildren(...FACETS.map((facet) => {
    facet.inputs = new Map(); facet.counts = new Map();
    facet.toggle = make('button', { type: 'button', onclick: () => { state.on.set(facet.key, state.on.get(facet.key).size ? new Set() : new Set(facet.values)); refresh(); } });
    return make('fieldset', { 'data-facet': facet.key }, make('legend', {}, t(facet.key), facet.toggle), ...facet.values.map((value) => {
      const input = make('input', { type: 'checkbox', value, onchange: () => { if (input.checked) state.on.get(facet.key).add(value); else state.on.get(facet.key).delete(value); refresh(); } });
      const number = make('span', { class: 'count' });
      facet.inputs.set(value, input); facet.counts.set(value, number);
      const long = facet.key === 'brief' && value !== '-' ? LETTERS.get(value).title : null;
      return make('label', { title: long }, input, facet.swatch ? facet.swatch(value) : null, make('span', { text: facet.label(value) }), number);
    }));
  }));
}
function speak() {
  document.documentElement.lang = state.language;
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  $('subtitle').textContent = `${DATA.nodes.length} ${t('nodes')} · ${SAID} ${t('relations')} · ${LETTERS.size} ${t('letters')}${SAID < CLAIMS.length ? ` · ${CLAIMS.length - SAID} ${t('inferred')}` : ''}`;
  $('q').placeholder = t('search');
  for (const [id, key] of [['q', 'search'], ['hits', 'hits'], ['net', 'theMap'], ['filters', 'filters'], ['map', 'map'], ['detail', 'evidence'], ['tabel', 'caption'], ['z-in', 'zoomIn'], ['z-out', 'zoomOut'], ['z-all', 'zoomAll']]) $(id).setAttribute('aria-label', t(key));
  document.querySelector('.actions').setAttribute('aria-label', t('share'));
  document.querySelector('.zoom').setAttribute('aria-label', t('zoom'));
  $('b-language').textContent = state.language === 'nl' ? 'English' : 'Nederlands';
  $('b-language').lang = state.language === 'nl' ? 'en' : 'nl';
  for (const claim of CLAIMS) {
    const [from, relation, to, modality, paraphrase] = claim.row.cells;
    from.textContent = name(claim.source);
    relation.replaceChildren(make('button', { type: 'button', class: 'link', text: claim[state.language], onclick: () => { state.view = 'kaart'; selectLine(claim.line, claim); $('detail').focus(); } }));
    to.textContent = name(claim.target);
    modality.replaceChildren(MODALITIES.get(claim.modality)[state.language], ...(claim.denied ? [' ', make('b', { text: t('denied') })] : []), ...(claim.origin === 'claim' ? [] : [' ', make('i', { text: ORIGINS.get(claim.origin)[state.language] })]));
    paraphrase.textContent = state.language === 'en' && claim.english || claim.dutch;
  }
  buildFacets();
}
function setTheme() {
  if (state.theme) document.documentElement.dataset.theme = state.theme;
  readColours();
}
