// ---- the list of claims

const LIKELY = [
  [0.9, 'certain'],
  [0.7, 'likely'],
  [0.5, 'even'],
  [0, 'doubtful'],
];
const inWords = (score) => t(LIKELY.find(([from]) => score >= from)[1]);
const shownClaims = () =>
  allClaims().filter(
    (claim) =>
      (state.filter === 'all' || standing(claim) === state.filter) &&
      (!state.below || (claim.score !== null && 100 * claim.score < state.below)),
  );
const cards = new Map();

function tool(what, key, claim, pressed) {
  return make('button', {
    type: 'button',
    class: what,
    'data-do': what,
    'aria-keyshortcuts': key,
    'aria-pressed': pressed,
    text: t(what),
    onclick: () => act(what, claim),
  });
}
const endOf = (id) =>
  make('span', { class: 'of', lang: KINDS.has(id) || THEMES.has(id) ? null : dutchMark(), text: called(id) });
const dutchMark = () => (state.language === 'nl' ? null : 'nl');
function chips(claim) {
  const now = content(claim),
    left = new Set(now.without.map((pair) => pair.join(' ')));
  const chip = (cls, ...parts) => make('span', { class: `tag ${cls}` }, ...parts);
  const extra = extrasOf(claim).filter((pair) => !left.has(pair.join(' ')));
  return [
    chip('modality', sample(now.modality), words(MODALITIES.get(now.modality))),
    now.negated ? chip('denied', t('denied')) : null,
    ...extra.map(([property, value]) => chip(property.replace('rg:', ''), extraText(property, value))),
    now.addressee ? chip('addressee', t('to')(called(now.addressee))) : null,
    now.speaker && now.speaker !== SENDER ? chip('speaker', t('said')(called(now.speaker))) : null,
  ];
}
const extraText = (property, value) => {
  if (property === 'rg:thema') return words(THEMES.get(value)) || value;
  if (property === 'rg:aangehaaldUit') return t('said')(called(value));
  return WORDINGS.get(value) || value;
};
function doubts(claim, statuses) {
  const { subject, predicate, object, modality, negated } = content(claim),
    found = [];
  if (isNameless(claim)) return [t('notAny')];
  if (!fits(predicate, subject, object)) found.push(t('misfit'));
  if (modality === 'bestaand' && !negated && predicate !== TYPE && predicate !== 'rg:ontwikkelt')
    for (const id of [subject, object])
      if (statuses.get(meant(id)))
        found.push(t('goldenRule')(called(id), words(MODALITIES.get(statuses.get(meant(id))))));
  return found;
}
function card(claim, statuses) {
  const now = content(claim),
    stands = standing(claim),
    doubt = stands === 'dropped' && !isNameless(claim) ? [] : doubts(claim, statuses),
    chance =
      claim.score === null
        ? t('byHand')
        : `${inWords(claim.score)}, ${t('percent')(Math.round(100 * claim.score))} · ${t('byRule')(claim.rule)}`;
  return make(
    'li',
    { class: `claim ${stands}`, 'data-claim': claim.id, tabindex: '-1' },
    make(
      'p',
      { class: 'says' },
      shape(KNOWN(familyOf(now.subject))),
      endOf(now.subject),
      ' ',
      make('span', { class: 'verb', text: words(RELATIONS.get(now.predicate)) }),
      ' ',
      endOf(now.object),
    ),
    make('p', { class: 'tags' }, ...chips(claim)),
    ...doubt.map((text) => make('p', { class: 'doubt', text })),
    make('blockquote', { class: 'passage', lang: dutchMark(), text: claim.line.text }),
    make(
      'div',
      { class: 'foot' },
      make('p', { class: 'note' }, chance, state.changes.has(claim.id) ? ` · ${t('changed')}` : ''),
      make(
        'div',
        { class: 'tools' },
        ...(isNameless(claim)
          ? []
          : [tool('accept', 'a', claim, stands === 'accepted'), tool('drop', 'd', claim, stands === 'dropped')]),
        tool('change', 'e', claim),
        claim.block ? null : tool('remove', null, claim),
        make(
          'button',
          {
            type: 'button',
            class: 'plus',
            'data-do': 'addHere',
            'aria-keyshortcuts': 'n',
            title: t('addHere'),
            'aria-label': t('addHere'),
            onclick: () => act('addHere', claim),
          },
          icon(
            12,
            12,
            '0 0 12 12',
            vector('path', { d: 'M6 1v10M1 6h10', style: 'stroke:currentColor;stroke-width:1.6' }),
          ),
        ),
      ),
    ),
  );
}
function lineCard(line) {
  return make(
    'li',
    { class: 'claim sentence', 'data-sentence': line.i, tabindex: '-1' },
    make('p', { class: 'quoted', lang: dutchMark(), text: line.text }),
    make('p', { class: 'note', text: line.section }),
    make(
      'div',
      { class: 'tools' },
      make('button', {
        type: 'button',
        'data-do': 'addHere',
        'aria-keyshortcuts': 'n',
        text: t('addHere'),
        onclick: () => startAdding(line),
      }),
    ),
  );
}

