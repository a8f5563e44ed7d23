// ---- facets: the legend is the filter

const byLanguage = (map) => (key) => map.get(key)[state.language];
const THEMES = new Map(Object.entries(PAGE.themes || {}));
const themeWords = (key) => (THEMES.has(key) ? THEMES.get(key)[state.language] : key);
const times = (values) => {
  const found = new Map();
  for (const value of values) found.set(value, (found.get(value) || 0) + 1);
  return found;
};
const themesBySize = [...times(CLAIMS.flatMap((claim) => claim.themeKeys))]
  .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  .map(([key]) => key);
const NO = ['-'];
const FACETS = [
  {
    key: 'soort',
    on: 'node',
    values: [...FAMILIES.keys()].filter((f) => DATA.nodes.some((n) => n.family === f)),
    of: (node) => [node.family],
    label: byLanguage(FAMILIES),
    swatch: (key) => shape(key),
  },
  {
    key: 'modaliteit',
    on: 'claim',
    values: [...MODALITIES.keys()].filter((m) => CLAIMS.some((c) => c.modality === m)),
    of: (claim) => [claim.modality],
    label: byLanguage(MODALITIES),
    swatch: (key) => sample(key),
  },
  {
    key: 'thema',
    on: 'claim',
    values: [...themesBySize, ...(CLAIMS.some((c) => !c.themeKeys.length) ? NO : [])],
    of: (claim) => (claim.themeKeys.length ? claim.themeKeys : NO),
    label: (key) => (key === '-' ? t('noTheme') : themeWords(key)),
    foreign: (key) => key !== '-' && !THEMES.has(key),
    optional: true,
  },
  {
    key: 'brief',
    on: 'claim',
    values: [...LETTERS.keys(), ...(CLAIMS.some((c) => !c.letters.size) ? NO : [])],
    of: (claim) => (claim.letters.size ? [...claim.letters] : NO),
    label: (key) => (key === '-' ? t('noLetter') : LETTERS.get(key).short),
    foreign: (key) => key !== '-',
    title: (key) => (key === '-' ? null : LETTERS.get(key).title),
  },
  {
    key: 'herkomst',
    on: 'claim',
    values: [...ORIGINS.keys()].filter((o) => CLAIMS.some((c) => c.origin === o)),
    of: (claim) => [claim.origin],
    label: byLanguage(ORIGINS),
    swatch: (key) => sample('', key === 'inferred' || key === 'query'),
    off: PAGE.off,
    optional: true,
  },
  {
    key: 'bestaan',
    on: 'node',
    values: [...STATUSES.keys()],
    of: (node) => [node.status],
    label: byLanguage(STATUSES),
    swatch: (key) => outline(THERE.has(key)),
    optional: true,
    folded: true,
  },
].filter((facet) => !facet.optional || facet.values.length > 1);
for (const facet of FACETS) facet.first = new Set(facet.values.filter((value) => !(facet.off || []).includes(value)));
