// page_matrix.js: the matrix with its filter box, and one cell's evidence.

const rowsShown = 150;

function bar(cells) {
	const counts = countBy(cells, (c) => c.outcome);
	const parts = [...OUTCOMES.keys()].filter((name) => counts.has(name));
	const says = parts.map((name) => `${counts.get(name)} ${outcome(name)[2]}`).join(', ');
	return el('div', { class: 'bar', role: 'img', 'aria-label': says, title: says },
		parts.map((name) => el('span', { class: `g-${outcome(name)[1]}`,
			style: `flex: ${counts.get(name)} 0 0` },
			counts.get(name) / cells.length > 0.12 ?
				`${outcome(name)[0]} ${counts.get(name)}` : '')));
}

function legend() {
	return el('ul', { class: 'legend', 'aria-label': 'Letters' },
		[...OUTCOMES.values()].map(([letter, ground, says]) =>
			el('li', {}, el('b', { class: `g-${ground}` }, letter), ' ', says)));
}

const columnOf = (c) => c.profile + '/' + c.flavour +
	(c.kernel === 'host' ? '' : '+' + c.kernel);

// Groups of probes down, profiles across: how many, and of what.
function overview(cells, q) {
	const groups = sorted(groupBy(cells, (c) => c.group));
	const row = (name, list, also) => el('tr', {},
		el('th', { scope: 'row' }, name),
		el('td', { class: 'count' }, el('button', { type: 'button',
			'aria-label': `${list.length} cells of ${name}`,
			onclick: () => go({ view: 'matrix', q: `${q} ${also}`.trim() }) },
			number(list.length))),
		el('td', {}, bar(list)),
		el('td', {}, odd(list)));
	const table = (title, rows) => el('div', { class: 'scroll' }, el('table', { class: 'wide' },
		el('thead', {}, el('tr', {}, [title, 'cells', 'outcomes', 'not as declared']
			.map((h) => el('th', { scope: 'col' }, h)))),
		el('tbody', {}, rows)));
	const columns = [...groupBy(cells, (c) => c.profile)]
		.sort((a, b) => b[1].length - a[1].length);
	return [table('group', groups.map(([g, list]) => row(g, list, `group:${g}`))
			.concat(row('all', cells, ''))),
		el('details', {}, el('summary', {}, plural(columns.length, 'profile')),
			table('profile', columns.map(([p, list]) => row(p, list, `profile:${p}`))))];
}

function odd(cells) {
	const n = cells.filter((c) => c.verdict === 'fail' || c.verdict === 'broken').length;
	return n ? el('strong', {}, number(n)) : '0';
}

// Probes down, profile/flavour across: a letter each.
function letters(cells) {
	const columns = [...new Set(cells.map(columnOf))].sort().slice(0, 60);
	const rows = sorted(groupBy(cells, (c) => c.probe));
	const one = (c) => {
		const [letter, ground] = outcome(c.outcome);
		const isOdd = c.verdict === 'fail' || c.verdict === 'broken';
		return el('button', { type: 'button', tabindex: '-1',
			class: `g-${ground}${isOdd ? ' odd' : ''}`, title: `${c.cell}: ${c.text}`,
			'aria-label': `${c.cell}: ${c.text}${isOdd ? ', not as declared' : ''}`,
			onclick: () => openCell(c.cell, c.run) }, letter + (isOdd ? '!' : ''));
	};
	const body = el('tbody', { onkeydown: moveInTable });
	const fill = (from) => {
		for (const [probe, list] of rows.slice(from, from + rowsShown)) {
			const at = new Map(list.map((c) => [columnOf(c), c]));
			body.append(el('tr', {}, el('th', { scope: 'row' }, probe),
				columns.map((column) => el('td', { class: 'one' },
					at.has(column) ? one(at.get(column)) : ''))));
		}
		const first = body.querySelector('button');
		if (first)
			first.tabIndex = 0;
	};
	fill(0);
	let n = rowsShown;
	const more = el('button', { type: 'button', onclick: () => {
		fill(n);
		n += rowsShown;
		more.hidden = n >= rows.length;
	} }, `more of the ${plural(rows.length, 'probe')}`);
	more.hidden = n >= rows.length;
	return el('div', {}, el('p', { class: 'quiet' },
		'Arrow keys move, Enter opens a cell.'),
		el('div', { class: 'scroll' }, el('table', {},
			el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'probe'),
				columns.map((column) => el('th', { scope: 'col' },
					column.replace('/', ' '))))), body)), more);
}

function moveInTable(event) {
	const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0],
		ArrowDown: [1, 0] }[event.key];
	const td = event.target.closest('td');
	if (!step || !td)
		return;
	event.preventDefault();
	const rows = [...td.closest('tbody').rows];
	let y = rows.indexOf(td.parentNode), x = td.cellIndex;
	do {
		y += step[0];
		x += step[1];
	} while (rows[y] && rows[y].cells[x] && !rows[y].cells[x].querySelector('button'));
	const to = rows[y] && rows[y].cells[x] && rows[y].cells[x].querySelector('button');
	if (to) {
		event.target.tabIndex = -1;
		to.tabIndex = 0;
		to.focus();
	}
}

