// ---- the table: the same relations, for who does not see the map

// Rows are made when they are first looked at, and no more at a time than a reader can use.
const ROWS = 1500,
  SLICE = 250;
let most = ROWS,
  rowLanguage = '';
function rowOf(claim) {
  const english = state.language === 'en' && claim.english,
    chosen = state.line
      ? claim.line === state.line
      : !!state.node && (claim.source === state.node || claim.target === state.node);
  if (!claim.row) {
    const when = periodOf(claim);
    claim.row = make(
      'tr',
      {},
      make('td', { text: name(claim.source) }),
      make(
        'td',
        {},
        make('button', { type: 'button', class: 'link', text: claim[state.language], onclick: () => openClaim(claim) }),
      ),
      make('td', { text: name(claim.target) }),
      make(
        'td',
        {},
        sample(claim.modality, derived(claim.line)),
        ' ',
        MODALITIES.get(claim.modality)[state.language],
        ...(claim.denied ? [' ', make('b', { text: t('denied') })] : []),
        ...(claim.origin === 'claim' ? [] : [' ', make('i', { text: ORIGINS.get(claim.origin)[state.language] })]),
      ),
      make(
        'td',
        {},
        (english ? make : dutch)('p', { text: english || claim.dutch }),
        when.length ? make('p', { class: 'note period' }, `${t('period')}: `, ...when) : null,
      ),
      dutch(
        'td',
        {},
        ...claim.evidence.map(({ letter, section, before, marked, after, anchor }) =>
          make(
            'p',
            {},
            `${letter.short}, ${t('section')}\u00a0${section}: `,
            anchor ? make('i', { text: `«${anchor}»` }) : null,
            before || marked ? make('q', {}, before, marked ? make('mark', { text: marked }) : '', after) : null,
          ),
        ),
      ),
    );
  }
  claim.row.classList.toggle('selected', chosen);
  return claim.row;
}
// The first rows at once, the others right after, so that the page answers in between; rows that stay are left alone.
let adding = 0,
  rowClaims = [];
function buildRows(limit, atOnce = limit) {
  clearTimeout(adding);
  const list = $('rows'),
    all = base.claims.slice(0, limit),
    rest = base.claims.length - limit;
  if (rowLanguage !== state.language) for (const claim of CLAIMS) claim.row = null;
  if (rowLanguage !== state.language || !rowClaims.every((claim, i) => claim === all[i])) list.replaceChildren();
  rowLanguage = state.language;
  rowClaims = all;
  for (const claim of all.slice(0, list.childElementCount)) rowOf(claim);
  const add = (upto) => {
    list.append(...all.slice(list.childElementCount, upto).map(rowOf));
    if (upto < all.length) adding = setTimeout(() => add(upto + SLICE), 30);
  };
  add(Math.max(atOnce, list.childElementCount));
  $('caption').textContent = `${t('caption')}: ${base.claims.length} ${t('of')} ${CLAIMS.length}`;
  $('more-rows').hidden = rest <= 0;
  $('b-rows').textContent = t('moreRows')(Math.max(0, rest));
}
function showRows() {
  if (state.view === 'tabel') buildRows(most, SLICE);
}
const moreRows = () => {
  most += ROWS;
  showRows();
};
