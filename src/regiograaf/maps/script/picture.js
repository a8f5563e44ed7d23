// ---- the map as a picture that stands by itself: what is seen now, a legend and the source

const PAD = 16;
const OUTLINES = {
  square: (r) => `M${-r} ${-r}H${r}V${r}H${-r}z`,
  diamond: (r) => `M0 ${-r}L${r} 0L0 ${r}L${-r} 0z`,
  hexagon: (r) =>
    'M' +
    [0, 1, 2, 3, 4, 5]
      .map((i) => `${tidy(r * Math.cos((i * Math.PI) / 3))} ${tidy(r * Math.sin((i * Math.PI) / 3))}`)
      .join('L') +
    'z',
  dot: (r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  triangle: (r) => {
    const s = 1.15 * r,
      down = 0.275 * s,
      low = tidy(s * 0.57735 + down),
      high = tidy(down - s * 1.1547);
    return `M0 ${high}L${tidy(s)} ${low}L${tidy(-s)} ${low}z`;
  },
};
const tidy = (number) => Math.round(number * 100) / 100;
const dashed = (lengths, scale) =>
  lengths && lengths.length ? lengths.map((length) => tidy(length * scale)).join(' ') : null;
function nodeMark(node, box, view) {
  const { x, y } = view.at([box.x, box.y]),
    { scale } = view,
    dashes = box.shapeProperties && box.shapeProperties.borderDashes;
  return vector(
    'path',
    {
      transform: `translate(${tidy(x)} ${tidy(y)})`,
      d: (OUTLINES[box.shape] || OUTLINES.dot)(tidy(box.size * scale)),
      opacity: box.opacity === 1 ? null : box.opacity,
      fill: box.color.background,
      stroke: box.color.border,
      'stroke-width': box.borderWidth,
      'stroke-dasharray': dashed(dashes, scale),
      'data-node': node ? node.key : null,
    },
    vector('title', { text: box.title || '' }),
  );
}
// vis draws a line as one bend between the middles of two nodes.
function bendOf(id, view) {
  const { edgeType } = network.body.edges[id],
    [start, half, end] = [0, 0.5, 1].map((part) => {
      const { x, y } = edgeType.getPoint(part);
      return view.at([x, y]);
    });
  return { start, end, bend: { x: 2 * half.x - (start.x + end.x) / 2, y: 2 * half.y - (start.y + end.y) / 2 } };
}
const along = ({ start, bend, end }, part) => {
  const mix = (a, b, c) => (1 - part) ** 2 * a + 2 * part * (1 - part) * b + part ** 2 * c;
  return { x: mix(start.x, bend.x, end.x), y: mix(start.y, bend.y, end.y) };
};
function lineMark(line, id, style, view) {
  const curve = bendOf(id, view),
    { start, bend, end } = curve,
    { scale } = view,
    width = tidy(style.width * scale),
    paint = { stroke: style.color.color, opacity: style.color.opacity === 1 ? null : style.color.opacity };
  const parts = [
    vector(
      'path',
      {
        d: `M${tidy(start.x)} ${tidy(start.y)}Q${tidy(bend.x)} ${tidy(bend.y)} ${tidy(end.x)} ${tidy(end.y)}`,
        fill: 'none',
        'stroke-width': width,
        'stroke-dasharray': dashed(style.dashes, scale),
        ...paint,
        'data-line': line ? (line.members[0] || {}).key : null,
      },
      vector('title', { text: style.title || '' }),
    ),
  ];
  const target = boxes.get(style.to);
  if (style.arrows && style.arrows.to && style.arrows.to.enabled && target) {
    // The head stands where the line meets the node.
    const reach = target.size * scale + 1;
    let low = 0,
      high = 1;
    for (let i = 0; i < 18; i++) {
      const half = (low + high) / 2,
        point = along(curve, half);
      if (Math.hypot(point.x - end.x, point.y - end.y) > reach) low = half;
      else high = half;
    }
    const tip = along(curve, low),
      back = along(curve, Math.max(0, low - 0.05)),
      turn = (Math.atan2(tip.y - back.y, tip.x - back.x) * 180) / Math.PI;
    const size = Math.max(5, 15 * style.arrows.to.scaleFactor * scale);
    parts.push(
      vector('path', {
        transform: `translate(${tidy(tip.x)} ${tidy(tip.y)}) rotate(${tidy(turn)})`,
        d: `M0 0L${tidy(-size)} ${tidy(size * 0.4)}L${tidy(-size * 0.8)} 0L${tidy(-size)} ${tidy(-size * 0.4)}z`,
        fill: style.color.color,
        opacity: paint.opacity,
      }),
    );
  }
  return parts;
}
// Text with a rim of the background; its width is fixed, so that other fonts do not push names over each other.
function lettering(text, x, y, { pixels, weight = null, colour, anchor = 'start', width = null, rim = 'apart' }) {
  const place = {
    x: tidy(x),
    y: tidy(y),
    'font-size': pixels,
    'font-weight': weight,
    'text-anchor': anchor === 'start' ? null : anchor,
    textLength: width && tidy(width),
    lengthAdjust: width && 'spacingAndGlyphs',
  };
  const border = { stroke: colours.paper, 'stroke-width': 3.5, 'stroke-linejoin': 'round' };
  // A browser draws the rim first; for what reads the file otherwise, the rim is a text of its own.
  if (rim !== 'apart')
    return [vector('text', { ...place, ...(rim ? { ...border, 'paint-order': 'stroke' } : {}), fill: colour, text })];
  return [
    vector('text', { ...place, ...border, fill: 'none', 'aria-hidden': 'true', class: 'rim', text }),
    vector('text', { ...place, fill: colour, text }),
  ];
}
const BASE = 0.9;
const textRows = (context, text, font, width) =>
  text.split(' ').reduce((rows, word) => {
    const longer = rows.length ? rows[rows.length - 1] + ' ' + word : word;
    if (rows.length && widthOf(context, longer, font) <= width) rows[rows.length - 1] = longer;
    else rows.push(word);
    return rows;
  }, []);
function legendItems(context) {
  const font = `12px ${FONT}`,
    kinds = new Set(),
    styles = new Set(),
    items = [];
  for (const id of shownNodes) kinds.add(NODES.get(id).family);
  for (const line of shownLines) styles.add(line.modality);
  const entry = (text, mark) => items.push({ text, mark, width: 42 + widthOf(context, text, font) });
  for (const family of FAMILIES.keys())
    if (kinds.has(family)) {
      const ring = KNOWN(family) === 'onderwerp',
        colour = colours[KNOWN(family)];
      entry(FAMILIES.get(family)[state.language], (x, y) =>
        vector('path', {
          transform: `translate(${x + 17} ${y})`,
          d: PATHS[SHAPES[KNOWN(family)]],
          fill: ring ? colours.paper : colour,
          stroke: colour,
          'stroke-width': ring ? 2 : 1,
        }),
      );
    }
  if ([...shownNodes].some((id) => !THERE.has(NODES.get(id).status)))
    entry(t('dashed'), (x, y) =>
      vector('path', {
        transform: `translate(${x + 17} ${y})`,
        d: PATHS.square,
        fill: colours.paper,
        stroke: colours.muted,
        'stroke-width': 1.6,
        'stroke-dasharray': '2.5 2',
      }),
    );
  for (const modality of MODALITIES.keys())
    if (styles.has(modality)) {
      const { width, dashes } = styleOf(modality);
      entry(MODALITIES.get(modality)[state.language], (x, y) =>
        vector('path', {
          d: `M${x} ${y}h34`,
          stroke: colours.ink,
          'stroke-width': width > 2 ? 3.2 : 1.6,
          'stroke-dasharray': dashed(dashes, 1),
        }),
      );
    }
  for (const origin of ['inferred', 'query'])
    if ([...shownLines].some((line) => line[origin]))
      entry(ORIGINS.get(origin)[state.language], (x, y) =>
        vector(
          'g',
          {},
          vector('path', { d: `M${x} ${y}h11m12 0h11`, stroke: colours.inferred, 'stroke-width': 1.6 }),
          ...dotMarks(x + 17, y, colours.inferred),
        ),
      );
  if (base.claims.some((claim) => claim.denied)) entry(t('denied'), (x, y) => crossMark(x + 17, y));
  return items;
}
const dotMarks = (x, y, colour) =>
  DOTS.map(([left, down]) =>
    vector('circle', {
      cx: tidy(x + left),
      cy: tidy(y + down),
      r: 2,
      fill: colour,
      stroke: colours.paper,
      'stroke-width': 1,
    }),
  );
const crossMark = (x, y) =>
  vector('path', {
    d: `M${tidy(x - 4)} ${tidy(y - 4)}l8 8m0 -8l-8 8`,
    stroke: colours.denied,
    'stroke-width': 2,
    fill: 'none',
  });
const sources = () => {
  const cited = new Set(base.claims.flatMap((claim) => [...claim.letters]));
  const letters = [...LETTERS]
    .filter(([key]) => cited.has(key))
    .map(([, { short, date }]) => `${short} (${date || t('undated')})`);
  return `${t('source')}: ${[...letters].join(', ')}${letters.length ? '. ' : ''}${RELEASE()}.`;
};
const shownWords = () =>
  [
    `${t('shown')}: ${$('status').dataset.counts}`,
    `${t('layout').toLowerCase()}: ${t(state.layout).toLowerCase()}`,
    `${t('sizeBy')}: ${t(state.size).toLowerCase()}`,
    ...active().map(({ text }) => text),
  ].join(' · ');
function picture(rim = 'apart') {
  const view = mapWindow(),
    context = make('canvas').getContext('2d'),
    { width, height } = view;
  const heading = textRows(context, $('title').textContent, `600 18px ${FONT}`, width),
    about = textRows(context, shownWords(), `12px ${FONT}`, width),
    source = textRows(context, sources(), `12px ${FONT}`, width);
  const above = PAD + heading.length * 23 + about.length * 16 + 8,
    items = legendItems(context),
    column = Math.min(width, Math.max(1, ...items.map((item) => item.width)) + 18),
    across = Math.max(1, Math.floor(width / column));
  const down = Math.ceil(items.length / across),
    legendTop = above + height + 24,
    sourceTop = legendTop + down * 19 + 14,
    whole = sourceTop + source.length * 16 + PAD,
    all = width + 2 * PAD;
  const plain = (rows, top, pixels, leading, weight) =>
    rows.flatMap((row, i) =>
      lettering(row, PAD, top + i * leading + pixels, {
        pixels,
        weight,
        colour: weight ? colours.ink : colours.muted,
        rim: false,
      }),
    );
  const kept = (x, y, slack) => x > -slack && y > -slack && x < width + slack && y < height + slack;
  const seen = boxes
    .get({ filter: (box) => !box.hidden })
    .filter((box) => {
      const { x, y } = view.at([box.x, box.y]),
        r = box.size * view.scale;
      return kept(x, y, r);
    })
    .sort((a, b) => b.size - a.size);
  const strokes = lines
    .get({ filter: (line) => !line.hidden })
    .flatMap((style) => lineMark(LINES.get(style.id), style.id, style, view));
  const marks = [...drawnLines()].flatMap((line) =>
    marksOf(line).flatMap((mark) => {
      const { x, y } = view.at(middleOf(line));
      return kept(x, y, 0)
        ? mark === 'dots'
          ? dotMarks(x, y, selected(line) ? colours.accent : colours.inferred)
          : [crossMark(x, y)]
        : [];
    }),
  );
  const heads = headsOf(context, view),
    names = placeLabels(context, view, headBoxes(context, heads));
  const bands = bandsIn(view).flatMap(({ left, top, bottom }, i) => {
    const right = view.at([bandRight(), 0]).x,
      area = { x: tidy(left), y: tidy(top), width: tidy(right - left), height: tidy(bottom - top), fill: colours.sunk };
    return [
      i % 2 === 0 ? vector('rect', area) : null,
      vector('path', { d: `M${tidy(left)} ${tidy(top)}H${tidy(right)}`, stroke: colours.band }),
    ];
  });
  return vector(
    'svg',
    {
      width: all,
      height: whole,
      viewBox: `0 0 ${all} ${whole}`,
      'font-family': FONT.replaceAll('"', "'"),
      role: 'img',
      lang: state.language,
      'aria-labelledby': 'figure-title',
    },
    vector('title', { id: 'figure-title', text: $('title').textContent }),
    vector('desc', { text: `${shownWords()}. ${sources()}` }),
    vector('defs', {}, vector('clipPath', { id: 'figure-window' }, vector('rect', { width, height }))),
    vector('rect', { width: all, height: whole, fill: colours.paper }),
    vector(
      'g',
      { class: 'heading' },
      ...plain(heading, PAD, 18, 23, 600),
      ...plain(about, PAD + heading.length * 23 + 2, 12, 16),
    ),
    vector(
      'g',
      { class: 'map', transform: `translate(${PAD} ${above})` },
      vector(
        'g',
        { 'clip-path': 'url(#figure-window)' },
        vector('g', { class: 'bands' }, ...bands),
        vector('g', { class: 'lines' }, ...strokes),
        vector('g', { class: 'nodes' }, ...seen.map((box) => nodeMark(NODES.get(box.id), box, view))),
        vector('g', { class: 'marks' }, ...marks),
      ),
      vector(
        'g',
        { class: 'names' },
        ...heads.flatMap(({ text, x, y, font }) =>
          lettering(text, x, y + 11, {
            pixels: 12,
            weight: font.startsWith('600') ? 600 : null,
            colour: colours.muted,
            width: widthOf(context, text, font),
            rim,
          }),
        ),
        ...names.map(({ node, box, text, font, pixels, strong }) =>
          vector(
            'g',
            { 'data-node': node.key },
            ...text.flatMap((row, i) =>
              lettering(row, (box[0] + box[2]) / 2, box[1] + 1 + i * rowHeight(pixels) + BASE * pixels, {
                pixels,
                weight: font.startsWith('600') ? 600 : null,
                colour: strong ? colours.ink : colours.muted,
                anchor: 'middle',
                width: widthOf(context, row, font),
                rim,
              }),
            ),
          ),
        ),
      ),
    ),
    vector(
      'g',
      { class: 'legend' },
      vector('path', { d: `M${PAD} ${above + height + 8}H${PAD + width}`, stroke: colours.band }),
      ...items.flatMap(({ text, mark }, i) => {
        const x = PAD + (i % across) * column,
          y = legendTop + Math.floor(i / across) * 19;
        return [mark(x, y), ...lettering(text, x + 42, y + 4, { pixels: 12, colour: colours.ink, rim: false })];
      }),
    ),
    vector('g', { class: 'source' }, ...plain(source, sourceTop, 12, 16)),
  );
}
