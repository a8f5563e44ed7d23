// ---- the card

const goTo = (node) => make('button', { type: 'button', class: 'link', text: name(node), onclick: () => select(node, true) });
const tag = (words, cls = '', ...before) => make('span', { class: 'tag ' + cls }, ...before, words);
function passages(claim) {
  return claim.evidence.map(({ letter, section, begin, end, before, marked, after, anchor }) => {
    const quoted = before || marked ? make('q', {}, before, marked ? make('mark', { text: marked }) : '', after) : '';
    const passage = [anchor ? make('i', { text: `«${anchor}»` }) : '', quoted].filter(Boolean);
    const facts = [letter.sender, letter.date || t('undated'), letter.reference && `${t('reference')} ${letter.reference}`, Number.isInteger(begin) && Number.isInteger(end) && `${t('characters')} ${begin}–${end}`];
    return make('div', { class: 'passage' }, make('blockquote', {}, ...passage),
      make('p', { class: 'source' }, make('span', { class: 'letter', text: letter.title }), ' · ', make('span', { class: 'section', text: `${t('section')} ${section}` }), make('br'), facts.filter(Boolean).join(' · ')));
  });
}
function reasons(claim, step) {
  const text = (i) => PAGE.claims.texts[i][state.language === 'en' ? 1 : 0], because = step.because && make('p', { class: 'note because', text: text(step.because[0]) });
  const said = (step.claims || []).map((i) => CLAIMS[i]), words = step.says.map(text).join(' ');
  const open = said.length && (() => { selectLine(said[0].line, said[0]); $('detail').focus(); });
  return make('li', {}, make('p', { class: 'head' }, open ? make('button', { type: 'button', class: 'link', text: words, onclick: open }) : words), because || null,
    ...said.flatMap(passages), ...passages({ evidence: (step.own || []).map((nth) => claim.evidence[nth]) }), step.on ? make('ul', { class: 'why' }, ...step.on.map((premise) => reasons(claim, premise))) : null);
}
function follows(claim) {
  // From the conclusion down: the rule, and below it what the rule was applied to.
  const { because, on = [] } = claim.why, words = because && PAGE.claims.texts[because[0]][state.language === 'en' ? 1 : 0];
  return [make('p', { text: t('follows') }), words ? make('p', { class: 'note because', text: words }) : null, make('ul', { class: 'why' }, ...on.map((premise) => reasons(claim, premise)))].filter(Boolean);
}
function card(claim) {
  const modality = MODALITIES.get(claim.modality)[state.language], words = state.language === 'en' && claim.english || claim.dutch;
  const facts = ['speaker', 'period', 'themes'].map((key) => [key, claim[key]]).filter(([, value]) => value);
  return make('article', { class: 'claim', 'data-claim': claim.key },
    make('p', { class: 'head' }, goTo(claim.source), ` ${claim[state.language]} `, goTo(claim.target)),
    make('p', { class: 'tags' }, tag(modality, 'modality', sample(claim.modality, claim.line.inferred)), claim.denied ? tag(t('denied'), 'denied') : null, claim.origin === 'claim' ? null : tag(ORIGINS.get(claim.origin)[state.language])),
    ...(claim.why ? follows(claim) : [words ? make('p', { class: 'paraphrase', text: words }) : null]),
    ...(claim.why ? [] : claim.evidence.length ? passages(claim) : [make('p', { class: 'note', text: t('noEvidence') })]),
    ...facts.map(([key, value]) => make('p', { class: 'note', text: `${t(key)}: ${value}` })));
}
function lineCard(line) {
  const members = line.members.filter((claim) => shownClaims.has(claim)), { source, target } = line.members[0];
  const tools = make('p', { class: 'tools' }, make('button', { type: 'button', text: t('close'), onclick: clear }));
  return [make('h2', { text: `${name(source)} → ${name(target)}` }), make('p', { class: 'note', text: t('onLine')(members.length) }), tools, ...members.map(card)];
}
function nodeCard(node) {
  const rank = RANKED.indexOf(node) + 1, members = node.claims.filter((claim) => shownClaims.has(claim));
  const step = (n, key) => make('button', { type: 'button', 'aria-pressed': state.steps === n, text: t(key), 'data-steps': n, onclick: () => { state.steps = state.steps === n ? 0 : n; refresh(); fit(); $('detail').querySelector(`[data-steps="${n}"]`).focus(); } });
  const web = (url) => /^https?:\/\//i.test(url);
  return [
    make('h2', { text: name(node) }),
    make('p', { class: 'tags' }, tag(kindOf(node) || FAMILIES.get(node.family)[state.language], '', shape(node.family, THERE.has(node.status))), tag(statusOf(node), THERE.has(node.status) ? 'status' : 'status not-there'), rank && node.between ? tag(t('broker')(rank, RANKED.length)) : null),
    node.definition ? make('p', { text: node.definition }) : null,
    node.aliases ? make('p', { class: 'note', text: `${t('isAlso')}: ${node.aliases.join(', ')}` }) : null,
    make('p', { class: 'tools' }, step(1, 'neighbours'), step(2, 'two'), make('button', { type: 'button', text: t('close'), onclick: clear })),
    make('h3', { text: t('claims')(members.length) }),
    make('ul', { class: 'claims' }, ...members.map((claim) => make('li', {}, sample(claim.modality, claim.line.inferred),
      make('button', { type: 'button', class: 'link', 'data-claim': claim.key, title: MODALITIES.get(claim.modality)[state.language], onclick: () => { selectLine(claim.line, claim); $('detail').focus(); } },
        `${claim.source === node ? '' : name(claim.source) + ' '}${claim[state.language]}${claim.target === node ? '' : ' ' + name(claim.target)}`),
      claim.denied ? make('span', { class: 'denied', text: t('denied') }) : null))),
    make('h3', { text: t('identifiers') }),
    ...[[node.iri, node.iri], ...(node.identifiers || [])].map(([label, url]) => make('p', { class: 'note' }, web(url) ? make('a', { href: url, rel: 'noreferrer noopener', target: '_blank', text: label }) : `${label} ${url}`)),
  ];
}
function startCard() {
  const top = RANKED.filter((node) => shownNodes.has(node.id) && node.between > 0).slice(0, 8);
  return [
    make('h2', { text: t('what') }), make('p', { text: t('intro') }), top.length ? make('h3', { text: t('brokers') }) : null,
    make('ol', { class: 'brokers' }, ...top.map((node) => make('li', {}, shape(node.family, THERE.has(node.status)), goTo(node), make('span', { class: 'bar', style: `width:${Math.round(70 * node.between)}px`, 'aria-hidden': 'true' })))),
    make('h3', { text: t('how') }), ...[...t('reading'), ...(SAID < CLAIMS.length ? [t('dots')] : [])].map((text) => make('p', { text })),
  ];
}
function showCard() {
  const detail = $('detail');
  detail.replaceChildren(...(state.line ? lineCard(state.line) : state.node ? nodeCard(state.node) : startCard()).filter(Boolean));
  const wanted = state.claim && [...detail.querySelectorAll('.claim')].find((article) => article.dataset.claim === state.claim.key);
  if (wanted && state.line.members.length > 1) wanted.scrollIntoView({ block: 'nearest' });
  else detail.scrollTop = 0;
}
