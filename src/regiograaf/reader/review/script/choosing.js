// ---- what a coder chooses from: names, kinds and themes

// What stands in a list of suggestions: the label, and the kind where a label is not enough.
const suggestion = (id) => `${called(id)} · ${kindLabel(kindOfEntity(id))}`;
function choices() {
  const found = new Map();
  for (const id of [...ENTITIES.keys(), ...state.made.keys()]) {
    if (isDropped(id) || meant(id) !== id) continue;
    const text = suggestion(id);
    found.set(found.has(text) ? `${text} · ${id}` : text, id);
  }
  return found;
}
const termChoices = (terms) => new Map([...terms].map(([id, pair]) => [words(pair), id]));
function fillLists() {
  const named = choices();
  // Names of this letter come first: a browser shows the suggestions in their order.
  const here = (id) => (ENTITIES.get(id)?.mentions.length ? 0 : 1);
  const sorted = [...named].sort(([a, x], [b, y]) => here(x) - here(y) || a.localeCompare(b, 'nl'));
  $('list-names').replaceChildren(...sorted.map(([value]) => make('option', { value })));
  $('list-kinds').replaceChildren(...[...termChoices(KINDS).keys()].map((value) => make('option', { value })));
  $('list-themes').replaceChildren(...[...termChoices(THEMES).keys()].map((value) => make('option', { value })));
  return named;
}
// The entity that somebody means who types a label, with its kind or without; null when there is none, or more.
function entityOf(text, named) {
  const asked = text.trim();
  if (named.has(asked)) return named.get(asked);
  const folded = fold(asked),
    among = (names) => [...named.values()].filter((id) => names(id).some((name) => fold(name) === folded));
  let same = among((id) => [called(id)]);
  if (!same.length) same = among((id) => entity(id).aliases);
  if (same.length < 2) return same[0] || null;
  const here = same.filter((id) => entity(id).mentions.length);
  return here.length === 1 ? here[0] : null;
}
const option = (value, text, selected) => make('option', { value, text, ...(selected ? { selected: '' } : {}) });
const kindOptions = (chosen = '') => [
  option('', t('chooseKind'), !chosen),
  ...[...KINDS]
    .map(([id, pair]) => [id, words(pair)])
    .sort(([, a], [, b]) => a.localeCompare(b, state.language))
    .map(([id, text]) => option(id, text, id === chosen)),
];
const field = (id, label, input, ...more) =>
  make('div', { class: 'field' }, make('label', { for: id, text: label }), input, ...more);
