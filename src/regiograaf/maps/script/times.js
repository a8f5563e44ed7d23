// ---- when: dated claims as intervals, in days since 1970

const DAY = 864e5;
const dayOf = (text) => Date.parse(text) / DAY;
const newYear = (year) => Date.UTC(year, 0, 1) / DAY;
const yearOf = (day) => new Date(day * DAY).getUTCFullYear();
function spanOf({ begin, end }) {
  const [first, sureFrom, sureTo, last] = [...begin, ...end].map(dayOf);
  const from = Number.isNaN(first) ? sureFrom : first,
    to = Number.isNaN(last) ? sureTo : last;
  if (Number.isNaN(from) && Number.isNaN(to)) return null;
  // The last day belongs to it.
  return { from, to: to + 1, sure: sureFrom <= sureTo ? [sureFrom, sureTo + 1] : null };
}
for (const claim of CLAIMS) claim.span = claim.dates ? spanOf(claim.dates) : null;
const early = (a, b) =>
  a < b || (Number.isNaN(a) && !Number.isNaN(b)) ? -1 : a > b || (Number.isNaN(b) && !Number.isNaN(a)) ? 1 : 0;
const MOMENTS = CLAIMS.filter((claim) => claim.span).sort(
  (a, b) => early(a.span.from, b.span.from) || early(a.span.to, b.span.to),
);
// The years that the timeline covers; null when nothing is dated.
const YEARS = (() => {
  const years = MOMENTS.flatMap(({ span: { from, to } }) => [yearOf(from), yearOf(to - 1)]).filter((year) => year > 0);
  return years.length ? [years.reduce((a, b) => Math.min(a, b)), years.reduce((a, b) => Math.max(a, b))] : null;
})();
function inYears(claim) {
  if (!state.years) return true;
  if (!claim.span) return state.undated;
  const [first, last] = state.years,
    { from, to } = claim.span;
  return !(from >= newYear(last + 1)) && !(to <= newYear(first));
}
// Of “now” in a letter the reader must know when it was written.
function whenSaid(claim) {
  if (!claim.present) return '';
  const dates = new Set(claim.evidence.map(({ letter }) => letter.date || t('undated')));
  return [t('atWriting'), ...(dates.size ? dates : [t('undated')])].join(', ');
}
