// ---- the names of the letter: who and what it speaks of

const claimsOf = (id) =>
  allClaims().filter((claim) =>
    [content(claim).subject, content(claim).object].some((one) => meant(one) === id || one === id),
  );
const SENDERS = new Set(['rg:afzender'].flatMap((property) => valuesOf(DATA.blocks[0], property)));
const FIRST = new Set(CLAIMS.flatMap((claim) => NAMED.flatMap((property) => valuesOf(claim.block, property))));
const inLetter = () => {
  const used = new Set(allClaims().flatMap((claim) => [content(claim).subject, content(claim).object]));
  return [...ENTITIES.keys(), ...state.made.keys()].filter(
    (id) => entity(id).mentions.length || used.has(id) || FIRST.has(id) || SENDERS.has(id) || state.names.has(id),
  );
};
function drawNames() {
  const all = inLetter(),
    order = (a, b) => entity(b).mentions.length - entity(a).mentions.length || called(a).localeCompare(called(b), 'nl');
  const part = (title, ids) =>
    ids.length
      ? [
          make('h2', {}, title, ' ', make('span', { class: 'count', text: ids.length })),
          make('ul', { class: 'names' }, ...ids.sort(order).map(nameRow)),
        ]
      : [];
  $('name-list').replaceChildren(
    ...part(
      t('newNames'),
      all.filter((id) => entity(id).origin === 'new'),
    ),
    ...part(
      t('knownNames'),
      all.filter((id) => entity(id).origin !== 'new'),
    ),
  );
}
function nameRow(id) {
  const open = state.name === id,
    now = state.names.get(id) || {},
    one = entity(id),
    kind = now.kind || one.kind;
  const label = make('span', { class: now.dropped ? 'gone' : '', lang: dutchMark(), text: now.label || one.label });
  return make(
    'li',
    { class: `entity${now.dropped || now.same ? ' settled' : ''}`, 'data-entity': id },
    make(
      'button',
      {
        type: 'button',
        class: 'entity-name',
        'aria-expanded': open,
        onclick: () => {
          openName(open ? null : id);
          rowOf(id)?.querySelector('button').focus();
        },
      },
      shape(KNOWN(KINDS.get(kind)?.family || 'onderwerp')),
      label,
    ),
    make(
      'p',
      { class: 'note' },
      [
        kind ? kindLabel(kind) : t('noKind'),
        now.dropped ? t('nameDropped') : now.same ? t('mergedWith')(called(now.same)) : null,
        one.mentions.length ? t('inLetter')(one.mentions.length) : null,
        t('inClaims')(claimsOf(id).length),
      ]
        .filter(Boolean)
        .join(' · '),
    ),
    ...(open ? [nameDetails(id)] : []),
  );
}
const rowOf = (id) => $('name-list').querySelector(`[data-entity="${CSS.escape(id)}"]`);
const web = (url) => /^https?:\/\//i.test(url);
const iriOf = (id) => {
  if (id.startsWith('<')) return id.slice(1, -1);
  const colon = id.indexOf(':');
  return (new Map(DATA.bases).get(id.slice(0, colon)) || '') + id.slice(colon + 1);
};
function nameDetails(id) {
  const one = entity(id),
    now = state.names.get(id) || {},
    ways = [...new Set(one.mentions.map(({ rule }) => t('rules')[rule] || rule))],
    iri = iriOf(id),
    isNew = one.origin === 'new';
  const fact = (term, ...parts) => make('div', {}, make('dt', { text: term }), ' ', make('dd', {}, ...parts));
  return make(
    'div',
    { class: 'details' },
    make(
      'dl',
      {},
      ways.length ? fact(t('foundBy'), ways.join(', ')) : null,
      one.reason ? fact(t('why'), make('span', { lang: dutchMark(), text: one.reason })) : null,
      fact(
        t('identifier'),
        isNew || !web(iri)
          ? id
          : make('a', { href: iri, target: '_blank', rel: 'noreferrer noopener', text: id.startsWith('<') ? iri : id }),
      ),
    ),
    make(
      'div',
      { class: 'tools' },
      one.mentions.length
        ? make('button', { type: 'button', 'data-do': 'to-text', text: t('toText'), onclick: () => toText(id) })
        : null,
      make('button', { type: 'button', class: 'back', text: t('back'), onclick: backToClaims }),
    ),
    isNew ? nameForm(id, now) : null,
    claimsOf(id).length
      ? make(
          'div',
          { class: 'of-name' },
          make('h3', { text: t('claimsOf') }),
          make(
            'ul',
            {},
            ...claimsOf(id).map((claim) => {
              const { subject, predicate, object } = content(claim);
              return make(
                'li',
                {},
                make('button', {
                  type: 'button',
                  class: 'link',
                  text: `${called(subject)} ${words(RELATIONS.get(predicate))} ${called(object)}`,
                  onclick: () => toClaim(claim),
                }),
              );
            }),
          ),
        )
      : null,
  );
}
function nameForm(id, now) {
  if (now.dropped)
    return make('button', {
      type: 'button',
      'data-do': 'restore',
      text: t('restoreName'),
      onclick: () => decide(id, undefined, t('saidUndone')),
    });
  const named = fillLists(),
    one = entity(id);
  const label = make('input', {
      id: 'n-label',
      type: 'text',
      value: now.label || one.label,
      autocomplete: 'off',
      lang: dutchMark(),
      'aria-describedby': 'n-label-wrong',
    }),
    kind = make('select', { id: 'n-kind' }, ...kindOptions(now.kind || one.kind)),
    same = make('input', {
      id: 'n-same',
      type: 'text',
      list: 'list-names',
      value: now.same ? suggestion(now.same) : '',
      autocomplete: 'off',
      lang: dutchMark(),
      'aria-describedby': 'n-same-wrong',
    }),
    wrong = (of) => make('p', { id: `${of}-wrong`, class: 'wrong' });
  const rows = claimsOf(id).length;
  const form = make(
    'form',
    { class: 'form', novalidate: '', 'aria-label': called(id) },
    field('n-label', t('label'), label, wrong('n-label')),
    field('n-kind', t('kind'), kind),
    field('n-same', t('isReally'), same, wrong('n-same')),
    make(
      'div',
      { class: 'tools' },
      make('button', { type: 'submit', class: 'main', text: t('saveName') }),
      SENDERS.has(id)
        ? null
        : make('button', {
            type: 'button',
            'data-do': 'drop-name',
            text: t('dropName'),
            title: rows ? t('dropsClaims')(rows) : null,
            onclick: () => decide(id, { dropped: true }, `${t('saidDropped')}. ${rows ? t('dropsClaims')(rows) : ''}`),
          }),
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = label.value.trim(),
      other = same.value.trim() ? entityOf(same.value, named) : '';
    const complain = (input, why) => {
      form.querySelector(`#${input.id}-wrong`).textContent = why;
      input.setAttribute('aria-invalid', why ? 'true' : 'false');
      if (why) input.focus();
      return !!why;
    };
    if (complain(label, text ? '' : t('fillIn'))) return;
    if (complain(same, other === null || other === id ? t('unknownName') : '')) return;
    const kept = text === one.label && kind.value === one.kind;
    decide(
      id,
      other ? { same: other } : kept ? undefined : { label: text, kind: kind.value || one.kind || 'rg:Entiteit' },
      t('saidChanged'),
    );
  });
  return form;
}
function decide(id, what, said) {
  doing(null, () => set('names', id, what));
  say(said);
  drawText();
  refresh();
  rowOf(id)?.querySelector('button').focus();
}
function openName(id) {
  state.name = id;
  drawNames();
  if (id) intoView(rowOf(id), $('names'));
}
// A click on a name in the letter.
function showName(id) {
  closeForm();
  showPane('names');
  openName(id);
  rowOf(id)?.querySelector('button').focus({ preventScroll: true });
}
function toText(id) {
  const { line } = entity(id).mentions[0];
  showPane('letter');
  const at = spanOf(line);
  intoView(at, $('letter'));
  for (const span of $('text').querySelectorAll('.found')) span.classList.remove('found');
  for (const span of $('text').querySelectorAll('.name')) {
    const [i, mention] = span.dataset.name.split(' ');
    if (LINES[i].mentions[mention].entity === id) span.classList.add('found');
  }
}
function toClaim(claim) {
  showPane('claims');
  if (!shownClaims().some((one) => one.id === claim.id)) {
    state.filter = 'all';
    state.below = 0;
    $('below').value = '0';
  }
  refresh();
  select(claim);
}
function backToClaims() {
  showPane('claims');
  refresh();
  if (state.selected) select(state.selected);
}
