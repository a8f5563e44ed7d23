// ---- citing a claim, and reporting an error in it

const RELEASE = () => [t('dataset'), PAGE.version && `${t('version')} ${PAGE.version}`].filter(Boolean).join(', ');
const placeOf = ({ letter, section, begin, end, anchor, marked }) =>
  [
    `${t('letter')}: ${letter.title}`,
    letter.sender,
    letter.date || t('undated'),
    letter.reference && `${t('reference')} ${letter.reference}`,
    `${t('section')} ${section}`,
    Number.isInteger(begin) && Number.isInteger(end) && `${t('characters')} ${begin}–${end}`,
    (anchor || marked) && `«${anchor || marked}»`,
    letter.iri,
  ]
    .filter(Boolean)
    .join(', ');
// Of an inferred relation: the claims that it rests on.
const restsOn = (claim) =>
  !claim.why
    ? []
    : [...new Set(premises(claim.why))].map((premise) => `${t('restsOn')}: ${sentence(premise)}, ${premise.iri}`);
function citation(claim) {
  const manner = [
    MODALITIES.get(claim.modality)[state.language],
    claim.denied && t('denied'),
    claim.origin !== 'claim' && ORIGINS.get(claim.origin)[state.language],
  ]
    .filter(Boolean)
    .join(', ');
  const when = [claim.period, whenSaid(claim)].filter(Boolean).join(': ');
  return [
    `${sentence(claim)} (${manner})`,
    claim.speaker && `${t('speaker')}: ${claim.speaker}`,
    when && `${t('period')}: ${when}`,
    ...claim.evidence.map(placeOf),
    ...restsOn(claim),
    `${RELEASE()}, ${claim.iri}`,
  ]
    .filter(Boolean)
    .join('\n');
}
const report = (claim) =>
  [
    `${t('report')}: ${t('claimIri').toLowerCase()} ${claim.iri}`,
    '',
    citation(claim),
    '',
    `${t('wrong')}`,
    '',
    '',
    `${t('right')}`,
    '',
    '',
  ].join('\n');
const mailTo = (text) =>
  `mailto:?subject=${encodeURIComponent(t('reportSubject'))}&body=${encodeURIComponent(text.replace(/\n/g, '\r\n'))}`;
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    return false;
  }
}
function citingTools(claim) {
  const below = make('div', { class: 'handouts' }),
    said = make('span', { class: 'note', role: 'status' });
  const area = (label, text) =>
    make('textarea', { class: 'handout', rows: 7, spellcheck: 'false', 'aria-label': label }, text);
  const select = (box) => {
    box.focus();
    box.select();
  };
  const cite = make('button', {
    type: 'button',
    class: 'cite',
    text: t('cite'),
    onclick: async () => {
      below.replaceChildren();
      wrongs.setAttribute('aria-expanded', 'false');
      const text = citation(claim),
        done = await copyText(text);
      said.textContent = t(done ? 'cited' : 'copyHere');
      // Without a clipboard the reader copies by hand.
      if (!done) {
        const box = area(t('citeText'), text);
        box.readOnly = true;
        below.append(box);
        select(box);
      }
    },
  });
  const wrongs = make('button', {
    type: 'button',
    class: 'report',
    'aria-expanded': 'false',
    text: t('report'),
    onclick: () => {
      said.textContent = '';
      if (below.childElementCount && wrongs.getAttribute('aria-expanded') === 'true') {
        below.replaceChildren();
        wrongs.setAttribute('aria-expanded', 'false');
        return;
      }
      const box = area(t('reportText'), report(claim)),
        mail = make('a', { class: 'mail button', href: mailTo(box.value), text: t('byMail') });
      box.addEventListener('input', () => {
        mail.href = mailTo(box.value);
      });
      const copy = make('button', {
        type: 'button',
        class: 'copy',
        text: t('copyText'),
        onclick: async () => {
          const done = await copyText(box.value);
          said.textContent = t(done ? 'textCopied' : 'copyHere');
          if (!done) select(box);
        },
      });
      below.replaceChildren(
        make('p', { class: 'note', text: t('reportHow') }),
        box,
        make('p', { class: 'tools' }, copy, mail),
      );
      wrongs.setAttribute('aria-expanded', 'true');
      box.focus();
      const wanted = box.value.indexOf(t('wrong')) + t('wrong').length + 1;
      box.setSelectionRange(wanted, wanted);
    },
  });
  return make('div', { class: 'citing' }, make('p', { class: 'tools' }, cite, wrongs, said), below);
}
