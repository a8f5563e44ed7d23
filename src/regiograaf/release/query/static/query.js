'use strict';
// The page itself: questions, editor, answer. Queries run in a worker, which is ended when it takes too long.
{
  const { base, tooi, terms: tooiTerms, prefixes, columns, parameters: fields_, seconds, rows: MOST, words, tags, questions } = window.regiograafSettings;
  const language = document.documentElement.lang;
  const at = language === 'nl' ? 0 : 1;
  const { arrange, bind, fold, limited, mistake, parameters, read } = window.regiograafLanguage;
  const byId = (id) => document.getElementById(id);
  const number = new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-GB');
  const say = (key, values = {}) => words[key][at].replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === 'number' ? number.format(value) : value;
  });
  const make = (name, text = '', attributes = {}) => {
    const element = document.createElement(name);
    element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const bases = Object.entries(prefixes).map(([prefix, iri]) => [iri, prefix]);
  const byBase = new Map(bases);
  const short = (iri) => {
    const cut = Math.max(iri.lastIndexOf('/'), iri.lastIndexOf('#')) + 1;
    const prefix = byBase.get(iri.slice(0, cut));
    return prefix && cut < iri.length ? `${prefix}:${iri.slice(cut)}` : iri;
  };
  const text = byId('text');
  const state = {
    worker: null, url: '', ready: false, wanted: false, asking: null, next: 1, waiting: new Map(),
    names: [], naming: null, graphs: new Set(), chosen: null, answer: null, shown: 0,
  };

  // ---- the worker
  const send = (kind, message = {}) => new Promise((resolve, reject) => {
    const id = state.next;
    state.next += 1;
    state.waiting.set(id, { resolve, reject });
    state.worker.postMessage({ id, kind, ...message });
  });
  const end = () => {
    state.worker.terminate();
    state.ready = false;
    for (const { reject } of state.waiting.values()) reject({ gone: true });
    state.waiting.clear();
  };
  const start = async () => {
    if (!state.url) state.url = URL.createObjectURL(new Blob([window.regiograafEngine.program], { type: 'text/javascript' }));
    state.worker = new Worker(state.url);
    const { worker } = state;
    worker.onmessage = ({ data: { id, answer, error, fatal } }) => {
      const waiting = state.waiting.get(id);
      state.waiting.delete(id);
      if (!waiting) return;
      if (error === undefined) waiting.resolve(answer);
      else waiting.reject({ error, fatal });
    };
    worker.onerror = (event) => {
      event.preventDefault();
      for (const { reject } of state.waiting.values()) reject({ error: event.message || 'worker', fatal: true });
      state.waiting.clear();
    };
    const [terms, quads] = window.regiograafData;
    try {
      const loaded = await send('load', { wasm: window.regiograafEngine.wasm, terms, quads });
      state.graphs = new Set(loaded.graphs);
      state.ready = true;
      status(say('ready', { n: loaded.count, graphs: loaded.graphs.length, seconds, rows: MOST }));
      document.documentElement.dataset.klaar = String(Math.round(performance.now()));
      if (state.wanted) ask();
      state.wanted = false;
    } catch (problem) {
      if (problem.gone) return;
      status('');
      complain(say('broken', { why: problem.error }));
    }
  };
  // The names of all things, once; only questions with parameters need them.
  const naming = () => {
    if (!state.naming) {
      state.naming = send('names').then((names) => { state.names = names; suggest(); }, () => { state.naming = null; });
    }
    return state.naming;
  };
  const again = () => { end(); status(say('stopped')); return start(); };

  // ---- words to the reader
  const status = (words_) => { byId('status').textContent = words_; };
  const complain = (words_, line = 0) => {
    const place = byId('problem');
    place.hidden = !words_;
    place.textContent = words_;
    text.setAttribute('aria-invalid', String(Boolean(words_)));
    mark(line);
  };

  // ---- the editor
  const mark = (line) => {
    const count = text.value.split('\n').length;
    byId('lines').replaceChildren(...Array.from({ length: count }, (_, i) => make(i + 1 === line ? 'mark' : 'span', `${i + 1}\n`)));
    byId('lines').scrollTop = text.scrollTop;
  };
  const called = (name) => (fields_[name] ? fields_[name][at] : name.replaceAll('-', ' '));
  const shownParameters = () => {
    const wanted = parameters(text.value);
    const fields = byId('fields');
    const now = [...fields.querySelectorAll('input')].map((input) => `${input.name} ${input.dataset.kind}`).join();
    byId('parameters').hidden = !wanted.length;
    if (now === wanted.map((pair) => pair.join(' ')).join()) return;
    const values = { ...filled() };
    fields.replaceChildren(...wanted.map(([name, kind]) => {
      const label = make('label', '');
      label.append(make('span', called(name)));
      const input = make('input', '', { name, 'data-kind': kind, autocomplete: 'off', spellcheck: 'false' });
      if (kind === 'iri') input.setAttribute('list', `names-${name}`);
      input.value = values[name] ?? (state.chosen ? state.chosen.example[name] : '') ?? '';
      label.append(input);
      if (kind === 'iri') label.append(make('datalist', '', { id: `names-${name}` }));
      return label;
    }));
    suggest();
  };
  const filled = () => Object.fromEntries([...byId('fields').querySelectorAll('input')].map(({ name, value }) => [name, value.trim()]));
  const individual = (iri) => (iri.startsWith(`${base}id/`) || iri.startsWith(tooi)) && !/\/id\/(bewering|bewijs|graaf|afleiding|dekking)\//.test(iri);
  // Names of things of the kind that a parameter is called after, if there is such a kind; else of all things.
  const suggest = () => {
    for (const list of byId('fields').querySelectorAll('datalist')) {
      const kind = list.id.slice('names-'.length);
      const things = state.names.filter(([iri]) => individual(iri));
      const own = things.filter(([iri]) => iri.includes(`/id/${kind}/`));
      const count = new Map();
      for (const [iri, name] of things) count.set(fold(name), (count.get(fold(name)) || new Set()).add(iri));
      const options = new Map();
      for (const [iri, name, tongue] of own.length ? own : things) {
        if (tongue && tongue !== 'nl' && tongue !== language) continue;
        if (count.get(fold(name)).size === 1) options.set(name, '');
        else options.set(short(iri), name);
      }
      list.replaceChildren(...[...options].sort(([a], [b]) => a.localeCompare(b, 'nl')).map(([value, label]) => make('option', label, { value })));
    }
  };
  const choose = (question, values = {}) => {
    state.chosen = question;
    byId('questions').value = question ? question.name : '';
    byId('about').hidden = !question;
    byId('about').textContent = question ? question.question[at] : '';
    if (!question) return;
    byId('fields').replaceChildren();
    text.value = question.text;
    shownParameters();
    for (const input of byId('fields').querySelectorAll('input')) if (values[input.name] !== undefined) input.value = values[input.name];
    complain('');
  };
  const listQuestions = () => {
    const select = byId('questions');
    select.append(make('option', say('own'), { value: '' }));
    for (const [tag, names] of Object.entries(tags)) {
      const group = make('optgroup', '', { label: names[at] });
      for (const question of questions.filter((one) => one.tag === tag)) group.append(make('option', question.summary[at], { value: question.name }));
      if (group.children.length) select.append(group);
    }
  };

  // ---- the address: a stored question by its name, any other by its text
  const address = () => {
    const parts = new URLSearchParams();
    if (state.chosen && text.value === state.chosen.text) parts.set('vraag', state.chosen.name);
    else parts.set('q', text.value);
    for (const [name, value] of Object.entries(filled())) if (value) parts.set(`p.${name}`, value);
    return `#${parts}`;
  };
  const keep = () => {
    const hash = address();
    if (location.hash !== hash) history.replaceState(null, '', hash);
    const other = document.querySelector('a.tongue');
    other.href = other.href.replace(/#.*|$/, hash);
  };
  const fromAddress = () => {
    const parts = new URLSearchParams(location.hash.slice(1));
    const values = Object.fromEntries([...parts].filter(([name]) => name.startsWith('p.')).map(([name, value]) => [name.slice(2), value]));
    const question = questions.find(({ name }) => name === parts.get('vraag'));
    if (question) choose(question, values);
    else if (parts.get('q') !== null) {
      choose(null);
      byId('fields').replaceChildren();
      text.value = parts.get('q');
      shownParameters();
      for (const input of byId('fields').querySelectorAll('input')) if (values[input.name] !== undefined) input.value = values[input.name];
      complain('');
    } else choose(questions.find(({ name }) => name === 'brieven') || questions[0]);
  };

  // ---- from what was filled in to a term
  const resolve = (name, kind, value) => {
    if (!value) throw { told: say(kind === 'iri' ? 'fill' : 'fillText', { name: called(name) }) };
    if (kind === 'string') return JSON.stringify(value);
    const colon = value.indexOf(':');
    const prefix = prefixes[value.slice(0, colon)];
    const iri = value.includes('://') ? value.replace(/^<|>$/g, '') : colon >= 0 && prefix ? prefix + value.slice(colon + 1) : null;
    if (iri !== null) {
      if (/[<>"{}|^`\\\s]/.test(iri)) throw { told: say('unknown', { value, near: '' }) };
      return `<${iri}>`;
    }
    const wanted = fold(value);
    const named = (test) => new Set(state.names.filter(([, label]) => test(fold(label))).map(([one]) => one));
    let hits = named((label) => label === wanted);
    if (!hits.size && wanted) hits = named((label) => ` ${label} `.includes(` ${wanted} `));
    if (hits.size === 1) {
      const [own] = hits;
      const its = state.names.filter(([one]) => one === own);
      if (!its.some(([, label, , isLabel]) => isLabel && fold(label) === wanted)) { // another may share its full name
        const full = new Set(its.map(([, label]) => fold(label)));
        for (const one of named((label) => full.has(label))) hits.add(one);
      }
    }
    if (hits.size === 1) return `<${[...hits][0]}>`;
    if (!hits.size) {
      const near = [...new Set(state.names.map(([, label]) => label))].filter((label) => wanted && fold(label).startsWith(wanted.slice(0, 4))).slice(0, 3);
      throw { told: say('unknown', { value, near: near.length ? say('near', { names: near.join(', ') }) : '' }) };
    }
    const all = [...hits].sort();
    throw { told: say('many', { value, n: all.length, names: all.slice(0, 8).map(short).join(', ') + (all.length > 8 ? ' …' : '') }) };
  };

  // ---- asking
  const prepared = () => {
    const written = text.value;
    const values = filled();
    const seen = read(written, prefixes);
    if (seen.refused) {
      const { word, name, line } = seen.refused;
      throw { told: say(word, { word: name, line: String(line) }), line };
    }
    if (!seen.form) throw { told: say('empty') };
    if (seen.missing.length) {
      const { name, line } = seen.missing[0];
      throw { told: say('prefix', { name, line: String(line) }), line };
    }
    const bound = Object.fromEntries(parameters(written).map(([name, kind]) => [name, resolve(name, kind, values[name] || '')]));
    for (const [name, iri] of seen.graphs) if (!state.graphs.has(iri)) throw { told: say('graphs', { name }) };
    const declared = seen.used.map((prefix) => `PREFIX ${prefix}: <${prefixes[prefix]}> `).join('');
    const whole = bind(written, bound);
    const ended = limited(whole, read(whole, prefixes), MOST);
    const ours = [base, tooi, tooiTerms];
    const mentioned = [...new Map(seen.iris.filter(([, iri]) => ours.some((one) => iri.startsWith(one))).map(([name, iri]) => [iri, name]))];
    return { query: declared + ended, plain: declared + whole, written: whole, shift: declared.length, seen, mentioned };
  };
  const busy = (is) => {
    byId('run').disabled = is;
    byId('stop').disabled = !is;
    document.documentElement.toggleAttribute('data-vraagt', is);
  };
  const ask = async () => {
    if (state.asking) return;
    if (!state.ready) {
      state.wanted = true; // as soon as the data are there
      return;
    }
    keep();
    complain('');
    status(say('asking'));
    busy(true);
    state.asking = { late: false, timer: setTimeout(() => { state.asking.late = true; end(); }, seconds * 1000) };
    let prepare = null;
    try {
      if (parameters(text.value).some(([, kind]) => kind === 'iri')) await naming();
      prepare = prepared();
      await answered(prepare);
    } catch (problem) {
      byId('answer').hidden = true;
      if (!told(problem, prepare)) throw problem;
    } finally {
      clearTimeout(state.asking.timer);
      state.asking = null;
      busy(false);
    }
  };
  const answered = async ({ query, plain, seen, mentioned }) => {
    const answer = await send('ask', { text: query, plain, form: seen.form, base, language, rows: MOST, mentioned: mentioned.map(([iri]) => iri) });
    answer.form = seen.form;
    answer.plain = plain;
    answer.name = (iri) => (answer.labels[iri] ? answer.labels[iri][0] : short(iri));
    if (seen.form === 'SELECT') answer.rows = arrange(answer.variables, answer.rows, seen.tail, answer.name);
    state.answer = answer;
    show(answer);
    const named = new Map(mentioned);
    status(answer.absent.map((iri) => say('absent', { name: named.get(iri) })).join(' '));
  };
  // Tell what went wrong in one line; false for what is a mistake of this page.
  const told = (problem, prepare) => {
    if (problem.gone || problem.fatal) {
      const { late } = state.asking;
      again();
      complain(problem.fatal ? say('crashed') : late ? say('late', { seconds }) : '');
      return true;
    }
    status('');
    if (problem.told) complain(problem.told, problem.line);
    else if (problem.error === undefined) return false;
    else {
      const [key, values] = mistake(problem.error, prepare.written, prepare.shift);
      if (key === 'unexpected' && !values.near) values.near = say('endOfLine');
      complain(say(key, { ...values, line: String(values.line), column: String(values.column) }), values.line);
    }
    return true;
  };

  // ---- the answer
  const PAGE = 200;
  const EXTERNAL = /^https?:\/\//;
  const SAFE = /^[\p{L}\p{N}_~-][\p{L}\p{N}_.~-]*$/u;
  const end_ = language === 'nl' ? '.html' : '.en.html';
  const page = (iri) => {
    for (const [start_, folder] of [[`${base}id/`, 'id/'], [tooi, 'tooi/']]) {
      if (!iri.startsWith(start_) || iri === start_) continue;
      const path = folder + iri.slice(start_.length);
      return path.split('/').every((part) => SAFE.test(part)) ? encodeURI(path) + end_ : null;
    }
    if (iri.startsWith(`${base}def#`)) return `def${end_}#${encodeURIComponent(iri.split('#')[1])}`;
    if (iri.startsWith(tooiTerms)) return `def${end_}#tooiont-${encodeURIComponent(iri.slice(tooiTerms.length))}`;
    if (iri === `${base}def` || iri === base) return (iri === base ? 'index' : 'def') + end_;
    return EXTERNAL.test(iri) ? iri : null;
  };
  const cell = (term, answer) => {
    const place = make('td');
    if (!term) return place;
    if (term.type === 'uri') {
      const link = page(term.value);
      const words_ = make(link ? 'a' : 'span', answer.name(term.value), { title: term.value });
      if (link) link.startsWith('http') ? Object.assign(words_, { href: link, rel: 'external noreferrer' }) : words_.setAttribute('href', link);
      const tongue = answer.labels[term.value] ? answer.labels[term.value][1] : '';
      if (tongue && tongue !== language) words_.lang = tongue;
      place.append(words_);
    } else if (term.type === 'triple') {
      const said = ({ type, value }) => (type === 'uri' ? answer.name(value) : type === 'triple' ? '…' : value);
      const { subject, predicate, object } = term.value;
      place.textContent = `<< ${said(subject)} ${said(predicate)} ${said(object)} >>`;
    } else {
      place.textContent = term.type === 'bnode' ? `_:${term.value}` : term.value;
      if (term['xml:lang'] && term['xml:lang'] !== language) place.lang = term['xml:lang'];
      if (/#(integer|decimal|double|float|int|long|nonNegativeInteger)$/.test(term.datatype || '')) place.className = 'n';
    }
    return place;
  };
  const isGraph = ({ form }) => form === 'CONSTRUCT' || form === 'DESCRIBE';
  const title = (variable) => (isGraph(state.answer) ? say(variable) : (columns[variable] || [variable, variable])[at]);
  const fill = () => {
    const { rows } = state.answer;
    const body = byId('table').querySelector('tbody');
    const more = rows.slice(state.shown, state.shown + PAGE);
    body.append(...more.map((row) => {
      const line = make('tr');
      line.append(...row.map((term) => cell(term, state.answer)));
      return line;
    }));
    state.shown += more.length;
    byId('rest').hidden = rows.length <= PAGE;
    byId('more').hidden = state.shown >= rows.length;
    byId('shown').textContent = say('shown', { n: state.shown, m: rows.length });
  };
  const show = (answer) => {
    const graph = isGraph(answer);
    const ms = Math.max(1, Math.round(answer.ms));
    const n = answer.rows.length;
    state.shown = 0;
    byId('table').replaceChildren();
    byId('rest').hidden = true;
    byId('answer').hidden = false;
    byId('views').hidden = !graph;
    byId('saves').querySelector('[data-save=ttl]').hidden = !graph;
    byId('saves').querySelector('[data-save=json]').hidden = graph;
    if (answer.truth !== null) {
      byId('told').textContent = say(answer.truth ? 'yes' : 'no');
      view('table');
      return;
    }
    byId('told').textContent = answer.cut ? say('cut', { n }) : n === 0 ? say('none', { ms })
      : graph ? say('triples', { n, ms }) : n === 1 ? say('one', { ms }) : say('rows', { n, ms });
    if (n) {
      const table = make('table');
      const head = table.createTHead().insertRow();
      head.append(...answer.variables.map((variable) => {
        const label = make('th', title(variable), { scope: 'col' });
        if (title(variable) !== variable && !graph) label.append(' ', make('code', `?${variable}`));
        return label;
      }));
      table.append(make('tbody'));
      byId('table').append(table);
      fill();
    }
    view(graph && n ? 'graph' : 'table');
  };
  const view = (kind) => {
    const graph = kind === 'graph';
    byId('as-table').setAttribute('aria-pressed', String(!graph));
    byId('as-graph').setAttribute('aria-pressed', String(graph));
    byId('table').hidden = graph || !byId('table').children.length;
    byId('rest').hidden = graph || !state.answer || state.answer.rows.length <= PAGE;
    byId('graph').hidden = !graph;
    if (!graph) return;
    const { rows, name } = state.answer;
    const { nodes, ties, all } = window.regiograafGraph.draw(byId('graph'), rows, name, page, say('drawing'));
    const caption = nodes ? say('drawn', { n: ties, m: nodes }) + (all > nodes ? ` ${say('drawnFirst', { m: nodes, all })}` : '') : say('undrawn');
    byId('graph').append(make('figcaption', caption));
  };

  // ---- keeping it
  const csv = ({ variables, rows, truth }) => {
    if (truth !== null) return `${truth}\r\n`;
    const field = (value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
    const plain = (term) => (!term ? '' : term.type === 'bnode' ? `_:${term.value}` : term.type === 'triple' ? JSON.stringify(term.value) : term.value);
    return [variables, ...rows.map((row) => row.map(plain))].map((line) => `${line.map(field).join(',')}\r\n`).join('');
  };
  const json = ({ variables, rows, truth }) => (truth !== null ? { head: {}, boolean: truth } : {
    head: { vars: variables },
    results: { bindings: rows.map((row) => Object.fromEntries(variables.map((name, i) => [name, row[i]]).filter(([, term]) => term))) },
  });
  const save = async (kind) => {
    const { answer } = state;
    let body;
    if (kind === 'csv') body = csv(answer);
    else if (kind === 'json') body = `${JSON.stringify(json(answer), null, 2)}\n`;
    else body = await send('turtle', { text: answer.plain, base });
    const type = { csv: 'text/csv', json: 'application/sparql-results+json', ttl: 'text/turtle' }[kind];
    const url = URL.createObjectURL(new Blob([body], { type: `${type};charset=utf-8` }));
    const link = make('a', '', { href: url, download: `${state.chosen && text.value === state.chosen.text ? state.chosen.name : 'regiograaf'}.${kind}` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  };

  // ---- beginning
  byId('ask').addEventListener('submit', (event) => { event.preventDefault(); ask(); });
  byId('stop').addEventListener('click', () => { if (state.asking) end(); });
  byId('questions').addEventListener('change', ({ target }) => {
    choose(questions.find(({ name }) => name === target.value) || null);
    keep();
    if (state.chosen) ask();
  });
  text.addEventListener('input', () => {
    shownParameters();
    complain('');
  });
  text.addEventListener('scroll', () => { byId('lines').scrollTop = text.scrollTop; });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); ask(); }
  });
  byId('more').addEventListener('click', fill);
  byId('as-table').addEventListener('click', () => view('table'));
  byId('as-graph').addEventListener('click', () => view('graph'));
  byId('saves').addEventListener('click', ({ target }) => { if (target.dataset.save) save(target.dataset.save); });
  window.addEventListener('hashchange', () => { fromAddress(); ask(); });
  byId('prefixes').append(...Object.entries(prefixes).flatMap(([prefix, iri]) => [make('code', `${prefix}:`, { title: iri }), ' ']));
  listQuestions();
  fromAddress();
  state.wanted = true;
  start().then(naming);
}
