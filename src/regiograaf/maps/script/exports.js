// ---- CSV

function csv() {
  const safe = (value) => { const text = String(value); return '"' + (/^[\s]*[=+\-@]/.test(text) ? "'" + text : text).replace(/"/g, '""') + '"'; };
  const head = [t('from'), t('relation'), t('to'), t('modality'), t('denied'), t('herkomst'), t('brief'), 'datum', t('section'), 'begin', 'einde', 'anker', 'citaat', t('paraphrase'), t('speaker'), t('period'), t('themes'), 'predicaat', 'bewering'];
  const rows = CLAIMS.filter((claim) => shownClaims.has(claim)).flatMap((claim) => (claim.evidence.length ? claim.evidence : [null]).map((piece) => {
    const where = piece ? [piece.letter.title, piece.letter.date || t('undated'), piece.section, piece.begin, piece.end, piece.marked || piece.anchor, piece.before + piece.marked + piece.after] : Array(7).fill('');
    return [name(claim.source), claim[state.language], name(claim.target), MODALITIES.get(claim.modality)[state.language], claim.denied ? t('denied') : '', ORIGINS.get(claim.origin)[state.language], ...where,
      state.language === 'en' && claim.english || claim.dutch, claim.speaker, claim.period, claim.themes, claim.predicate, claim.iri];
  }));
  return '\ufeff' + [head, ...rows].map((row) => row.map(safe).join(';')).join('\r\n') + '\r\n';
}
function download(file, type, text) {
  const link = make('a', { download: file, href: URL.createObjectURL(new Blob([text], { type })) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 5000);
}
