// ---- facets: the legend is the filter

const byLanguage = (map) => (key) => map.get(key)[state.language];
const FACETS = [
  { key: 'soort', on: 'node', values: [...FAMILIES.keys()].filter((f) => DATA.nodes.some((n) => n.family === f)), of: (node) => [node.family], label: byLanguage(FAMILIES), swatch: (key) => shape(key) },
  { key: 'modaliteit', on: 'claim', values: [...MODALITIES.keys()].filter((m) => CLAIMS.some((c) => c.modality === m)), of: (claim) => [claim.modality], label: byLanguage(MODALITIES), swatch: (key) => sample(key) },
  { key: 'herkomst', on: 'claim', values: [...ORIGINS.keys()].filter((o) => CLAIMS.some((c) => c.origin === o)), of: (claim) => [claim.origin], label: byLanguage(ORIGINS), swatch: (key) => sample('bestaand', key === 'inferred'), off: PAGE.off, optional: true },
  { key: 'brief', on: 'claim', values: [...LETTERS.keys(), ...(CLAIMS.some((c) => !c.letters.size) ? ['-'] : [])], of: (claim) => claim.letters.size ? [...claim.letters] : ['-'], label: (key) => key === '-' ? t('noLetter') : LETTERS.get(key).short },
  { key: 'bestaan', on: 'node', values: [...STATUSES.keys()], of: (node) => [node.status], label: byLanguage(STATUSES), optional: true },
].filter((facet) => !facet.optional || facet.values.length > 1);
for (const facet of FACETS) facet.first = new Set(facet.values.filter((value) => !(facet.off || []).includes(value)));
