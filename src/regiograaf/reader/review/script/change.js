// ---- changing a claim, and adding one

let form = null;
function closeForm() {
  if (form) form.remove();
  form = null;
  state.editing = false;
  if (state.line) {
    state.line = null;
    showCurrent(false);
  }
}
function startChanging(claim) {
  closeForm();
  if (state.selected?.id !== claim.id) select(claim);
  state.editing = true;
  form = claimForm(claim.line, content(claim), claim);
  cards.get(claim.id)?.append(form.element);
  form.start();
}
function startAdding(line) {
  closeForm();
  showPane('claims');
  state.selected = null;
  state.line = line;
  state.editing = true;
  form = claimForm(
    line,
    {
      subject: '',
      predicate: '',
      object: '',
      modality: 'bestaand',
      negated: false,
      addressee: '',
      speaker: SENDER,
      without: [],
    },
    null,
  );
  markSelected();
  placeForm();
  showCurrent();
  form.start();
}
// The form of a new claim stands where the claim will.
function placeForm() {
  if (!form || !state.line) return;
  const lineAt = (row) =>
    row.dataset.sentence !== undefined
      ? Number(row.dataset.sentence)
      : allClaims().find((claim) => claim.id === row.dataset.claim)?.line.i;
  const box = make(
    'li',
    { class: 'claim adding' },
    make('h2', { text: t('newClaim') }),
    make('blockquote', { class: 'passage', lang: dutchMark(), text: state.line.text }),
    form.element,
  );
  form.remove = () => box.remove();
  const after = [...$('list').children].filter((row) => lineAt(row) <= state.line.i).at(-1);
  if (after) after.after(box);
  else $('list').prepend(box);
  $('none').hidden = true;
}

