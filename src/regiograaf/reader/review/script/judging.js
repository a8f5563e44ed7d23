// ---- choosing and judging

function select(claim, { focus = true, scroll = true } = {}) {
  state.selected = claim;
  state.line = null;
  markSelected();
  showCurrent(scroll);
  const row = claim && cards.get(claim.id);
  if (row && focus) row.focus({ preventScroll: true });
  if (row && scroll) intoView(row, $('claims'));
}
function move(by) {
  const shown = state.filter === 'without' ? [...$('list').children] : shownClaims();
  if (!shown.length) return;
  if (state.filter === 'without') {
    const at = shown.indexOf(document.activeElement?.closest?.('.claim'));
    const row = shown[Math.max(0, Math.min(shown.length - 1, at + by))];
    row.focus({ preventScroll: true });
    intoView(row, $('claims'));
    intoView(spanOf(LINES[row.dataset.sentence]), $('letter'));
    return;
  }
  const at = state.selected ? shown.findIndex((claim) => claim.id === state.selected.id) : -1;
  select(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.max(0, Math.min(shown.length - 1, at + by))]);
}
// After a judgement: the next claim to judge, else the one below.
function goOn(claim) {
  const order = allClaims(),
    at = order.findIndex((one) => one.id === claim.id),
    shown = new Set(shownClaims().map((one) => one.id));
  const next =
    order.slice(at + 1).find((one) => shown.has(one.id) && standing(one) === 'open') ||
    order.find((one) => shown.has(one.id) && standing(one) === 'open') ||
    order.slice(at + 1).find((one) => shown.has(one.id)) ||
    order.findLast((one) => shown.has(one.id));
  if (next) select(next);
  else {
    select(null);
    $('none').querySelector('button').focus();
  }
}
function judge(claim, judgement) {
  const before = state.judged.get(claim.id);
  doing(claim.id, () => set('judged', claim.id, before === judgement ? undefined : judgement));
  say(t(before === judgement ? 'saidReopened' : judgement === 'accepted' ? 'saidAccepted' : 'saidDropped'));
  refreshClaim(claim);
  if (before === judgement) select(claim, { scroll: false });
  else goOn(claim);
  if (!counts().open && before !== judgement) say(t('finished'));
}
function act(what, claim) {
  if (what === 'accept' && !isNameless(claim)) judge(claim, 'accepted');
  else if (what === 'drop' && !isNameless(claim)) judge(claim, 'dropped');
  else if (what === 'change') startChanging(claim);
  else if (what === 'addHere') startAdding(claim.line);
  else if (what === 'remove') {
    doing(claim.id, () => {
      for (const where of ['added', 'judged', 'changes']) set(where, claim.id, undefined);
    });
    refresh();
    move(1);
  }
}
function takeBack() {
  const last = undo();
  if (!last) {
    say(t('saidNothing'));
    return;
  }
  say(t('saidUndone'));
  closeForm();
  const hidden = () => last.claim && !shownClaims().some((claim) => claim.id === last.claim);
  if (state.pane === 'claims' && state.filter !== 'without' && hidden()) {
    state.filter = 'all';
    state.below = 0;
    $('below').value = '0';
  }
  refresh();
  const claim = allClaims().find((one) => one.id === last.claim);
  if (claim && state.pane !== 'names') select(claim);
}
let saying = 0;
const say = (text) => {
  $('say').textContent = text;
  clearTimeout(saying);
  saying = setTimeout(() => $('say').replaceChildren(), 6000);
};
