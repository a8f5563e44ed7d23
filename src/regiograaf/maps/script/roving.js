// ---- one tab stop for what belongs together: arrows, Home and End walk along it

// Gives what must be called when something in the box has come or gone.
function rove(box, among) {
  const all = () => [...box.querySelectorAll(among)],
    within = (item) => {
      const hidden = item.closest('[hidden]');
      return !hidden || hidden.contains(box);
    };
  function settle(wanted = null) {
    const items = all().filter(within),
      stop = items.includes(wanted) ? wanted : items.find((item) => item.tabIndex === 0) || items[0];
    for (const item of all()) item.tabIndex = item === stop ? 0 : -1;
  }
  box.addEventListener('focusin', (event) => {
    if (event.target.matches(among)) settle(event.target);
  });
  box.addEventListener('keydown', (event) => {
    const items = all().filter(within),
      i = items.indexOf(document.activeElement),
      last = items.length - 1,
      to = { ArrowDown: i + 1, ArrowRight: i + 1, ArrowUp: i - 1, ArrowLeft: i - 1, Home: 0, End: last }[event.key];
    if (to === undefined || i < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    items[Math.min(last, Math.max(0, to))].focus();
  });
  settle();
  return settle;
}
