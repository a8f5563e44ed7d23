// ---- the panel: a node, a line, or how to read the map

function lineCard(line) {
  const members = line.members.filter((claim) => shownClaims.has(claim)),
    { source, target } = line.members[0];
  return [
    heading(`${name(source)} → ${name(target)}`),
    make('p', { class: 'note', text: t('onLine')(members.length) }),
    ...members.map(card),
  ];
}
const heading = (text) =>
  make(
    'div',
    { class: 'card-head' },
    make('h2', { text }),
    make(
      'button',
      {
        type: 'button',
        class: 'close',
        title: t('close'),
        'aria-label': t('close'),
        onclick: () => {
          clear();
          if (!closeSheet()) $('net').focus();
        },
      },
      icon(
        12,
        12,
        '0 0 12 12',
        vector('path', { d: 'M1 1L11 11M11 1L1 11', style: 'stroke:currentColor;stroke-width:1.6' }),
      ),
    ),
  );
function stepTool(n) {
  const pressed = state.steps === n;
  return make('button', {
    type: 'button',
    'aria-pressed': pressed,
    'aria-keyshortcuts': n,
    text: t('steps' + n),
    'data-steps': n,
    onclick: () => {
      setSteps(n);
      $('detail').querySelector(`[data-steps="${n}"]`).focus();
    },
  });
}
function claimLink(claim, node) {
  const verb = make('span', { class: 'verb', text: claim[state.language] });
  const parts = [verb, ' ', name(claim.target)];
  if (claim.source !== node) parts.unshift(name(claim.source), ' ');
  return make(
    'li',
    {},
    make(
      'button',
      { type: 'button', class: 'link', 'data-claim': claim.key, onclick: () => openClaim(claim) },
      ...parts,
    ),
    claim.denied ? make('span', { class: 'denied', text: t('denied') }) : null,
    claim.origin === 'claim' ? null : make('span', { class: 'note', text: ORIGINS.get(claim.origin)[state.language] }),
  );
}
// By modality: what exists apart from what is only meant.
function claimGroups(node, members) {
  return [...MODALITIES.keys()].flatMap((modality) => {
    const group = members.filter((claim) => claim.modality === modality);
    return !group.length
      ? []
      : [
          make(
            'h4',
            {},
            sample(modality),
            make('span', { text: MODALITIES.get(modality)[state.language] }),
            make('span', { class: 'count', text: group.length }),
          ),
          make('ul', { class: 'claims' }, ...group.map((claim) => claimLink(claim, node))),
        ];
  });
}
function lettersOf(node) {
  const found = times(saidOf(node).flatMap((claim) => [...claim.letters]));
  return [...LETTERS]
    .filter(([key]) => found.has(key))
    .flatMap(([key, letter], i) => [i ? ', ' : '', dutch('span', { text: letter.short }), ` (${found.get(key)})`]);
}
function nodeCard(node) {
  const rank = RANKED.indexOf(node) + 1,
    members = node.claims.filter((claim) => shownClaims.has(claim));
  const web = (url) => /^https?:\/\//i.test(url),
    spoken = lettersOf(node);
  return [
    heading(name(node)),
    make(
      'p',
      { class: 'tags' },
      tag(kindOf(node) || FAMILIES.get(node.family)[state.language], '', shape(node.family, THERE.has(node.status))),
      tag(statusOf(node), THERE.has(node.status) ? 'status' : 'status not-there'),
      rank && node.between ? tag(t('broker')(rank, RANKED.length)) : null,
    ),
    node.definition ? dutch('p', { text: node.definition }) : null,
    node.aliases
      ? make('p', { class: 'note' }, `${t('isAlso')}: `, dutch('span', { text: node.aliases.join(', ') }))
      : null,
    spoken.length ? make('p', { class: 'note' }, `${t('spokenOf')}: `, ...spoken) : null,
    make('div', { class: 'steps', role: 'group', 'aria-label': t('around') }, ...[1, 2, 3].map(stepTool)),
    make('h3', { text: t('claims')(members.length) }),
    ...claimGroups(node, members),
    make('h3', { text: t('identifiers') }),
    ...[[node.iri, node.iri], ...(node.identifiers || [])].map(([label, url]) =>
      make(
        'p',
        { class: 'note' },
        web(url)
          ? make('a', { href: url, rel: 'noreferrer noopener', target: '_blank', text: label })
          : `${label} ${url}`,
      ),
    ),
  ];
}
function startCard() {
  const top = RANKED.filter((node) => shownNodes.has(node.id) && node.between > 0).slice(0, 8);
  const marked = CLAIMS.some((claim) => claim.denied),
    from = (origin) => CLAIMS.some((claim) => claim.origin === origin);
  return [
    make('h2', { text: t('what') }),
    make('p', { text: t('intro') }),
    top.length ? make('h3', { text: t('brokers') }) : null,
    make(
      'ol',
      { class: 'brokers' },
      ...top.map((node) =>
        make(
          'li',
          {},
          shape(node.family, THERE.has(node.status)),
          make(
            'div',
            {},
            goTo(node),
            make('span', {
              class: 'bar',
              style: `width:${Math.max(1, Math.round(100 * node.between))}%`,
              'aria-hidden': 'true',
            }),
          ),
        ),
      ),
    ),
    top.length && LETTERS.size ? make('p', { class: 'note', text: t('senders') }) : null,
    make('h3', { text: t('how') }),
    ...[
      isGrouped() ? t('readGroups') : '',
      t('readNode'),
      `${words(WORDS.readSize[state.size])} ${t('readZoom')}`,
      t('readLine') + (marked ? ' ' + t('readDenied') : ''),
      from('inferred') ? t('dots') : '',
      from('query') ? t('dotsAsked') : '',
      LETTERS.size && !PAGE.claims.quoted ? t('noTexts') : '',
    ]
      .filter(Boolean)
      .map((text) => make('p', { text })),
    make('h3', { text: t('keys') }),
    make(
      'dl',
      { class: 'keys' },
      ...t('keyList').map(([key, what]) =>
        make('div', {}, make('dt', {}, make('kbd', { text: key })), make('dd', { text: what })),
      ),
    ),
  ];
}
function showCard() {
  const panel = $('card'),
    wanted = state.claim && state.claim.key;
  panel.replaceChildren(
    ...(state.line
      ? lineCard(state.line)
      : state.node
        ? nodeCard(state.node)
        : state.group
          ? groupCard(state.group)
          : state.bundle
            ? bundleCard(state.bundle)
            : startCard()
    ).filter(Boolean),
  );
  const article =
    wanted &&
    state.line.members.length > 1 &&
    [...panel.querySelectorAll('.claim')].find((one) => one.dataset.claim === wanted);
  if (article) article.scrollIntoView({ block: 'nearest' });
  else $('detail').scrollTop = 0;
}
