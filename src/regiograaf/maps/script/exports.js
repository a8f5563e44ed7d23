// ---- what a reader takes along: link, CSV, figure, paper

function csv() {
  const safe = (value) => {
    const text = String(value);
    return '"' + (/^[\s]*[=+\-@]/.test(text) ? "'" + text : text).replace(/"/g, '""') + '"';
  };
  const head = [
    'from',
    'relation',
    'to',
    'modality',
    'denied',
    'herkomst',
    'brief',
    'csvDate',
    'section',
    'csvBegin',
    'csvEnd',
    'csvAnchor',
    'csvQuote',
    'paraphrase',
    'speaker',
    'period',
    'quantities',
    'themes',
    'csvPredicate',
    'csvClaim',
  ].map(t);
  const rows = CLAIMS.filter((claim) => shownClaims.has(claim)).flatMap((claim) =>
    (claim.evidence.length ? claim.evidence : [null]).map((piece) => {
      const where = piece
        ? [
            piece.letter.title,
            piece.letter.date || t('undated'),
            piece.section,
            piece.begin,
            piece.end,
            piece.marked || piece.anchor,
            piece.before + piece.marked + piece.after,
          ]
        : Array(7).fill('');
      return [
        name(claim.source),
        claim[state.language],
        name(claim.target),
        MODALITIES.get(claim.modality)[state.language],
        claim.denied ? t('denied') : '',
        ORIGINS.get(claim.origin)[state.language],
        ...where,
        (state.language === 'en' && claim.english) || claim.dutch,
        claim.speaker,
        [claim.period, whenSaid(claim)].filter(Boolean).join(': '),
        claim.quantities.map((one) => one[state.language]).join('; '),
        claim.themeKeys.map(themeWords).join(', '),
        claim.predicate,
        claim.iri,
      ];
    }),
  );
  return '\ufeff' + [head, ...rows].map((row) => row.map(safe).join(';')).join('\r\n') + '\r\n';
}
function save(file, blob) {
  const link = make('a', { download: file, href: URL.createObjectURL(blob) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 5000);
  say(t('saved')(file));
}
const saveCsv = () => save('regiograaf.csv', new Blob([csv()], { type: 'text/csv;charset=utf-8' }));
const svg = () => '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(picture());
const saveSvg = () => save('regiograaf.svg', new Blob([svg()], { type: 'image/svg+xml' }));
// From the SVG, so that the two never differ; twice as many pixels each way.
async function png() {
  const element = picture(),
    url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(element)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = make('canvas', {
      width: 2 * Number(element.getAttribute('width')),
      height: 2 * Number(element.getAttribute('height')),
    });
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => {
      canvas.toBlob((blob) => {
        if (blob) done(blob);
        else fail(new Error('no PNG'));
      }, 'image/png');
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
const savePng = async () => save('regiograaf.png', await png());
async function copyLink() {
  writeAddress();
  const done = await copyText(location.href);
  $('status').textContent = t(done ? 'copied' : 'copyYourself');
  say($('status').textContent);
}
// On paper: the figure in light colours, with legend and source; then the evidence and the rows that are shown.
function beforePaper() {
  const theme = state.theme,
    dark = isDark();
  if (dark) {
    state.theme = 'light';
    setTheme();
    drawAll();
  }
  $('paper').replaceChildren(picture('first'));
  if (dark) {
    state.theme = theme;
    setTheme();
    drawAll();
  }
  buildRows(Math.max(most, 2 * ROWS));
}
const afterPaper = () => $('paper').replaceChildren();
