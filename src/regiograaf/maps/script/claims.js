// ---- the card of one claim

const goTo = (node) =>
  make('button', { type: 'button', class: 'link', text: name(node), onclick: () => select(node, true) });
const tag = (words, cls = '', ...before) => make('span', { class: 'tag ' + cls }, ...before, words);
const words = (pair) => pair[LANGUAGES.indexOf(state.language)];
const openClaim = (claim) => {
  state.view = 'kaart';
  selectLine(claim.line, claim);
  focusDetail();
};
function passages(claim) {
  return claim.evidence.map(({ letter, section, begin, end, before, marked, after, anchor }) => {
    const quoted = before || marked ? make('q', {}, before, marked ? make('mark', { text: marked }) : '', after) : '';
    const passage = [anchor ? make('i', { text: `«${anchor}»` }) : '', quoted].filter(Boolean);
    const facts = [
      letter.date || t('undated'),
      letter.reference && `${t('reference')} ${letter.reference}`,
      Number.isInteger(begin) && Number.isInteger(end) && `${t('characters')} ${begin}–${end}`,
    ];
    return make(
      'div',
      { class: 'passage' },
      dutch('blockquote', {}, ...passage),
      make(
        'p',
        { class: 'where' },
        dutch('span', { class: 'letter', text: letter.title }),
        ' · ',
        dutch('span', { class: 'section', text: `${t('section')} ${section}` }),
      ),
      make('p', { class: 'source' }, dutch('span', { text: letter.sender }), ' · ', facts.filter(Boolean).join(' · ')),
    );
  });
}
function reasons(claim, step) {
  const text = (i) => words(PAGE.claims.texts[i]),
    because = step.because && make('p', { class: 'note because', text: text(step.because[0]) });
  const said = (step.claims || []).map((i) => CLAIMS[i]),
    says = step.says.map(text).join(' ');
  const open = said.length && (() => openClaim(said[0]));
  return make(
    'li',
    {},
    make(
      'p',
      { class: 'head' },
      open ? make('button', { type: 'button', class: 'link', text: says, onclick: open }) : says,
    ),
    because || null,
    ...said.flatMap(passages),
    ...passages({ evidence: (step.own || []).map((nth) => claim.evidence[nth]) }),
    step.on ? make('ul', { class: 'why' }, ...step.on.map((premise) => reasons(claim, premise))) : null,
  );
}
function follows(claim) {
  // From the conclusion down: the rule, and below it what the rule was applied to.
  const { because, on = [] } = claim.why,
    text = because && words(PAGE.claims.texts[because[0]]);
  return [
    make('p', { text: t('follows') }),
    text ? make('p', { class: 'note because', text }) : null,
    make('ul', { class: 'why' }, ...on.map((premise) => reasons(claim, premise))),
  ].filter(Boolean);
}
const paraphraseOf = (claim, attributes = {}) =>
  state.language === 'en' && claim.english
    ? make('p', { ...attributes, text: claim.english })
    : claim.dutch
      ? dutch('p', { ...attributes, text: claim.dutch })
      : null;
const grounds = (claim) => {
  if (claim.why) return follows(claim);
  const none = make('p', { class: 'note', text: t(claim.origin === 'query' ? 'asked' : 'noEvidence') });
  return [paraphraseOf(claim, { class: 'paraphrase' }), ...(claim.evidence.length ? passages(claim) : [none])];
};
// The words of the letter, and of “now” when that was.
function periodOf(claim) {
  const said = whenSaid(claim);
  return [
    claim.period ? dutch('span', { text: claim.period }) : null,
    claim.period && said ? ': ' : null,
    said || null,
  ].filter(Boolean);
}
const themeTags = (claim) =>
  claim.themeKeys.map((key) => {
    const foreign = !THEMES.has(key);
    return (foreign ? dutch : make)('button', {
      type: 'button',
      class: 'tag theme',
      title: t('onlyTheme'),
      text: themeWords(key),
      onclick: () => only('thema', [key]),
    });
  });
function factsOf(claim) {
  const facts = [
    ['speaker', claim.speaker ? [dutch('span', { text: claim.speaker })] : []],
    ['period', periodOf(claim)],
    ['quantities', claim.quantities.flatMap((one, i) => (i ? ['; ', one[state.language]] : [one[state.language]]))],
    ['themes', themeTags(claim)],
  ].filter(([, value]) => value.length);
  return facts.length
    ? make(
        'dl',
        { class: 'facts' },
        ...facts.map(([key, value]) =>
          make('div', { class: key }, make('dt', { text: t(key) + ':' }), ' ', make('dd', {}, ...value)),
        ),
      )
    : null;
}
function card(claim) {
  return make(
    'article',
    { class: 'claim', 'data-claim': claim.key },
    make('h3', { class: 'head' }, goTo(claim.source), ` ${claim[state.language]} `, goTo(claim.target)),
    make(
      'p',
      { class: 'tags' },
      tag(MODALITIES.get(claim.modality)[state.language], 'modality', sample(claim.modality, derived(claim.line))),
      claim.denied ? tag(t('denied'), 'denied') : null,
      claim.origin === 'claim' ? null : tag(ORIGINS.get(claim.origin)[state.language], 'origin'),
    ),
    ...grounds(claim),
    factsOf(claim),
    citingTools(claim),
  );
}
