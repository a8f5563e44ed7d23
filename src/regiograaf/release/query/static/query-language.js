'use strict';
// What the page reads in a query before it is asked, and the order of its rows after: as the command line has them.
window.regiograafLanguage = (() => {
  const TOKEN = new RegExp([
    '(?<iri><[^<>"{}|^`\\\\\\x00-\\x20]*>)',
    '(?<string>"""(?:[^\\\\"]|\\\\.|"(?!""))*"""|\'\'\'(?:[^\\\\\']|\\\\.|\'(?!\'\'))*\'\'\'|"(?:[^"\\\\\\n\\r]|\\\\.)*"|\'(?:[^\'\\\\\\n\\r]|\\\\.)*\')',
    '(?<comment>#[^\\n\\r]*)',
    '(?<variable>[?$][\\p{L}\\p{N}_]+)',
    '(?<language>@[A-Za-z][A-Za-z0-9-]*)',
    '(?<blank>_:[\\p{L}\\p{N}_.-]*)',
    '(?<name>(?:[\\p{L}_][\\p{L}\\p{N}_.-]*)?:(?:[\\p{L}\\p{N}_:.-]|%[0-9A-Fa-f]{2}|\\\\.)*)',
    '(?<number>\\d[\\d.]*)',
    '(?<word>[\\p{L}_][\\p{L}\\p{N}_.-]*)',
    '(?<open>[({\\[])',
    '(?<close>[)}\\]])',
    '(?<space>\\s+)',
    '(?<mark>.)',
  ].join('|'), 'gsu');
  const UPDATES = new Set(['INSERT', 'DELETE', 'LOAD', 'CLEAR', 'DROP', 'CREATE', 'ADD', 'MOVE', 'COPY']);
  const FORMS = ['SELECT', 'ASK', 'CONSTRUCT', 'DESCRIBE'];
  const PARAMETER = /[?$]_([a-z]+(?:_[a-z]+)*?)_(iri|string)\b/g;
  const NUMBERS = new Set(['integer', 'decimal', 'double', 'float', 'nonNegativeInteger', 'int', 'long', 'positiveInteger']);
  const TIMES = new Set(['date', 'dateTime', 'gYear', 'gYearMonth', 'time']);

  const tokens = (text) => {
    const found = [];
    for (const match of text.matchAll(TOKEN)) {
      const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
      if (kind !== 'space' && kind !== 'comment') found.push({ kind, text: match[0], upper: match[0].toUpperCase(), at: match.index });
    }
    return found;
  };
  const lineOf = (text, at) => text.slice(0, at).split('\n').length;

  /** What a query is and uses: its form, the words that are refused, its prefixes, names, graphs, order and end. */
  const read = (text, prefixes) => {
    const all = tokens(text);
    const found = { form: '', refused: null, declared: {}, names: [], from: [], tail: [] };
    let depth = 0;
    all.forEach((token, i) => {
      const [before, earlier] = [all[i - 1] || {}, all[i - 2] || {}];
      if (token.kind === 'word') {
        if (!found.form && FORMS.includes(token.upper)) found.form = token.upper;
        const word = token.upper === 'SERVICE' ? 'service' : UPDATES.has(token.upper) && before.text !== '^^' ? 'update' : '';
        if (word && !found.refused) found.refused = { word, name: token.upper, line: lineOf(text, token.at) };
      }
      const declares = before.upper === 'PREFIX' || earlier.upper === 'PREFIX' || before.upper === 'BASE';
      if (earlier.upper === 'PREFIX' && token.kind === 'iri') found.declared[before.text.slice(0, -1)] = token.text.slice(1, -1);
      if ((token.kind === 'iri' || token.kind === 'name') && !declares) {
        found.names.push(token);
        if (before.upper === 'FROM' || (before.upper === 'NAMED' && earlier.upper === 'FROM')) found.from.push(token);
      }
      if (token.text === '{') depth += 1;
      else if (token.text === '}') { depth -= 1; found.tail = []; }
      else if (depth === 0) found.tail.push(token);
    });
    const known = { ...prefixes, ...found.declared };
    const full = ({ kind, text: name }) => {
      if (kind === 'iri') return name.slice(1, -1);
      const colon = name.indexOf(':');
      const base = known[name.slice(0, colon)];
      return base === undefined ? null : base + name.slice(colon + 1).replace(/\\(.)/g, '$1');
    };
    found.missing = found.names.filter((token) => token.kind === 'name' && full(token) === null)
      .map((token) => ({ name: token.text.split(':')[0] + ':', line: lineOf(text, token.at) }));
    found.used = [...new Set(found.names.filter(({ kind }) => kind === 'name').map(({ text: name }) => name.split(':')[0]))]
      .filter((prefix) => !(prefix in found.declared) && prefix in prefixes);
    found.iris = found.names.map((token) => [token.text, full(token)]).filter(([, iri]) => iri);
    found.graphs = found.from.map((token) => [token.text, full(token)]);
    return found;
  };

  /** (name, kind) of each parameter, in the order of the text. */
  const parameters = (text) => [...new Map([...text.matchAll(PARAMETER)].map(([, name, kind]) => [name.replaceAll('_', '-'), kind])).entries()];
  const bind = (text, values) => text.replace(PARAMETER, (_, name) => values[name.replaceAll('_', '-')]);

  /** The query with at most one row more than is shown, unless it says itself how many. */
  const limited = (text, { form, tail }, rows) => {
    if (form === 'ASK' || tail.some(({ upper }) => upper === 'LIMIT')) return text;
    const values = tail.find(({ upper }) => upper === 'VALUES');
    const end = `\nLIMIT ${rows + 1}`;
    return values ? `${text.slice(0, values.at)}${end}\n${text.slice(values.at)}` : text + end;
  };

  /** [variable, descending] of the last ORDER BY, or null when it has none or orders by more than variables. */
  const order = (tail) => {
    const at = tail.findIndex(({ upper }) => upper === 'ORDER');
    if (at < 0) return null;
    const rest = tail.slice(at + 2);
    const found = [];
    while (rest.length && !['LIMIT', 'OFFSET', 'VALUES'].includes(rest[0].upper)) {
      if (rest[0].kind === 'variable') found.push([rest.shift().text.slice(1), false]);
      else if (['ASC', 'DESC'].includes(rest[0].upper) && rest.length > 3 && rest[1].text === '(' && rest[2].kind === 'variable') {
        found.push([rest[2].text.slice(1), rest[0].upper === 'DESC']);
        rest.splice(0, 4);
      } else return null;
    }
    return found.length ? found : null;
  };

  const fold = (text) => text.toLowerCase().replaceAll('ß', 'ss').normalize('NFKD').replace(/[\u0300-\u036f]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

  const key = (term, name) => {
    if (!term) return [0, '', ''];
    const { type, value } = term;
    if (type === 'literal') {
      const kind = (term.datatype || '').split('#').pop();
      if (NUMBERS.has(kind) && !Number.isNaN(Number(value))) return [1, Number(value), value];
      return TIMES.has(kind) ? [2, value, ''] : [3, fold(value), value];
    }
    const words = type === 'uri' ? name(value) : String(value);
    return [3, fold(words), `${words} ${value}`];
  };
  const compare = (one, other) => {
    for (let i = 0; i < 3; i += 1) {
      if (one[i] < other[i]) return -1;
      if (one[i] > other[i]) return 1;
    }
    return 0;
  };

  /** Rows in the order of what is read, where the query orders by variables. */
  const arrange = (variables, rows, tail, name) => {
    const wanted = order(tail);
    if (!wanted || wanted.some(([variable]) => !variables.includes(variable))) return rows;
    const keyed = rows.map((row) => ({ row, keys: wanted.map(([variable]) => key(row[variables.indexOf(variable)], name)) }));
    keyed.sort((one, other) => {
      for (let i = 0; i < wanted.length; i += 1) {
        const found = compare(one.keys[i], other.keys[i]);
        if (found) return wanted[i][1] ? -found : found;
      }
      return 0;
    });
    return keyed.map(({ row }) => row);
  };

  /** Oxigraph's complaint as [key, values] of one sentence; `shift` characters were put before the first line. */
  const mistake = (message, text, shift) => {
    const place = /(?:error at |line )(\d+)(?::| column )(\d+)/.exec(message);
    if (!place) return ['failed', { why: message.replace(/\s+/g, ' ').slice(0, 200) }];
    const line = Number(place[1]);
    const column = Math.max(1, Number(place[2]) - (line === 1 ? shift : 0));
    if (message.includes('variable that is unbound')) return ['unbound', { line, column }];
    if (message.includes('Invalid IRI')) return ['iri', { line, column }];
    const near = ((text.split('\n')[line - 1] || '').slice(column - 1, column + 19)).trim();
    return ['unexpected', { near: near ? `"${near}"` : null, line, column }];
  };

  return { arrange, bind, fold, limited, lineOf, mistake, parameters, read };
})();
