// ---- search

let found = [],
  at = -1;
const INDEX = DATA.nodes.map((node) => ({ node, names: null }));
const namesOf = (entry) =>
  entry.names ||
  (entry.names = [entry.node.label, entry.node.label_en || '', ...(entry.node.aliases || [])]
    .filter(Boolean)
    .map((text) => [text, fold(text)]));
function search() {
  const query = fold($('q').value.trim()),
    list = $('hits');
  const place = (text) => (text.startsWith(query) ? 0 : text.includes(' ' + query) ? 1 : text.includes(query) ? 2 : 9);
  found = !query
    ? []
    : INDEX.map((entry) => {
        const best = namesOf(entry)
          .map(([text, folded], i) => [place(folded) + (i ? 0.5 : 0), text])
          .sort((a, b) => a[0] - b[0])[0];
        return { node: entry.node, rank: best[0], by: best[1] };
      })
        .filter((hit) => hit.rank < 9)
        .sort((a, b) => a.rank - b.rank || b.node.between - a.node.between || b.node.said - a.node.said)
        .slice(0, 9);
  at = found.length ? 0 : -1;
  list.replaceChildren(
    ...(found.length
      ? found.map(({ node, by }, i) =>
          make(
            'li',
            {
              role: 'option',
              id: 'hit-' + i,
              'aria-selected': i === 0,
              onmousedown: (event) => {
                event.preventDefault();
                pick(i);
              },
            },
            shape(node.family, THERE.has(node.status)),
            make('span', { text: name(node) }),
            make('small', { text: by === name(node) ? kindOf(node) : `${t('also')}: ${by}` }),
          ),
        )
      : [make('li', { role: 'option', 'aria-selected': 'false', 'aria-disabled': 'true', text: t('nothing') })]),
  );
  list.hidden = !query;
  $('q').setAttribute('aria-expanded', !!query);
  point();
}
function point() {
  [...$('hits').children].forEach((item, i) => item.setAttribute('aria-selected', i === at));
  if (at >= 0) {
    $('q').setAttribute('aria-activedescendant', 'hit-' + at);
    $('hit-' + at).scrollIntoView({ block: 'nearest' });
  } else $('q').removeAttribute('aria-activedescendant');
}
function closeSearch() {
  $('hits').hidden = true;
  $('q').setAttribute('aria-expanded', 'false');
  $('q').removeAttribute('aria-activedescendant');
}
function pick(i) {
  const { node } = found[i];
  closeSearch();
  state.view = 'kaart';
  select(node, true);
}
