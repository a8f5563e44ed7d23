// ---- how large a node is drawn: measures from 0 to 1

const shareOf = (numberOf) => {
  let found = null,
    most = 1;
  return (node) => {
    if (!found) {
      found = new Map(DATA.nodes.map((one) => [one, numberOf(one)]));
      for (const number of found.values()) most = Math.max(most, number);
    }
    return (found.get(node) || 0) / most;
  };
};
const saidOf = (node) => node.claims.filter((claim) => claim.origin === 'claim');
const partners = (node) =>
  new Set(
    saidOf(node)
      .flatMap((claim) => [claim.from, claim.to])
      .filter((id) => id !== node.id),
  ).size;
const letterCount = (node) => new Set(saidOf(node).flatMap((claim) => [...claim.letters])).size;
const MEASURES = {
  // Subjects broker nothing: they are what others speak of.
  schakel: (node) => (KNOWN(node.family) === 'onderwerp' ? node.said / MOST / 2 : node.between),
  relaties: (node) => node.said / MOST,
  buren: shareOf(partners),
  brieven: shareOf(letterCount),
  gelijk: () => 0.0225,
};
