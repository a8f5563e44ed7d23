// ---- layers under each other, and the subjects by kind (layers.py says where they stand)

const HEAD = 70,
  FOOT = 46,
  MANY = 60,
  SHARE = 12,
  HEADING = 60;
const BAND_FONT = `600 12px ${FONT}`,
  KIND_FONT = `12px ${FONT}`;
const bandLeft = () => wholeExtent().left - 20 * unit;
const bandRight = () => wholeExtent().right + 20 * unit;
// Where each band begins and ends, on the canvas.
function bandsOf() {
  if (state.layout !== 'lagen' || !DATA.nodes.length) return [];
  const below = wholeExtent().bottom + FOOT * stretch[1],
    // Above subjects by kind there are two rows of names.
    over = (band) => HEAD + (KINDS.length && band.top === KINDS[0].top ? HEADING : 0),
    tops = PAGE.bands.map((band) => (band.top - over(band)) * stretch[1]);
  return PAGE.bands.map((band, i) => ({ band, top: tops[i], bottom: i + 1 < tops.length ? tops[i + 1] : below }));
}
// The same in a window, in pixels.
const bandsIn = (view) =>
  bandsOf().map(({ band, top, bottom }) => ({
    band,
    left: view.at([bandLeft(), top]).x,
    top: view.at([0, top]).y,
    bottom: view.at([0, bottom]).y,
  }));
// A layer is named in its own band, as long as that is seen; at the right where one of the largest nodes lies at the left.
function bandHeads(context, view) {
  const largest = labelOrder().nodes.slice(0, GIANTS);
  return bandsIn(view).map(({ band, left, top, bottom }) => {
    const text = band[state.language],
      wide = widthOf(context, text, BAND_FONT),
      x = Math.max(left + 4, 8),
      y = Math.max(top + 3, Math.min(4, bottom - 20)),
      box = [x - 4, y - 3, x + wide + 4, y + 16];
    const covers = largest.some((node) => {
      const point = view.at(place(node)),
        radius = size(node) * view.scale;
      return meets(box, [point.x - radius, point.y - radius, point.x + radius, point.y + radius]);
    });
    return { text, x: covers ? Math.max(8, view.width - wide - 12) : x, y, font: BAND_FONT };
  });
}

// Many subjects stand by kind: the first of each apart, so that there is room for its name.
const KINDS = (() => {
  const subjects = DATA.nodes.filter((node) => node.layer === 'onderwerp'),
    kinds = new Map();
  if (subjects.length <= MANY || GROUPS.size) return [];
  for (const node of subjects) kinds.set(node.kind_nl, [...(kinds.get(node.kind_nl) || []), node]);
  const all = [...kinds.values()],
    own = all.filter((members) => SHARE * members.length >= subjects.length),
    rest = all.filter((members) => !own.includes(members)).flat();
  return [...own.map((members) => ({ members })), ...(rest.length ? [{ members: rest, rest: true }] : [])]
    .map(({ members, rest = false }) => {
      const xs = members.map((node) => node.lagen[0]),
        first = members.reduce((a, b) => (b.lagen[1] < a.lagen[1] ? b : a));
      return { members, rest, first, left: first.lagen[0], right: Math.max(...xs), top: first.lagen[1] };
    })
    .sort((a, b) => a.left - b.left);
})();
const FIRSTS = new Map(KINDS.map((kind, i) => [kind.first, i]));
const kindsShown = () => (state.layout === 'lagen' ? KINDS : []);
// How much room there is for the name of the first of a kind; of other nodes none.
function roomOfFirst(node, view) {
  if (state.layout !== 'lagen' || !FIRSTS.has(node)) return 0;
  const next = KINDS[FIRSTS.get(node) + 1],
    end = next ? view.at([next.left * stretch[0], 0]).x - 12 : view.width - 4;
  return end - view.at(place(node)).x - size(node) * view.scale;
}
function kindHeads(context, view) {
  let free = 0;
  return kindsShown().flatMap((kind) => {
    const shown = kind.members.filter((node) => shownNodes.has(node.id)).length,
      text = `${kind.rest ? t('otherKinds') : kindOf(kind.first)} ${shown}`,
      wide = widthOf(context, text, KIND_FONT),
      { x, y } = view.at([kind.left * stretch[0], (kind.top - HEADING) * stretch[1]]),
      above = y - HEAD * stretch[1] * view.scale,
      left = Math.max(8, x - 4);
    // Where there is no room for all names, every second gives way.
    if (!shown || left < free || left + wide > view.width - 4 || view.at([kind.right * stretch[0], 0]).x < left) return [];
    free = left + wide + 3;
    return [{ text, x: left, y: Math.max(y - 5, above + 17), font: KIND_FONT }];
  });
}
const headsOf = (context, view) => [
  ...bandHeads(context, view),
  ...kindHeads(context, view),
  ...groupHeads(view).map((head) => ({ ...head, font: BAND_FONT })),
];
function paintBands(context) {
  paintGroups(context);
  context.strokeStyle = colours.band;
  context.fillStyle = colours.sunk;
  context.lineWidth = 1 / network.getScale();
  const left = bandLeft(),
    right = bandRight();
  bandsOf().forEach(({ top, bottom }, i) => {
    if (i % 2 === 0) context.fillRect(left, top, right - left, bottom - top);
    context.beginPath();
    context.moveTo(left, top);
    context.lineTo(right, top);
    context.stroke();
  });
}