// ---- drawing the list: whole when what it shows changes, one card when one claim does

function drawClaims() {
  cards.clear();
  const statuses = notYet(),
    rows = [];
  if (state.filter === 'without') {
    const marks = marksOfLines();
    for (const line of LINES) if (isOpenLine(line, marks)) rows.push(lineCard(line));
  } else
    for (const claim of shownClaims()) {
      const row = card(claim, statuses);
      cards.set(claim.id, row);
      rows.push(row);
    }
  $('list').replaceChildren(...rows);
  $('none').hidden = rows.length > 0;
  $('none-text').textContent = t(
    CLAIMS.length || state.added.size || state.filter !== 'all' ? 'noneShown' : 'noneAtAll',
  );
  $('show-all').hidden = state.filter === 'all' && !state.below;
  if (state.selected && !cards.has(state.selected.id)) state.selected = null;
  markSelected();
  if (state.line) placeForm();
}
function markSelected() {
  for (const row of $('list').querySelectorAll('[aria-current]')) {
    row.removeAttribute('aria-current');
    row.tabIndex = -1;
  }
  const row = state.selected ? cards.get(state.selected.id) : $('list').firstElementChild;
  if (row) row.tabIndex = 0;
  if (row && state.selected) row.setAttribute('aria-current', 'true');
}
function drawProgress() {
  const { all, open, accepted, dropped } = counts(),
    done = all - open;
  $('progress').max = Math.max(1, all);
  $('progress').value = done;
  $('judged').textContent = t('judged')(done, all);
  const own = state.added.size ? `, ${t('own')(state.added.size)}` : '';
  $('tally').textContent = done || own ? `${t('tally')(accepted, dropped)}${own}` : '';
  document.documentElement.dataset.done = String(all > 0 && !open);
  const found = { all, open, accepted, dropped, without: openLines };
  for (const button of $('filters').querySelectorAll('[data-filter]')) {
    button.setAttribute('aria-pressed', button.dataset.filter === state.filter);
    button.querySelector('.count').textContent = found[button.dataset.filter];
  }
}
function refresh() {
  markText();
  drawProgress();
  drawClaims();
  if (state.pane === 'names') drawNames();
}

// One claim was judged: only what that touches is drawn anew.
function refreshClaim(claim) {
  const { subject, predicate } = content(claim),
    shown = new Set(shownClaims().map((one) => one.id)),
    near = predicate === TYPE ? claimsOf(meant(subject)) : [claim];
  if (near.some((one) => shown.has(one.id) && !cards.has(one.id))) {
    refresh();
    return;
  }
  markText();
  drawProgress();
  const statuses = notYet();
  for (const one of near) {
    const row = cards.get(one.id);
    if (!row) continue;
    if (shown.has(one.id)) {
      cards.set(one.id, card(one, statuses));
      row.replaceWith(cards.get(one.id));
    } else {
      cards.delete(one.id);
      row.remove();
    }
  }
  if (!cards.size) drawClaims();
  markSelected();
}