function viewMatrix(state) {
	const run = runs[state.run] || runs[0];
	const q = state.q || '';
	const test = parseFilter(q);
	const cells = typeof test === 'string' ? [] : run.cells.filter(test);
	const input = el('input', { id: 'q', name: 'q', value: q, type: 'search',
		autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'q-says' });
	const pick = el('select', { id: 'run', name: 'run' }, runs.map((r, i) =>
		el('option', { value: i, selected: r === run }, r.name)));
	const form = el('form', { class: 'filter', role: 'search', onsubmit: (event) => {
		event.preventDefault();
		go({ view: 'matrix', q: input.value.trim(), run: pick.value });
	} }, el('label', { for: 'q' }, 'Filter, such as ',
		el('code', {}, 'outcome:hangs libc:musl call:brk'), input),
		runs.length > 1 && el('label', { for: 'run' }, 'Run', pick),
		el('button', { type: 'submit' }, 'Filter'),
		q && el('button', { type: 'button',
			onclick: () => go({ view: 'matrix', run: state.run }) }, 'All'));
	const says = el('p', { id: 'q-says', role: 'status' }, typeof test === 'string' ?
		test : `${plural(cells.length, 'cell')} of ${number(run.cells.length)}` +
			`; keys: ${KEYS.join(', ')}; * stands for anything, - in front for not`);
	if (!cells.length)
		return [el('h2', {}, 'Matrix'), form, says];
	return [el('h2', {}, 'Matrix'), form, says, overview(cells, q), legend(),
		q ? letters(cells) : el('p', {}, 'Filter, or choose a number above, and each ' +
			'cell is shown with its letter.')];
}

function openCell(name, run) {
	go({ ...readState(), cell: name, of: run ? String(run) : undefined });
}

const stack = (frames) => Array.isArray(frames) && frames.length ?
	el('pre', {}, frames.map((f, i) => `#${i} ${f}`).join('\n')) : null;

function refusal(c) {
	return [el('h3', {}, `Refused: ${c.call}`), el('p', {}, `number ${c.nr} on ${c.arch}, to ` +
		`thread ${c.thread}` + (c.process_lived ? '; killed alone: the process lived on' : '')),
		Array.isArray(c.args) && el('p', {}, 'with ', el('code', {}, c.args.join(', '))),
		stack(c.stack)];
}

function hang(c) {
	return [el('h3', {}, c.proven ? 'A hang, proven' : 'A hang, by the deadline'),
		el('p', {}, c.reason || ''),
		(Array.isArray(c.threads) ? c.threads : []).map((t) => [el('p', {},
			`thread ${t.tid} of ${t.pid}: ${t.state}, ${t.waits_for || t.wchan || ''}`),
			stack(t.stack)])];
}

const LABELS = [['text', 'seen'], ['want', 'declared'], ['verdict', 'verdict'],
	['ms', 'took, ms'], ['status', 'exit status'], ['signal', 'signal'], ['errno', 'errno'],
	['line', 'line of the check'], ['effect', 'effect outside'], ['values', 'values'],
	['address', 'fault at'], ['why', 'why'], ['known', 'known from'], ['profile_file', 'profile of'],
	['release', 'kernel']];

function showCell(state) {
	const dialog = document.getElementById('cell');
	const run = runs[state.of] || runs[0];
	const c = state.cell && run.byName.get(state.cell);
	if (!state.cell) {
		if (dialog.open)
			dialog.close();
		return;
	}
	const close = el('button', { type: 'button', onclick: closeCell }, 'Close');
	const title = el('h2', { id: 'cell-title' }, c ? badge(c) : '', ' ',
		el('span', { class: 'cell-name' }, state.cell));
	dialog.replaceChildren(title, ...(c ? cellParts(c, run) :
		[el('p', {}, `${run.name} has no record of it.`)]), close);
	if (!dialog.open)
		dialog.showModal();
	dialog.scrollTop = 0;
}

function closeCell() {
	go({ ...readState(), cell: undefined, of: undefined });
}

function cellParts(c, run) {
	const p = probes.get(c.probe) || {};
	const also = runs.length > 1 ? runs.filter((r) => r !== run && r.byName.has(c.cell))
		.map((r) => [el('dt', {}, `in ${r.name}`), el('dd', {}, r.byName.get(c.cell).text)]) : [];
	return [el('dl', {}, p.about && [el('dt', {}, 'does'), el('dd', {}, p.about)],
		LABELS.filter(([key]) => c[key] !== undefined).map(([key, label]) =>
			[el('dt', {}, label), el('dd', {}, Array.isArray(c[key]) ?
				c[key].join(', ') : c[key])]), also),
		c.call && c.nr !== undefined ? refusal(c) : null,
		(Array.isArray(c.more) ? c.more : []).map(refusal),
		c.outcome === 'crashes' && !c.call ? [el('h3', {}, 'The crash'), stack(c.stack)] : null,
		c.threads ? hang(c) : null,
		el('h3', {}, 'Again'), el('pre', {}, `quartet show '${c.cell}'`),
		Array.isArray(p.seen) && p.seen.length ? [el('h3', {}, 'Sources'),
			el('ul', {}, p.seen.map((s) => el('li', {}, source(s))))] : null,
		p.source ? el('details', { open: true }, el('summary', {}, `probes/${c.probe}.c`),
			el('pre', {}, p.source)) : null].flat(9).filter(Boolean);
}
