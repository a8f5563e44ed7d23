'use strict';
// Search in the index beside this script: every word must begin a word of the name, the kind or the other names.
{
  const MOST = 60;
  const fold = (text) => text.toLowerCase().normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  const { kinds, english, rows } = window.regiograafIndex;
  const input = document.getElementById('q');
  const told = document.getElementById('told');
  const hits = document.getElementById('hits');
  const texts = rows.map(([name, , kind, also]) => ` ${fold(name)} ${fold(also)} ${fold(kinds[kind])}`);
  const names = rows.map(([name]) => fold(name));

  const rank = (i, whole) => {
    if (names[i] === whole) return 0;
    if (names[i].startsWith(whole)) return 1;
    return names[i].includes(whole) ? 2 : 3;
  };

  const item = ([name, address, kind]) => {
    const line = document.createElement('li');
    const link = document.createElement('a');
    const what = document.createElement('small');
    link.href = address;
    link.textContent = name;
    if (kind === english) link.lang = link.hreflang = 'en';
    what.textContent = kinds[kind];
    line.append(link, ' ', what);
    return line;
  };

  const search = () => {
    const whole = fold(input.value);
    const words = whole.split(' ').filter(Boolean);
    const found = [];
    if (words.length) {
      texts.forEach((text, i) => { if (words.every((word) => text.includes(` ${word}`))) found.push(i); });
      found.sort((a, b) => rank(a, whole) - rank(b, whole) || names[a].length - names[b].length || a - b);
    }
    hits.replaceChildren(...found.slice(0, MOST).map((i) => item(rows[i])));
    const kind = !found.length ? 'none' : found.length > MOST ? 'first' : 'found';
    told.textContent = words.length ? told.dataset[kind].replace('{n}', found.length).replace('{m}', MOST) : '';
    history.replaceState(null, '', input.value ? `#${encodeURIComponent(input.value)}` : location.pathname);
  };

  document.getElementById('search').hidden = false;
  try { input.value = decodeURIComponent(location.hash.slice(1)); } catch { input.value = ''; }
  input.addEventListener('input', search);
  input.focus();
  if (input.value) search();
}
