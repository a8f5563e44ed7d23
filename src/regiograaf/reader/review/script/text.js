// ---- the letter as one reads it

// A sentence in pieces: names, periods and amounts, and, of the chosen claim, its two ends.
function pieces(line, ends) {
  const spans = line.mentions.map(({ start, stop }, i) => ({ start, stop, mention: i }));
  const apart = ({ start, stop }) => spans.every((span) => stop <= span.start || start >= span.stop);
  for (const value of line.values) if (apart(value)) spans.push({ ...value, mention: -1 });
  for (const [start, stop] of ends || []) if (apart({ start, stop })) spans.push({ start, stop, mention: -2 });
  spans.sort((a, b) => a.start - b.start);
  const found = [];
  let at = 0;
  for (const { start, stop, mention } of spans) {
    if (start > at) found.push(line.text.slice(at, start));
    const text = line.text.slice(start, stop);
    found.push(
      mention < 0
        ? make('span', { class: mention === -1 ? 'value' : 'end', text })
        : mentionSpan(line, mention, text, ends),
    );
    at = stop;
  }
  found.push(line.text.slice(at));
  return found;
}
function mentionSpan(line, i, text, ends) {
  const { start, stop, entity: id } = line.mentions[i];
  if (isDropped(id)) return make('span', { text });
  const isEnd = (ends || []).some(([low, high]) => low < stop && start < high),
    fresh = entity(meant(id))?.origin === 'new';
  return make('span', {
    class: `name ${KNOWN(familyOf(id))}${fresh ? ' fresh' : ''}${isEnd ? ' end' : ''}`,
    'data-name': `${line.i} ${i}`,
    title: [called(id), kindLabel(kindOfEntity(id))].filter(Boolean).join(' · '),
    text,
  });
}
const lineSpans = [];
const spanOf = (line) => lineSpans[line.i];

function drawText() {
  const parts = [];
  let list = null,
    box = null,
    block = -1,
    page = 0;
  for (const line of LINES) {
    if (line.block !== block) {
      block = line.block;
      const [kind, level, mark] = DATA.blockKinds[block];
      if (line.page && line.page !== page) {
        page = line.page;
        list = null;
        parts.push(make('p', { class: 'page', 'data-page': page }));
      }
      box = boxOf(kind, level, mark);
      if (kind === 'item') {
        if (!list) parts.push((list = make('ul', { class: 'items' })));
        list.append(box);
      } else {
        list = null;
        parts.push(box);
      }
    } else box.append(' ');
    lineSpans[line.i] = make('span', { class: 'line', 'data-line': line.i }, ...pieces(line));
    box.append(lineSpans[line.i]);
  }
  $('text').replaceChildren(...parts);
  for (const mark of $('text').querySelectorAll('[data-page]')) mark.textContent = t('onPage')(mark.dataset.page);
}
function boxOf(kind, level, mark) {
  if (kind === 'heading') return make(`h${Math.min(6, 1 + (level || 1))}`);
  if (kind === 'item')
    return make(
      'li',
      { 'data-level': Math.min(4, level || 1) },
      make('span', { class: 'bullet', text: /\w/.test(mark) ? mark : '•' }),
      ' ',
    );
  if (kind === 'quote') return make('blockquote');
  return make('p', { class: kind });
}
// What the claims of each sentence came to: open, accepted, dropped, or none (without a claim).
function marksOfLines() {
  const found = new Map();
  for (const claim of allClaims()) {
    const now = standing(claim),
      before = found.get(claim.line.i);
    if (!before) found.set(claim.line.i, now);
    else if (before === 'open' || now === 'open') found.set(claim.line.i, 'open');
    else if (before === 'dropped') found.set(claim.line.i, now);
  }
  return found;
}
const isOpenLine = (line, marks) => line.kind === 'sentence' && (marks.get(line.i) || 'dropped') === 'dropped';
let openLines = 0,
  shownLine = null;
function markText() {
  const marks = marksOfLines();
  for (const line of LINES) {
    const look = `line ${isOpenLine(line, marks) ? 'without' : marks.get(line.i) || ''}`,
      span = spanOf(line);
    if (span.className !== look) span.className = look;
  }
  const sentences = LINES.filter((line) => line.kind === 'sentence');
  openLines = sentences.filter((line) => isOpenLine(line, marks)).length;
  $('lines').textContent = t('linesOpen')(openLines, sentences.length);
  if (shownLine) spanOf(shownLine).classList.add('current');
}
// Show the sentence of the chosen claim, with the claim's two ends.
function showCurrent(scroll = true) {
  const line = state.selected?.line || state.line;
  if (shownLine) {
    const span = spanOf(shownLine);
    span.classList.remove('current');
    span.replaceChildren(...pieces(shownLine));
  }
  shownLine = line || null;
  if (!line) return;
  const span = spanOf(line);
  span.classList.add('current');
  const claim = state.selected;
  span.replaceChildren(...pieces(line, claim?.ends && !state.changes.has(claim.id) ? claim.ends : null));
  if (scroll) intoView(span, $('letter'));
}
// Scroll a pane, never the page around it, until an element in it is seen whole and with some room.
function intoView(element, pane) {
  if (!element || !element.getClientRects().length) return;
  const box = element.getBoundingClientRect(),
    frame = pane.getBoundingClientRect(),
    scrolls = pane.scrollHeight > pane.clientHeight + 1,
    top = scrolls ? frame.top : Math.max(0, $('panes').getBoundingClientRect().bottom),
    bottom = scrolls ? frame.bottom : innerHeight,
    room = Math.min(90, (bottom - top) / 5);
  const down = box.bottom + room - bottom,
    up = box.top - room - top;
  const by = box.height + 2 * room > bottom - top ? up : up < 0 ? up : down > 0 ? down : 0;
  if (by) (scrolls ? pane : document.scrollingElement).scrollBy({ top: by });
}
