// ---- legend: filters with their counts, the words of the page, light and dark

const SOME = 8,
  DENIES = CLAIMS.some((claim) => claim.denied);
const set = (facet, values) => {
  state.on.set(facet.key, new Set(values));
  refresh();
};
function only(key, values) {
  const facet = FACETS.find((one) => one.key === key);
  if (!facet) return;
  const inside = $('detail').contains(document.activeElement);
  set(facet, values);
  say($('status').textContent);
  // The card was made anew: what had the focus is gone.
  if (inside) $('detail').focus();
}
const folded = new Set(FACETS.filter((facet) => facet.folded).map((facet) => facet.key)),
  spread = new Set();
function facetItem(facet, value) {
  const input = make('input', {
    type: 'checkbox',
    value,
    onchange: () => {
      if (input.checked) state.on.get(facet.key).add(value);
      else state.on.get(facet.key).delete(value);
      refresh();
    },
  });
  const number = make('span', { class: 'count' }),
    text = (facet.foreign && facet.foreign(value) ? dutch : make)('span', {
      class: 'words',
      title: facet.title ? facet.title(value) : null,
      text: facet.label(value),
    });
  facet.inputs.set(value, input);
  facet.counts.set(value, number);
  return make('label', {}, input, facet.swatch ? facet.swatch(value) : null, text, number);
}
// Of a long list the first are shown, and what is searched for.
function longList(facet, items) {
  const find = make('input', {
    type: 'search',
    class: 'find',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: t('findIn'),
    'aria-label': `${t(facet.key)}: ${t('findIn').toLowerCase()}`,
    oninput: () => narrow(),
  });
  const these = make('button', { type: 'button', class: 'only', onclick: () => set(facet, sought()) });
  const more = make('button', {
    type: 'button',
    class: 'more link',
    onclick: () => {
      if (spread.has(facet.key)) spread.delete(facet.key);
      else spread.add(facet.key);
      narrow();
    },
  });
  const none = make('p', { class: 'note', text: t('nothing') });
  const sought = () => {
    const query = fold(find.value.trim());
    return query ? facet.values.filter((value) => fold(facet.label(value)).includes(query)) : facet.values;
  };
  function narrow() {
    const found = new Set(sought()),
      searching = !!find.value.trim(),
      all = spread.has(facet.key);
    facet.values.forEach((value, i) => {
      items[i].hidden = !(searching ? found.has(value) : all || i < SOME);
    });
    these.hidden = !searching || !found.size;
    these.textContent = t('onlyThese')(found.size);
    none.hidden = found.size > 0;
    more.hidden = searching;
    more.textContent = all ? t('showLess') : t('showMore')(facet.values.length);
    more.setAttribute('aria-expanded', all);
    facet.settle?.();
  }
  narrow();
  return [make('p', { class: 'finder' }, find, these), ...items, none, more];
}
function buildFacets() {
  $('facets').replaceChildren(
    ...FACETS.map((facet) => {
      facet.inputs = new Map();
      facet.counts = new Map();
      const list = 'facet-' + facet.key,
        items = facet.values.map((value) => facetItem(facet, value));
      const box = make(
        'div',
        { id: list, class: 'list', role: 'group', 'aria-label': t(facet.key), 'aria-describedby': 'walk-help' },
        ...(facet.values.length > SOME + 4 ? longList(facet, items) : items),
      );
      facet.settle = rove(box, 'label input, .more');
      facet.note = make('span', { class: 'part' });
      facet.toggle = make('button', {
        type: 'button',
        class: 'toggle link',
        onclick: () => set(facet, state.on.get(facet.key).size ? [] : facet.values),
      });
      const open = !folded.has(facet.key);
      const head = make(
        'button',
        {
          type: 'button',
          class: 'fold',
          'aria-expanded': open,
          'aria-controls': list,
          onclick: () => {
            box.hidden = !box.hidden;
            head.setAttribute('aria-expanded', !box.hidden);
            if (box.hidden) folded.add(facet.key);
            else folded.delete(facet.key);
          },
        },
        t(facet.key),
        facet.note,
      );
      facet.denied = facet.key === 'modaliteit' && DENIES ? make('span', { class: 'count' }) : null;
      if (facet.denied)
        box.append(
          make(
            'p',
            { class: 'marks' },
            icon(
              34,
              12,
              '-17 -6 34 12',
              vector('path', { d: 'M-4 -4L4 4M4 -4L-4 4', style: 'stroke:var(--denied);stroke-width:2' }),
            ),
            make('span', { text: t('denied') }),
            facet.denied,
          ),
        );
      box.hidden = !open;
      return make(
        'section',
        { class: 'facet', 'data-facet': facet.key },
        make('div', { class: 'facet-head' }, make('h3', {}, head), facet.toggle),
        box,
      );
    }),
  );
}
function showFacets() {
  for (const facet of FACETS) {
    const on = state.on.get(facet.key),
      found = count(facet);
    for (const value of facet.values) {
      facet.inputs.get(value).checked = on.has(value);
      facet.counts.get(value).textContent = found.get(value) || 0;
    }
    if (facet.denied) facet.denied.textContent = base.claims.filter((claim) => claim.denied).length;
    facet.note.textContent = changed(facet) ? `${on.size} ${t('of')} ${facet.values.length}` : '';
    facet.toggle.textContent = on.size ? t('none') : t('all');
    facet.toggle.setAttribute('aria-label', `${t(facet.key)}: ${facet.toggle.textContent}`);
  }
  showActive();
}
// What narrows the view, in words; each can be undone by itself.
const active = () => [
  ...FACETS.filter(changed).map((facet) => {
    const on = facet.values.filter((value) => state.on.get(facet.key).has(value));
    const what = on.length === 1 ? facet.label(on[0]) : `${on.length} ${t('of')} ${facet.values.length}`;
    return { text: `${t(facet.key)}: ${what}`, undo: () => set(facet, facet.first) };
  }),
  ...groupFrames().map(({ group }) => ({ text: `${t('group')}: ${name(group)}`, undo: () => closeGroup(group) })),
  ...(state.years
    ? [
        {
          text: `${t('years')}: ${state.years[0] === state.years[1] ? state.years[0] : state.years.join('–')}${state.undated ? ', ' + t('withUndated') : ''}`,
          undo: () => {
            setYears(null, null);
            refresh();
          },
        },
      ]
    : []),
  ...(state.steps ? [{ text: t('stepsAround')(state.steps, name(state.node)), undo: () => setSteps(0) }] : []),
];
function showActive() {
  const found = active();
  $('active').hidden = !found.length;
  $('active').replaceChildren(
    ...found.map(({ text, undo }, nth) =>
      make(
        'button',
        {
          type: 'button',
          class: 'chip',
          'aria-label': `${t('undo')}: ${text}`,
          onclick: () => {
            undo();
            const rest = $('active').children;
            (rest[Math.min(nth, rest.length - 1)] || $('net')).focus();
          },
        },
        make('span', { text }),
        icon(
          10,
          10,
          '0 0 10 10',
          vector('path', { d: 'M1 1L9 9M9 1L1 9', style: 'stroke:currentColor;stroke-width:1.5' }),
        ),
      ),
    ),
  );
}
const TITLES = PAGE.titles || null;
function speak() {
  // What was said in the other language is over.
  hideTooltip();
  say('');
  document.documentElement.lang = state.language;
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll('[data-label]'))
    element.setAttribute('aria-label', t(element.dataset.label));
  const title = $('title');
  if (TITLES) document.title = title.textContent = TITLES[state.language];
  else title.lang = 'nl';
  $('subtitle').textContent =
    `${DATA.nodes.length} ${t('nodes')} · ${SAID} ${t('relations')} · ${LETTERS.size} ${t('letters')}${SAID < CLAIMS.length ? ` · ${CLAIMS.length - SAID} ${t('inferred')}` : ''}`;
  $('q').placeholder = t('search');
  for (const button of document.querySelectorAll('[data-title]')) button.title = t(button.dataset.title);
  const other = state.language === 'nl' ? 'en' : 'nl';
  $('b-language').textContent = other.toUpperCase();
  $('b-language').lang = other;
  $('b-language').title = other === 'en' ? 'English' : 'Nederlands';
  $('b-language').setAttribute('aria-label', other === 'en' ? 'EN, English' : 'NL, Nederlands');
  buildFacets();
  speakTimeline();
}
function setTheme() {
  if (state.theme) document.documentElement.dataset.theme = state.theme;
  else delete document.documentElement.dataset.theme;
  readColours();
}
function setLanguage(language) {
  state.language = language;
  speak();
  refresh();
}