function claimForm(line, now, claim) {
  const named = fillLists();
  const text = (id) =>
    !id ? '' : KINDS.has(id) ? words(KINDS.get(id)) : THEMES.has(id) ? words(THEMES.get(id)) : suggestion(meant(id));
  const input = (id, value) =>
    make('input', {
      id,
      type: 'text',
      value,
      autocomplete: 'off',
      spellcheck: 'false',
      lang: dutchMark(),
      'aria-describedby': `${id}-wrong`,
    });
  const wrong = (id) => make('p', { id: `${id}-wrong`, class: 'wrong' });
  const subject = input('f-subject', text(now.subject)),
    object = input('f-object', text(now.object)),
    to = input('f-to', text(now.addressee));
  subject.setAttribute('list', 'list-names');
  to.setAttribute('list', 'list-names');
  const newKind = (id) => make('select', { id }, ...kindOptions());
  const subjectKind = newKind('f-subject-kind'),
    objectKind = newKind('f-object-kind'),
    subjectNew = field('f-subject-kind', t('kindOfNew'), subjectKind),
    objectNew = field('f-object-kind', t('kindOfNew'), objectKind);
  const relation = make('select', { id: 'f-relation', 'aria-describedby': 'f-relation-wrong f-relation-note' }),
    note = make('p', { id: 'f-relation-note', class: 'note' });
  const modality = make(
    'select',
    { id: 'f-modality', 'aria-describedby': 'f-modality-note' },
    ...[...MODALITIES].map(([key, pair]) => option(key, words(pair), key === now.modality)),
  );
  const modalityNote = make('p', { id: 'f-modality-note', class: 'note' });
  const denied = make('input', { id: 'f-denied', type: 'checkbox', ...(now.negated ? { checked: '' } : {}) });
  const left = new Set(now.without.map((pair) => pair.join(' ')));
  const extras = (claim ? extrasOf(claim) : []).map((pair, i) => {
    const box = make('input', {
      id: `f-extra-${i}`,
      type: 'checkbox',
      ...(left.has(pair.join(' ')) ? {} : { checked: '' }),
    });
    return { pair, box, label: make('label', { class: 'check', for: `f-extra-${i}` }, box, ' ', extraText(...pair)) };
  });
  const toField = field('f-to', t('addressee'), to, wrong('f-to'));

  const kindIn = (field, select) => {
    const id = entityOf(field.value, named);
    return id ? kindOfEntity(id) : select.value;
  };
  const isTerm = () => [TYPE, ABOUT].includes(relation.value);
  const drawRelations = (chosen) => {
    const kinds = [
      kindIn(subject, subjectKind),
      isTerm() || [TYPE, ABOUT].includes(chosen) ? '' : kindIn(object, objectKind),
    ];
    const rows = [...RELATIONS].map(([id, one]) => [
      id,
      one,
      isKindOf(kinds[0], one.subject) && isKindOf(kinds[1], one.object),
    ]);
    const group = (label, part) =>
      part.length
        ? [make('optgroup', { label }, ...part.map(([id, one]) => option(id, words(one), id === chosen)))]
        : [];
    rows.sort(([, a], [, b]) => words(a).localeCompare(words(b), state.language));
    const fitting = rows.filter(([, , fit]) => fit),
      others = rows.filter(([, , fit]) => !fit);
    relation.replaceChildren(
      option('', t('chooseRelation'), !chosen),
      ...group(t('fitting'), fitting),
      ...group(t('unfitting'), others),
    );
    relation.value = chosen;
    note.textContent = chosen ? RELATIONS.get(chosen)[`note_${state.language}`] : '';
  };
  let list = '';
  const drawObject = () => {
    const wanted = relation.value === TYPE ? 'list-kinds' : relation.value === ABOUT ? 'list-themes' : 'list-names';
    if (list && list !== wanted) object.value = '';
    list = wanted;
    object.setAttribute('list', wanted);
  };
  const update = () => {
    subjectNew.hidden = !subject.value.trim() || !!entityOf(subject.value, named);
    objectNew.hidden = isTerm() || !object.value.trim() || !!entityOf(object.value, named);
    toField.hidden = !['verzocht', 'aangeboden'].includes(modality.value) && !to.value;
    modalityNote.textContent = MODALITIES.get(modality.value)[`note_${state.language}`];
  };
  const ends = () => {
    drawRelations(relation.value);
    update();
  };
  for (const one of [subject, object, subjectKind, objectKind]) one.addEventListener('change', ends);
  for (const one of [subject, object]) one.addEventListener('input', ends);
  modality.addEventListener('change', update);
  relation.addEventListener('change', () => {
    drawObject();
    drawRelations(relation.value);
    update();
  });

  const element = make(
    'form',
    { class: 'form', 'aria-label': t(claim ? 'change' : 'newClaim'), novalidate: '' },
    field('f-subject', t('subject'), subject, wrong('f-subject')),
    subjectNew,
    field('f-relation', t('relation'), relation, wrong('f-relation'), note),
    field('f-object', t('object'), object, wrong('f-object')),
    objectNew,
    field('f-modality', t('modality'), modality, modalityNote),
    make('label', { class: 'check', for: 'f-denied' }, denied, ' ', t('isDenied')),
    toField,
    extras.length
      ? make('fieldset', {}, make('legend', { text: t('keep') }), ...extras.map(({ label }) => label))
      : null,
    make(
      'div',
      { class: 'tools' },
      make('button', { type: 'submit', class: 'main', text: t(claim ? 'save' : 'add') }),
      make('button', { type: 'button', class: 'cancel', text: t('cancel'), onclick: () => cancel() }),
    ),
  );
  const cancel = () => {
    const back = claim || null;
    closeForm();
    refresh();
    if (back) select(back, { scroll: false });
  };
  const complain = (input, text) => {
    element.querySelector(`#${input.id}-wrong`).textContent = text;
    input.setAttribute('aria-invalid', text ? 'true' : 'false');
    return text ? input : null;
  };
  // The entity of a field: known, or to be made of a label and a kind.
  const read = (input, select) => {
    const label = input.value.trim();
    if (!label) return { wrong: complain(input, t('fillIn')) };
    const id = entityOf(label, named);
    if (id) return { id, wrong: complain(input, '') };
    if (!select.value) return { wrong: complain(input, t('chooseKind')) && select };
    return { made: { label, kind: select.value }, wrong: complain(input, '') };
  };
  const submit = () => {
    const one = read(subject, subjectKind);
    let other;
    if (isTerm()) {
      const terms = termChoices(relation.value === TYPE ? KINDS : THEMES),
        id = terms.get(object.value.trim());
      other = { id, wrong: complain(object, id ? '' : t(relation.value === TYPE ? 'unknownClass' : 'unknownTheme')) };
    } else other = read(object, objectKind);
    const kinds = [one, other].map(({ id, made }) => made?.kind || (id ? kindOfEntity(id) : ''));
    const wanted = RELATIONS.get(relation.value) || { subject: [], object: [] },
      goes = isKindOf(kinds[0], wanted.subject) && (isTerm() || isKindOf(kinds[1], wanted.object));
    const none = complain(relation, !relation.value ? t('fillIn') : goes ? '' : t('misfit'));
    let addressee = to.value.trim() && !toField.hidden ? entityOf(to.value, named) : '';
    const unknown = complain(to, addressee === null ? t('unknownName') : '');
    const same = one.id && one.id === other.id ? complain(object, t('sameEnds')) : null;
    const bad = one.wrong || none || other.wrong || same || unknown;
    if (bad) {
      bad.focus();
      return;
    }
    const next = {
      ...now,
      predicate: relation.value,
      modality: modality.value,
      negated: denied.checked,
      addressee,
      without: extras.filter(({ box }) => !box.checked).map(({ pair }) => pair),
    };
    const id = claim ? claim.id : ownId();
    doing(id, () => {
      const make = ({ id, made }) => {
        if (id) return id;
        const same = [...state.made].find(([, { label, kind }]) => label === made.label && kind === made.kind);
        if (same) return same[0];
        const name = nameFor(made.label, made.kind, new Set([...ENTITIES.keys(), ...state.made.keys()]));
        set('made', name, made);
        return name;
      };
      next.subject = make(one);
      next.object = make(other);
      if (claim) {
        const first = ['subject', 'predicate', 'object', 'modality', 'negated', 'addressee'].every(
          (key) => next[key] === claim.first[key],
        );
        set('changes', id, claim.block && first && !next.without.length ? undefined : next);
      } else set('added', id, { line: line.i, content: next });
      set('judged', id, 'accepted');
    });
    closeForm();
    say(t(claim ? 'saidChanged' : 'saidAdded'));
    if (!claim && !['all', 'accepted'].includes(state.filter)) state.filter = 'all';
    refresh();
    const done = allClaims().find((one) => one.id === id);
    if (claim && state.filter === 'open') goOn(claim);
    else select(done);
  };
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  return {
    element,
    cancel,
    remove: () => element.remove(),
    start: () => {
      drawRelations(now.predicate);
      drawObject();
      update();
      intoView(element, $('claims'));
      subject.focus({ preventScroll: true });
    },
  };
}
const ownId = () => {
  for (let n = 1; ; n += 1) if (!state.added.has(`+${n}`)) return `+${n}`;
};
