// ---- the timeline: every dated claim as an interval, and a choice of years

const MOST_MOMENTS = 300;
let timeOpen = false,
  listed = '';
const share = (day) => (100 * (day - newYear(YEARS[0]))) / (newYear(YEARS[1] + 1) - newYear(YEARS[0]));
// Thick where it certainly held, thin where it may have; an arrow where begin or end is not stated.
function stroke({ span, modality }) {
  const { from, to, sure } = span,
    left = Number.isNaN(from) ? 0 : share(from),
    right = Number.isNaN(to) ? 100 : share(to);
  const { width, dashes } = styleOf(modality),
    thin = width > 2 ? 3.4 : 1.8,
    x = (percent) => percent.toFixed(2) + '%',
    line = (x1, x2, width, dash) =>
      vector('line', {
        x1: x(x1),
        x2: x(x2),
        y1: 8,
        y2: 8,
        'stroke-width': width,
        'stroke-dasharray': dash ? dash.join(' ') : null,
      });
  const cap = (at) => vector('line', { x1: x(at), x2: x(at), y1: 4, y2: 12, 'stroke-width': 1.6 });
  const arrow = (at, way) =>
    vector(
      'svg',
      { x: x(at), y: 8, overflow: 'visible' },
      vector('path', { d: `M${-6 * way} -4L0 0L${-6 * way} 4`, fill: 'none', 'stroke-width': 1.6 }),
    );
  const parts = [
    line(left, Math.max(right, left + 0.4), thin, dashes),
    Number.isNaN(from) ? arrow(0, -1) : cap(left),
    Number.isNaN(to) ? arrow(100, 1) : cap(Math.max(right, left + 0.4)),
  ];
  if (sure) parts.push(line(share(sure[0]), Math.max(share(sure[1]), share(sure[0]) + 0.8), 7));
  return vector('svg', { class: 'stroke', width: '100%', height: 16, 'aria-hidden': 'true' }, ...parts);
}
function moment(claim, i) {
  const modality = MODALITIES.get(claim.modality)[state.language];
  return make(
    'li',
    {},
    make(
      'button',
      {
        type: 'button',
        class: 'moment',
        'data-claim': claim.key,
        tabindex: i ? -1 : 0,
        onclick: () => openClaim(claim),
      },
      make(
        'span',
        { class: 'what', title: sentence(claim) },
        sentence(claim),
        claim.denied ? make('b', { text: ` (${t('denied')})` }) : null,
      ),
      make('span', { class: 'word', text: modality }),
      dutch('span', { class: 'hidden', text: claim.period }),
      make('span', { class: 'when' }, stroke(claim)),
    ),
  );
}
function showMoments() {
  const shown = MOMENTS.filter((claim) => shownClaims.has(claim)),
    signature = [state.language, ...shown.map((claim) => claim.key)].join(' ');
  if (signature !== listed) {
    listed = signature;
    $('t-rows').replaceChildren(
      ...shown.slice(0, MOST_MOMENTS).map(moment),
      ...(shown.length > MOST_MOMENTS
        ? [make('li', { class: 'note', text: t('moreMoments')(shown.length - MOST_MOMENTS) })]
        : []),
    );
  }
  for (const row of $('t-rows').querySelectorAll('.moment')) {
    const on =
      !!state.line &&
      state.line.members.some((claim) => claim.key === row.dataset.claim) &&
      (!state.claim || state.claim.key === row.dataset.claim);
    if (on) row.setAttribute('aria-current', 'true');
    else row.removeAttribute('aria-current');
  }
}
function showTimeline() {
  if (!YEARS) return;
  const [first, last] = state.years || YEARS,
    dated = base.claims.filter((claim) => claim.span).length;
  $('t-from').value = first;
  $('t-to').value = last;
  $('t-span').style.left = `${share(newYear(first))}%`;
  $('t-span').style.right = `${100 - share(newYear(last + 1))}%`;
  $('t-undated').checked = state.undated;
  $('t-undated').disabled = $('t-all').disabled = !state.years;
  $('t-count').textContent = t('dated')(dated);
  $('t-chosen').textContent = first === last ? first : `${first}–${last}`;
  $('t-fold').setAttribute('aria-expanded', timeOpen);
  $('t-open').hidden = !timeOpen;
  if (!timeOpen) return;
  const now = base.claims.filter(
    (claim) => claim.present && !claim.span && claim.evidence.some(({ letter }) => !letter.date),
  ).length;
  $('t-note').textContent = [t('readTime'), now ? t('datelessNow')(now) : ''].join(' ').trim();
  showMoments();
}
function speakTimeline() {
  if (!YEARS) return;
  $('timeline').hidden = false;
  listed = '';
  const [first, last] = YEARS,
    step = Math.max(1, Math.ceil((last - first + 1) / 12)),
    ticks = [];
  for (let year = first; year <= last; year++)
    ticks.push(
      make('span', {
        class: 'tick',
        style: `left:${share(newYear(year))}%;width:${share(newYear(year + 1)) - share(newYear(year))}%`,
        text: (year - first) % step ? '' : year,
      }),
    );
  $('t-ticks').replaceChildren(...ticks);
  // A thumb stands at the begin of the first year and at the end of the last.
  Object.assign($('t-from'), { min: first, max: last + 1 });
  Object.assign($('t-to'), { min: first - 1, max: last });
}
function listenTimeline() {
  if (!YEARS) return;
  const choose = (from, to, undated) => {
    setYears(from, to, undated);
    refresh();
  };
  const chosen = () => state.years || YEARS;
  $('t-fold').addEventListener('click', () => {
    timeOpen = !timeOpen;
    showTimeline();
  });
  $('t-from').addEventListener('input', (event) =>
    choose(Math.min(Number(event.target.value), chosen()[1]), chosen()[1]),
  );
  $('t-to').addEventListener('input', (event) =>
    choose(chosen()[0], Math.max(Number(event.target.value), chosen()[0])),
  );
  $('t-undated').addEventListener('change', (event) => choose(...chosen(), event.target.checked));
  $('t-all').addEventListener('click', () => {
    choose(null, null);
    $('t-from').focus();
  });
  rove($('t-rows'), '.moment');
}
const timeline = () =>
  MOMENTS.map((claim) => {
    const iso = (day) => (Number.isNaN(day) ? null : new Date(day * DAY).toISOString().slice(0, 10));
    const { from, to, sure } = claim.span;
    return {
      key: claim.key,
      iri: claim.iri,
      modality: claim.modality,
      from: iso(from),
      to: iso(to - 1),
      sure: sure && [iso(sure[0]), iso(sure[1] - 1)],
      shown: shownClaims.has(claim),
    };
  });
